//! Whom network policies are about.

use crate::Rule;
use crate::model::{Field, Report, Selector, View, Workload, labels};

pub(crate) const POLICY_WITHOUT_PODS: Rule = Rule {
    id: "policy-without-pods",
    summary: "A NetworkPolicy's podSelector matches no pods of the set.",
    reason: "It closes nothing: everybody reaches the pods that it was meant for.",
    allow: "When an operator or another chart makes the pods.",
};

pub(crate) const POLICY_PEER: Rule = Rule {
    id: "policy-peer",
    summary: "A peer of a NetworkPolicy, in its own namespace, matches no pods of the set, or its namespaceSelector differs by a slip from the labels of the set's Namespaces.",
    reason: "The rule admits nobody.",
    allow: "When another chart makes the pods, or a person labels them.",
};

pub(crate) const POLICY_PORT: Rule = Rule {
    id: "policy-port",
    summary: "No container of the pods that a NetworkPolicy is about has the port that it names.",
    reason: "The rule opens nothing.",
    allow: "Never: name a port of the pods.",
};

pub(crate) const POLICY_TYPES: Rule = Rule {
    id: "policy-types",
    summary: "A NetworkPolicy has rules of a direction that its policyTypes leave out.",
    reason: "The rules do nothing: everything is open in that direction.",
    allow: "Never: name the direction, or leave out the rules.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for policy in view.of_kind("networking.k8s.io", "NetworkPolicy") {
        let selector = policy.at(&["spec", "podSelector"]);
        let pods = view.selected(view.namespace(policy), &selector.as_ref().map(Selector::of).unwrap_or_default());
        let at = policy.or_self(&["spec", "podSelector"]);
        types(policy, report);
        if pods.is_empty() {
            report.missing(&POLICY_WITHOUT_PODS, &at, format!("{} is about no pods", policy.title()));
        }
        for (rules, peers) in [("ingress", "from"), ("egress", "to")] {
            for rule in policy.items(&["spec", rules]) {
                for peer in rule.items(&[peers]) {
                    check_peer(view, &peer, report);
                }
                if rule.get("ports").is_none() {
                    continue;
                }
                if rules == "ingress" && !pods.is_empty() {
                    ports(&rule, &pods, report);
                } else if let Some(pods) = peers_of(view, &rule) {
                    ports(&rule, &pods, report);
                }
            }
        }
    }
}

fn types(policy: &Field<'_>, report: &mut Report) {
    let types = policy.items(&["spec", "policyTypes"]);
    for (rules, kind) in [("ingress", "Ingress"), ("egress", "Egress")] {
        let has_rules = !policy.items(&["spec", rules]).is_empty();
        if has_rules && !types.is_empty() && !types.iter().any(|has| has.str() == Some(kind)) {
            let at = policy.or_self(&["spec", "policyTypes"]);
            report.warning(&POLICY_TYPES, &at, format!("there are rules of {rules}, but {kind} is not named"));
        }
    }
}

fn check_peer(view: &View<'_>, peer: &Field<'_>, report: &mut Report) {
    for (key, value) in peer.entries(&["namespaceSelector", "matchLabels"]) {
        // Names of namespaces are often alike.
        if key != "kubernetes.io/metadata.name" {
            namespace_label(view, key, &value, report);
        }
    }
    let Some(at) = peer.get("podSelector").filter(|_| peer.get("namespaceSelector").is_none()) else { return };
    if view.selected(view.namespace(peer), &Selector::of(&at)).is_empty() {
        report.missing(&POLICY_PEER, &at, "no pods of the set are this peer".into());
    }
}

/// Other namespaces may have any labels, but not one that differs by a slip from what the set's have.
fn namespace_label(view: &View<'_>, key: &str, value: &Field<'_>, report: &mut Report) {
    let labels: Vec<_> = view.of_kind("", "Namespace").map(|own| labels(own, &["metadata", "labels"])).collect();
    let known = || labels.iter().filter_map(|labels| labels.get(key)).copied();
    let Some(wanted) = value.str().filter(|wanted| !known().any(|known| known == *wanted)) else { return };
    let hint = View::hint(known(), wanted);
    if !hint.is_empty() {
        report.warning(&POLICY_PEER, value, format!("no Namespace of the set has the label {key}: {wanted}{hint}"));
    }
}

/// The pods that a rule of egress leads to, where the set has all of them.
fn peers_of<'v, 'a>(view: &'v View<'a>, rule: &Field<'a>) -> Option<Vec<&'v Workload<'a>>> {
    let mut all = Vec::new();
    for peer in rule.items(&["to"]) {
        let selector = peer.get("podSelector").filter(|_| peer.get("namespaceSelector").is_none())?;
        let pods = view.selected(view.namespace(rule), &Selector::of(&selector));
        if pods.is_empty() {
            return None;
        }
        all.extend(pods);
    }
    (!all.is_empty()).then_some(all)
}

fn ports(rule: &Field<'_>, pods: &[&Workload<'_>], report: &mut Report) {
    let declared: Vec<_> = pods.iter().flat_map(|workload| workload.ports()).collect();
    let all_declare = pods.iter().all(|workload| workload.all_declare_ports());
    let named = rule.items(&["ports"]).into_iter().filter(|port| is_named(port));
    let meets = |port: &Field<'_>| declared.iter().any(|has| has.text("name") == port.text("port"));
    // A rule of which nothing is left is broken; one that opens more than there is, as for a port that is optional, works.
    let (met, unmet): (Vec<_>, Vec<_>) = named.partition(meets);
    for port in unmet {
        let name = port.text("port").unwrap_or_default();
        let hint = View::hint(declared.iter().filter_map(|port| port.text("name")), name);
        let message = format!("no container of the pods has a port {name}{hint}");
        if met.is_empty() {
            report.error(&POLICY_PORT, &port.or_self(&["port"]), message);
        } else {
            report.warning(&POLICY_PORT, &port.or_self(&["port"]), message);
        }
    }
    for port in rule.items(&["ports"]).iter().filter(|port| all_declare && !is_named(port)) {
        numbered_port(port, &declared, report);
    }
}

fn is_named(port: &Field<'_>) -> bool {
    port.text("port").is_some_and(|name| name.parse::<u16>().is_err())
}

fn numbered_port(port: &Field<'_>, declared: &[&Field<'_>], report: &mut Report) {
    let Some(number) = port.int("port").filter(|number| *number != 53) else { return };
    let last = port.int("endPort").unwrap_or(number);
    let within = |has: &&Field<'_>| has.int("containerPort").is_some_and(|port| (number..=last).contains(&port));
    if !declared.iter().any(within) {
        report.warning(
            &POLICY_PORT,
            &port.or_self(&["port"]),
            format!("no container of the pods declares port {number}"),
        );
    }
}
