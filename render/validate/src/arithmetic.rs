//! Arithmetic: numbers that cannot be true together.

mod autoscalers;
mod budgets;
mod connections;
mod cron;
mod defaults;
mod jobs;
mod memory;
mod ports;
mod probes;
mod quantities;
mod quotas;
mod resources;
mod rollouts;
mod stopping;
mod storage;

use crate::model::{Report, View};
use crate::{Finding, Rule, Set, Settings};

/// The rules of this part.
pub(crate) const RULES: &[&Rule] = &[
    &budgets::BUDGET_BLOCKS_DRAIN,
    &budgets::BUDGET_EMPTY,
    &resources::REQUEST_OVER_LIMIT,
    &quantities::QUANTITY_MISTAKE,
    &autoscalers::AUTOSCALER_BOUNDS,
    &autoscalers::AUTOSCALER_WITHOUT_REQUESTS,
    &autoscalers::AUTOSCALER_WITHOUT_METRICS,
    &autoscalers::AUTOSCALER_FIXED_REPLICAS,
    &autoscalers::AUTOSCALER_UNREACHABLE,
    &rollouts::ROLLOUT_STUCK,
    &rollouts::ROLLOUT_DEADLINE,
    &rollouts::ROLLOUT_PARTITION,
    &rollouts::ROLLOUT_OUTAGE,
    &stopping::GRACE_PERIOD,
    &connections::TOO_MANY_CONNECTIONS,
    &probes::PROBE_KILLS_START,
    &probes::PROBE_TIMEOUT,
    &probes::PROBE_PATH,
    &probes::PROBE_THRESHOLD,
    &memory::MEMORY_SETTING,
    &storage::MEMORY_VOLUME,
    &storage::CLAIM_ROLLOUT,
    &storage::SHARED_CLAIM,
    &jobs::RESTART_POLICY,
    &jobs::JOB_NUMBERS,
    &jobs::CRON_SCHEDULE,
    &jobs::CRON_NEVER,
    &ports::NODE_PORT_TWICE,
    &ports::NODE_PORT_RANGE,
    &quotas::QUOTA_EXCEEDED,
    &quotas::LIMIT_RANGE,
];

/// What is wrong with the objects of a set.
pub(crate) fn check(set: &Set, settings: &Settings) -> Vec<Finding> {
    let view = View::new(set);
    let mut report = Report::new(settings.closed);
    for check in [
        budgets::check,
        resources::check,
        quantities::check,
        quotas::check,
        autoscalers::check,
        rollouts::check,
        stopping::check,
        connections::check,
        probes::check,
        memory::check,
        storage::check,
        jobs::check,
        ports::check,
    ] {
        check(&view, &mut report);
    }
    report.into_findings()
}
