//! What kind of pods a Service leads to.

use crate::Rule;
use crate::model::{Field, Report, View, Workload};

pub(crate) const SERVICE_MIXED_PODS: Rule = Rule {
    id: "service-mixed-pods",
    summary: "A Service's selector matches pods of several workloads that run different programs at its port.",
    reason: "Requests are spread over all of them, and most are answered by the wrong program.",
    allow: "When all of them answer the same requests.",
};

pub(crate) const SERVICE_WITHOUT_REPLICAS: Rule = Rule {
    id: "service-without-replicas",
    summary: "The workload behind a Service has no replicas.",
    reason: "Every connection to the Service is refused.",
    allow: "When it is scaled up by hand, or by something that is not in the set.",
};

pub(crate) const SERVICE_WITHOUT_READINESS: Rule = Rule {
    id: "service-without-readiness",
    summary: "No container behind a Service has a readiness probe.",
    reason: "Pods are asked before they can answer, so that requests fail at every update.",
    allow: "When the program is ready as soon as it runs.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for service in view.of_kind("", "Service") {
        let mut workloads = view.behind(service).unwrap_or_default();
        // Pods of jobs and hooks come and go.
        workloads.retain(|workload| workload.is_lasting() && workload.root.object.annotation("helm.sh/hook").is_none());
        if workloads.is_empty() {
            continue;
        }
        let at = service.or_self(&["spec", "selector"]);
        replicas(view, service, &workloads, &at, report);
        readiness(service, &workloads, &at, report);
        for port in service.items(&["spec", "ports"]) {
            mixed(service, &port, &workloads, report);
        }
    }
}

fn replicas(view: &View<'_>, service: &Field<'_>, workloads: &[&Workload<'_>], at: &Field<'_>, report: &mut Report) {
    let none = |workload: &&Workload<'_>| view.replicas(workload).is_some_and(|(_, most)| most == 0);
    if workloads.iter().all(none) {
        let titles: Vec<_> = workloads.iter().map(|workload| workload.title()).collect();
        let message = format!("{} leads to {}, which has no replicas", service.title(), titles.join(" and "));
        report.warning(&SERVICE_WITHOUT_REPLICAS, at, message);
    }
}

fn readiness(service: &Field<'_>, workloads: &[&Workload<'_>], at: &Field<'_>, report: &mut Report) {
    // Pods that are to be found before they are ready need none.
    if service.get("spec").is_some_and(|spec| spec.flag("publishNotReadyAddresses")) {
        return;
    }
    for workload in workloads {
        if !workload.running().iter().any(|container| container.get("readinessProbe").is_some()) {
            let message = format!("no container of {} has a readiness probe", workload.title());
            report.warning(&SERVICE_WITHOUT_READINESS, at, message);
        }
    }
}

fn mixed(service: &Field<'_>, port: &Field<'_>, workloads: &[&Workload<'_>], report: &mut Report) {
    let Some(target) = port.get("targetPort").or_else(|| port.get("port")) else { return };
    let mut programs: Vec<(&str, String)> = Vec::new();
    for workload in workloads {
        let Some(number) = workload.port_number(target.value()) else { continue };
        let Some(image) = image_at(workload, number) else { continue };
        if !programs.iter().any(|(has, _)| *has == image) {
            programs.push((image, workload.title()));
        }
    }
    if let [first, .., last] = programs.as_slice() {
        let message = format!("{} leads to {} ({}) and to {} ({})", service.title(), first.1, first.0, last.1, last.0);
        report.warning(&SERVICE_MIXED_PODS, &service.or_self(&["spec", "selector"]), message);
    }
}

/// The image, without its tag, of the container that declares a port.
fn image_at<'a>(workload: &Workload<'a>, number: i64) -> Option<&'a str> {
    let has = |container: &Field<'a>| {
        container.items(&["ports"]).iter().any(|port| port.int("containerPort") == Some(number))
    };
    let container = workload.running().into_iter().find(has)?;
    let image = container.text("image")?.split('@').next()?;
    let tag = image.rfind(':').filter(|colon| !image.get(*colon..).unwrap_or_default().contains('/'));
    image.get(..tag.unwrap_or(image.len()))
}
