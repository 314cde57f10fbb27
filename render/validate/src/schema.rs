//! Schemas: every object is what its kind says, for a version of Kubernetes.

use crate::{Finding, Rule, Set, Settings};

/// The rules of this part.
pub(crate) const RULES: &[&Rule] = &[&DUPLICATE_KEY];

static DUPLICATE_KEY: Rule = Rule {
    id: "duplicate-key",
    summary: "A key is given twice in a mapping.",
    reason: "Only the last one counts; kubectl and Helm's server-side apply refuse the document.",
    allow: "Never: remove one of the two.",
};

/// What is wrong with the objects of a set.
pub(crate) fn check(set: &Set, _settings: &Settings) -> Vec<Finding> {
    set.objects().iter().enumerate().flat_map(duplicate_keys).collect()
}

fn duplicate_keys((index, object): (usize, &crate::Object)) -> Vec<Finding> {
    let found = object.duplicate_keys().map(|(path, place, first)| {
        let message = format!("{path} is given twice, first on line {first}");
        Finding { place, ..Finding::error(&DUPLICATE_KEY, (index, object), path, message) }
    });
    found.collect()
}
