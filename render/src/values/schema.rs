//! `values.schema.json`: the library decides, and what it says is put into Helm's words.
//!
//! Helm's library reports a tree of failures, ours a list; [`tree`] makes the one of the other.

mod contains;
mod format;
mod number;
mod read;
mod rewrite;
mod text;
mod tree;

use std::fmt;
use std::sync::{Arc, OnceLock};

use govalue::{Map, Value};
use jsonschema::error::ValidationErrorKind;
use jsonschema::{PatternOptions, Retrieve, Uri, ValidationError, ValidationOptions, Validator};
use serde_json::{Value as Json, json};

use crate::Chart;
use crate::error::quote;
use crate::values::to_json;
use rewrite::Origins;

/// A `values.schema.json`. It is compiled when values are first checked, once for all copies.
#[derive(Clone)]
pub struct Schema {
    text: Arc<[u8]>,
    compiled: Arc<OnceLock<Result<Compiled, String>>>,
}

impl Schema {
    /// A schema that may be wrong: whoever checks values by it is told.
    pub fn new(text: impl Into<Arc<[u8]>>) -> Self {
        Self { text: text.into(), compiled: Arc::default() }
    }

    /// The file.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    fn compiled(&self) -> Result<&Compiled, &String> {
        self.compiled.get_or_init(|| Compiled::new(&self.text)).as_ref()
    }
}

impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(bstr::BStr::new(&self.text), formatter)
    }
}

/// What a schema is checked by.
struct Compiled {
    origins: Origins,
    validator: Validator,
}

impl Compiled {
    fn new(text: &[u8]) -> Result<Self, String> {
        let schema = read::schema(text)?;
        let origins = rewrite::rewrite(schema.clone());
        check_schema(&schema, &origins)?;
        let validator = compile(&origins, "").map_err(|error| unbuildable(&error, &origins))?;
        Ok(Self { origins, validator })
    }
}

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
fn validate(schema: &Schema, values: &Map) -> Result<(), String> {
    let Compiled { origins, validator } = schema.compiled()?;
    let mut values = Json::Object(to_json(values));
    whole_numbers(&mut values);
    let lines = tree::lines(&validator.iter_errors(&values).collect::<Vec<_>>(), origins);
    if lines.is_empty() { Ok(()) } else { Err(format!("{lines}\n")) }
}

/// Compiles the part of a schema at the fragment. It is referred to, for the library would check a schema as such with
/// another dialect of expressions.
fn compile(origins: &Origins, fragment: &str) -> Result<Validator, ValidationError<'static>> {
    let place = place(&origins.schema);
    let reference = json!({ "$ref": format!("{place}#{fragment}") });
    options().with_retriever(Only(place, origins.schema.clone())).build(&reference)
}

/// Where a schema is to be found: where it says that it is.
fn place(schema: &Json) -> String {
    let id = schema.get("$id").or_else(|| schema.get("id")).and_then(Json::as_str).unwrap_or_default();
    let id = id.split_once('#').map_or(id, |(id, _)| id);
    if id.contains(':') { id } else { PLACE }.to_owned()
}

/// How schemas are compiled: with Go's expressions, in linear time.
fn options<'a>() -> ValidationOptions<'a> {
    let patterns = PatternOptions::regex().size_limit(MAX_PROGRAM);
    jsonschema::options()
        .with_pattern_options(patterns)
        .with_format("regex", |text: &str| sprig::regex::translate(text).is_ok())
}

/// So much memory may a compiled expression take.
const MAX_PROGRAM: usize = 64 << 20;

/// Fails if a schema is not one by the schema of its draft.
fn check_schema(schema: &Json, origins: &Origins) -> Result<(), String> {
    let Ok(validator) = jsonschema::meta::validator_for(schema) else { return Ok(()) };
    if !origins.is_broken && validator.is_valid(schema) {
        return Ok(());
    }
    let draft = schema.get("$schema").and_then(Json::as_str).unwrap_or(DRAFT).trim_end_matches('#');
    let meta = json!({ "$schema": draft, "$ref": draft });
    // The library knows other expressions than Go's.
    let validator = options().should_validate_formats(true).with_retriever(Nowhere).build(&meta);
    let validator = validator.map_err(|error| error.to_string())?;
    // For Helm's library, draft 6 says nothing of names.
    let is_known = |error: &ValidationError<'_>| {
        !(draft.contains("/draft-06/") && matches!(error.kind(), ValidationErrorKind::PropertyNames { .. }))
    };
    let errors: Vec<_> = validator.iter_errors(schema).filter(is_known).collect();
    let lines = tree::lines(&errors, &Origins::default());
    if lines.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} is not valid against metaschema: jsonschema validation failed with {}\n{lines}",
        quote(&format!("{PLACE}#")),
        text::quoted(&format!("{draft}#"))
    ))
}

/// Where a schema is said to be.
const PLACE: &str = "file:///values.schema.json";

/// The draft of a schema that names none.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What Helm says of a schema that cannot be used.
fn unbuildable(error: &ValidationError<'_>, origins: &Origins) -> String {
    if let (ValidationErrorKind::Format { .. }, Json::String(pattern)) = (error.kind(), error.instance().as_ref()) {
        return broken(origins.pattern(pattern), error.schema_path().as_str());
    }
    let text = error.to_string();
    match text.strip_prefix("Pointer '").and_then(|text| text.strip_suffix("' does not exist")) {
        Some(pointer) => {
            format!("json-pointer in {} not found", quote(&format!("{PLACE}#{pointer}")))
        }
        None => text,
    }
}

/// What Helm says of a broken expression that the schema of the draft lets pass.
fn broken(pattern: &str, pointer: &str) -> String {
    // The path to a schema by its pattern ends with the pattern.
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    let place = if parent.ends_with("/patternProperties") { parent } else { pointer };
    let error = sprig::regex::translate(pattern).err().unwrap_or_default();
    format!("invalid regex {} at {}: {error}", quote(pattern), quote(&format!("{PLACE}#{place}")))
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

/// Only the schema itself is at its place.
struct Only(String, Json);

impl Retrieve for Only {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Json, Box<dyn std::error::Error + Send + Sync>> {
        if uri.as_str() == self.0 { Ok(self.1.clone()) } else { Nowhere.retrieve(uri) }
    }
}

#[cfg(test)]
mod tests;
