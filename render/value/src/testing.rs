//! Reads the data that `render/value/tests/generate` wrote.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::any::Any;
use std::rc::Rc;

use serde_json::Value as Json;

use crate::{Kind, List, Map, NamedType, Object, Type, Value};

/// The cases of a file, one a line.
pub(crate) fn cases(json: &str) -> Vec<Json> {
    serde_json::from_str(json).unwrap()
}

/// A text, or bytes in hexadecimal.
pub(crate) fn bytes(json: &Json) -> Vec<u8> {
    match json {
        Json::String(text) => text.clone().into_bytes(),
        other => from_hex(other["hex"].as_str().unwrap()),
    }
}

fn from_hex(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// A list of values; Go's nil slice is null.
pub(crate) fn values(json: &Json) -> Vec<Value> {
    json.as_array().into_iter().flatten().map(value).collect()
}

/// A value by the name of its type.
pub(crate) fn value(json: &Json) -> Value {
    let (tag, inside) = match json {
        Json::Null => return Value::Nil,
        Json::Bool(value) => return Value::Bool(*value),
        Json::String(text) => return text.as_str().into(),
        other => other.as_object().unwrap().iter().next().unwrap(),
    };
    let text = || inside.as_str().unwrap();
    match tag.as_str() {
        "hex" => Value::String(bytes(json).into()),
        "int" => Value::Int(text().parse().unwrap()),
        "int64" => Value::Int64(text().parse().unwrap()),
        "int32" => Value::Int32(text().parse().unwrap()),
        "uint8" => Value::Uint8(text().parse().unwrap()),
        "uint64" => Value::Uint64(text().parse().unwrap()),
        "float64" => Value::Float64(text().parse().unwrap()),
        "complex128" => Value::Complex128(part(inside, 0).parse().unwrap(), part(inside, 1).parse().unwrap()),
        "bytes" => Value::Bytes(from_hex(text()).into()),
        "error" => Value::Error(bytes(inside).into()),
        "duration" => Value::Object(Rc::new(Duration(part(inside, 0).parse().unwrap(), part(inside, 1).to_owned()))),
        "struct" => Value::Object(Rc::new(Point(Kind::Struct, values(inside)))),
        "pointer" => Value::Object(Rc::new(Point(Kind::Ptr, values(inside)))),
        "list" => List::new(values(inside)).into(),
        "strings" => List::of(Type::String, values(inside)).into(),
        "ints" => List::of(Type::Int, values(inside)).into(),
        "map" => map(Map::new(), inside),
        "texts" => map(Map::of(Type::String), inside),
        other => panic!("no type {other}"),
    }
}

fn part(json: &Json, index: usize) -> &str {
    json[index].as_str().unwrap()
}

fn map(map: Map, entries: &Json) -> Value {
    for (key, entry) in entries.as_object().unwrap() {
        map.insert(key.as_str(), value(entry));
    }
    map.into()
}

/// `time.Duration`: a number with a `String` method.
#[derive(Debug)]
struct Duration(i64, String);

impl Object for Duration {
    fn type_of(&self) -> &'static NamedType {
        &NamedType { name: "time.Duration", methods: &[] }
    }

    fn kind(&self) -> Kind {
        Kind::Int64
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::Int64(self.0))
    }

    fn display(&self) -> Option<String> {
        Some(self.1.clone())
    }

    fn to_json(&self) -> Result<Value, String> {
        Ok(Value::Int64(self.0))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A struct with two fields, or a pointer to it.
#[derive(Debug)]
struct Point(Kind, Vec<Value>);

impl Object for Point {
    fn type_of(&self) -> &'static NamedType {
        if self.0 == Kind::Ptr {
            &NamedType { name: "*main.Point", methods: &[] }
        } else {
            &NamedType { name: "main.Point", methods: &[] }
        }
    }

    fn kind(&self) -> Kind {
        self.0
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        ["A", "B"].into_iter().zip(self.1.iter().cloned()).collect()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
