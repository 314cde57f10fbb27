//! What Prometheus is told to watch.

use crate::Rule;
use crate::model::{Field, Report, Selector, View, Workload, labels};

const GROUP: &str = "monitoring.coreos.com";

pub(crate) const MONITOR_WITHOUT_TARGETS: Rule = Rule {
    id: "monitor-without-targets",
    summary: "A ServiceMonitor or PodMonitor matches nothing in the set.",
    reason: "There are no metrics, and no alert tells of it.",
    allow: "When another chart or an operator makes what it watches.",
};

pub(crate) const MONITOR_PORT: Rule = Rule {
    id: "monitor-port",
    summary: "Nothing that a ServiceMonitor or PodMonitor matches has a port of this name, or the pods do not declare the port of their annotation prometheus.io/port.",
    reason: "There are no metrics, and no alert tells of it.",
    allow: "Never: name a port of the Service, or of the pods.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for monitor in view.of_kind(GROUP, "ServiceMonitor") {
        let services = view.of_kind("", "Service").map(|service| {
            let ports = service.items(&["spec", "ports"]).iter().filter_map(|port| port.text("name")).collect();
            (view.namespace(service), labels(service, &["metadata", "labels"]), ports)
        });
        targets(view, monitor, ("Services", "endpoints"), services.collect(), report);
    }
    for monitor in view.of_kind(GROUP, "PodMonitor") {
        let pods = view.workloads.iter().map(|workload| {
            let ports = workload.ports().iter().filter_map(|port| port.text("name")).collect();
            (view.namespace(&workload.root), workload.labels.clone(), ports)
        });
        targets(view, monitor, ("pods", "podMetricsEndpoints"), pods.collect(), report);
    }
    view.workloads.iter().for_each(|workload| annotated(workload, report));
}

/// Pods that are watched by the annotations that Prometheus is mostly set up for.
fn annotated(workload: &Workload<'_>, report: &mut Report) {
    let annotations = workload.template.or_self(&["metadata", "annotations"]);
    let Some(at) = annotations.get("prometheus.io/port") else { return };
    let ports: Vec<_> = workload.ports().iter().filter_map(|port| port.int("containerPort")).collect();
    let wanted = at.str().and_then(|port| port.parse().ok()).filter(|port| !ports.is_empty() && !ports.contains(port));
    if let Some(wanted) = wanted.filter(|_| annotations.text("prometheus.io/scrape") == Some("true")) {
        report.warning(&MONITOR_PORT, &at, format!("the pods declare no port {wanted}"));
    }
}

/// Namespace, labels, and names of ports of what may be watched.
type Target<'a> = (&'a str, crate::model::Labels<'a>, Vec<&'a str>);

fn targets(view: &View<'_>, monitor: &Field<'_>, of: (&str, &str), mut targets: Vec<Target<'_>>, report: &mut Report) {
    let (what, endpoints) = of;
    let Some(at) = monitor.at(&["spec", "selector"]) else { return };
    let selector = Selector::of(&at);
    targets.retain(|(namespace, labels, _)| watches(view, monitor, namespace) && selector.matches(labels));
    if targets.is_empty() {
        return report.missing(&MONITOR_WITHOUT_TARGETS, &at, format!("{} matches no {what}", monitor.title()));
    }
    let names: Vec<_> = targets.iter().flat_map(|(_, _, ports)| ports).copied().collect();
    for port in monitor.items(&["spec", endpoints]).iter().filter_map(|endpoint| endpoint.get("port")) {
        let Some(wanted) = port.str().filter(|wanted| !wanted.is_empty() && !names.contains(wanted)) else { continue };
        let message = format!("no port of the {what} is named {wanted}{}", View::hint(names.iter().copied(), wanted));
        report.error(&MONITOR_PORT, &port, message);
    }
}

fn watches(view: &View<'_>, monitor: &Field<'_>, namespace: &str) -> bool {
    let Some(at) = monitor.at(&["spec", "namespaceSelector"]) else { return view.namespace(monitor) == namespace };
    let names = at.items(&["matchNames"]);
    at.flag("any")
        || names.iter().any(|name| name.str() == Some(namespace))
        || (names.is_empty() && view.namespace(monitor) == namespace)
}
