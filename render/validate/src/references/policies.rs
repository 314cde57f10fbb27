//! Whom network policies are about.

use crate::Rule;
use crate::model::{Field, Report, Selector, View, Workload};

pub(crate) const POLICY_WITHOUT_PODS: Rule = Rule {
    id: "policy-without-pods",
    summary: "A NetworkPolicy's podSelector matches no pods of the set.",
    reason: "It closes nothing: everybody reaches the pods that it was meant for.",
    allow: "When an operator or another chart makes the pods.",
};

pub(crate) const POLICY_PEER: Rule = Rule {
    id: "policy-peer",
    summary: "A peer of a NetworkPolicy, in its own namespace, matches no pods of the set.",
    reason: "The rule admits nobody.",
    allow: "When another chart makes the pods, or a person labels them.",
};

pub(crate) const POLICY_PORT: Rule = Rule {
    id: "policy-port",
    summary: "No container of the pods that a NetworkPolicy is about has the port that it names.",
    reason: "The rule opens nothing.",
    allow: "Never: name a port of the pods.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for policy in view.of_kind("networking.k8s.io", "NetworkPolicy") {
        let selector = policy.at(&["spec", "podSelector"]);
        let pods = view.selected(view.namespace(policy), &selector.as_ref().map(Selector::of).unwrap_or_default());
        let at = policy.or_self(&["spec", "podSelector"]);
        if pods.is_empty() {
            report.missing(&POLICY_WITHOUT_PODS, &at, format!("{} is about no pods", policy.title()));
        }
        for (rules, peers) in [("ingress", "from"), ("egress", "to")] {
            for rule in policy.items(&["spec", rules]) {
                for peer in rule.items(&[peers]) {
                    check_peer(view, &peer, report);
                }
                if rules == "ingress" && !pods.is_empty() {
                    named_ports(&rule, &pods, report);
                }
            }
        }
    }
}

fn check_peer(view: &View<'_>, peer: &Field<'_>, report: &mut Report) {
    let Some(at) = peer.get("podSelector").filter(|_| peer.get("namespaceSelector").is_none()) else { return };
    if view.selected(view.namespace(peer), &Selector::of(&at)).is_empty() {
        report.missing(&POLICY_PEER, &at, "no pods of the set are this peer".into());
    }
}

fn named_ports(rule: &Field<'_>, pods: &[&Workload<'_>], report: &mut Report) {
    for port in rule.items(&["ports"]).iter().filter_map(|port| port.get("port")) {
        let Some(name) = port.str().filter(|name| name.parse::<u16>().is_err()) else { continue };
        let ports: Vec<_> = pods.iter().flat_map(|workload| workload.ports()).collect();
        let mut names = ports.iter().filter_map(|port| port.text("name"));
        if !names.clone().any(|has| has == name) {
            let message = format!("no container of the pods has a port {name}{}", View::hint(&mut names, name));
            report.error(&POLICY_PORT, &port, message);
        }
    }
}
