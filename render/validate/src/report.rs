//! Findings as they are printed: for people, for programs, and for code scanning.

mod changes;
mod github;
mod human;
mod json;
mod sarif;
mod upgrade;

pub use changes::{json as changes_json, text as changes_text};
pub use upgrade::UpgradeReport;

use crate::schema::schema_version;
use crate::{Finding, KubeVersion, Object, Rule, Severity, rules};

/// How findings and changes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A line for each finding, and one with the counts.
    Human {
        /// Whether severities are coloured, for a terminal.
        colours: bool,
    },
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, as code scanning reads it.
    Sarif,
    /// Commands of GitHub Actions, which become annotations.
    GitHub,
}

impl Format {
    /// What is printed if nothing could be checked: formats that others read say so and why, so that nobody takes silence
    /// for a good answer.
    pub fn failure(self, message: &str) -> String {
        match self {
            Self::Human { .. } | Self::Json => String::new(),
            Self::Sarif => sarif::failure(message),
            Self::GitHub => github::failure(message),
        }
    }
}

/// What was found in a set.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// What was checked; findings name objects by their places here.
    pub objects: &'a [&'a Object],
    /// What is wrong with it.
    pub findings: &'a [Finding],
    /// The version that it was checked for.
    pub kube_version: KubeVersion,
}

impl Report<'_> {
    /// The text of a format, which ends with a line feed.
    pub fn text(&self, format: Format) -> String {
        match format {
            Format::Human { colours } => human::text(self, colours),
            Format::Json => json::text(self),
            Format::Sarif => sarif::text(self),
            Format::GitHub => github::text(self),
        }
    }

    /// How many findings are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    fn object(&self, finding: &Finding) -> Option<&Object> {
        self.objects.get(finding.object).copied()
    }

    /// `Service shops/web: unknown field spec.port`
    fn message(&self, finding: &Finding) -> String {
        match self.object(finding) {
            Some(object) => format!("{object}: {}", finding.message),
            None => finding.message.clone(),
        }
    }

    /// `2 errors and 1 warning in 12 objects, for Kubernetes 1.37`
    fn summary(&self) -> String {
        let errors = counted(self.count(Severity::Error), "error");
        let warnings = counted(self.count(Severity::Warning), "warning");
        let objects = counted(self.objects.len(), "object");
        let (wanted, known) = (self.kube_version, schema_version(self.kube_version));
        let by = if wanted == known { String::new() } else { format!(" by the schemas of {known}") };
        format!("{errors} and {warnings} in {objects}, for Kubernetes {wanted}{by}")
    }
}

/// `2 errors`, `1 warning`
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// All rules as a table in Markdown.
pub fn table() -> String {
    let row = |rule: &Rule| format!("| `{}` | {} | {} | {} |\n", rule.id, rule.summary, rule.reason, rule.allow);
    let head = "| rule | what it finds | why it matters | when to allow it |\n|---|---|---|---|\n";
    head.to_owned() + &rules().map(row).collect::<String>()
}
