//! A line for each finding.

use crate::Severity;

use super::Report;

pub(super) fn text(report: &Report<'_>, colours: bool) -> String {
    findings(report, colours) + &report.summary() + "\n"
}

/// The findings alone.
pub(super) fn findings(report: &Report<'_>, colours: bool) -> String {
    let mut text = String::new();
    for finding in report.findings {
        let severity = severity(finding.severity, colours);
        let (place, message) = (printable(&finding.place.to_string()), printable(&report.message(finding)));
        text.extend([&place, ": ", severity, ": ", &message, " [", finding.rule.id, "]\n"]);
    }
    text
}

fn severity(severity: Severity, colours: bool) -> &'static str {
    match (severity, colours) {
        (Severity::Error, false) => "error",
        (Severity::Warning, false) => "warning",
        (Severity::Error, true) => "\u{1b}[31merror\u{1b}[0m",
        (Severity::Warning, true) => "\u{1b}[33mwarning\u{1b}[0m",
    }
}

/// A manifest must not write into a terminal what is no text.
pub(super) fn printable(line: &str) -> String {
    line.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}
