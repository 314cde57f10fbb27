//! What network policies let through. Where the set does not say enough, they do.

use crate::model::{Direction, Field, Labels, NetworkPolicy, Selector, View, Workload, labels};
use Direction::{Egress, Ingress};

/// The pods that a call arrives at, and their port.
pub(super) struct Arrival<'v, 'a> {
    pub(super) workload: &'v Workload<'a>,
    pub(super) port: i64,
}

/// The policy that does not let a caller out, or not in to the pods.
pub(super) fn closes(view: &View<'_>, caller: &Workload<'_>, to: &Arrival<'_, '_>) -> Option<String> {
    let lets = |direction, peer| move |rule: &Field<'_>| is_peer(view, rule, direction, peer) && has_port(rule, to);
    closing(view, caller, Egress, lets(Egress, to.workload))
        .or_else(|| closing(view, to.workload, Ingress, lets(Ingress, caller)))
}

/// The policy that lets nobody in to the pods' port.
pub(super) fn closes_to_all(view: &View<'_>, to: &Arrival<'_, '_>) -> Option<String> {
    closing(view, to.workload, Ingress, |rule| has_port(rule, to))
}

/// The policy that lets nobody in from outside of the pods' namespace.
pub(super) fn closes_outside(view: &View<'_>, to: &Arrival<'_, '_>) -> Option<String> {
    closing(view, to.workload, Ingress, |rule| {
        let peers = rule.items(&["from"]);
        let outside = |peer: &Field<'_>| peer.get("namespaceSelector").is_some() || peer.get("ipBlock").is_some();
        has_port(rule, to) && (peers.is_empty() || peers.iter().any(outside))
    })
}

/// The policy that does not let pods ask for names.
pub(super) fn closes_dns(view: &View<'_>, caller: &Workload<'_>) -> Option<String> {
    closing(view, caller, Egress, |rule| {
        let peers = rule.items(&["to"]);
        let ports = rule.items(&["ports"]);
        // Pods of their own namespace are no name servers.
        let outside = |peer: &Field<'_>| peer.get("namespaceSelector").is_some() || peer.get("ipBlock").is_some();
        (peers.is_empty() || peers.iter().any(outside)) && (ports.is_empty() || ports.iter().any(is_dns))
    })
}

/// The policy that lets pods call others by name, but not ask for the names.
pub(super) fn forgets_dns(view: &View<'_>, pods: &Workload<'_>) -> Option<String> {
    let by_name = |rule: &Field<'_>| {
        let is_udp = |port: &Field<'_>| port.text("protocol") == Some("UDP");
        rule.items(&["ports"]).iter().any(is_udp)
            || rule.items(&["to"]).iter().any(|peer| peer.get("podSelector").is_some())
    };
    closes_dns(view, pods).filter(|_| about(view, pods, Egress).any(|(_, rules)| rules.iter().any(by_name)))
}

/// Name servers listen at 53; some distributions have theirs behind it at another.
fn is_dns(port: &Field<'_>) -> bool {
    let Some(value) = port.get("port") else { return port.text("protocol") == Some("UDP") };
    let number = value.value().as_i64();
    let last = port.int("endPort").or(number);
    let within = |wanted: i64| number.is_some_and(|first| first <= wanted) && last.is_some_and(|last| wanted <= last);
    // TCP is asked for what UDP was too small for.
    port.text("protocol") == Some("UDP") && [53, 5353, 8053].into_iter().any(within)
        || value.str().is_some_and(|name| name.contains("dns") && !name.contains("tcp"))
}

/// The first policy of a direction about these pods, if none of them has a rule that lets through.
fn closing<'a>(
    view: &View<'a>,
    pods: &Workload<'a>,
    direction: Direction,
    lets: impl Fn(&Field<'a>) -> bool,
) -> Option<String> {
    let mut policies = about(view, pods, direction).peekable();
    let (first, _) = policies.peek()?;
    let title = first.root.title();
    (!policies.any(|(_, rules)| rules.iter().any(&lets))).then_some(title)
}

/// The policies of a direction about these pods, each with its rules.
fn about<'v, 'a>(
    view: &'v View<'a>,
    pods: &'v Workload<'a>,
    direction: Direction,
) -> impl Iterator<Item = (&'v NetworkPolicy<'a>, &'v [Field<'a>])> {
    let policies = view.policies(view.namespace(&pods.root)).iter();
    policies.filter_map(move |policy| Some((policy, policy.rules(direction, &pods.labels)?)))
}

fn is_peer(view: &View<'_>, rule: &Field<'_>, direction: Direction, pods: &Workload<'_>) -> bool {
    let peers = rule.items(&[direction.peers()]);
    let namespace = view.namespace(&pods.root);
    peers.is_empty()
        || peers.iter().any(|peer| {
            let here = match peer.get("namespaceSelector") {
                Some(selector) => may_be_namespace(view, &Selector::of(&selector), namespace),
                None => view.namespace(rule) == namespace,
            };
            let these = peer.get("podSelector").is_none_or(|selector| Selector::of(&selector).matches(&pods.labels));
            // Which addresses pods have, the set does not say.
            peer.get("ipBlock").is_some() || here && these
        })
}

fn may_be_namespace(view: &View<'_>, selector: &Selector<'_>, namespace: &str) -> bool {
    let object = view.find_of_cluster("", "Namespace", namespace);
    let mut known = object.map_or_else(Labels::new, |object| labels(object, &["metadata", "labels"]));
    known.insert("kubernetes.io/metadata.name", namespace);
    if object.is_some() { selector.matches(&known) } else { selector.may_match_more(&known) }
}

fn has_port(rule: &Field<'_>, to: &Arrival<'_, '_>) -> bool {
    let ports = rule.items(&["ports"]);
    let is_it = |port: &Field<'_>| {
        let Some(value) = port.get("port") else { return true };
        match value.str() {
            Some(_) => to.workload.port_number(value.value()) == Some(to.port),
            None => value
                .value()
                .as_i64()
                .is_some_and(|first| (first..=port.int("endPort").unwrap_or(first)).contains(&to.port)),
        }
    };
    let is_tcp = |port: &&Field<'_>| port.text("protocol").unwrap_or("TCP") == "TCP";
    ports.is_empty() || ports.iter().filter(is_tcp).any(is_it)
}
