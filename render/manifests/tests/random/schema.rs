//! What the tests read of a schema.

use serde_json::Value as Json;

/// The schema that `$ref` names, or the schema itself.
pub(super) fn target<'a>(root: &'a Json, schema: &'a Json) -> &'a Json {
    match schema["$ref"].as_str() {
        Some(name) => root.pointer(name.trim_start_matches('#')).expect("what a schema refers to is there"),
        None => schema,
    }
}

/// Whether a value meets the conditions of a schema: what stands beside types, lengths and patterns.
pub(super) fn admits(schema: &Json, value: &Json) -> bool {
    schema.as_object().expect("a schema is an object").iter().all(|(keyword, rule)| match keyword.as_str() {
        "const" => same(rule, value),
        "enum" => rule.as_array().unwrap().iter().any(|known| same(known, value)),
        "properties" => rule.as_object().unwrap().iter().all(|(key, schema)| {
            value.get(key).is_none_or(|value| schema.get("type").is_some() || admits(schema, value))
        }),
        "required" => rule.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
        "not" => !admits(rule, value),
        "allOf" => rule.as_array().unwrap().iter().all(|schema| admits(schema, value)),
        "if" => !admits(rule, value) || admits(&schema["then"], value),
        "then"
        | "$ref"
        | "anyOf"
        | "default"
        | "description"
        | "examples"
        | "type"
        | "title"
        | "additionalProperties"
        | "propertyNames"
        | "$schema"
        | "$defs" => true,
        other => panic!("the tests know no keyword {other}"),
    })
}

fn same(one: &Json, other: &Json) -> bool {
    if one.is_number() { one.as_f64() == other.as_f64() } else { one == other }
}

/// A value over another as Helm puts them together: null takes away.
pub(super) fn over(below: &Json, above: &Json) -> Json {
    let (Json::Object(below), Json::Object(above)) = (below, above) else { return above.clone() };
    let mut all = below.clone();
    for (key, value) in above {
        if value.is_null() {
            all.remove(key);
        } else {
            let merged = below.get(key).map_or_else(|| value.clone(), |below| over(below, value));
            all.insert(key.clone(), merged);
        }
    }
    Json::Object(all)
}
