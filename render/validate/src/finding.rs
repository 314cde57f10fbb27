//! Findings: what is wrong, and where.

use std::fmt;

use crate::{Object, Path, Place, Rule};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It does not work.
    Error,
    /// It may not work, or will not for long.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Something that is wrong with an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it was found by.
    pub rule: &'static Rule,
    /// How bad it is.
    pub severity: Severity,
    /// The object's place in [`crate::Set::objects`].
    pub object: usize,
    /// Where in the object.
    pub path: Path,
    /// What was met and what was wanted.
    pub message: String,
    /// Where in the text.
    pub place: Place,
}

impl Finding {
    /// An error in an object, which is the `index`th of its set.
    pub fn error(rule: &'static Rule, (index, object): (usize, &Object), path: Path, message: String) -> Self {
        Self { rule, severity: Severity::Error, object: index, place: object.place(&path), path, message }
    }

    /// A warning about an object, which is the `index`th of its set.
    pub fn warning(rule: &'static Rule, object: (usize, &Object), path: Path, message: String) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, object, path, message) }
    }
}

impl fmt::Display for Finding {
    /// `web.yaml:4: error: unknown field spec.port [unknown-field]`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}: {} [{}]", self.place, self.severity, self.message, self.rule.id)
    }
}
