//! `values.schema.json`: the library decides, and what it says is put into Helm's words.
//!
//! Helm's library reports a tree of failures, ours a list; [`tree`] makes the one of the other.

mod format;
mod number;
mod text;
mod tree;

use govalue::{Map, Value};
use jsonschema::{Retrieve, Uri, ValidationError};
use serde_json::Value as Json;

use crate::Chart;
use crate::error::quote;
use crate::values::to_json;

/// What is wrong with the values of a chart and its subcharts, each under its name; empty if nothing is.
pub(super) fn check(chart: &Chart, values: &Map) -> String {
    let mut text = String::new();
    add(chart, values, &mut text);
    text
}

fn add(chart: &Chart, values: &Map, text: &mut String) {
    if let Some(schema) = &chart.schema
        && let Err(error) = validate(schema, values)
    {
        text.push_str(&chart.metadata.name);
        text.push_str(":\n");
        text.push_str(&error);
    }
    for subchart in &chart.dependencies {
        let name = &subchart.metadata.name;
        match values.get(name) {
            None | Some(Value::Nil) => {}
            Some(Value::Map(values)) => add(subchart, &values, text),
            Some(other) => {
                let met = other.type_name();
                for part in [name, ":\ninvalid type for values: expected object (map), got ", met, "\n"] {
                    text.push_str(part);
                }
            }
        }
    }
}

/// Fails with the text that Helm has for it, which ends with a line feed if the values are to blame.
fn validate(schema: &[u8], values: &Map) -> Result<(), String> {
    let schema: Json = govalue::json::unmarshal(schema)
        .and_then(|_| serde_json::from_slice(schema.trim_ascii()).map_err(|error| error.to_string()))?;
    check_schema(&schema)?;
    let options = jsonschema::options().with_retriever(Nowhere);
    let validator = options.build(&schema).map_err(|error| unbuildable(&error))?;
    let mut values = Json::Object(to_json(values));
    whole_numbers(&mut values);
    let lines = tree::lines(&validator.iter_errors(&values).collect::<Vec<_>>());
    if lines.is_empty() { Ok(()) } else { Err(format!("{lines}\n")) }
}

/// Fails if a schema is not one by the schema of its draft.
fn check_schema(schema: &Json) -> Result<(), String> {
    let Ok(validator) = jsonschema::meta::validator_for(schema) else { return Ok(()) };
    let lines = tree::lines(&validator.iter_errors(schema).collect::<Vec<_>>());
    if lines.is_empty() {
        return Ok(());
    }
    let draft = schema.get("$schema").and_then(Json::as_str).unwrap_or(DRAFT).trim_end_matches('#');
    Err(format!(
        "{} is not valid against metaschema: jsonschema validation failed with {}\n{lines}",
        quote("file:///values.schema.json#"),
        text::quoted(&format!("{draft}#"))
    ))
}

/// The draft of a schema that names none.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What Helm says of a schema that cannot be used.
fn unbuildable(error: &ValidationError<'_>) -> String {
    let text = error.to_string();
    match text.strip_prefix("Pointer '").and_then(|text| text.strip_suffix("' does not exist")) {
        Some(pointer) => {
            format!("json-pointer in {} not found", quote(&format!("file:///values.schema.json#{pointer}")))
        }
        None => text,
    }
}

/// Floats without a fraction are integers for Helm's library in every draft.
fn whole_numbers(json: &mut Json) {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match json {
        Json::Number(number) => {
            let value = number.as_f64().unwrap_or_default();
            if number.is_f64() && value.fract() == 0.0 && value.abs() < EXACT {
                #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
                let whole = value as i64;
                *number = whole.into();
            }
        }
        Json::Array(items) => items.iter_mut().for_each(whole_numbers),
        Json::Object(entries) => entries.values_mut().for_each(whole_numbers),
        _ => {}
    }
}

/// Nothing is fetched: a schema comes from somebody else.
struct Nowhere;

impl Retrieve for Nowhere {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Json, Box<dyn std::error::Error + Send + Sync>> {
        Err(format!("failing loading {}: schemas are not fetched", quote(uri.as_str())).into())
    }
}

#[cfg(test)]
mod tests;
