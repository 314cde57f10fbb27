//! One JSON object for programs.

use serde_json::{Value as Json, json};

use super::Report;
use crate::{Finding, Object, Severity};

pub(super) fn text(report: &Report<'_>) -> String {
    let findings: Vec<Json> = report.findings.iter().map(|finding| one(report, finding)).collect();
    let report = json!({
        "kubeVersion": report.kube_version.to_string(),
        "objects": report.objects.len(),
        "errors": report.count(Severity::Error),
        "warnings": report.count(Severity::Warning),
        "findings": findings,
    });
    format!("{report:#}\n")
}

pub(super) fn one(report: &Report<'_>, finding: &Finding) -> Json {
    json!({
        "rule": finding.rule.id,
        "severity": finding.severity.to_string(),
        "file": &*finding.place.file,
        "line": finding.place.line,
        "object": report.object(finding).map(object),
        "path": finding.path.to_string(),
        "message": finding.message,
    })
}

/// What an object is called.
pub(super) fn object(object: &Object) -> Json {
    let namespace = &object.namespace;
    json!({"apiVersion": object.api_version, "kind": object.kind, "namespace": namespace, "name": object.name})
}
