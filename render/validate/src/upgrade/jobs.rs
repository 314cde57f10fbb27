//! Jobs: most of what they do is fixed when they are made.

use serde_json::Value as Json;

use super::pair::{Pair, Report, from_to, touches};
use crate::Rule;
use crate::compare::Field;

pub(crate) const IMMUTABLE_JOB: Rule = Rule {
    id: "immutable-job",
    summary: "The template of a Job changes, or its completions, selector or policies for failure and success; a warning if it has a ttlSecondsAfterFinished.",
    reason: "Kubernetes refuses the change, and the upgrade fails, for as long as the old Job is there, finished or not.",
    allow: "When the old Job is deleted before; better, make it a hook, or give it a name that changes with it.",
};

const FIELDS: [&str; 7] = [
    "template",
    "selector",
    "completionMode",
    "podFailurePolicy",
    "successPolicy",
    "backoffLimitPerIndex",
    "managedBy",
];

/// What may change in the template of a Job that is suspended: where its pods may run.
const SCHEDULING: [&[&str]; 6] = [
    &["spec", "template", "metadata"],
    &["spec", "template", "spec", "affinity", "nodeAffinity"],
    &["spec", "template", "spec", "nodeSelector"],
    &["spec", "template", "spec", "schedulingGates"],
    &["spec", "template", "spec", "tolerations"],
    // From 1.36 on.
    &["spec", "template", "spec", "containers", "*", "resources"],
];

pub(super) fn check(pair: &Pair<'_>, report: &mut Report) {
    if !pair.is("batch", "Job") {
        return;
    }
    let is_suspended = pair.old.at("/spec/suspend") == Some(&Json::Bool(true));
    let can_change = |field: &Field| is_suspended && SCHEDULING.iter().any(|path| touches(field, path));
    for key in FIELDS {
        pair.under(&["spec", key]).filter(|field| !can_change(field)).for_each(|field| found(pair, field, report));
    }
    if !is_indexed_and_scaled(pair) {
        pair.under(&["spec", "completions"]).for_each(|field| found(pair, field, report));
    }
}

/// The number of an indexed Job may change together with that of its pods.
fn is_indexed_and_scaled(pair: &Pair<'_>) -> bool {
    let number = |pointer: &str| pair.new.at(pointer).and_then(Json::as_i64);
    let is_indexed = pair.new.text("/spec/completionMode") == Some("Indexed");
    is_indexed && number("/spec/completions") == number("/spec/parallelism")
}

fn found(pair: &Pair<'_>, field: &Field, report: &mut Report) {
    if pair.old.at("/spec/ttlSecondsAfterFinished").is_some() {
        let message = format!("{} cannot change, {}, as long as the old Job is there", field.path, from_to(field));
        report.warning(&IMMUTABLE_JOB, pair, field, message);
    } else {
        report.refused(&IMMUTABLE_JOB, pair, field);
    }
}
