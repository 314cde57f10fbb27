//! Rules: what findings are found by, and all that documentation tells of them.

use crate::{arithmetic, reach, references, schema, upgrade};

/// What is checked, and why.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, in kebab case: what annotations and `--allow` say.
    pub id: &'static str,
    /// What it finds, in a sentence.
    pub summary: &'static str,
    /// What happens in a cluster otherwise.
    pub reason: &'static str,
    /// When it is right to allow it.
    pub allow: &'static str,
}

/// All rules, those of upgrades last, in the order of the documentation.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [schema::RULES, references::RULES, arithmetic::RULES, reach::RULES, upgrade::RULES].into_iter().flatten().copied()
}
