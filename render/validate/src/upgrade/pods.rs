//! Pods without a workload.

use serde_json::Value as Json;

use super::pair::{Pair, Report, touches};
use crate::Rule;
use crate::compare::Field;

pub(crate) const IMMUTABLE_POD: Rule = Rule {
    id: "immutable-pod",
    summary: "The spec of a Pod changes, in something else than its images, more tolerations, or a shorter activeDeadlineSeconds.",
    reason: "Kubernetes refuses the change, and the upgrade fails.",
    allow: "When the old Pod is deleted before; better, let a Deployment make it.",
};

const IMAGES: [&[&str]; 2] = [&["spec", "containers", "*", "image"], &["spec", "initContainers", "*", "image"]];

pub(super) fn check(pair: &Pair<'_>, report: &mut Report) {
    if !pair.is("", "Pod") {
        return;
    }
    for field in pair.under(&["spec"]) {
        let is_image = IMAGES.iter().any(|path| touches(field, path)) && field.old.is_some() && field.new.is_some();
        if !is_image && !is_shorter(field) && !is_toleration(field) {
            report.refused(&IMMUTABLE_POD, pair, field);
        }
    }
}

/// A deadline may be given, or come nearer.
fn is_shorter(field: &Field) -> bool {
    let number = |value: &Option<Json>| value.as_ref().and_then(Json::as_i64);
    let sooner = number(&field.new).is_some_and(|new| number(&field.old).is_none_or(|old| new < old));
    touches(field, &["spec", "activeDeadlineSeconds"]) && sooner
}

/// Tolerations may be added.
fn is_toleration(field: &Field) -> bool {
    touches(field, &["spec", "tolerations"]) && field.old.is_none()
}
