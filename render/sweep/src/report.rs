//! The counts, and the differences by their causes.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use crate::cases::Case;
use crate::compare::Outcome;

/// Counts and differences of all cases.
#[derive(Default)]
pub(crate) struct Report {
    counts: BTreeMap<u8, Counts>,
    left_out: BTreeMap<String, usize>,
    causes: BTreeMap<String, Vec<String>>,
}

/// Of one version of Helm.
#[derive(Default)]
struct Counts {
    identical: usize,
    masked: usize,
    blank: usize,
    differs: usize,
    fails: usize,
    refused_alike: usize,
    refused_otherwise: usize,
    accepts: usize,
}

impl Counts {
    fn rendered(&self) -> usize {
        self.identical + self.masked + self.blank + self.differs + self.fails
    }

    fn refused(&self) -> usize {
        self.refused_alike + self.refused_otherwise + self.accepts
    }
}

impl Report {
    /// Begins with the charts that cannot be rendered.
    pub(crate) fn new(left_out: &[(PathBuf, String)]) -> Self {
        let mut report = Self::default();
        for (_, reason) in left_out {
            *report.left_out.entry(reason.clone()).or_default() += 1;
        }
        report
    }

    /// Adds a case.
    pub(crate) fn add(&mut self, case: &Case, version: u8, outcome: Outcome) {
        let counts = self.counts.entry(version).or_default();
        let reason = match outcome {
            Outcome::Identical { masked: false } => {
                counts.identical += 1;
                return;
            }
            Outcome::Identical { masked: true } => {
                counts.masked += 1;
                return;
            }
            Outcome::Refused { same: true, .. } => {
                counts.refused_alike += 1;
                return;
            }
            Outcome::Blank => {
                counts.blank += 1;
                "blank space only".to_owned()
            }
            Outcome::Differs { ours, helm } => {
                counts.differs += 1;
                format!("differs\n      ours: {ours}\n      helm: {helm}")
            }
            Outcome::Fails(error) => {
                counts.fails += 1;
                format!("we fail: {}", shortened(&error))
            }
            Outcome::Refused { ours, helm, .. } => {
                counts.refused_otherwise += 1;
                format!("other message\n      ours: {}\n      helm: {}", shortened(&ours), shortened(&helm))
            }
            Outcome::Accepts(error) => {
                counts.accepts += 1;
                format!("Helm refuses: {}", shortened(&error))
            }
        };
        self.causes.entry(reason).or_default().push(format!("[{version}] {}", case.name()));
    }

    /// The smaller of the versions' percentages of cases in which we do as Helm: the same bytes, or a refusal as well.
    /// Without any case it is nothing.
    pub(crate) fn percent(&self) -> f64 {
        let percent = |counts: &Counts| {
            let alike = counts.identical + counts.masked + counts.refused_alike + counts.refused_otherwise;
            percentage(alike, counts.rendered() + counts.refused())
        };
        self.counts.values().map(percent).reduce(f64::min).unwrap_or_default()
    }

    /// The table, and so many cases of each cause.
    pub(crate) fn text(&self, show: usize) -> String {
        let mut text = String::new();
        let mut causes: Vec<_> = self.causes.iter().collect();
        causes.sort_by_key(|(_, cases)| std::cmp::Reverse(cases.len()));
        for (cause, cases) in causes {
            let _ = writeln!(text, "{:>4} x {cause}", cases.len());
            for case in cases.iter().take(show) {
                let _ = writeln!(text, "        {case}");
            }
        }
        for (reason, count) in &self.left_out {
            let _ = writeln!(text, "left out: {count:>4} {reason}");
        }
        for (version, counts) in &self.counts {
            let _ = writeln!(
                text,
                "Helm {version}: {} cases = {} rendered + {} refused\n  rendered: {} identical, {} identical but for random lines, \
                 {} blank space only, {} differ, {} we fail: {:.2} % identical\n  refused: {} with the same message, \
                 {} with another, {} rendered by us: {:.2} % with the same message",
                counts.rendered() + counts.refused(),
                counts.rendered(),
                counts.refused(),
                counts.identical,
                counts.masked,
                counts.blank,
                counts.differs,
                counts.fails,
                percentage(counts.identical + counts.masked, counts.rendered()),
                counts.refused_alike,
                counts.refused_otherwise,
                counts.accepts,
                percentage(counts.refused_alike, counts.refused()),
            );
        }
        text
    }
}

fn percentage(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of cases are small")]
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}

fn shortened(text: &str) -> String {
    let mut text = text.replace('\n', " | ");
    if let Some((cut, _)) = text.char_indices().nth(300) {
        text.truncate(cut);
    }
    text
}
