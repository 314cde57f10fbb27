//! SARIF 2.1.0: the rules with their texts, and a result for each finding.

use serde_json::{Value as Json, json};

use super::Report;
use crate::{Finding, Rule, rules};

pub(super) fn text(report: &Report<'_>) -> String {
    let results: Vec<_> = report.findings.iter().map(|finding| result(report, finding)).collect();
    log(&results, &json!([{"executionSuccessful": true}]))
}

/// That nothing could be checked: a run without results, and why.
pub(super) fn failure(message: &str) -> String {
    let notification = json!({"level": "error", "message": {"text": message}});
    log(&[], &json!([{"executionSuccessful": false, "toolExecutionNotifications": [notification]}]))
}

fn log(results: &[Json], invocations: &Json) -> String {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "render validate",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules().map(rule).collect::<Vec<_>>(),
            }},
            "invocations": invocations,
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(rule: &Rule) -> Json {
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.reason},
        "help": {"text": format!("To allow it: {}", rule.allow)},
    })
}

fn result(report: &Report<'_>, finding: &Finding) -> Json {
    let mut place = json!({"artifactLocation": {"uri": uri(&finding.place.file)}});
    if finding.place.line > 0
        && let Json::Object(place) = &mut place
    {
        place.insert("region".into(), json!({"startLine": finding.place.line}));
    }
    json!({
        "ruleId": finding.rule.id,
        "ruleIndex": rules().position(|rule| rule == finding.rule),
        "level": finding.severity.to_string(),
        "message": {"text": report.message(finding)},
        "locations": [{
            "physicalLocation": place,
            "logicalLocations": [{"fullyQualifiedName": finding.path.to_string()}],
        }],
    })
}

/// A path as a relative URI: what has a meaning there is escaped.
fn uri(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
