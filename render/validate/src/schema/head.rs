//! An object's head: its kind, the version of its API, its name.

use super::bundle::{Bundle, Lifecycle, group_of};
use super::fields::invalid_name;
use super::format;
use super::report::{Report, suggestion};
use super::rules::{DEPRECATED_API, INVALID_NAME, NOT_AN_OBJECT, REMOVED_API, UNKNOWN_KIND};

/// The minor version from which on a Service's name may begin with a digit.
const RELAXED_SERVICE_NAMES: u32 = 36;

/// Checks that an object has a kind and a name.
pub(super) fn check(minor: u32, report: &mut Report<'_>) {
    let object = report.object();
    for (field, value) in [("apiVersion", &object.api_version), ("kind", &object.kind)] {
        if value.is_empty() {
            report.error(&NOT_AN_OBJECT, format!("wanted an object of Kubernetes, met one without {field}"));
        }
    }
    if object.name.is_empty() && !object.kind.is_empty() && !object.kind.ends_with("Review") {
        report.key("metadata", |report| {
            report.error(&NOT_AN_OBJECT, format!("wanted a name, met {}", report.object()));
        });
    }
    check_name(minor, report);
}

/// What a kind's names must be; others are subdomains.
fn check_name(minor: u32, report: &mut Report<'_>) {
    let object = report.object();
    let name = object.text("/metadata/name").unwrap_or_default();
    if name.is_empty() {
        return;
    }
    report.key("metadata", |report| {
        report.key("name", |report| check_kind_name(minor, report, name));
    });
}

fn check_kind_name(minor: u32, report: &mut Report<'_>, name: &str) {
    let object = report.object();
    match (object.group(), object.kind.as_str()) {
        ("rbac.authorization.k8s.io" | "apiregistration.k8s.io", _) => {
            invalid_name(report, name, format::path_segment);
        }
        ("", "Service") if minor < RELAXED_SERVICE_NAMES => invalid_name(report, name, format::label_1035),
        ("", "Service" | "Namespace") => invalid_name(report, name, format::label),
        ("apps", "StatefulSet") => {
            invalid_name(report, name, format::label);
            at_most(report, name, 52, "pods carry it in a label, with a dash and ten characters");
        }
        ("batch", kind) => {
            invalid_name(report, name, format::subdomain);
            match kind {
                "CronJob" => at_most(report, name, 52, "jobs add a dash and ten characters"),
                _ => at_most(report, name, 63, "pods carry it in a label"),
            }
        }
        _ => invalid_name(report, name, format::subdomain),
    }
}

fn at_most(report: &mut Report<'_>, name: &str, most: usize, why: &str) {
    if let Some(problem) = format::too_long(name, most) {
        report.error(&INVALID_NAME, format!("{} is {name:?}: {problem}, as {why}", report.path()));
    }
}

/// Checks when the version of an API is served. Whether its types are of interest.
pub(super) fn check_lifecycle(bundle: &Bundle, minor: u32, report: &mut Report<'_>) -> bool {
    let object = report.object();
    let (api_version, kind) = (object.api_version.as_str(), object.kind.as_str());
    let Some(lifecycle) = bundle.lifecycles.get(&(api_version, kind)) else { return true };
    let what = format!("{api_version} {kind}");
    let advice = advice(lifecycle);
    report.key("apiVersion", |report| match *lifecycle {
        Lifecycle { removed: Some(removed), .. } if removed <= minor => {
            report.error(&REMOVED_API, format!("{what} is not served since Kubernetes 1.{removed}{advice}"));
            false
        }
        Lifecycle { introduced: Some(introduced), .. } if introduced > minor => {
            report.error(&REMOVED_API, format!("{what} is not served before Kubernetes 1.{introduced}"));
            false
        }
        Lifecycle { deprecated: Some(deprecated), removed, .. } if deprecated <= minor => {
            let end = removed.map(|removed| format!(" and not served from 1.{removed} on")).unwrap_or_default();
            report
                .warning(&DEPRECATED_API, format!("{what} is deprecated since Kubernetes 1.{deprecated}{end}{advice}"));
            true
        }
        _ => true,
    })
}

fn advice(lifecycle: &Lifecycle) -> String {
    if lifecycle.replacement.is_empty() { String::new() } else { format!(", use {}", lifecycle.replacement) }
}

/// Tells of a kind that no schema is known of: an error in a group of Kubernetes itself.
pub(super) fn unknown(bundle: &Bundle, minor: u32, report: &mut Report<'_>) {
    let object = report.object();
    let (api_version, kind) = (object.api_version.as_str(), object.kind.as_str());
    if api_version.is_empty() || kind.is_empty() {
        return;
    }
    if !bundle.has_group(group_of(api_version)) {
        let message = format!("no definition of {api_version} {kind} is known, so its fields are not checked");
        return report.key("kind", |report| report.warning(&UNKNOWN_KIND, message));
    }
    let versions: Vec<&str> =
        bundle.kinds.values().filter(|known| known.name == kind).map(|known| known.api_version).collect();
    let hint = if versions.is_empty() {
        suggestion(kind, bundle.kinds.values().filter(|known| known.api_version == api_version).map(|known| known.name))
    } else {
        format!(", did you mean {}?", versions.join(" or "))
    };
    report.key("kind", |report| {
        report.error(&UNKNOWN_KIND, format!("Kubernetes 1.{minor} has no {api_version} {kind}{hint}"));
    });
}
