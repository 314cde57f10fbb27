//! Selectors of workloads, and the labels of their pods.

use crate::Rule;
use crate::model::{Field, Report, Selector, View, Workload};

pub(crate) const SELECTOR_MISMATCH: Rule = Rule {
    id: "selector-mismatch",
    summary: "A workload's selector does not match the labels of its own pods.",
    reason: "Kubernetes refuses the workload.",
    allow: "Never: give the template the labels of the selector.",
};

pub(crate) const SELECTOR_OVERLAP: Rule = Rule {
    id: "selector-overlap",
    summary: "A workload's selector matches the pods of another workload.",
    reason: "Autoscalers, budgets and `kubectl` count the other's pods as its own.",
    allow: "When the two share their pods on purpose, as during a move from one to the other.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    let selecting: Vec<_> =
        view.workloads.iter().filter_map(|workload| Some((workload, selector(workload)?))).collect();
    for (workload, (at, selector)) in &selecting {
        if selector.is_empty() || !selector.matches(&workload.labels) {
            let message = format!("the selector of {} does not match the labels of its pods", workload.title());
            report.error(&SELECTOR_MISMATCH, at, message);
            continue;
        }
        let others = selecting.iter().map(|(other, _)| other).filter(|other| {
            // The quickest first: there may be many pairs.
            selector.matches(&other.labels)
                && other.root.index != workload.root.index
                && view.namespace(&other.root) == view.namespace(&workload.root)
                && other.title() != workload.title()
        });
        for other in others {
            let message = format!("the selector of {} matches the pods of {} too", workload.title(), other.title());
            report.warning(&SELECTOR_OVERLAP, at, message);
        }
    }
}

fn selector<'a>(workload: &Workload<'a>) -> Option<(Field<'a>, Selector<'a>)> {
    let at = workload.root.at(&["spec", "selector"])?;
    match workload.kind() {
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" => Some((at.clone(), Selector::of(&at))),
        "ReplicationController" => Some((at.clone(), Selector::of_labels(&at))),
        _ => None,
    }
}
