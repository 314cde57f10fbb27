//! The words of Helm's library for what is wrong.

use serde_json::Value as Json;

use super::failure::Kind;
use super::number::{count, number};
use crate::error::quote;

/// A text in single quotes.
pub(super) fn quoted(text: &str) -> String {
    let text = quote(text).replace("\\\"", "\"").replace('\'', "\\'");
    format!("'{}'", text.get(1..text.len().saturating_sub(1)).unwrap_or_default())
}

/// What is said of one failure.
pub(super) fn of(kind: &Kind<'_>) -> String {
    match kind {
        Kind::Unsaid => String::new(),
        Kind::Group | Kind::Reference => "validation failed".into(),
        Kind::AllOf => "'allOf' failed".into(),
        Kind::AnyOf => "'anyOf' failed".into(),
        Kind::OneOf(None) => "'oneOf' failed, none matched".into(),
        Kind::OneOf(Some((first, second))) => {
            format!("'oneOf' failed, subschemas {}, {} matched", count(*first), count(*second))
        }
        Kind::Not => "'not' failed".into(),
        Kind::False => "false schema".into(),
        Kind::Cycle { place, ways: [one, other] } => {
            format!("both {one} and {other} resolve to {} causing reference cycle", quote(place))
        }
        Kind::Type { got, want } => format!("got {got}, want {}", want.names().collect::<Vec<_>>().join(" or ")),
        Kind::Const(Json::Array(_) | Json::Object(_)) => "'const' failed".into(),
        Kind::Const(want) => format!("value must be {}", display(want)),
        Kind::Enum(want) => one_of(want),
        Kind::Format { got, name, why } => format!("{} is not valid {name}: {why}", quoted(got)),
        Kind::Count { keyword, got, want } => format!("{keyword}: got {}, want {}", count(*got), whole(*want)),
        Kind::Number { keyword, got, want } => {
            format!("{keyword}: got {}, want {}", number(got.to_f64()), number(want.to_f64()))
        }
        Kind::Required(missing) if missing.len() == 1 => format!("missing property {}", all_quoted(missing)),
        Kind::Required(missing) => format!("missing properties {}", all_quoted(missing)),
        Kind::Dependency { property, missing } => {
            format!("properties {} required, if {} exists", all_quoted(missing), quoted(property))
        }
        Kind::AdditionalProperties(names) => format!("additional properties {} not allowed", all_quoted(names)),
        Kind::PropertyName(name) => format!("invalid propertyName {}", quoted(name)),
        Kind::AdditionalItems(number) => format!("last {} additionalItem(s) not allowed", count(*number)),
        Kind::UniqueItems(first, second) => format!("items at {} and {} are equal", count(*first), count(*second)),
        Kind::Contains => "no items match contains schema".into(),
        Kind::MinContains { got, want } if got.is_empty() => {
            format!("min {} items required to match contains schema, but none matched", whole(*want))
        }
        Kind::MinContains { got, want } => contained("min", got, *want),
        Kind::MaxContains { got, want } => contained("max", got, *want),
        Kind::Pattern { got, want } => format!("{} does not match pattern {}", quoted(got), quoted(want)),
    }
}

/// Texts in single quotes, with commas between them.
fn all_quoted(texts: &[&str]) -> String {
    texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")
}

fn whole(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX))
}

fn contained(which: &str, got: &[usize], want: u64) -> String {
    let places: Vec<_> = got.iter().map(ToString::to_string).collect();
    let (want, met, places) = (whole(want), count(got.len()), places.join(" "));
    format!("{which} {want} items required to match contains schema, but matched {met} items at {places}")
}

fn one_of(options: &[Json]) -> String {
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
