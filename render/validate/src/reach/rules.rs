//! Calls that do not arrive.

use super::calls::Call;
use super::policies::{closes_outside, closes_to_all, forgets_dns};
use super::way::closed_service;
use super::{Connection, Verdict};
use crate::Rule;
use crate::model::{Field, Report, View};
use crate::references::routes::{ingress_backends, ingress_service, is_port};

pub(crate) const URL_SERVICE: Rule = Rule {
    id: "url-service",
    summary: "A URL in the environment, in a command or in a mounted file leads to a Service that the set does not have, to a pod that its StatefulSet does not make, or to a name cut short.",
    reason: "The name is not found, and every call fails.",
    allow: "When another chart has the Service.",
};

pub(crate) const URL_PORT: Rule = Rule {
    id: "url-port",
    summary: "A URL in the environment leads to a port that its Service, or the pods behind it, do not have.",
    reason: "Every call waits until it fails.",
    allow: "Never: name a port of the Service, not of its pods.",
};

pub(crate) const URL_CLOSED: Rule = Rule {
    id: "url-closed",
    summary: "A NetworkPolicy does not let a call through that the environment asks for.",
    reason: "Every call waits until it fails.",
    allow: "When the call is never made.",
};

pub(crate) const DNS_CLOSED: Rule = Rule {
    id: "dns-closed",
    summary: "A NetworkPolicy does not let a caller ask for names.",
    reason: "No name is found, so every call by name fails.",
    allow: "When names are resolved without the network, as by a file of hosts.",
};

pub(crate) const SERVICE_CLOSED: Rule = Rule {
    id: "service-closed",
    summary: "A NetworkPolicy lets nobody in at the port that a Service leads to.",
    reason: "Every connection to the Service waits until it fails.",
    allow: "When another policy, outside the set, opens the port.",
};

pub(crate) const INGRESS_CLOSED: Rule = Rule {
    id: "ingress-closed",
    summary: "A NetworkPolicy lets nobody from outside its namespace in to what an Ingress or a load balancer leads to.",
    reason: "Requests from outside are never answered.",
    allow: "When the controller of Ingresses is in the same namespace.",
};

/// Workloads that are let out to others, but not to ask for their names; of those that call, `check` tells.
pub(super) fn check_names(view: &View<'_>, calling: &[usize], report: &mut Report) {
    for workload in view.workloads.iter().filter(|workload| !calling.contains(&workload.root.index)) {
        if let Some(policy) = forgets_dns(view, workload) {
            report.warning(&DNS_CLOSED, &workload.root, format!("{policy} closes DNS to {}", workload.title()));
        }
    }
}

/// What leads to pods that are closed, whoever calls.
pub(super) fn check_services(view: &View<'_>, report: &mut Report) {
    for service in view.of_kind("", "Service") {
        let is_open = matches!(service.at(&["spec", "type"]).and_then(|kind| kind.str()), Some("LoadBalancer"));
        for port in service.items(&["spec", "ports"]) {
            if let Some(policy) = closed_service(view, service, &port, closes_to_all) {
                report.missing(&SERVICE_CLOSED, &port, format!("{policy} lets nobody in"));
            } else if is_open && let Some(policy) = closed_service(view, service, &port, closes_outside) {
                report.warning(&INGRESS_CLOSED, &port, format!("{policy} lets nobody in from outside"));
            }
        }
    }
    for ingress in view.of_kind("networking.k8s.io", "Ingress") {
        for backend in ingress_backends(ingress) {
            check_backend(view, &backend, report);
        }
    }
}

fn check_backend(view: &View<'_>, backend: &Field<'_>, report: &mut Report) {
    let Some((at, Some(wanted))) = ingress_service(backend) else { return };
    let service = at.str().and_then(|name| view.find("", "Service", view.namespace(backend), name));
    let Some(service) = service else { return };
    let ports = service.items(&["spec", "ports"]);
    let Some(port) = ports.iter().find(|port| is_port(port, &wanted)) else { return };
    // Where nobody is let in, the Service has it told.
    if closed_service(view, service, port, closes_to_all).is_none()
        && let Some(policy) = closed_service(view, service, port, closes_outside)
    {
        let message = format!("{policy} lets nobody in to Service {} from outside its namespace", service.object.name);
        report.warning(&INGRESS_CLOSED, &at, message);
    }
}

pub(super) fn check(call: &Call<'_, '_>, connection: &Connection, report: &mut Report) {
    let caller = &connection.from;
    let by = format!("{} leads {caller} to {}", connection.by, connection.to);
    let surely = if call.is_sure { Report::error } else { Report::warning };
    // Where a Service and its pods do not fit, their own rules tell it.
    match &connection.verdict {
        Verdict::NoService if !call.is_sure => {
            report.warning(&URL_SERVICE, &call.at, format!("{by}, but the set has no such Service"));
        }
        Verdict::NoService => report.missing(&URL_SERVICE, &call.at, format!("{by}, but the set has no such Service")),
        Verdict::NoName => {
            let message = format!("{by}, but DNS has no such name, did you mean {}.local?", call.host);
            surely(report, &URL_SERVICE, &call.at, message);
        }
        Verdict::NoPod(why) => report.warning(&URL_SERVICE, &call.at, format!("{by}, but {why}")),
        Verdict::NoPort => surely(report, &URL_PORT, &call.at, format!("{by}, but there is no such port")),
        Verdict::Closed(policy) => surely(report, &URL_CLOSED, &call.at, format!("{by}, but {policy} closes it")),
        Verdict::NoDns(policy) => surely(report, &DNS_CLOSED, &call.at, format!("{by}, but {policy} closes DNS")),
        Verdict::Open | Verdict::NoPods | Verdict::Outside | Verdict::UnknownPort => {}
    }
}
