//! What the OpenAPI files do not say of the keys and values of maps: labels, annotations, data.

use serde_json::{Map, Value as Json};

use super::format;
use super::report::{Report, shown};
use super::rules::{INVALID_LABEL, INVALID_NAME};

/// What is wrong with a text, if anything is.
type Check = fn(&str) -> Option<String>;

/// How large the annotations of an object may be together.
const MAX_ANNOTATIONS: usize = 256 << 10;

/// Checks the maps of a type.
pub(super) fn check(definition: &str, entries: &Map<String, Json>, report: &mut Report<'_>) {
    match definition {
        "meta.v1.ObjectMeta" => check_metadata(entries, report),
        "meta.v1.LabelSelector" => check_labels(entries, "matchLabels", report),
        "core.v1.PodSpec" | "node.v1.Scheduling" => check_labels(entries, "nodeSelector", report),
        "core.v1.ServiceSpec" => check_labels(entries, "selector", report),
        "core.v1.ConfigMap" => ["data", "binaryData"].iter().for_each(|field| check_keys(entries, field, report)),
        "core.v1.Secret" => ["data", "stringData"].iter().for_each(|field| check_keys(entries, field, report)),
        _ => {}
    }
}

pub(super) fn invalid_name(report: &mut Report<'_>, text: &str, check: Check) {
    if let Some(problem) = check(text) {
        report.error(&INVALID_NAME, format!("{} is {text:?}: {problem}", report.path()));
    }
}

fn check_metadata(entries: &Map<String, Json>, report: &mut Report<'_>) {
    check_labels(entries, "labels", report);
    let Some(Json::Object(annotations)) = entries.get("annotations") else { return };
    report.key("annotations", |report| {
        for key in annotations.keys() {
            // Annotations may have capitals before the slash.
            check_label(report, key, format::qualified_name(&key.to_lowercase()), "key");
        }
        let size: usize = annotations.iter().map(|(key, value)| key.len() + value.as_str().map_or(0, str::len)).sum();
        if size > MAX_ANNOTATIONS {
            report.error(&INVALID_LABEL, format!("annotations have {size} bytes, wanted at most {MAX_ANNOTATIONS}"));
        }
    });
}

fn check_labels(entries: &Map<String, Json>, field: &str, report: &mut Report<'_>) {
    let Some(Json::Object(labels)) = entries.get(field) else { return };
    report.key(field, |report| {
        for (key, value) in labels {
            check_label(report, key, format::qualified_name(key), "key");
            let Json::String(text) = value else { continue };
            let shown = shown(value);
            check_label(report, key, format::label_value(text), &format!("value {shown}"));
        }
    });
}

fn check_label(report: &mut Report<'_>, key: &str, problem: Option<String>, what: &str) {
    let Some(problem) = problem else { return };
    report.key(key, |report| report.error(&INVALID_LABEL, format!("{} has the {what}: {problem}", report.path())));
}

fn check_keys(entries: &Map<String, Json>, field: &str, report: &mut Report<'_>) {
    let Some(Json::Object(data)) = entries.get(field) else { return };
    report.key(field, |report| {
        for key in data.keys() {
            report.key(key, |report| invalid_name(report, key, format::data_key));
        }
    });
}
