//! Ports of nodes.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use crate::Rule;
use crate::model::{Report, View};

pub(crate) const NODE_PORT_TWICE: Rule = Rule {
    id: "node-port-twice",
    summary: "Two Services ask for one port of the nodes.",
    reason: "Kubernetes refuses the second.",
    allow: "Never.",
};

pub(crate) const NODE_PORT_RANGE: Rule = Rule {
    id: "node-port-range",
    summary: "A Service asks for a port of the nodes below 30000 or above 32767.",
    reason: "Kubernetes refuses the Service, unless the cluster is set up with another range.",
    allow: "When the cluster's service-node-port-range has the port.",
};

/// The ports that a cluster gives away unless it is told otherwise.
const RANGE: RangeInclusive<i64> = 30000..=32767;

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    let mut taken = HashMap::new();
    for service in view.of_kind("", "Service") {
        for port in service.items(&["spec", "ports"]) {
            let Some(number) = port.int("nodePort").filter(|number| *number > 0) else { continue };
            if !RANGE.contains(&number) {
                let message = format!("{number} is none of the ports from {} to {}", RANGE.start(), RANGE.end());
                report.warning(&NODE_PORT_RANGE, &port.or_self(&["nodePort"]), message);
            }
            if let Some(other) = taken.insert((number, port.text("protocol").unwrap_or("TCP")), service) {
                let message = format!("{} asks for port {number} of the nodes too", other.title());
                report.error(&NODE_PORT_TWICE, &port.or_self(&["nodePort"]), message);
            }
        }
    }
}
