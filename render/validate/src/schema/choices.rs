//! Fields of a type that exclude each other, or of which one must be there.

use serde_json::{Map, Value as Json};

use super::report::Report;
use super::rules::{CONTRADICTION, MISSING_FIELD};

/// Types of whose fields one must be there, and no two.
const ONE: &[(&str, &[&str])] = &[
    ("core.v1.Probe", &["exec", "grpc", "httpGet", "tcpSocket"]),
    ("core.v1.LifecycleHandler", &["exec", "httpGet", "sleep", "tcpSocket"]),
    ("core.v1.EnvVarSource", &["configMapKeyRef", "fieldRef", "fileKeyRef", "resourceFieldRef", "secretKeyRef"]),
    ("core.v1.EnvFromSource", &["configMapRef", "secretRef"]),
    ("core.v1.DownwardAPIVolumeFile", &["fieldRef", "resourceFieldRef"]),
    ("admissionregistration.v1.WebhookClientConfig", &["service", "url"]),
    ("batch.v1.PodFailurePolicyRule", &["onExitCodes", "onPodConditions"]),
    ("networking.v1.IngressBackend", &["resource", "service"]),
    ("networking.v1.ServiceBackendPort", &["name", "number"]),
];

/// Types of whose fields there may be no two.
const AT_MOST_ONE: &[(&str, &[&str])] = &[
    ("policy.v1.PodDisruptionBudgetSpec", &["maxUnavailable", "minAvailable"]),
    ("core.v1.EnvVar", &["value", "valueFrom"]),
    ("core.v1.VolumeMount", &["subPath", "subPathExpr"]),
    ("networking.v1.NetworkPolicyPeer", &["ipBlock", "namespaceSelector"]),
    ("networking.v1.NetworkPolicyPeer", &["ipBlock", "podSelector"]),
];

/// Types all of whose fields, but for these, exclude each other.
const UNION: &[(&str, &[&str])] = &[("core.v1.Volume", &["name"]), ("core.v1.VolumeProjection", &[])];

/// Types of whose fields one must be there at least.
const SOME: &[(&str, &[&str])] = &[
    ("networking.v1.NetworkPolicyPeer", &["ipBlock", "namespaceSelector", "podSelector"]),
    ("autoscaling.v2.MetricTarget", &["averageUtilization", "averageValue", "value"]),
];

/// What a metric must have, by its type.
const METRICS: &[(&str, &str)] = &[
    ("ContainerResource", "containerResource"),
    ("External", "external"),
    ("Object", "object"),
    ("Pods", "pods"),
    ("Resource", "resource"),
];

/// Checks the fields of a type against each other.
pub(super) fn check(definition: &str, entries: &Map<String, Json>, report: &mut Report<'_>) {
    for fields in of(ONE, definition) {
        at_least_one(fields, entries, report);
        at_most_one(&present(fields, entries), report);
    }
    for fields in of(AT_MOST_ONE, definition) {
        at_most_one(&present(fields, entries), report);
    }
    for free in of(UNION, definition) {
        let given = entries.iter().filter(|(key, value)| !free.contains(&key.as_str()) && is_given(value));
        at_most_one(&given.map(|(key, _)| key.as_str()).collect::<Vec<_>>(), report);
    }
    for fields in of(SOME, definition) {
        at_least_one(fields, entries, report);
    }
    if definition == "autoscaling.v2.MetricSpec" {
        metric(entries, report);
    }
}

fn of<'t>(table: &'t [(&str, &'t [&'t str])], definition: &str) -> impl Iterator<Item = &'t [&'t str]> {
    table.iter().filter(move |(owner, _)| *owner == definition).map(|(_, fields)| *fields)
}

/// Empty texts and lists, and null, count as nothing.
fn is_given(value: &Json) -> bool {
    !value.is_null() && value.as_str() != Some("") && value.as_array().is_none_or(|items| !items.is_empty())
}

fn present<'f>(fields: &[&'f str], entries: &Map<String, Json>) -> Vec<&'f str> {
    fields.iter().copied().filter(|field| entries.get(*field).is_some_and(is_given)).collect()
}

fn at_least_one(fields: &[&str], entries: &Map<String, Json>, report: &mut Report<'_>) {
    if present(fields, entries).is_empty() {
        let message = format!("{} has none of {}", report.path(), fields.join(", "));
        report.error(&MISSING_FIELD, message);
    }
}

fn at_most_one(given: &[&str], report: &mut Report<'_>) {
    if given.len() > 1 {
        let message = format!("{} has {} together, wanted one of them", report.path(), given.join(" and "));
        report.error(&CONTRADICTION, message);
    }
}

fn metric(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let Some(kind) = entries.get("type").and_then(Json::as_str) else { return };
    // What is none of the types, the words tell.
    let Some((_, field)) = METRICS.iter().find(|(name, _)| *name == kind) else { return };
    if !entries.get(*field).is_some_and(is_given) {
        let message = format!("missing field {}, as the type is {kind}", report.path().key(field));
        report.error(&MISSING_FIELD, message);
    }
    for (_, other) in METRICS.iter().filter(|(name, field)| *name != kind && entries.get(*field).is_some_and(is_given))
    {
        let message = format!("{} has {other}, but the type is {kind}", report.path());
        report.error(&CONTRADICTION, message);
    }
}
