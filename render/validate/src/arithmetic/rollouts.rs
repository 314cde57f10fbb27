//! Updates of workloads.

use super::probes::Bound;
use crate::Rule;
use crate::model::{Field, IntOrPercent, Report, View, Workload};

pub(crate) const ROLLOUT_STUCK: Rule = Rule {
    id: "rollout-stuck",
    summary: "An update may neither add a pod nor take one away, or its strategy contradicts itself.",
    reason: "Kubernetes refuses the workload.",
    allow: "Never.",
};

pub(crate) const ROLLOUT_DEADLINE: Rule = Rule {
    id: "rollout-deadline",
    summary: "A Deployment's progressDeadlineSeconds is over before a pod can be ready.",
    reason: "The update is reported as failed while it is going on; Kubernetes refuses one within minReadySeconds.",
    allow: "When pods start faster than their probes allow.",
};

pub(crate) const ROLLOUT_PARTITION: Rule = Rule {
    id: "rollout-partition",
    summary: "A StatefulSet's partition is at or above its number of pods.",
    reason: "No pod is ever updated.",
    allow: "While an update is prepared.",
};

pub(crate) const ROLLOUT_OUTAGE: Rule = Rule {
    id: "rollout-outage",
    summary: "An update may take all pods of a Deployment at once.",
    reason: "Nobody answers until the new pods are ready.",
    allow: "When nobody asks the pods; better, say type Recreate.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        match workload.kind() {
            "Deployment" => {
                deployment(workload, report);
                outage(view, workload, report);
                deadline(workload, report);
            }
            "DaemonSet" => daemon_set(workload, report),
            "StatefulSet" => partition(view, workload, report),
            _ => {}
        }
    }
}

fn is_zero(field: Option<&Field<'_>>) -> bool {
    field.and_then(|field| IntOrPercent::of(field.value())).is_some_and(IntOrPercent::is_zero)
}

fn deployment(workload: &Workload<'_>, report: &mut Report) {
    let Some(strategy) = workload.root.at(&["spec", "strategy"]) else { return };
    let Some(rolling) = strategy.get("rollingUpdate") else { return };
    if strategy.text("type") == Some("Recreate") {
        report.error(&ROLLOUT_STUCK, &rolling, "the type is Recreate, so there is no rollingUpdate".into());
    } else if is_zero(rolling.get("maxSurge").as_ref()) && is_zero(rolling.get("maxUnavailable").as_ref()) {
        report.error(&ROLLOUT_STUCK, &rolling, "maxSurge and maxUnavailable are both 0".into());
    }
}

fn outage(view: &View<'_>, workload: &Workload<'_>, report: &mut Report) {
    let Some(at) = workload.root.at(&["spec", "strategy", "rollingUpdate", "maxUnavailable"]) else { return };
    let (Some(gone), Some((_, pods))) = (IntOrPercent::of(at.value()), view.replicas(workload)) else { return };
    // A single pod is away at every update that may not add one.
    if pods > 1 && gone.of_total_down(pods) >= pods {
        report.warning(&ROLLOUT_OUTAGE, &at, format!("{} of {pods} pods may be unavailable", at.value()));
    }
}

fn daemon_set(workload: &Workload<'_>, report: &mut Report) {
    let Some(rolling) = workload.root.at(&["spec", "updateStrategy", "rollingUpdate"]) else { return };
    let (surge, unavailable) = (rolling.get("maxSurge"), rolling.get("maxUnavailable"));
    let surges = surge.is_some() && !is_zero(surge.as_ref());
    if !surges && is_zero(unavailable.as_ref()) {
        report.error(&ROLLOUT_STUCK, &rolling, "maxSurge and maxUnavailable are both 0".into());
    } else if surges && !is_zero(unavailable.as_ref()) {
        report.error(&ROLLOUT_STUCK, &rolling, "maxSurge needs maxUnavailable 0".into());
    }
}

fn deadline(workload: &Workload<'_>, report: &mut Report) {
    let Some(spec) = workload.root.get("spec") else { return };
    let deadline = spec.int("progressDeadlineSeconds").unwrap_or(600);
    let ready = spec.int("minReadySeconds").unwrap_or(0);
    let at = spec.or_self(&["progressDeadlineSeconds"]);
    if deadline <= ready {
        let message = format!("progressDeadlineSeconds is {deadline}, minReadySeconds {ready}");
        return report.error(&ROLLOUT_DEADLINE, &at, message);
    }
    let starts = workload.running().into_iter().filter_map(|container| container.get("startupProbe"));
    let longest = starts.map(|probe| Bound::of(&probe).seconds()).max().unwrap_or(0);
    if longest.saturating_add(ready) > deadline {
        let message = format!("a pod may take {longest} s to start, but the update fails after {deadline} s");
        report.warning(&ROLLOUT_DEADLINE, &at, message);
    }
}

fn partition(view: &View<'_>, workload: &Workload<'_>, report: &mut Report) {
    let Some(at) = workload.root.at(&["spec", "updateStrategy", "rollingUpdate", "partition"]) else { return };
    let (Some(partition), Some((_, replicas))) = (at.value().as_i64(), view.replicas(workload)) else { return };
    if partition >= replicas && replicas > 0 {
        report.warning(&ROLLOUT_PARTITION, &at, format!("of {replicas} pods those from {partition} on are updated"));
    }
}
