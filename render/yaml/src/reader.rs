//! Values to JSON's model, as sigs.k8s.io/yaml converts them, and to the values of templates.

use govalue::strconv::format_float;
use govalue::{List, Map, Value};
use serde_json::{Map as JsonMap, Number, Value as Json};

use crate::decode::{Data, Key, decode};
use crate::document::Document;
use crate::outline::Outline;
use crate::parser::Parser;
use crate::scanner::Scanner;
use crate::{Error, golang, input};

/// Reads the first document of a YAML text as `sigs.k8s.io/yaml.YAMLToJSON` does.
///
/// An empty text is null. Whole numbers are kept exactly; keys that are numbers or booleans become strings.
/// The error's text is go-yaml's: `yaml: line 2: could not find expected ':'`.
pub fn to_json(text: &[u8]) -> Result<Json, Error> {
    let input = input::decode(text);
    json_of(&Document::parse(Parser::new(Scanner::new(&input)))?)
}

/// As [`to_json`], and where everything stands in the text.
pub fn to_json_with_outline(text: &[u8]) -> Result<(Json, Outline), Error> {
    let input = input::decode(text);
    let document = Document::parse(Parser::new(Scanner::new(&input)))?;
    Ok((json_of(&document)?, Outline::of(&document)))
}

fn json_of(document: &Document<'_>) -> Result<Json, Error> {
    let mut converter = Converter { unsupported: None };
    let json = converter.json(decode(document)?)?;
    match converter.unsupported {
        Some(number) => Err(Error::new(format!("json: unsupported value: {}", format_float(number, b'g', None)))),
        None => Ok(json),
    }
}

/// Reads a YAML text as `sigs.k8s.io/yaml.Unmarshal` does into an `interface{}`: every number is a `float64`.
///
/// The error's text begins with `error converting YAML to JSON: `.
pub fn from_yaml(text: &[u8]) -> Result<Value, Error> {
    to_json(text).map(value).map_err(|error| error.during("error converting YAML to JSON"))
}

/// Reads a YAML text into a `map[string]interface{}`, for null an empty one; anything else is an error, as for
/// Helm's `fromYaml`.
pub fn from_yaml_map(text: &[u8]) -> Result<Map, Error> {
    match from_yaml(text)? {
        Value::Map(map) => Ok(map),
        Value::Nil => Ok(Map::new()),
        other => Err(wrong_type(&other, "map[string]interface {}")),
    }
}

/// Reads a YAML text into an `[]interface{}`, for null an empty one; anything else is an error, as for Helm's
/// `fromYamlArray`.
pub fn from_yaml_array(text: &[u8]) -> Result<List, Error> {
    match from_yaml(text)? {
        Value::List(list) => Ok(list),
        Value::Nil => Ok(List::new(Vec::new())),
        other => Err(wrong_type(&other, "[]interface {}")),
    }
}

fn wrong_type(value: &Value, wanted: &str) -> Error {
    let found = match value {
        Value::Map(_) => "object",
        Value::List(_) => "array",
        Value::String(_) => "string",
        Value::Bool(_) => "bool",
        _ => "number",
    };
    Error::new(format!("json: cannot unmarshal {found} into Go value of type {wanted}"))
        .during("while decoding JSON")
        .during("error unmarshaling JSON")
}

/// What a scalar becomes where Go wants a `string`, such as a chart's version: `1.10` is `1.1`. Null and
/// collections are nothing.
pub fn text_of(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Number(number) if number.is_f64() => number.as_f64().map(float_text),
        Json::Number(number) => Some(number.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// With the digits of a `float32`, as sigs.k8s.io/yaml writes floats that become strings.
fn float_text(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "rounding is what is asked for")]
    let narrow = number as f32;
    let digits = narrow.to_string().parse().unwrap_or(number);
    format_float(digits, b'g', None)
}

fn value(json: Json) -> Value {
    match json {
        Json::Null => Value::Nil,
        Json::Bool(value) => Value::Bool(value),
        Json::Number(number) => Value::Float64(number.as_f64().unwrap_or_default()),
        Json::String(text) => text.into(),
        Json::Array(items) => items.into_iter().map(value).collect::<List>().into(),
        Json::Object(entries) => entries.into_iter().map(|(key, entry)| (key, value(entry))).collect::<Map>().into(),
    }
}

struct Converter {
    /// A number that JSON does not have.
    unsupported: Option<f64>,
}

impl Converter {
    fn json(&mut self, data: Data<'_>) -> Result<Json, Error> {
        govalue::grow(|| self.level(data))
    }

    fn level(&mut self, data: Data<'_>) -> Result<Json, Error> {
        Ok(match data {
            Data::Nil => Json::Null,
            Data::Bool(value) => Json::Bool(value),
            Data::Int(number) => number.into(),
            Data::Uint(number) => number.into(),
            Data::Float(number) => Number::from_f64(number).map_or_else(
                || {
                    self.unsupported.get_or_insert(number);
                    Json::Null
                },
                Json::Number,
            ),
            Data::String(text) => text.into_owned().into(),
            Data::List(items) => Json::Array(items.into_iter().map(|item| self.json(item)).collect::<Result<_, _>>()?),
            Data::Map(entries) => {
                let mut object = JsonMap::new();
                for (key, value) in entries {
                    let key = key_text(key, &value)?;
                    object.insert(key, self.json(value)?);
                }
                Json::Object(object)
            }
        })
    }
}

fn key_text(key: Key<'_>, value: &Data<'_>) -> Result<String, Error> {
    let kind = match key {
        Key::String(text) => return Ok(text.into_owned()),
        Key::Int(number) => return Ok(number.to_string()),
        Key::Bool(value) => return Ok(value.to_string()),
        Key::Float(bits) => return Ok(float_key(f64::from_bits(bits))),
        Key::Uint(_) => "uint64",
        Key::Nil => "%!s(<nil>)",
    };
    let (key, value) = (golang::key_syntax(&key), golang::syntax(value));
    Err(Error::new(format!("unsupported map key of type: {kind}, key: {key}, value: {value}")))
}

fn float_key(number: f64) -> String {
    match float_text(number).as_str() {
        "+Inf" => ".inf".into(),
        "-Inf" => "-.inf".into(),
        "NaN" => ".nan".into(),
        text => text.into(),
    }
}
