//! Values of single fields that the OpenAPI files leave open, and that depend on others or on a list of names.

use serde_json::{Map, Value as Json};

use super::report::{Report, shown, suggestion};
use super::rules::WRONG_VALUE;

/// Checks the values of a type.
pub(super) fn check(definition: &str, entries: &Map<String, Json>, report: &mut Report<'_>) {
    match definition {
        "networking.v1.HTTPIngressPath" => ingress_path(entries, report),
        "core.v1.VolumeMount" => mount(entries, report),
        "core.v1.ResourceRequirements" => {
            resources(entries, "limits", report);
            resources(entries, "requests", report);
        }
        "core.v1.ResourceQuotaSpec" => quota(entries, report),
        "core.v1.ObjectFieldSelector" => field_path(entries, report),
        _ => {}
    }
}

fn out_of_range(field: &str, met: &str, wanted: &str, report: &mut Report<'_>) {
    report.key(field, |report| {
        let message = format!("{} is {met}, wanted {wanted}", report.path());
        report.error(&WRONG_VALUE, message);
    });
}

fn text<'e>(entries: &'e Map<String, Json>, field: &str) -> Option<&'e str> {
    entries.get(field).and_then(Json::as_str).filter(|text| !text.is_empty())
}

fn ingress_path(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let is_literal = matches!(text(entries, "pathType"), Some("Exact" | "Prefix"));
    let path = text(entries, "path").unwrap_or_default();
    if is_literal && !path.starts_with('/') {
        out_of_range("path", &format!("{path:?}"), "a path that begins with /", report);
    }
}

fn mount(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let is_outside = |path: &&str| path.starts_with('/') || path.split('/').any(|part| part == "..");
    if let Some(path) = text(entries, "subPath").filter(is_outside) {
        out_of_range("subPath", &format!("{path:?}"), "a path below the volume", report);
    }
}

/// What containers may ask for without a domain before it.
fn resources(entries: &Map<String, Json>, part: &str, report: &mut Report<'_>) {
    const KNOWN: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
    let Some(Json::Object(amounts)) = entries.get(part) else { return };
    report.key(part, |report| {
        for (name, amount) in amounts {
            let is_known = KNOWN.contains(&name.as_str()) || name.contains('/') || name.starts_with("hugepages-");
            if !is_known {
                let hint = suggestion(name, KNOWN.into_iter());
                let message = format!("{} is no resource of containers{hint}", report.path().key(name));
                report.key(name, |report| report.error(&WRONG_VALUE, message));
            } else if amount.as_str().is_some_and(|text| text.starts_with('-'))
                || amount.as_f64() < Some(0.0) && amount.is_number()
            {
                out_of_range(name, &shown(amount), "no amount below 0", report);
            }
        }
    });
}

/// What quotas may bound without a domain before it.
fn quota(entries: &Map<String, Json>, report: &mut Report<'_>) {
    const COUNTED: [&str; 9] = [
        "configmaps",
        "persistentvolumeclaims",
        "pods",
        "replicationcontrollers",
        "resourcequotas",
        "secrets",
        "services",
        "services.loadbalancers",
        "services.nodeports",
    ];
    const SUMMED: [&str; 11] = [
        "cpu",
        "memory",
        "ephemeral-storage",
        "requests.cpu",
        "requests.memory",
        "requests.storage",
        "requests.ephemeral-storage",
        "limits.cpu",
        "limits.memory",
        "limits.ephemeral-storage",
        "storage",
    ];
    let Some(Json::Object(hard)) = entries.get("hard") else { return };
    let known = || COUNTED.into_iter().chain(SUMMED);
    report.key("hard", |report| {
        for name in hard.keys().filter(|name| !name.contains('/') && !name.contains("hugepages-")) {
            if !known().any(|known| known == name) {
                let message =
                    format!("{} is no resource of quotas{}", report.path().key(name), suggestion(name, known()));
                report.key(name, |report| report.error(&WRONG_VALUE, message));
            }
        }
    });
}

/// What a pod may be told of itself.
fn field_path(entries: &Map<String, Json>, report: &mut Report<'_>) {
    const KNOWN: [&str; 12] = [
        "metadata.name",
        "metadata.namespace",
        "metadata.uid",
        "metadata.labels",
        "metadata.annotations",
        "spec.host",
        "spec.nodeName",
        "spec.serviceAccountName",
        "status.hostIP",
        "status.hostIPs",
        "status.podIP",
        "status.podIPs",
    ];
    let Some(path) = text(entries, "fieldPath") else { return };
    let whole = path.split_once('[').map_or(path, |(whole, _)| whole);
    if !KNOWN.contains(&whole) {
        let wanted = format!("a field that pods are told{}", suggestion(path, KNOWN.into_iter()));
        out_of_range("fieldPath", &format!("{path:?}"), &wanted, report);
    }
}
