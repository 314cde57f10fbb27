//! Ports of nodes.

use std::collections::HashMap;

use crate::Rule;
use crate::model::{Report, View};

pub(crate) const NODE_PORT_TWICE: Rule = Rule {
    id: "node-port-twice",
    summary: "Two Services ask for one port of the nodes.",
    reason: "Kubernetes refuses the second.",
    allow: "Never.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    let mut taken = HashMap::new();
    for service in view.of_kind("", "Service") {
        for port in service.items(&["spec", "ports"]) {
            let Some(number) = port.int("nodePort").filter(|number| *number > 0) else { continue };
            if let Some(other) = taken.insert((number, port.text("protocol").unwrap_or("TCP")), service) {
                let message = format!("{} asks for port {number} of the nodes too", other.title());
                report.error(&NODE_PORT_TWICE, &port.or_self(&["nodePort"]), message);
            }
        }
    }
}
