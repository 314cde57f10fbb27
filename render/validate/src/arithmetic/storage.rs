//! Volumes against memory, and claims against replicas.

use crate::Rule;
use crate::model::{Field, IntOrPercent, Quantity, Report, Selector, View, Workload};

pub(crate) const MEMORY_VOLUME: Rule = Rule {
    id: "memory-volume",
    summary: "A volume in memory may hold more than the containers that mount it may use.",
    reason: "A container that fills it is killed for its memory.",
    allow: "When it is never filled.",
};

pub(crate) const SHARED_CLAIM: Rule = Rule {
    id: "shared-claim",
    summary: "Several pods of a workload share a claim that one node or one pod may use.",
    reason: "Pods on other nodes wait for the volume without end.",
    allow: "When all pods are on one node.",
};

pub(crate) const CLAIM_ROLLOUT: Rule = Rule {
    id: "claim-rollout",
    summary: "A Deployment starts a new pod beside the old one, and both need a claim that one node or one pod may use.",
    reason: "On another node the new pod waits for the volume, which the old one keeps until the new one is ready: the update never ends.",
    allow: "When there is one node; better, say strategy type Recreate.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        for volume in workload.pod.items(&["volumes"]) {
            memory(workload, &volume, report);
            claim(view, workload, &volume, report);
        }
    }
}

fn memory(workload: &Workload<'_>, volume: &Field<'_>, report: &mut Report) {
    let Some(folder) = volume.get("emptyDir").filter(|folder| folder.text("medium") == Some("Memory")) else { return };
    let Some(at) = folder.get("sizeLimit") else { return };
    let Some(size) = Quantity::of(at.value()) else { return };
    let name = volume.text("name");
    let mounts =
        |container: &Field<'_>| container.items(&["volumeMounts"]).iter().any(|mount| mount.text("name") == name);
    let limit = |container: &Field<'_>| Quantity::of(container.at(&["resources", "limits", "memory"])?.value());
    let mut mounting = workload.running().into_iter().filter(mounts).peekable();
    if mounting.peek().is_none() {
        return;
    }
    let total = mounting.try_fold(Quantity::whole(0), |sum, container| sum.checked_add(limit(&container)?));
    if total.is_some_and(|total| size > total) {
        let message = format!("the volume may hold {}, more than the containers' limits of memory", at.value());
        report.warning(&MEMORY_VOLUME, &at, message);
    }
}

fn claim(view: &View<'_>, workload: &Workload<'_>, volume: &Field<'_>, report: &mut Report) {
    let Some(at) = volume.at(&["persistentVolumeClaim", "claimName"]) else { return };
    let Some(name) = at.str() else { return };
    let Some(claim) = view.find("", "PersistentVolumeClaim", view.namespace(&workload.root), name) else { return };
    let modes = claim.items(&["spec", "accessModes"]);
    let modes: Vec<_> = modes.iter().filter_map(Field::str).collect();
    if workload.kind() == "DaemonSet" && modes.iter().all(|mode| mode.starts_with("ReadWriteOnce")) {
        let message =
            format!("a pod of each node shares the claim {name}, whose access modes are {}", modes.join(", "));
        return report.warning(&SHARED_CLAIM, &at, message);
    }
    let Some((_, replicas)) = view.replicas(workload).filter(|(_, most)| *most > 1) else {
        return rollout(workload, name, &modes, &at, report);
    };
    let message = format!("{replicas} pods share the claim {name}, whose access modes are {}", modes.join(", "));
    match modes.as_slice() {
        ["ReadWriteOnce"] if stay_together(workload) => {}
        ["ReadWriteOncePod"] => report.error(&SHARED_CLAIM, &at, message),
        ["ReadWriteOnce"] => report.warning(&SHARED_CLAIM, &at, message),
        _ => {}
    }
}

/// The one pod of a Deployment, while it is replaced.
fn rollout(workload: &Workload<'_>, claim: &str, modes: &[&str], at: &Field<'_>, report: &mut Report) {
    let strategy = workload.root.or_self(&["spec", "strategy"]);
    let surge = strategy.at(&["rollingUpdate", "maxSurge"]).and_then(|surge| IntOrPercent::of(surge.value()));
    let is_replaced_first = strategy.text("type") == Some("Recreate") || surge.is_some_and(IntOrPercent::is_zero);
    if workload.kind() != "Deployment" || workload.replicas() == Some(0) || is_replaced_first {
        return;
    }
    let message = format!("an update starts a second pod, but the claim {claim} is {}", modes.join(", "));
    match modes {
        ["ReadWriteOnce"] if stay_together(workload) => {}
        ["ReadWriteOnce" | "ReadWriteOncePod"] => report.warning(&CLAIM_ROLLOUT, at, message),
        _ => {}
    }
}

/// Whether a workload's pods are required to be on the node of the first of them.
fn stay_together(workload: &Workload<'_>) -> bool {
    let terms = ["affinity", "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution"];
    workload.pod.items(&terms).iter().any(|term| {
        let selector = term.get("labelSelector").as_ref().map(Selector::of);
        term.text("topologyKey") == Some("kubernetes.io/hostname")
            && selector.is_some_and(|selector| !selector.is_empty() && selector.matches(&workload.labels))
    })
}
