//! ConfigMaps and Secrets that say of themselves that they do not change.

use serde_json::Value as Json;

use super::pair::{Pair, Report};
use crate::Rule;

pub(crate) const IMMUTABLE_DATA: Rule = Rule {
    id: "immutable-data",
    summary: "A ConfigMap or Secret changes that was made with `immutable: true`.",
    reason: "Kubernetes refuses the change, and the upgrade fails.",
    allow: "When the old object is deleted before; better, let its name change with what it holds.",
};

const FIELDS: [&str; 3] = ["immutable", "data", "binaryData"];

pub(super) fn check(pair: &Pair<'_>, report: &mut Report) {
    let holds_data = pair.is("", "ConfigMap") || pair.is("", "Secret");
    if !holds_data || pair.old.at("/immutable") != Some(&Json::Bool(true)) {
        return;
    }
    for key in FIELDS {
        pair.under(&[key]).for_each(|field| report.refused(&IMMUTABLE_DATA, pair, field));
    }
}
