//! What Helm's library says of one failure.

use std::collections::HashMap;

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value as Json;

use super::number::{count, number};
use super::rewrite::Origins;
use crate::error::quote;

/// A text in single quotes.
pub(super) fn quoted(text: &str) -> String {
    let text = quote(text);
    let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
    format!("'{}'", inner.replace("\\\"", "\"").replace('\'', "\\'"))
}

/// Texts in single quotes, with commas between them.
pub(super) fn all_quoted<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// The failure of one keyword by itself. What needs more than the one failure is in [`super::tree`].
pub(super) fn of(error: &ValidationError<'_>, origins: &Origins) -> String {
    let met = error.instance().as_ref();
    match error.kind() {
        Kind::Type { kind } => format!("got {}, want {}", kind_of(met), wanted(kind)),
        Kind::Constant { expected_value } => match expected_value.as_ref() {
            Json::Array(_) | Json::Object(_) => "'const' failed".into(),
            wanted => format!("value must be {}", display(wanted)),
        },
        Kind::Enum { options } => one_of(options),
        Kind::Format { format } => super::format::failure(format, met),
        Kind::FalseSchema => "false schema".into(),
        Kind::Not { .. } => "'not' failed".into(),
        Kind::Contains => super::contains::NONE.into(),
        Kind::Pattern { pattern } => {
            let pattern = quoted(origins.pattern(pattern));
            format!("{} does not match pattern {pattern}", quoted(met.as_str().unwrap_or_default()))
        }
        Kind::UniqueItems => duplicates(met),
        Kind::AdditionalItems { limit } => {
            format!("last {} additionalItem(s) not allowed", count(size(met).saturating_sub(*limit)))
        }
        Kind::AdditionalProperties { unexpected } => {
            format!("additional properties {} not allowed", all_quoted(unexpected.iter().map(String::as_str)))
        }
        kind => measured(kind, met).unwrap_or_else(|| error.to_string()),
    }
}

/// Failures of the kind `minLength: got 3, want 5`.
fn measured(kind: &Kind, met: &Json) -> Option<String> {
    let (got, want) = match kind {
        Kind::MinLength { limit }
        | Kind::MaxLength { limit }
        | Kind::MinItems { limit }
        | Kind::MaxItems { limit }
        | Kind::MinProperties { limit }
        | Kind::MaxProperties { limit } => (count(size(met)), count(usize::try_from(*limit).unwrap_or(usize::MAX))),
        Kind::Minimum { limit }
        | Kind::Maximum { limit }
        | Kind::ExclusiveMinimum { limit }
        | Kind::ExclusiveMaximum { limit } => (number(met.as_f64()?), number(limit.as_f64()?)),
        Kind::MultipleOf { multiple_of } => (number(met.as_f64()?), number(*multiple_of)),
        _ => return None,
    };
    Some(format!("{}: got {got}, want {want}", kind.keyword()))
}

fn size(met: &Json) -> usize {
    match met {
        Json::String(text) => text.chars().count(),
        Json::Array(items) => items.len(),
        Json::Object(entries) => entries.len(),
        _ => 0,
    }
}

fn kind_of(met: &Json) -> &'static str {
    match met {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}

/// The wanted types in the order of Helm's library.
fn wanted(kind: &TypeKind) -> String {
    let is_wanted = |kind_of: JsonType| match kind {
        TypeKind::Single(single) => *single == kind_of,
        TypeKind::Multiple(set) => set.contains(kind_of),
    };
    let all = [
        JsonType::Null,
        JsonType::Boolean,
        JsonType::Number,
        JsonType::Integer,
        JsonType::String,
        JsonType::Array,
        JsonType::Object,
    ];
    all.into_iter().filter(|&kind| is_wanted(kind)).map(JsonType::as_str).collect::<Vec<_>>().join(" or ")
}

fn one_of(options: &Json) -> String {
    let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
    if options.iter().any(|option| option.is_array() || option.is_object()) {
        return "'enum' failed".into();
    }
    match options {
        [only] => format!("value must be {}", display(only)),
        all => format!("value must be one of {}", all.iter().map(display).collect::<Vec<_>>().join(", ")),
    }
}

/// A scalar of a schema.
fn display(json: &Json) -> String {
    match json {
        Json::String(text) => quoted(text),
        Json::Null => "<nil>".into(),
        other => other.to_string(),
    }
}

fn duplicates(met: &Json) -> String {
    let mut seen = HashMap::new();
    for (second, item) in met.as_array().into_iter().flatten().enumerate() {
        if let Some(first) = seen.insert(item.to_string(), second) {
            return format!("items at {first} and {second} are equal");
        }
    }
    "items are equal".into()
}
