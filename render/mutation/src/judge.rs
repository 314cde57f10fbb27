//! Whether the checks notice a mutant.

use std::collections::BTreeMap;

use kubevalidate::{Set, Settings, validate};
use render::Chart;

use crate::cases::{Cases, Outcome, release};
use crate::mutant::{Mutant, Of};

/// What came of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It cannot be parsed, or is refused with every values file: nobody could miss it, so it does not count.
    Broken,
    /// No values file renders anything else by it.
    Equivalent,
    /// It renders something else.
    Alive {
        /// Whether `check` tells a difference from the model.
        check: bool,
        /// Whether `validate` finds what it does not find in the original.
        validate: bool,
    },
}

/// What the original renders and what is found in it, by values file.
pub(crate) struct Judge<'a> {
    cases: &'a Cases,
    outcomes: Vec<Outcome>,
    findings: Vec<Findings>,
}

/// How often which rule found what.
type Findings = BTreeMap<String, usize>;

impl<'a> Judge<'a> {
    pub(crate) fn new(cases: &'a Cases) -> anyhow::Result<Self> {
        let chart = cases.chart(None)?;
        let outcomes: Vec<_> = (0..cases.values.len()).map(|case| cases.render(&chart, case)).collect();
        let findings = outcomes.iter().map(findings).collect();
        Ok(Self { cases, outcomes, findings })
    }

    pub(crate) fn verdict(&self, mutant: &Mutant) -> Verdict {
        let chart = match mutant.of {
            Of::Templates => self.cases.chart(Some(&mutant.file)),
            Of::Manifests => self.cases.chart_of_manifests(&mutant.file),
        };
        let Ok(chart) = chart else { return Verdict::Broken };
        let cases = mutant.case.map_or_else(|| (0..self.cases.values.len()).collect::<Vec<_>>(), |case| vec![case]);
        let changed: Vec<_> = cases
            .into_iter()
            .map(|case| (case, self.cases.render(&chart, case)))
            .filter(|(case, outcome)| !same(&self.outcomes[*case], outcome))
            .collect();
        if changed.is_empty() {
            return Verdict::Equivalent;
        }
        if mutant.of == Of::Templates && self.is_broken(&changed) {
            return Verdict::Broken;
        }
        Verdict::Alive {
            check: changed.iter().any(|(case, _)| self.check(&chart, *case)),
            validate: changed.iter().any(|(case, outcome)| self.validate(*case, outcome)),
        }
    }

    /// What a values file renders, of the original or of a mutant, as one text.
    pub(crate) fn manifests(&self, case: usize, mutant: Option<&Mutant>) -> anyhow::Result<String> {
        let outcome = match mutant {
            None => self.outcomes[case].clone(),
            Some(mutant) => self.cases.render(&self.cases.chart_of_manifests(&mutant.file)?, case),
        };
        let Outcome::Manifests(manifests) = outcome else { return Ok(String::new()) };
        let texts: Vec<_> = manifests.iter().map(|(_, text)| String::from_utf8_lossy(text)).collect();
        Ok(texts.join("\n---\n"))
    }

    /// Whether whatever was rendered before is refused now.
    fn is_broken(&self, changed: &[(usize, Outcome)]) -> bool {
        let rendered = self.outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Manifests(_))).count();
        let refused = changed.iter().filter(|(case, outcome)| {
            matches!((&self.outcomes[*case], outcome), (Outcome::Manifests(_), Outcome::Refused(_)))
        });
        refused.count() == rendered
    }

    fn check(&self, chart: &Chart, case: usize) -> bool {
        let differences = mythoughts_manifests::check(chart, &release(), &self.cases.options(case));
        differences.map_or(true, |differences| !differences.is_empty())
    }

    /// What cannot be rendered or read is noticed.
    fn validate(&self, case: usize, outcome: &Outcome) -> bool {
        if matches!(outcome, Outcome::Refused(_)) {
            return true;
        }
        let before = &self.findings[case];
        findings(outcome).iter().any(|(finding, times)| before.get(finding).unwrap_or(&0) < times)
    }
}

/// A refusal in other words is the same.
fn same(one: &Outcome, other: &Outcome) -> bool {
    matches!((one, other), (Outcome::Refused(_), Outcome::Refused(_))) || content(one) == content(other)
}

/// The objects of a rendering, whatever their text looks like.
fn content(outcome: &Outcome) -> Option<Vec<serde_json::Value>> {
    let Outcome::Manifests(manifests) = outcome else { return None };
    let mut set = Set::default();
    for (source, text) in manifests {
        set.read(source, text).ok()?;
    }
    let mut objects: Vec<_> = set.objects().iter().map(|object| object.json.clone()).collect();
    objects.sort_by_cached_key(|object| {
        ["/kind", "/metadata/name"].map(|at| object.pointer(at).map(ToString::to_string).unwrap_or_default())
    });
    Some(objects)
}

fn findings(outcome: &Outcome) -> Findings {
    let mut findings = Findings::new();
    let Outcome::Manifests(manifests) = outcome else { return findings };
    let mut set = Set::default();
    for (source, text) in manifests {
        if let Err(error) = set.read(source, text) {
            findings.insert(error.message, 1);
            return findings;
        }
    }
    for finding in validate(&set, &Settings::default()) {
        *findings.entry(format!("{} {} {}", finding.rule.id, finding.path, finding.message)).or_default() += 1;
    }
    findings
}
