//! What an object or a person allows.

use crate::{Finding, Object, Settings};

/// The annotation that allows rules for an object: `RULE[,RULE]`.
pub const ANNOTATION: &str = "render.mythoughts/allow";

/// Whether the settings allow the finding's rule, or its object does.
pub(crate) fn is_allowed(finding: &Finding, object: Option<&Object>, settings: &Settings) -> bool {
    let id = finding.rule.id;
    object.is_some_and(|object| allows(object, id)) || settings.allow.iter().any(|rule| rule == id)
}

/// Whether an object allows a rule by its annotation.
pub(crate) fn allows(object: &Object, id: &str) -> bool {
    object.annotation(ANNOTATION).unwrap_or_default().split(',').any(|rule| rule.trim() == id)
}
