//! The Gateways that routes hang on.

use crate::Rule;
use crate::model::{Field, Report, View};

const GROUP: &str = "gateway.networking.k8s.io";

pub(crate) const MISSING_GATEWAY: Rule = Rule {
    id: "missing-gateway",
    summary: "The set has no Gateway that a route hangs on, or the Gateway has no such listener.",
    reason: "Nobody reaches the route.",
    allow: "When another chart has the Gateway.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for route in
        view.objects().iter().filter(|root| root.object.group() == GROUP && root.object.kind.ends_with("Route"))
    {
        for parent in route.items(&["spec", "parentRefs"]) {
            hangs_on(view, &parent, report);
        }
    }
}

fn hangs_on(view: &View<'_>, parent: &Field<'_>, report: &mut Report) {
    let (Some(at), "Gateway") = (parent.get("name"), parent.text("kind").unwrap_or("Gateway")) else { return };
    let Some(name) = at.str() else { return };
    let namespace = parent.text("namespace").unwrap_or_else(|| view.namespace(parent));
    let Some(gateway) = view.find(GROUP, "Gateway", namespace, name) else {
        let names = view.of_kind(GROUP, "Gateway").map(|gateway| gateway.object.name.as_str());
        let message = format!("the set has no Gateway {name}{}", View::hint(names, name));
        return report.missing(&MISSING_GATEWAY, &at, message);
    };
    let listeners = gateway.items(&["spec", "listeners"]);
    if let Some(section) = parent.text("sectionName")
        && !listeners.iter().any(|listener| listener.text("name") == Some(section))
    {
        let names = listeners.iter().filter_map(|listener| listener.text("name"));
        let message = format!("{} has no listener {section}{}", gateway.title(), View::hint(names, section));
        report.error(&MISSING_GATEWAY, &parent.or_self(&["sectionName"]), message);
    }
    if let Some(port) = parent.int("port")
        && !listeners.iter().any(|listener| listener.int("port") == Some(port))
    {
        let message = format!("{} has no listener of port {port}", gateway.title());
        report.error(&MISSING_GATEWAY, &parent.or_self(&["port"]), message);
    }
}
