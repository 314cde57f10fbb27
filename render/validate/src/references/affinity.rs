//! Selectors that say which pods to stand beside, or apart from.

use crate::Rule;
use crate::model::{Field, Report, Selector, View, Workload};

pub(crate) const AFFINITY_WITHOUT_PODS: Rule = Rule {
    id: "affinity-without-pods",
    summary: "A pod's affinity, anti-affinity or spread is about pods that the set does not have.",
    reason: "An affinity that is required leaves the pod pending; the others do nothing, so all pods may end on one node.",
    allow: "When another chart makes the pods.",
};

const TERMS: [&str; 2] =
    ["requiredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution"];

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        for kind in ["podAffinity", "podAntiAffinity"] {
            for term in TERMS.iter().flat_map(|terms| workload.pod.items(&["affinity", kind, terms])) {
                let term = term.get("podAffinityTerm").unwrap_or(term);
                // Other namespaces may have any pods.
                if term.get("namespaces").is_none() && term.get("namespaceSelector").is_none() {
                    meets(view, workload, &term, report);
                }
            }
        }
        for constraint in workload.pod.items(&["topologySpreadConstraints"]) {
            spread(workload, &constraint, report);
        }
    }
}

fn meets(view: &View<'_>, workload: &Workload<'_>, term: &Field<'_>, report: &mut Report) {
    let Some(at) = term.get("labelSelector") else { return };
    if view.selected(view.namespace(&workload.root), &Selector::of(&at)).is_empty() {
        report.missing(&AFFINITY_WITHOUT_PODS, &at, "it matches no pods of the set".into());
    }
}

/// Only pods that the constraint counts are spread by it.
fn spread(workload: &Workload<'_>, constraint: &Field<'_>, report: &mut Report) {
    let Some(at) = constraint.get("labelSelector") else {
        return report.warning(&AFFINITY_WITHOUT_PODS, constraint, "without a labelSelector it counts no pods".into());
    };
    if !Selector::of(&at).may_match_pod(&workload.labels) {
        let message = format!("it does not match the pods of {} themselves", workload.title());
        report.warning(&AFFINITY_WITHOUT_PODS, &at, message);
    }
}
