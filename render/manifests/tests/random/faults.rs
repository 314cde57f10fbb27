//! Documents with one fault.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::schema::target;

/// What is wrong, and what the message must name.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) what: &'static str,
    /// Under which key, and what stands there.
    pub(super) path: Vec<String>,
    pub(super) value: Json,
    /// The key that the message must have.
    pub(super) key: String,
}

impl Fault {
    /// The fault put into a document.
    pub(super) fn put(&self, document: &mut Json) {
        let mut place = document;
        for key in &self.path {
            if !place.is_object() {
                *place = json!({});
            }
            place = place.as_object_mut().unwrap().entry(key).or_insert(Json::Null);
        }
        *place = self.value.clone();
    }
}

/// One of all single faults of all keys of a schema.
pub(super) fn faults(schema: &Json) -> (usize, BoxedStrategy<Fault>) {
    let mut all = Vec::new();
    collect(schema, schema, &mut Vec::new(), &mut all);
    (all.len(), proptest::sample::select(all).boxed())
}

fn collect(root: &Json, schema: &Json, path: &mut Vec<String>, all: &mut Vec<Fault>) {
    let schema = target(root, schema);
    let Some(Json::Object(properties)) = schema.get("properties") else { return };
    for (key, value) in properties {
        let mut add = |what, name: &str, value| {
            let path = path.iter().cloned().chain([name.to_owned()]).collect();
            all.push(Fault { what, path, value, key: name.to_owned() });
        };
        let misspelt = misspelt(key, path.len());
        add("a misspelt key", &misspelt, json!(1));
        for (what, wrong) in wrong(target(root, value)) {
            add(what, key, wrong);
        }
        if schema["required"].as_array().is_some_and(|required| required.iter().any(|name| name == key)) {
            add("a key that is taken away", key, Json::Null);
        }
        path.push(key.clone());
        collect(root, value, path, all);
        path.pop();
    }
}

/// Two letters swapped, one twice, or one left out.
fn misspelt(key: &str, way: usize) -> String {
    let mut letters: Vec<char> = key.chars().collect();
    let middle = letters.len() / 2;
    match way % 3 {
        0 if letters[middle] != letters[middle - 1] => letters.swap(middle, middle - 1),
        1 => drop(letters.remove(middle)),
        _ => letters.insert(middle, letters[middle]),
    }
    letters.into_iter().collect()
}

/// Values that a schema refuses, each for one reason.
fn wrong(schema: &Json) -> Vec<(&'static str, Json)> {
    if let Some(Json::Array(words)) = schema.get("enum") {
        let word = words[0].as_str().unwrap();
        return vec![("another word", json!(format!("{word}x"))), ("another type", json!(1))];
    }
    if let Some(Json::Array(schemas)) = schema.get("anyOf") {
        let texts = wrong_texts(schemas.iter().find(|schema| schema["type"] == "string").unwrap());
        return texts.into_iter().chain([("another type", json!([]))]).collect();
    }
    let number = |keyword: &str, by: i64| schema[keyword].as_i64().map(|bound| json!(bound + by));
    match schema["type"].as_str().unwrap() {
        "string" => wrong_texts(schema).into_iter().chain([("another type", json!(true))]).collect(),
        "integer" => {
            let ends = [number("minimum", -1), number("maximum", 1)].into_iter().flatten();
            let types = [json!("1"), json!(0.5)].map(|value| ("another type", value));
            ends.map(|value| ("a number out of range", value)).chain(types).collect()
        }
        "boolean" => vec![("another type", json!("true"))],
        "array" => {
            let few = schema["minItems"].as_u64().map(|_| ("too few", json!([])));
            few.into_iter().chain([("another type", json!({})), ("another type", json!([[]]))]).collect()
        }
        "object" => vec![("another type", json!("text")), ("another type", json!([]))],
        other => panic!("no faults for the type {other}"),
    }
}

fn wrong_texts(schema: &Json) -> Vec<(&'static str, Json)> {
    let long =
        schema["maxLength"].as_u64().map(|most| ("too long", json!("a".repeat(usize::try_from(most).unwrap() + 1))));
    let short = schema["minLength"].as_u64().map(|_| ("too short", json!("")));
    let shape = schema.get("pattern").map(|_| ("another shape", json!("!\u{7}")));
    long.into_iter().chain(short).chain(shape).collect()
}
