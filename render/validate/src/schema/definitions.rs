//! Custom resources against the schemas of their definitions.

mod bounds;

use std::collections::HashMap;

use govalue::grow;
use serde_json::{Map, Value as Json};

use super::report::{Report, shown, suggestion};
use super::rules::{MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE, WRONG_VALUE};
use crate::Object;
use crate::read::kind_of;

/// The schemas of custom resources by version of the API and kind.
#[derive(Default)]
pub(super) struct Definitions<'a>(HashMap<(String, &'a str), &'a Json>);

impl<'a> Definitions<'a> {
    /// Those of the CustomResourceDefinitions among objects.
    pub(super) fn of(objects: impl Iterator<Item = &'a Object>) -> Self {
        let mut definitions = Self::default();
        for object in objects.filter(|object| object.kind == "CustomResourceDefinition") {
            definitions.add(object);
        }
        definitions
    }

    /// A definition's versions have a schema each; in v1beta1 there may be one for all.
    fn add(&mut self, object: &'a Object) {
        let (Some(group), Some(kind)) = (object.text("/spec/group"), object.text("/spec/names/kind")) else { return };
        let common = object.at("/spec/validation/openAPIV3Schema");
        for version in object.at("/spec/versions").and_then(Json::as_array).into_iter().flatten() {
            let Some(name) = version.get("name").and_then(Json::as_str) else { continue };
            let schema = version.pointer("/schema/openAPIV3Schema").or(common).unwrap_or(&Json::Null);
            self.0.insert((format!("{group}/{name}"), kind), schema);
        }
        if let Some(name) = object.text("/spec/version") {
            self.0.entry((format!("{group}/{name}"), kind)).or_insert(common.unwrap_or(&Json::Null));
        }
    }

    /// The schema of an object's kind, if it is defined; a definition without one says nothing of fields.
    pub(super) fn schema(&self, object: &'a Object) -> Option<&'a Json> {
        self.0.get(&(object.api_version.clone(), object.kind.as_str())).copied()
    }
}

/// Checks a resource; its head and metadata are not the schema's business.
pub(super) fn check<'a>(schema: &'a Json, resource: &'a Json, report: &mut Report<'a>) {
    let Json::Object(entries) = resource else { return };
    fields(schema, entries, report, &["apiVersion", "kind", "metadata"]);
}

/// Checks a value of a resource.
pub(super) fn value<'a>(schema: &'a Json, met: &'a Json, report: &mut Report<'a>) {
    let flag = |name: &str| schema.get(name).and_then(Json::as_bool).unwrap_or_default();
    if met.is_null() {
        return;
    }
    if flag("x-kubernetes-int-or-string") {
        if !(met.is_i64() || met.is_u64() || met.is_string()) {
            wrong(report, "an integer or a string", met);
        }
        return;
    }
    check_enum(schema, met, report);
    bounds::check(schema, met, report);
    match (schema.get("type").and_then(Json::as_str).unwrap_or_default(), met) {
        ("object", Json::Object(entries)) if flag("x-kubernetes-embedded-resource") => {
            fields(schema, entries, report, &["apiVersion", "kind", "metadata"]);
        }
        ("object", Json::Object(entries)) => fields(schema, entries, report, &[]),
        ("array", Json::Array(items)) => {
            if let Some(schema) = schema.get("items") {
                report.items(items, |report, item| grow(|| value(schema, item, report)));
            }
        }
        ("string", Json::String(_)) | ("boolean", Json::Bool(_)) | ("number", Json::Number(_)) | ("", _) => {}
        ("integer", Json::Number(number)) if number.as_f64().is_some_and(|number| number.fract() == 0.0) => {}
        (wanted, _) => wrong(report, article(wanted), met),
    }
}

fn fields<'a>(schema: &'a Json, entries: &'a Map<String, Json>, report: &mut Report<'a>, free: &[&str]) {
    let empty = Map::new();
    let properties = schema.get("properties").and_then(Json::as_object);
    let rest = schema.get("additionalProperties");
    let keeps = schema.get("x-kubernetes-preserve-unknown-fields").and_then(Json::as_bool).unwrap_or_default();
    for name in schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str) {
        let has_default = properties.and_then(|known| known.get(name)?.get("default")).is_some();
        if !entries.contains_key(name) && !has_default && !free.contains(&name) {
            report.error(&MISSING_FIELD, format!("missing field {}", report.path().key(name)));
        }
    }
    for (name, met) in entries.iter().filter(|(name, _)| !free.contains(&name.as_str())) {
        let known = properties.and_then(|known| known.get(name));
        report.key(name, |report| match (known, rest) {
            (Some(schema), _) | (None, Some(schema @ Json::Object(_))) => {
                grow(|| value(schema, met, report));
            }
            (None, Some(Json::Bool(true))) => {}
            (None, _) if keeps => {}
            // An object of which nothing is said keeps nothing, but that is the definition's fault.
            (None, None) if properties.is_none() => {}
            (None, _) => {
                let suggestion = suggestion(name, properties.unwrap_or(&empty).keys().map(String::as_str));
                report.error(&UNKNOWN_FIELD, format!("unknown field {}{suggestion}", report.path()));
            }
        });
    }
}

fn check_enum(schema: &Json, met: &Json, report: &mut Report<'_>) {
    let Some(Json::Array(values)) = schema.get("enum") else { return };
    if !values.is_empty() && !values.contains(met) {
        let values: Vec<String> = values.iter().map(shown).collect();
        let message = format!("{} is {}, wanted one of {}", report.path(), shown(met), values.join(", "));
        report.error(&WRONG_VALUE, message);
    }
}

fn wrong(report: &mut Report<'_>, wanted: &str, met: &Json) {
    report.error(&WRONG_TYPE, format!("{} is {}, wanted {wanted}", report.path(), kind_of(met)));
}

fn article(kind: &str) -> &'static str {
    match kind {
        "object" => "an object",
        "array" => "a list",
        "integer" => "an integer",
        "number" => "a number",
        "boolean" => "a boolean",
        _ => "a string",
    }
}
