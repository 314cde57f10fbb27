//! Services and the pods behind them.

use std::collections::HashSet;

use crate::Rule;
use crate::model::{Field, Report, Selector, View, Workload};

pub(crate) const SERVICE_WITHOUT_PODS: Rule = Rule {
    id: "service-without-pods",
    summary: "A Service's selector matches no pods of the set.",
    reason: "Every connection to the Service is refused.",
    allow: "When an operator or another chart makes the pods.",
};

pub(crate) const SERVICE_TARGET_PORT: Rule = Rule {
    id: "service-target-port",
    summary: "No container behind a Service has its target port.",
    reason: "A name that no container has leaves the Service without endpoints; a number that none declares is likely wrong.",
    allow: "When the process listens on a port that its container does not declare.",
};

pub(crate) const SERVICE_PORT_TWICE: Rule = Rule {
    id: "service-port-twice",
    summary: "Two ports of a Service have one name, or one number and protocol, or there are several and one has no name.",
    reason: "Kubernetes refuses the Service.",
    allow: "Never.",
};

pub(crate) const STATEFULSET_SERVICE: Rule = Rule {
    id: "statefulset-service",
    summary: "A StatefulSet's serviceName is no headless Service that selects its pods.",
    reason: "Its pods have no names in DNS.",
    allow: "When nobody asks for a pod by its name.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for service in view.of_kind("", "Service") {
        distinct_ports(service, report);
        let Some(workloads) = view.behind(service) else { continue };
        if workloads.is_empty() {
            without_pods(view, service, report);
        } else {
            // A port that leads nowhere beside others that do, as for one that is optional, breaks those alone who ask it.
            let lenient = is_headless(service) || service.items(&["spec", "ports"]).len() > 1;
            for port in service.items(&["spec", "ports"]) {
                target_port(&port, &workloads, lenient, report);
                crossed_port(&port, &workloads, report);
            }
        }
    }
    for workload in view.workloads.iter().filter(|workload| workload.kind() == "StatefulSet") {
        governing_service(view, workload, report);
    }
}

fn without_pods(view: &View<'_>, service: &Field<'_>, report: &mut Report) {
    let at = service.or_self(&["spec", "selector"]);
    let selector = Selector::of_labels(&at);
    let namespace = view.namespace(service);
    let mut here = view.workloads.iter().filter(|workload| view.namespace(&workload.root) == namespace);
    let meant = here.clone().find(|workload| workload.is_lasting() && workload.root.object.name == service.object.name);
    let near = here.find_map(|workload| Some((workload, selector.near_miss(&workload.labels)?)));
    let message = format!("{} selects no pods", service.title());
    match (meant, near) {
        // A workload of the same name is what it is for.
        (Some(workload), _) => {
            report.error(&SERVICE_WITHOUT_PODS, &at, format!("{message}, not those of {} either", workload.title()));
        }
        (None, Some((workload, key))) => {
            let hint = format!("{message}; those of {} differ in {key} only", workload.title());
            report.missing(&SERVICE_WITHOUT_PODS, &at, hint);
        }
        (None, None) => report.missing(&SERVICE_WITHOUT_PODS, &at, message),
    }
}

/// Whether it only has names: callers ask its pods at ports of their own choice.
fn is_headless(service: &Field<'_>) -> bool {
    service.at(&["spec", "clusterIP"]).and_then(|address| address.str()) == Some("None")
}

/// A port that leads to one of another name, though there is one of its own.
fn crossed_port(port: &Field<'_>, workloads: &[&Workload<'_>], report: &mut Report) {
    let (Some(name), Some(target)) = (port.text("name"), port.text("targetPort")) else { return };
    let ports: Vec<_> = workloads.iter().flat_map(|workload| workload.ports()).collect();
    let has = |wanted: &str| ports.iter().any(|port| port.text("name") == Some(wanted));
    if name != target && has(name) && has(target) {
        let message = format!("the port {name} leads to {target}, but the pods have a port {name}");
        report.warning(&SERVICE_TARGET_PORT, &port.or_self(&["targetPort"]), message);
    }
}

fn target_port(port: &Field<'_>, workloads: &[&Workload<'_>], lenient: bool, report: &mut Report) {
    let target = port.get("targetPort").or_else(|| port.get("port"));
    let Some(target) = target else { return };
    let protocol = port.text("protocol").unwrap_or("TCP");
    let ports: Vec<_> = workloads.iter().flat_map(|workload| workload.ports()).collect();
    if let Some(name) = target.str().filter(|name| name.parse::<u16>().is_err()) {
        let named =
            |port: &&Field<'_>| port.text("name") == Some(name) && port.text("protocol").unwrap_or("TCP") == protocol;
        if !ports.iter().any(named) {
            let hint = View::hint(ports.iter().filter_map(|port| port.text("name")), name);
            let message = format!("no container behind the Service has a port {name} ({protocol}){hint}");
            if lenient {
                report.warning(&SERVICE_TARGET_PORT, &target, message);
            } else {
                report.error(&SERVICE_TARGET_PORT, &target, message);
            }
        }
    } else if let Some(number) = target.value().as_i64().filter(|number| *number > 0) {
        let all_declare = workloads.iter().flat_map(|workload| workload.pod.items(&["containers"]));
        let all_declare = all_declare.into_iter().all(|container| !container.items(&["ports"]).is_empty());
        if all_declare && !ports.iter().any(|port| port.int("containerPort") == Some(number)) {
            let message = format!("no container behind the Service declares port {number}");
            report.warning(&SERVICE_TARGET_PORT, &target, message);
        }
    }
}

fn distinct_ports(service: &Field<'_>, report: &mut Report) {
    let ports = service.items(&["spec", "ports"]);
    let (mut names, mut numbers) = (HashSet::new(), HashSet::new());
    for port in &ports {
        let protocol = port.text("protocol").unwrap_or("TCP");
        match port.text("name") {
            Some(name) if !names.insert(name) => {
                report.error(&SERVICE_PORT_TWICE, port, format!("a port before it is named {name} too"));
            }
            None if ports.len() > 1 => {
                report.error(&SERVICE_PORT_TWICE, port, "one of several ports has no name".into());
            }
            _ => {}
        }
        if let Some(number) = port.int("port").filter(|number| !numbers.insert((*number, protocol))) {
            report.error(&SERVICE_PORT_TWICE, port, format!("a port before it is {number} ({protocol}) too"));
        }
    }
}

fn governing_service(view: &View<'_>, workload: &Workload<'_>, report: &mut Report) {
    let Some(at) = workload.root.at(&["spec", "serviceName"]) else { return };
    let Some(name) = at.str().filter(|name| !name.is_empty()) else { return };
    let Some(service) = view.find("", "Service", view.namespace(&workload.root), name) else {
        let services = view.of_kind("", "Service").map(|service| service.object.name.as_str());
        let message = format!("the set has no Service {name}{}", View::hint(services, name));
        return report.missing(&STATEFULSET_SERVICE, &at, message);
    };
    let behind = view.behind(service).unwrap_or_default();
    if !behind.iter().any(|other| other.root.index == workload.root.index) {
        report.error(
            &STATEFULSET_SERVICE,
            &at,
            format!("Service {name} does not select the pods of {}", workload.title()),
        );
    } else if !is_headless(service) && workload.replicas() != Some(1) {
        report.warning(
            &STATEFULSET_SERVICE,
            &at,
            format!("Service {name} is not headless, so each pod has no name of its own"),
        );
    }
}
