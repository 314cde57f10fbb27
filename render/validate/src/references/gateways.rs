//! The Gateways that routes hang on.

use crate::Rule;
use crate::model::{Field, Report, View};

const GROUP: &str = "gateway.networking.k8s.io";

pub(crate) const MISSING_GATEWAY: Rule = Rule {
    id: "missing-gateway",
    summary: "The set has no Gateway that a route hangs on, or the Gateway has no such listener, or none for its hosts.",
    reason: "Nobody reaches the route.",
    allow: "When another chart has the Gateway.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for route in
        view.objects().iter().filter(|root| root.object.group() == GROUP && root.object.kind.ends_with("Route"))
    {
        for parent in route.items(&["spec", "parentRefs"]) {
            if let Some(gateway) = hangs_on(view, &parent, report) {
                hosts(route, &parent, gateway, report);
            }
        }
    }
}

/// The Gateway that a route hangs on, if the set has it.
fn hangs_on<'v, 'a>(view: &'v View<'a>, parent: &Field<'a>, report: &mut Report) -> Option<&'v Field<'a>> {
    let at = parent.get("name").filter(|_| parent.text("kind").unwrap_or("Gateway") == "Gateway")?;
    let name = at.str()?;
    let namespace = parent.text("namespace").unwrap_or_else(|| view.namespace(parent));
    let Some(gateway) = view.find(GROUP, "Gateway", namespace, name) else {
        let names = view.of_kind(GROUP, "Gateway").map(|gateway| gateway.object.name.as_str());
        let message = format!("the set has no Gateway {name}{}", View::hint(names, name));
        report.missing(&MISSING_GATEWAY, &at, message);
        return None;
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
    Some(gateway)
}

/// A listener takes the routes whose hosts are among its own.
fn hosts(route: &Field<'_>, parent: &Field<'_>, gateway: &Field<'_>, report: &mut Report) {
    let hosts = route.items(&["spec", "hostnames"]);
    let is_meant = |listener: &Field<'_>| {
        parent.text("sectionName").is_none_or(|name| listener.text("name") == Some(name))
            && parent.int("port").is_none_or(|port| listener.int("port") == Some(port))
    };
    let listeners: Vec<_> = gateway.items(&["spec", "listeners"]).into_iter().filter(is_meant).collect();
    let takes = |listener: &Field<'_>| {
        let own = listener.text("hostname");
        own.is_none_or(|own| hosts.iter().filter_map(Field::str).any(|host| is_under(own, host) || is_under(host, own)))
    };
    if !hosts.is_empty() && !listeners.is_empty() && !listeners.iter().any(takes) {
        let message = format!("{} listens for none of the route's hosts", gateway.title());
        report.error(&MISSING_GATEWAY, &route.or_self(&["spec", "hostnames"]), message);
    }
}

/// Whether a host is another, or `*.` stands for what it has more.
fn is_under(wide: &str, host: &str) -> bool {
    wide == host || wide.strip_prefix('*').is_some_and(|end| host.ends_with(end))
}
