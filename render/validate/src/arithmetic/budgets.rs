//! Disruption budgets against the number of pods.

use crate::Rule;
use crate::model::{Field, IntOrPercent, Report, Selector, View};

pub(crate) const BUDGET_BLOCKS_DRAIN: Rule = Rule {
    id: "budget-blocks-drain",
    summary: "A PodDisruptionBudget lets no pod be evicted.",
    reason: "`kubectl drain` and every upgrade of the nodes wait for it without end.",
    allow: "When a person is to move the pods by hand.",
};

pub(crate) const BUDGET_EMPTY: Rule = Rule {
    id: "budget-empty",
    summary: "A PodDisruptionBudget lets all pods be evicted at once.",
    reason: "It guards nothing: a drain may take all pods, and requests fail until others run.",
    allow: "When there is nothing to guard.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for budget in view.of_kind("policy", "PodDisruptionBudget") {
        let Some(selector) = budget.at(&["spec", "selector"]) else { continue };
        if let Some(at) = budget.at(&["spec", "maxUnavailable"])
            && IntOrPercent::of(at.value()).is_some_and(IntOrPercent::is_zero)
        {
            report.error(&BUDGET_BLOCKS_DRAIN, &at, "of these pods none may be unavailable".into());
        }
        empty(view, budget, &selector, report);
        let Some(at) = budget.at(&["spec", "minAvailable"]) else { continue };
        let Some((least, most)) = pods(view, budget, &selector) else { continue };
        let Some(needed) = IntOrPercent::of(at.value()) else { continue };
        let blocks = |total: i64| total > 0 && needed.of_total_up(total) >= total;
        let message = |total: i64| format!("of {total} pods {} must be available", needed.of_total_up(total));
        if blocks(most) {
            report.error(&BUDGET_BLOCKS_DRAIN, &at, message(most));
        } else if blocks(least) {
            report.warning(
                &BUDGET_BLOCKS_DRAIN,
                &at,
                format!("{} while the autoscaler is at its least", message(least)),
            );
        }
    }
}

fn empty(view: &View<'_>, budget: &Field<'_>, selector: &Field<'_>, report: &mut Report) {
    let number = |key: &str| {
        let at = budget.at(&["spec", key])?;
        IntOrPercent::of(at.value()).map(|number| (at, number))
    };
    if let Some((at, _)) = number("minAvailable").filter(|(_, least)| least.is_zero()) {
        report.warning(&BUDGET_EMPTY, &at, "of these pods none must be available".into());
    }
    let (Some((at, most)), Some((_, pods))) = (number("maxUnavailable"), pods(view, budget, selector)) else { return };
    // A single pod is either guarded against all, or not at all.
    if pods > 1 && most.of_total_up(pods) >= pods {
        report.warning(&BUDGET_EMPTY, &at, format!("all of the {pods} pods may be unavailable"));
    }
}

/// The least and the most pods that a budget guards, if the set says all of them.
fn pods(view: &View<'_>, budget: &Field<'_>, selector: &Field<'_>) -> Option<(i64, i64)> {
    let mut workloads = view.selected(view.namespace(budget), &Selector::of(selector));
    workloads.retain(|workload| workload.is_lasting());
    workloads.into_iter().try_fold((0_i64, 0_i64), |(least, most), workload| {
        let (fewer, more) = view.replicas(workload)?;
        Some((least.saturating_add(fewer), most.saturating_add(more)))
    })
}
