//! Arithmetic: numbers that cannot be true together.

use crate::{Finding, Rule, Set, Settings};

/// The rules of this part.
pub(crate) const RULES: &[&Rule] = &[];

/// What is wrong with the objects of a set.
pub(crate) fn check(_set: &Set, _settings: &Settings) -> Vec<Finding> {
    Vec::new()
}
