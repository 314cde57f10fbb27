//! TOML to values.

use std::rc::Rc;

use govalue::{List, Map, Value};
use toml::Value as Toml;

use super::time::Time;
use crate::{Error, golang};

/// Reads a TOML text as Helm's `fromToml` does: integers are `int64`, dates and times `time.Time`.
///
/// The error's text begins like that of Go's library, `toml: line 2: `, and goes on in other words.
pub fn from_toml(text: &[u8]) -> Result<Map, Error> {
    let text = golang::valid_utf8(text);
    let table: toml::Table = text.parse().map_err(|error| explain(&text, &error))?;
    Ok(map(table))
}

fn explain(text: &str, error: &toml::de::Error) -> Error {
    let start = error.span().map_or(0, |span| span.start);
    let before = text.get(..start).unwrap_or_default();
    let line = 1 + before.bytes().filter(|byte| *byte == b'\n').count();
    Error::new(format!("toml: line {line}: {}", error.message()))
}

fn map(table: toml::Table) -> Map {
    table.into_iter().map(|(key, entry)| (key, value(entry))).collect()
}

fn value(toml: Toml) -> Value {
    match toml {
        Toml::String(text) => text.into(),
        Toml::Integer(number) => Value::Int64(number),
        Toml::Float(number) => Value::Float64(number),
        Toml::Boolean(value) => Value::Bool(value),
        Toml::Datetime(time) => Value::Object(Rc::new(Time(time))),
        Toml::Array(items) => items.into_iter().map(value).collect::<List>().into(),
        Toml::Table(table) => map(table).into(),
    }
}
