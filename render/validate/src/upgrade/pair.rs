//! What rules of upgrades look at, and where they put what they find.

use serde_json::Value as Json;

use crate::changes::Change;
use crate::compare::Field;
use crate::schema::shown;
use crate::{Finding, Object, Path, Rule, Severity, model};

/// An object as it is and as it is to be.
pub(super) struct Pair<'a> {
    pub(super) old: &'a Object,
    pub(super) new: &'a Object,
    pub(super) fields: &'a [Field],
    index: usize,
}

impl<'a> Pair<'a> {
    /// Of an object that both releases have.
    pub(super) fn of(change: &'a Change<'a>) -> Option<Self> {
        let index = change.indices.1?;
        Some(Self { old: change.old?, new: change.new?, fields: &change.fields, index })
    }

    pub(super) fn is(&self, group: &str, kind: &str) -> bool {
        self.new.group() == group && self.new.kind == kind
    }

    /// Where the two differ at a path or below it.
    pub(super) fn under(&self, path: &'a [&'a str]) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(move |field| touches(field, path))
    }

    /// The text that both have at a JSON pointer, each if it has one.
    pub(super) fn texts(&self, pointer: &str) -> (Option<&'a str>, Option<&'a str>) {
        (self.old.text(pointer), self.new.text(pointer))
    }
}

/// Whether a difference is at a path, below it, or of something that holds it.
pub(super) fn touches(field: &Field, path: &[&str]) -> bool {
    let depth = field.path.0.len().min(path.len());
    let (way, rest) = path.split_at(depth);
    let holds = |value: &Option<Json>| value.as_ref().is_some_and(|value| holds(value, rest));
    field.path.starts_with(way) && (rest.is_empty() || holds(&field.old) || holds(&field.new))
}

/// Whether there is something at a path in a value. `*` stands for any element.
fn holds(value: &Json, path: &[&str]) -> bool {
    match path {
        [] => true,
        ["*", rest @ ..] => value.as_array().is_some_and(|items| items.iter().any(|item| holds(item, rest))),
        [key, rest @ ..] => value.get(key).is_some_and(|value| holds(value, rest)),
    }
}

/// What was found so far. Objects of the new set are counted behind those of the old one.
pub(super) struct Report {
    old_objects: usize,
    findings: Vec<Finding>,
}

impl Report {
    pub(super) fn new(old_objects: usize) -> Self {
        Self { old_objects, findings: Vec::new() }
    }

    /// A change that the API server refuses.
    pub(super) fn refused(&mut self, rule: &'static Rule, pair: &Pair<'_>, field: &Field) {
        self.error(rule, pair, field, format!("{} cannot change, {}", field.path, from_to(field)));
    }

    pub(super) fn error(&mut self, rule: &'static Rule, pair: &Pair<'_>, field: &Field, message: String) {
        self.add(rule, Severity::Error, (pair.index + self.old_objects, pair.new), field.path.new_way(), message);
    }

    pub(super) fn warning(&mut self, rule: &'static Rule, pair: &Pair<'_>, field: &Field, message: String) {
        self.add(rule, Severity::Warning, (pair.index + self.old_objects, pair.new), field.path.new_way(), message);
    }

    /// Of an object of the old set.
    pub(super) fn old_warning(&mut self, rule: &'static Rule, object: (usize, &Object), message: String) {
        self.add(rule, Severity::Warning, object, Path::root(), message);
    }

    /// Of an object of the new set.
    pub(super) fn new_warning(&mut self, rule: &'static Rule, object: (usize, &Object), path: Path, message: String) {
        self.add(rule, Severity::Warning, (object.0 + self.old_objects, object.1), path, message);
    }

    /// Of something in the new set.
    pub(super) fn new_error(&mut self, rule: &'static Rule, at: &model::Field<'_>, message: String) {
        self.add(rule, Severity::Error, (at.index + self.old_objects, at.object), at.path(), message);
    }

    /// Findings of the new set alone.
    pub(super) fn add_new(&mut self, findings: Vec<Finding>) {
        let before = self.old_objects;
        self.findings.extend(findings.into_iter().map(|own| Finding { object: own.object + before, ..own }));
    }

    fn add(&mut self, rule: &'static Rule, severity: Severity, object: (usize, &Object), path: Path, message: String) {
        self.findings.push(Finding { severity, ..Finding::error(rule, object, path, message) });
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// `from "a" to "b"`
pub(super) fn from_to(field: &Field) -> String {
    let told = |value: &Option<Json>| value.as_ref().map_or_else(|| "nothing".into(), shown);
    format!("from {} to {}", told(&field.old), told(&field.new))
}
