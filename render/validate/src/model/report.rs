//! Where rules put what they find.

use super::Field;
use crate::{Finding, Rule};

/// The findings so far.
#[derive(Debug)]
pub(crate) struct Report {
    closed: bool,
    findings: Vec<Finding>,
}

impl Report {
    /// With `closed`, nothing outside the set supplies what is missing in it.
    pub(crate) fn new(closed: bool) -> Self {
        Self { closed, findings: Vec::new() }
    }

    /// What surely does not work.
    pub(crate) fn error(&mut self, rule: &'static Rule, at: &Field<'_>, message: String) {
        self.findings.push(Finding::error(rule, (at.index, at.object), at.path(), message));
    }

    /// What may not work, or not for long.
    pub(crate) fn warning(&mut self, rule: &'static Rule, at: &Field<'_>, message: String) {
        self.findings.push(Finding::warning(rule, (at.index, at.object), at.path(), message));
    }

    /// What something outside the set may supply: a warning, and an error when the set is whole.
    pub(crate) fn missing(&mut self, rule: &'static Rule, at: &Field<'_>, message: String) {
        if self.closed {
            self.error(rule, at, message);
        } else {
            self.warning(rule, at, message);
        }
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}
