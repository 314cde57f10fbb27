//! What autoscalers scale, and what disruption budgets guard.

use std::collections::HashMap;

use crate::Rule;
use crate::model::{Field, Report, Selector, View};

pub(crate) const SCALE_TARGET: Rule = Rule {
    id: "scale-target",
    summary: "The set has no workload that an autoscaler names, or of another group, or it cannot be scaled.",
    reason: "The autoscaler does nothing.",
    allow: "When another chart or an operator makes the workload.",
};

pub(crate) const SCALED_TWICE: Rule = Rule {
    id: "scaled-twice",
    summary: "Two autoscalers scale one workload.",
    reason: "They undo each other's work without end.",
    allow: "Never: give one autoscaler both metrics.",
};

pub(crate) const BUDGET_WITHOUT_PODS: Rule = Rule {
    id: "budget-without-pods",
    summary: "A PodDisruptionBudget's selector matches no pods of the set.",
    reason: "It guards nothing: a drain may take all pods at once.",
    allow: "When an operator or another chart makes the pods.",
};

pub(crate) const BUDGET_OVERLAP: Rule = Rule {
    id: "budget-overlap",
    summary: "Two PodDisruptionBudgets match the same pods.",
    reason: "Kubernetes refuses every eviction of such a pod, so that no drain ends.",
    allow: "Never.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    let mut scaled = HashMap::new();
    for autoscaler in view.of_kind("autoscaling", "HorizontalPodAutoscaler") {
        let Some(reference) = autoscaler.at(&["spec", "scaleTargetRef"]) else { continue };
        let target = (view.namespace(autoscaler), reference.text("kind"), reference.text("name"));
        if let Some(other) = scaled.insert(target, autoscaler) {
            report.error(&SCALED_TWICE, &reference, format!("{} scales it too", other.title()));
        }
        scale_target(view, &reference, None, report);
    }
    for scaled in view.of_kind("keda.sh", "ScaledObject") {
        if let Some(reference) = scaled.at(&["spec", "scaleTargetRef"]) {
            scale_target(view, &reference, Some("Deployment"), report);
        }
    }
    budgets(view, report);
}

fn scale_target(view: &View<'_>, reference: &Field<'_>, default: Option<&'static str>, report: &mut Report) {
    let (Some(kind), Some(name)) = (reference.text("kind").or(default), reference.text("name")) else { return };
    if matches!(kind, "DaemonSet" | "Job" | "CronJob" | "Pod") {
        return report.error(&SCALE_TARGET, reference, format!("a {kind} cannot be scaled"));
    }
    let here = |root: &&Field<'_>| root.object.kind == kind && view.namespace(root) == view.namespace(reference);
    let mut names = view.objects().iter().filter(here).map(|root| root.object.name.as_str());
    let group = reference.text("apiVersion").map(|version| version.split_once('/').map_or("", |(group, _)| group));
    let mut targets = view.objects().iter().filter(here).filter(|root| root.object.name == name).peekable();
    if let (Some(group), Some(root)) = (group, targets.peek().copied())
        && targets.all(|root| root.object.group() != group)
    {
        let message = format!("{} is of {}, not of the group {group:?}", root.title(), root.object.api_version);
        report.error(&SCALE_TARGET, &reference.or_self(&["apiVersion"]), message);
    }
    if !names.clone().any(|has| has == name) {
        let message = format!("the set has no {kind} {name}{}", View::hint(&mut names, name));
        report.missing(&SCALE_TARGET, &reference.or_self(&["name"]), message);
    }
}

fn budgets(view: &View<'_>, report: &mut Report) {
    let mut guarded = HashMap::new();
    for budget in view.of_kind("policy", "PodDisruptionBudget") {
        let Some(at) = budget.at(&["spec", "selector"]) else {
            report.warning(&BUDGET_WITHOUT_PODS, budget, "without a selector it guards no pods".into());
            continue;
        };
        let workloads = view.selected(view.namespace(budget), &Selector::of(&at));
        if workloads.is_empty() {
            report.missing(&BUDGET_WITHOUT_PODS, &at, format!("{} guards no pods", budget.title()));
        }
        for workload in workloads {
            if let Some(other) = guarded.insert(workload.root.index, budget) {
                let message = format!("{} guards the pods of {} too", other.title(), workload.title());
                report.error(&BUDGET_OVERLAP, &at, message);
            }
        }
    }
}
