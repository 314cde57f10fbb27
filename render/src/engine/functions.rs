//! Helm's own functions: the YAML, JSON and TOML families.

use std::fmt::Display;
use std::rc::Rc;

use govalue::{Function, List, Map, Str, Type, Value, json};

use super::{any, duration, object, text};
use crate::HelmVersion;

const ANY: &[Type] = &[Type::Any];
const TEXT: &[Type] = &[Type::String];

pub(super) fn functions(version: HelmVersion) -> Vec<(&'static str, Function)> {
    let mut functions = vec![
        ("toYaml", writer(|value| Ok(to_yaml(value)))),
        ("toYamlPretty", writer(|value| Ok(or_nothing(goyaml::to_yaml_pretty(value))))),
        ("fromYaml", reader(|text| map(goyaml::from_yaml_map(text)))),
        ("fromYamlArray", reader(|text| list(goyaml::from_yaml_array(text)))),
        ("toJson", writer(|value| Ok(or_nothing(json::marshal(value))))),
        ("fromJson", reader(from_json)),
        ("fromJsonArray", reader(|text| list(json::unmarshal_list(text)))),
        ("toToml", writer(to_toml)),
        ("fromToml", reader(|text| map(goyaml::from_toml(text, &time)))),
    ];
    if version == HelmVersion::V4 {
        functions.extend([
            ("mustToYaml", writer(|value| must(goyaml::to_yaml(value)))),
            ("mustToJson", writer(|value| must(json::marshal(value)))),
            ("mustToToml", writer(|value| must(goyaml::to_toml(value)))),
        ]);
        functions.extend(duration::functions());
    }
    functions
}

fn writer(write: impl Fn(&Value) -> Result<Value, String> + 'static) -> Function {
    Function::new(ANY, move |arguments| write(&any(arguments, 0)))
}

fn reader(read: impl Fn(&[u8]) -> Value + 'static) -> Function {
    Function::new(TEXT, move |arguments| Ok(read(&text(arguments, 0))))
}

/// A time that a TOML text holds.
fn time(layout: &str, text: &str, zone: Option<&str>) -> Option<Value> {
    let time = sprig::Time::parse(layout.as_bytes(), text.as_bytes()).ok()?;
    Some(Value::Object(Rc::new(zone.map_or(time.clone(), |zone| time.in_zone(zone, 0)))))
}

/// What cannot be written is empty.
pub(super) fn to_yaml(value: &Value) -> Value {
    or_nothing(goyaml::to_yaml(value))
}

/// What cannot be written is the error's text; nil is none, because there Go's library panics.
fn to_toml(value: &Value) -> Result<Value, String> {
    let written = goyaml::to_toml(value).map_err(|error| error.to_string());
    if value.is_nil() { must(written) } else { Ok(written.unwrap_or_else(|error| error).into()) }
}

fn or_nothing<E>(written: Result<impl Into<Vec<u8>>, E>) -> Value {
    Str::from(written.map(Into::into).unwrap_or_default()).into()
}

fn must(written: Result<impl Into<Vec<u8>>, impl Display>) -> Result<Value, String> {
    written.map(|text| Str::from(text.into()).into()).map_err(|error| error.to_string())
}

/// What is no object becomes one that says so in `Error`.
fn map(read: Result<Map, impl Display>) -> Value {
    read.unwrap_or_else(|error| object([("Error", error.to_string().into())])).into()
}

/// What can be read stays beside the error of a number out of range.
fn from_json(text: &[u8]) -> Value {
    let map = Map::new();
    match json::unmarshal_into(&map, text) {
        Ok(true) => {}
        Ok(false) => return Map::nil(Type::Any).into(),
        Err(error) => map.insert("Error", error),
    }
    map.into()
}

/// What is no list becomes one that says so.
fn list(read: Result<List, impl Display>) -> Value {
    read.unwrap_or_else(|error| List::new(vec![error.to_string().into()])).into()
}
