//! The report: counts by rule, and what was missed.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::judge::Verdict;
use crate::linters::Beside;
use crate::mutant::{Mutant, Of};

/// Mutants with their verdicts.
pub(crate) struct Report<'a> {
    of: Vec<(&'a Mutant, &'a Verdict)>,
    beside: Option<Beside>,
}

/// How many of a rule's mutants came to what.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    made: usize,
    broken: usize,
    equivalent: usize,
    check: usize,
    validate: usize,
    either: usize,
}

impl Count {
    fn add(&mut self, verdict: &Verdict) {
        self.made += 1;
        match verdict {
            Verdict::Broken => self.broken += 1,
            Verdict::Equivalent => self.equivalent += 1,
            Verdict::Alive { check, validate } => {
                self.check += usize::from(*check);
                self.validate += usize::from(*validate);
                self.either += usize::from(*check || *validate);
            }
        }
    }

    fn alive(self) -> usize {
        self.made - self.broken - self.equivalent
    }

    fn row(self, name: &str) -> String {
        let percent = |found| format!("{:.1} %", percent(found, self.alive()));
        let (check, validate, either) = (percent(self.check), percent(self.validate), percent(self.either));
        let Self { made, broken, equivalent, .. } = self;
        format!("| {name} | {made} | {broken} | {equivalent} | {} | {check} | {validate} | {either} |\n", self.alive())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn percent(found: usize, of: usize) -> f64 {
    if of == 0 { 100.0 } else { found as f64 * 100.0 / of as f64 }
}

impl<'a> Report<'a> {
    pub(crate) fn new(mutants: &'a [Mutant], verdicts: &'a [Verdict], beside: Option<Beside>) -> Self {
        Self { of: mutants.iter().zip(verdicts).collect(), beside }
    }

    /// Of all that render something else, how many `check` or `validate` notices.
    pub(crate) fn percent(&self) -> f64 {
        let mut count = Count::default();
        self.of.iter().for_each(|(_, verdict)| count.add(verdict));
        percent(count.either, count.alive())
    }

    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for (of, title) in [(Of::Templates, "templates"), (Of::Manifests, "manifests")] {
            let mut rules: BTreeMap<&str, Count> = BTreeMap::new();
            let mut all = Count::default();
            for (mutant, verdict) in self.of.iter().filter(|(mutant, _)| mutant.of == of) {
                rules.entry(mutant.rule).or_default().add(verdict);
                all.add(verdict);
            }
            let head = "made | broken | equivalent | count | `check` | `validate` | either";
            let _ = writeln!(text, "| {title} | {head} |\n|---|---|---|---|---|---|---|---|");
            for (rule, count) in rules {
                text += &count.row(rule);
            }
            text += &all.row("all");
            text += "\n";
        }
        if let Some(beside) = &self.beside {
            let _ = writeln!(text, "| {} of the mutants of manifests | found |\n|---|---|", beside.mutants);
            for (name, found) in &beside.found {
                let _ = writeln!(text, "| {name} | {found} ({:.1} %) |", percent(*found, beside.mutants));
            }
        }
        text
    }

    /// What neither notices, or with `verbose` what one of them does not.
    pub(crate) fn missed(&self, verbose: bool) -> String {
        let mut text = String::new();
        for (mutant, verdict) in &self.of {
            let note = match verdict {
                Verdict::Alive { check: false, validate: false } => "missed",
                Verdict::Alive { validate: false, .. } if verbose => "not by validate",
                Verdict::Alive { check: false, .. } if verbose => "not by check",
                Verdict::Equivalent if verbose => "equivalent",
                _ => continue,
            };
            let _ = writeln!(text, "{note}: {}: {}", mutant.rule, mutant.what);
        }
        text
    }
}
