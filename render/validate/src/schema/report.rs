//! Where the checks of an object put what they find.

use serde_json::Value as Json;

use crate::{Finding, Object, Path, Rule, Severity, Step};

/// What is wrong with one object, and where the check of it is.
pub(super) struct Report<'a> {
    object: (usize, &'a Object),
    steps: Vec<Step>,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Report<'a> {
    pub(super) fn new(object: (usize, &'a Object)) -> Self {
        Self { object, steps: Vec::new(), findings: Vec::new() }
    }

    /// One for the same place, with nothing found yet.
    pub(super) fn fresh<'b>(&self) -> Report<'b>
    where
        'a: 'b,
    {
        Report { object: self.object, steps: self.steps.clone(), findings: Vec::new() }
    }

    pub(super) fn object(&self) -> &'a Object {
        self.object.1
    }

    pub(super) fn path(&self) -> Path {
        Path::from(self.steps.clone())
    }

    /// Goes into the value of a key for the while of a check.
    pub(super) fn key<T>(&mut self, key: &str, check: impl FnOnce(&mut Self) -> T) -> T {
        self.step(Step::Key(key.to_owned()), check)
    }

    /// Goes into one item for the while of a check.
    pub(super) fn item<T>(&mut self, index: usize, check: impl FnOnce(&mut Self) -> T) -> T {
        self.step(Step::Index(index), check)
    }

    /// Whether the check is somewhere below a key.
    pub(super) fn is_below(&self, key: &str) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Key(own) if own == key))
    }

    /// Goes into each item for the while of a check.
    pub(super) fn items(&mut self, items: &'a [Json], mut check: impl FnMut(&mut Self, &'a Json)) {
        for (index, item) in items.iter().enumerate() {
            self.step(Step::Index(index), |report| check(report, item));
        }
    }

    fn step<T>(&mut self, step: Step, check: impl FnOnce(&mut Self) -> T) -> T {
        self.steps.push(step);
        let checked = check(self);
        self.steps.pop();
        checked
    }

    pub(super) fn error(&mut self, rule: &'static Rule, message: String) {
        self.findings.push(Finding::error(rule, self.object, self.path(), message));
    }

    pub(super) fn warning(&mut self, rule: &'static Rule, message: String) {
        self.error(rule, message);
        if let Some(finding) = self.findings.last_mut() {
            finding.severity = Severity::Warning;
        }
    }
}

/// `, did you mean replicas?`, or nothing if none of the known ones is alike.
pub(super) fn suggestion<'a>(met: &str, known: impl Iterator<Item = &'a str>) -> String {
    const ALIKE: f64 = 0.75;
    const LONGEST: usize = 100;
    if met.len() > LONGEST {
        return String::new();
    }
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(&met.to_lowercase(), &name.to_lowercase());
    let nearest = known.map(|name| (likeness(name), name)).max_by(|one, other| one.0.total_cmp(&other.0));
    match nearest {
        Some((likeness, name)) if likeness >= ALIKE => format!(", did you mean {name}?"),
        _ => String::new(),
    }
}

/// A value as a message shows it: not all of a long one.
pub(crate) fn shown(json: &Json) -> String {
    const LENGTH: usize = 60;
    let text = json.to_string();
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
