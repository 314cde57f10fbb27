//! What an object or a person allows.

use crate::{Finding, Object, Settings};

/// The annotation that allows rules for an object: `RULE[,RULE]`.
pub const ANNOTATION: &str = "render.mythoughts/allow";

/// Whether the settings allow the finding's rule, or its object does.
pub(crate) fn is_allowed(finding: &Finding, object: Option<&Object>, settings: &Settings) -> bool {
    let id = finding.rule.id;
    let annotation = object.and_then(|object| object.annotation(ANNOTATION));
    let listed = annotation.unwrap_or_default().split(',').any(|rule| rule.trim() == id);
    listed || settings.allow.iter().any(|rule| rule == id)
}
