//! Commands of GitHub Actions.

use super::Report;

pub(super) fn text(report: &Report<'_>) -> String {
    let mut text = String::new();
    for finding in report.findings {
        let (severity, rule) = (finding.severity.to_string(), finding.rule.id);
        let (file, line) = (property(&finding.place.file), finding.place.line);
        let line = if line > 0 { format!(",line={line}") } else { String::new() };
        let message = escaped(&report.message(finding));
        text.extend(["::", &severity, " file=", &file, &line, ",title=", rule, "::", &message, "\n"]);
    }
    text + &report.summary() + "\n"
}

/// That nothing could be checked, and why.
pub(super) fn failure(message: &str) -> String {
    format!("::error::{}\n", escaped(message))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
