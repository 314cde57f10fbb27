//! Pods and jobs.

use serde_json::{Map, Value as Json};

use super::{contradiction, is_empty, is_given, missing, text};
use crate::schema::report::Report;

/// What only runs before the others is not asked how it is, and is not restarted by a policy of its own.
pub(super) fn first_containers(pod: &Map<String, Json>, report: &mut Report<'_>) {
    const LASTING: [&str; 4] = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"];
    let containers = pod.get("initContainers").and_then(Json::as_array).into_iter().flatten();
    report.key("initContainers", |report| {
        for (index, container) in containers.enumerate() {
            let Json::Object(container) = container else { continue };
            let stays = text(container, "restartPolicy") == "Always";
            report.item(index, |report| {
                for field in LASTING.iter().filter(|field| !stays && is_given(container, field)) {
                    contradiction(report, field, "the container ends, as its restartPolicy is not Always");
                }
            });
        }
    });
}

/// Indexes are counted in Jobs that have some.
pub(super) fn job(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let is_indexed = text(entries, "completionMode") == "Indexed";
    if is_given(entries, "backoffLimitPerIndex") && !is_indexed {
        contradiction(report, "backoffLimitPerIndex", "the completionMode is not Indexed");
    }
    if is_given(entries, "maxFailedIndexes") && !is_given(entries, "backoffLimitPerIndex") {
        missing(report, "backoffLimitPerIndex", "as there is maxFailedIndexes");
    }
    if let (Some(failed), Some(all)) = (number(entries, "maxFailedIndexes"), number(entries, "completions"))
        && failed > all
    {
        contradiction(report, "maxFailedIndexes", &format!("{failed} is more than the {all} completions"));
    }
    failing_containers(entries, report);
    let policy = entries.get("template").and_then(|template| template.pointer("/spec/restartPolicy")?.as_str());
    if is_given(entries, "podFailurePolicy") && policy != Some("Never") {
        contradiction(report, "podFailurePolicy", "the pods' restartPolicy is not Never");
    }
}

/// Failures are told of containers that there are.
fn failing_containers(job: &Map<String, Json>, report: &mut Report<'_>) {
    let pod =
        |part: &str| job.get("template").and_then(|template| template.pointer(&format!("/spec/{part}"))?.as_array());
    let containers = ["containers", "initContainers"].into_iter().filter_map(pod).flatten();
    let names: Vec<_> = containers.filter_map(|container| container.get("name")?.as_str()).collect();
    let rules = job.get("podFailurePolicy").and_then(|policy| policy.get("rules")?.as_array());
    for rule in rules.into_iter().flatten() {
        let told = rule.pointer("/onExitCodes/containerName").and_then(Json::as_str);
        if let Some(name) = told.filter(|name| !names.contains(name)) {
            contradiction(report, "podFailurePolicy", &format!("there is no container {name:?}"));
        }
    }
}

fn number(entries: &Map<String, Json>, field: &str) -> Option<i64> {
    entries.get(field)?.as_i64()
}

/// Of a volume, which is not told whose amounts are meant.
pub(super) fn told_file(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let Some(Json::Object(resource)) = entries.get("resourceFieldRef") else { return };
    if is_empty(resource, "containerName") {
        report.key("resourceFieldRef", |report| missing(report, "containerName", "whose amount it is"));
    }
}

pub(super) fn seccomp(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let is_local = text(entries, "type") == "Localhost";
    if is_local && is_empty(entries, "localhostProfile") {
        missing(report, "localhostProfile", "as the type is Localhost");
    }
    if !is_local && !is_empty(entries, "type") && !is_empty(entries, "localhostProfile") {
        contradiction(report, "localhostProfile", "the type is not Localhost");
    }
}

/// Codes are in order, each once, and success is no failure.
pub(super) fn exit_codes(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let codes: Vec<_> =
        entries.get("values").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_i64).collect();
    if !codes.is_sorted_by(|one, other| one < other) {
        contradiction(report, "values", "they are not in order, each once");
    }
    if text(entries, "operator") == "In" && codes.contains(&0) {
        contradiction(report, "values", "0 is success");
    }
}
