//! Between JSON, as charts and users have values, and the maps that templates change.

use govalue::{List, Map, Value};
use serde_json::{Number, Value as Json};

use crate::Table;

/// A table as a new map, with new maps in it.
pub(crate) fn to_map(table: &Table) -> Map {
    table.iter().map(|(key, value)| (key.as_str(), govalue::from_json(value))).collect()
}

/// A map and all that is in it, as JSON. Numbers stay whole or floating.
pub(crate) fn to_json(map: &Map) -> Table {
    map.borrow().iter().map(|(key, value)| (key.to_text().into_owned(), json(value))).collect()
}

fn json(value: &Value) -> Json {
    match value {
        Value::Bool(value) => Json::Bool(*value),
        Value::Int(number) | Value::Int64(number) => Json::Number((*number).into()),
        Value::Uint64(number) => Json::Number((*number).into()),
        Value::Float64(number) => Number::from_f64(*number).map_or(Json::Null, Json::Number),
        Value::String(text) => Json::String(text.to_text().into_owned()),
        Value::List(items) => Json::Array(items.iter().map(json).collect()),
        Value::Map(map) => Json::Object(to_json(map)),
        _ => Json::Null,
    }
}

/// The same values in maps of their own.
pub(crate) fn copy_table(map: &Map) -> Map {
    map.borrow().iter().map(|(key, value)| (key.clone(), copy(value))).collect()
}

fn copy(value: &Value) -> Value {
    match value {
        Value::Map(map) => copy_table(map).into(),
        Value::List(items) => items.iter().map(copy).collect::<List>().into(),
        other => other.clone(),
    }
}
