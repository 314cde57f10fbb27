//! What is of the whole cluster, or of a namespace as a whole.

use std::net::{Ipv4Addr, Ipv6Addr};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ipnet::IpNet;
use serde_json::{Map, Value as Json};

use super::{contradiction, is_empty, missing, text};
use crate::model::Quantity;
use crate::schema::format;
use crate::schema::report::{Report, shown};
use crate::schema::rules::{CONTRADICTION, INVALID_NAME, MISSING_FIELD, WRONG_VALUE};

/// The value of a class that is none of the cluster's own.
const MOST_PRIORITY: i64 = 1_000_000_000;

pub(super) fn role_rule(entries: &Map<String, Json>, report: &mut Report<'_>) {
    if !is_empty(entries, "resources") && is_empty(entries, "apiGroups") {
        missing(report, "apiGroups", "of which the core's is \"\"");
    }
}

/// Only an account's name has a form.
pub(super) fn subject(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let (name, group) = (text(entries, "name"), text(entries, "apiGroup"));
    let wanted = if text(entries, "kind") == "ServiceAccount" { "" } else { "rbac.authorization.k8s.io" };
    if !group.is_empty() && group != wanted {
        let message = format!("{} is {group:?}, wanted {wanted:?}", report.path().key("apiGroup"));
        report.key("apiGroup", |report| report.error(&WRONG_VALUE, message));
    }
    if text(entries, "kind") == "ServiceAccount"
        && !name.is_empty()
        && let Some(problem) = format::subdomain(name)
    {
        report.key("name", |report| {
            report.error(&INVALID_NAME, format!("{} is {}: {problem}", report.path(), shown(&name.into())));
        });
    }
}

pub(super) fn priority_class(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let is_own = report.object().name.starts_with("system-");
    if let Some(value) = entries.get("value").and_then(Json::as_i64).filter(|value| !is_own && *value > MOST_PRIORITY) {
        let message = format!("{} is {value}, wanted at most {MOST_PRIORITY}", report.path().key("value"));
        report.key("value", |report| report.error(&WRONG_VALUE, message));
    }
}

pub(super) fn class_parameters(entries: &Map<String, Json>, report: &mut Report<'_>) {
    match text(entries, "scope") {
        "Namespace" if is_empty(entries, "namespace") => missing(report, "namespace", "as the scope is Namespace"),
        "Cluster" if !is_empty(entries, "namespace") => contradiction(report, "namespace", "the scope is Cluster"),
        _ => {}
    }
}

/// The API server speaks one of two versions with webhooks.
pub(super) fn webhook(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let versions = entries.get("admissionReviewVersions").and_then(Json::as_array).filter(|all| !all.is_empty());
    let is_spoken = |version: &Json| version == "v1" || version == "v1beta1";
    if versions.is_some_and(|versions| !versions.iter().any(is_spoken)) {
        let path = report.path().key("admissionReviewVersions");
        report.error(&MISSING_FIELD, format!("{path} has neither v1 nor v1beta1"));
    }
}

/// A volume has a kind, besides what all of them have.
pub(super) fn volume(entries: &Map<String, Json>, report: &mut Report<'_>) {
    const COMMON: [&str; 9] = [
        "accessModes",
        "capacity",
        "claimRef",
        "mountOptions",
        "nodeAffinity",
        "persistentVolumeReclaimPolicy",
        "storageClassName",
        "volumeAttributesClassName",
        "volumeMode",
    ];
    if !entries.is_empty() && entries.iter().all(|(field, value)| COMMON.contains(&field.as_str()) || value.is_null()) {
        missing(report, "csi", "or another kind of volume");
    }
}

/// The least, what containers get that say nothing, and the most, in this order.
pub(super) fn limits(entries: &Map<String, Json>, report: &mut Report<'_>) {
    const ORDER: [&str; 4] = ["min", "defaultRequest", "default", "max"];
    for (index, lower) in ORDER.iter().enumerate() {
        for higher in ORDER.iter().skip(index + 1) {
            let (Some(Json::Object(below)), Some(above)) = (entries.get(*lower), entries.get(*higher)) else {
                continue;
            };
            for (resource, least) in below {
                let most = above.get(resource);
                if let (Some(least_amount), Some(most)) = (Quantity::of(least), most)
                    && Quantity::of(most).is_some_and(|most| least_amount > most)
                {
                    let path = report.path().key(lower).key(resource);
                    let message = format!("{path} is {least}, more than {higher}, which is {most}");
                    report.error(&CONTRADICTION, message);
                }
            }
        }
    }
}

/// Only limits of containers and claims are given to those that say nothing.
pub(super) fn limited_pods(entries: &Map<String, Json>, report: &mut Report<'_>) {
    for field in ["default", "defaultRequest"] {
        if text(entries, "type") == "Pod" && !is_empty(entries, field) {
            contradiction(report, field, "the type is Pod");
        }
    }
}

