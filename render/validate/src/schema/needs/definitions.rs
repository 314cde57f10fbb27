//! Definitions of custom resources.

use govalue::grow;
use serde_json::{Map, Value as Json};

use super::{contradiction, is_empty, missing, text};
use crate::schema::definitions::value;
use crate::schema::report::Report;
use crate::schema::rules::{CONTRADICTION, INVALID_NAME, WRONG_VALUE};

/// Its name is made of its plural and its group.
pub(super) fn definition(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let (plural, group) = (inner(entries, "/names/plural"), inner(entries, "/group"));
    let name = &report.object().name;
    if let (Some(plural), Some(group)) = (plural, group)
        && *name != format!("{plural}.{group}")
    {
        let message = format!("metadata.name is {name}, wanted {plural}.{group}, of names.plural and group");
        report.error(&INVALID_NAME, message);
    }
}

fn inner<'e>(entries: &'e Map<String, Json>, path: &str) -> Option<&'e str> {
    entries.get("spec")?.pointer(path)?.as_str().filter(|text| !text.is_empty())
}

/// One version is stored.
pub(super) fn versions(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let Some(versions) = entries.get("versions").and_then(Json::as_array).filter(|all| !all.is_empty()) else { return };
    let stored = versions.iter().filter(|version| version["storage"] == true).count();
    if stored != 1 {
        let message = format!("{stored} of the {} have storage: true, wanted one", report.path().key("versions"));
        report.error(&CONTRADICTION, message);
    }
}

/// A warning is for a version that is deprecated.
pub(super) fn version(entries: &Map<String, Json>, report: &mut Report<'_>) {
    if !text(entries, "deprecationWarning").is_empty() && entries.get("deprecated") != Some(&Json::Bool(true)) {
        contradiction(report, "deprecationWarning", "the version is not deprecated");
    }
}

/// A schema is structural: each value in it has a type, unless it is a number or a text, or nobody looks into it.
pub(super) fn schema<'a>(entries: &'a Map<String, Json>, report: &mut Report<'a>) {
    const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];
    let flag = |name: &str| entries.get(name) == Some(&Json::Bool(true));
    let kind = text(entries, "type");
    let is_free = flag("x-kubernetes-int-or-string") || flag("x-kubernetes-preserve-unknown-fields");
    if kind.is_empty() && !is_free && is_value(report) {
        missing(report, "type", "");
    }
    if !kind.is_empty() && !TYPES.contains(&kind) {
        let path = report.path().key("type");
        report.error(&WRONG_VALUE, format!("{path} is {kind:?}, wanted one of {}", TYPES.join(", ")));
    }
    if kind == "array" && is_empty(entries, "items") && is_value(report) {
        missing(report, "items", "as the type is array");
    }
    if entries.get("x-kubernetes-preserve-unknown-fields") == Some(&Json::Bool(false)) {
        let path = report.path().key("x-kubernetes-preserve-unknown-fields");
        report.error(&WRONG_VALUE, format!("{path} is false, wanted true or no field"));
    }
    list(entries, report);
    default(entries, report);
    inner_schemas(entries, report);
}

/// What the types call anything: the schemas of items and of further properties, and those in them.
fn inner_schemas<'a>(entries: &'a Map<String, Json>, report: &mut Report<'a>) {
    for field in ["items", "additionalProperties"] {
        let Some(Json::Object(inner)) = entries.get(field) else { continue };
        report.key(field, |report| grow(|| properties(inner, report)));
    }
}

/// A schema that no type leads to, with all that are in it.
fn properties<'a>(entries: &'a Map<String, Json>, report: &mut Report<'a>) {
    schema(entries, report);
    report.key("properties", |report| {
        for (name, inner) in entries.get("properties").and_then(Json::as_object).into_iter().flatten() {
            let Json::Object(inner) = inner else { continue };
            report.key(name, |report| grow(|| properties(inner, report)));
        }
    });
}

/// A default is of its own schema.
fn default<'a>(entries: &'a Map<String, Json>, report: &mut Report<'a>) {
    let Some(default) = entries.get("default").filter(|default| !default.is_null()) else { return };
    let schema = Json::Object(
        entries.iter().filter(|(name, _)| *name != "default").map(|(k, v)| (k.clone(), v.clone())).collect(),
    );
    let mut own = report.fresh();
    own.key("default", |own| value(&schema, default, own));
    let messages: Vec<_> = own.findings.into_iter().map(|finding| finding.message).collect();
    for message in messages {
        report.key("default", |report| report.error(&WRONG_VALUE, message));
    }
}

/// What stands below `allOf`, `anyOf`, `oneOf` and `not` only bounds what has its type elsewhere.
fn is_value(report: &Report<'_>) -> bool {
    !["allOf", "anyOf", "oneOf", "not"].iter().any(|junctor| report.is_below(junctor))
}

/// Of a list that is a map, which fields of its items are its keys.
fn list(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let keys = entries.get("x-kubernetes-list-map-keys").and_then(Json::as_array).filter(|keys| !keys.is_empty());
    match (text(entries, "x-kubernetes-list-type"), keys) {
        ("map", None) => missing(report, "x-kubernetes-list-map-keys", "as the list is a map"),
        ("map", Some(keys)) => {
            let properties = entries.get("items").and_then(|items| items.get("properties")?.as_object());
            let required = entries.get("items").and_then(|items| items.get("required")?.as_array());
            for key in keys {
                let own = properties.and_then(|all| all.get(key.as_str().unwrap_or_default()));
                let is_sure = required.is_some_and(|names| names.contains(key))
                    || own.is_some_and(|own| own.get("default").is_some());
                let path = report.path().key("x-kubernetes-list-map-keys");
                if own.is_none() {
                    report.error(&CONTRADICTION, format!("{path} names {key}, which items have not"));
                } else if !is_sure {
                    report.error(&CONTRADICTION, format!("{path} names {key}, which items need not have"));
                }
            }
        }
        ("" | "atomic" | "set", Some(_)) => {
            let path = report.path().key("x-kubernetes-list-map-keys");
            report.error(&CONTRADICTION, format!("{path}: the list is no map"));
        }
        ("" | "atomic" | "set", None) => {}
        (other, _) => {
            let path = report.path().key("x-kubernetes-list-type");
            report.error(&WRONG_VALUE, format!("{path} is {other:?}, wanted one of atomic, map, set"));
        }
    }
}
