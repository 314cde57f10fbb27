//! Classes: of priority, storage, Ingresses and runtimes.

use crate::Rule;
use crate::model::{Field, Report, View};

pub(crate) const MISSING_CLASS: Rule = Rule {
    id: "missing-class",
    summary: "The set has no PriorityClass, StorageClass, IngressClass or RuntimeClass that an object names.",
    reason: "Pods of an unknown priority or runtime are refused, claims of an unknown class stay pending, nobody serves such an Ingress.",
    allow: "When the cluster has the class.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        named(view, workload.pod.get("priorityClassName"), ("scheduling.k8s.io", "PriorityClass"), report);
        named(view, workload.pod.get("runtimeClassName"), ("node.k8s.io", "RuntimeClass"), report);
        for claim in workload.root.items(&["spec", "volumeClaimTemplates"]) {
            named(view, claim.at(&["spec", "storageClassName"]), ("storage.k8s.io", "StorageClass"), report);
        }
    }
    for claim in view.of_kind("", "PersistentVolumeClaim") {
        // A claim that names its volume takes that one, whatever the class.
        if claim.at(&["spec", "volumeName"]).is_none() {
            named(view, claim.at(&["spec", "storageClassName"]), ("storage.k8s.io", "StorageClass"), report);
        }
    }
    for ingress in view.of_kind("networking.k8s.io", "Ingress") {
        named(view, ingress.at(&["spec", "ingressClassName"]), ("networking.k8s.io", "IngressClass"), report);
    }
}

fn named(view: &View<'_>, at: Option<Field<'_>>, (group, kind): (&str, &str), report: &mut Report) {
    let Some(at) = at else { return };
    let Some(name) = at.str().filter(|name| !name.is_empty() && !name.starts_with("system-")) else { return };
    if view.find_of_cluster(group, kind, name).is_none() {
        let names = view.of_kind(group, kind).map(|class| class.object.name.as_str());
        report.missing(&MISSING_CLASS, &at, format!("the set has no {kind} {name}{}", View::hint(names, name)));
    }
}