/// Whatever is no amount of something is counted one by one.
pub(super) fn quota(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let hard = entries.get("hard").and_then(Json::as_object).into_iter().flatten();
    report.key("hard", |report| {
        for (name, amount) in hard.filter(|(name, _)| !is_amount(name)) {
            super::pods::whole(name, amount, report);
        }
    });
}

fn is_amount(name: &str) -> bool {
    let name = name.strip_prefix("limits.").or_else(|| name.strip_prefix("requests.")).unwrap_or(name);
    matches!(name, "cpu" | "memory" | "storage" | "ephemeral-storage")
        || name.starts_with("hugepages-")
        || name.contains('/')
}

/// What has no namespace is no namespace's to allow.
pub(super) fn role(entries: &Map<String, Json>, report: &mut Report<'_>) {
    for (index, rule) in entries.get("rules").and_then(Json::as_array).into_iter().flatten().enumerate() {
        if rule.as_object().is_some_and(|rule| !is_empty(rule, "nonResourceURLs")) {
            report.key("rules", |report| {
                report.item(index, |report| contradiction(report, "nonResourceURLs", "only a ClusterRole has them"));
            });
        }
    }
}

/// The levels of the Pod Security Standards that a namespace asks for.
pub(super) fn namespace(entries: &Map<String, Json>, report: &mut Report<'_>) {
    const LEVELS: [&str; 3] = ["privileged", "baseline", "restricted"];
    let labels = entries.get("metadata").and_then(|metadata| metadata.get("labels")?.as_object());
    for (key, value) in labels.into_iter().flatten() {
        let is_level = matches!(key.strip_prefix("pod-security.kubernetes.io/"), Some("enforce" | "audit" | "warn"));
        if is_level && !value.as_str().is_some_and(|level| LEVELS.contains(&level)) {
            let path = report.path().key("metadata").key("labels").key(key);
            report.error(&WRONG_VALUE, format!("{path} is {}, wanted one of {}", shown(value), LEVELS.join(", ")));
        }
    }
}

/// What is left out of a block is a part of it.
pub(super) fn ip_block(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let Ok(whole) = text(entries, "cidr").parse::<IpNet>() else { return };
    let parts = entries.get("except").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    for part in parts {
        if part.parse::<IpNet>().is_ok_and(|part| !whole.contains(&part) || part == whole) {
            contradiction(report, "except", &format!("{part} is no part of {whole}"));
        }
    }
}

/// What a policy says nothing of, or nothing to, it does not check.
pub(super) fn admission_policy(entries: &Map<String, Json>, report: &mut Report<'_>) {
    if is_empty(entries, "validations") && is_empty(entries, "auditAnnotations") {
        missing(report, "validations", "or auditAnnotations");
    }
    let Some(Json::Object(constraints)) =
        entries.get("matchConstraints").filter(|all| **all != Json::Object(Map::new()))
    else {
        return;
    };
    if is_empty(constraints, "resourceRules") {
        report.key("matchConstraints", |report| missing(report, "resourceRules", ""));
    }
}

/// Addresses are of the family that the slice is of.
pub(super) fn endpoints(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let is_of = |address: &str| match text(entries, "addressType") {
        "IPv4" => address.parse::<Ipv4Addr>().is_ok(),
        "IPv6" => address.parse::<Ipv6Addr>().is_ok(),
        _ => true,
    };
    for endpoint in entries.get("endpoints").and_then(Json::as_array).into_iter().flatten() {
        let addresses = endpoint.get("addresses").and_then(Json::as_array).into_iter().flatten();
        for address in addresses.filter_map(Json::as_str).filter(|address| !is_of(address)) {
            let kind = text(entries, "addressType");
            let message = format!("an address is {}, wanted one of {kind}", shown(&address.into()));
            report.key("endpoints", |report| report.error(&WRONG_VALUE, message));
        }
    }
}

/// How images are pulled is JSON, in a text or in base64.
pub(super) fn secret(entries: &Map<String, Json>, report: &mut Report<'_>) {
    const LOGINS: &str = ".dockerconfigjson";
    let kind = text(entries, "type");
    if kind == "kubernetes.io/dockerconfigjson" {
        let text_of = |part: &str| entries.get(part)?.get(LOGINS)?.as_str().map(str::to_owned);
        let decoded = || text_of("data").and_then(|data| STANDARD.decode(data).ok());
        let logins = text_of("stringData").map(String::into_bytes).or_else(decoded);
        if logins.is_some_and(|logins| !matches!(serde_json::from_slice(&logins), Ok(Json::Object(_)))) {
            report.error(&WRONG_VALUE, format!("the key {LOGINS} holds no object of JSON"));
        }
    }
    let has = |key: &str| {
        ["data", "stringData"].iter().any(|part| entries.get(*part).is_some_and(|all| all.get(key).is_some()))
    };
    if kind == "kubernetes.io/basic-auth" && !has("username") && !has("password") {
        report.error(&MISSING_FIELD, format!("a Secret of type {kind} has neither username nor password"));
    }
}
