//! Texts to objects.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::object::Source;
use crate::{Error, Object, Path, Place};

/// How large a text may be.
const MAX_BYTES: usize = 16 << 20;

/// The objects of a text. As for `kubectl`, a line that begins with `---` parts documents, and empty ones are none.
pub(crate) fn objects(file: &str, first_line: usize, text: &[u8]) -> Result<Vec<Object>, Error> {
    let file: Arc<str> = file.into();
    let place = |line: usize| Place { file: Arc::clone(&file), line };
    if text.len() > MAX_BYTES {
        let message = format!("wanted at most {MAX_BYTES} bytes, met {}", text.len());
        return Err(Error { place: place(first_line), message });
    }
    let mut objects = Vec::new();
    for (line, document) in documents(text) {
        let line = first_line + line;
        let (json, outline) =
            goyaml::to_json_with_outline(document).map_err(|error| in_file(&error, document, &place(line)))?;
        let source = Source { file: Arc::clone(&file), first_line: line, outline };
        match json {
            Json::Null => {}
            Json::Object(_) => add(&mut objects, json, Arc::new(source), Path::root()),
            other => {
                let message = format!("wanted an object, met {}", kind_of(&other));
                return Err(Error { place: place(line + source.outline.line(&[]) - 1), message });
            }
        }
    }
    Ok(objects)
}

/// Each document with the number of lines before it.
fn documents(text: &[u8]) -> Vec<(usize, &[u8])> {
    let mut documents = Vec::new();
    let (mut start, mut first_line, mut at) = (0, 0, 0);
    for (line, bytes) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
        if bytes.starts_with(b"---") {
            documents.push((first_line, text.get(start..at).unwrap_or_default()));
            (start, first_line) = (at, line);
        }
        at += bytes.len();
    }
    documents.push((first_line, text.get(start..).unwrap_or_default()));
    documents
}

/// The items of a list are objects of their own, those of a `ConfigMapList` as well.
fn add(objects: &mut Vec<Object>, json: Json, source: Arc<Source>, within: Path) {
    let is_list = json.get("kind").and_then(Json::as_str).is_some_and(|kind| kind.ends_with("List"));
    match json {
        Json::Object(mut fields) if is_list && fields.get("items").is_some_and(Json::is_array) => {
            let Some(Json::Array(items)) = fields.remove("items") else { return };
            for (index, item) in items.into_iter().enumerate() {
                objects.push(Object::new(item, Arc::clone(&source), within.key("items").index(index)));
            }
        }
        json => objects.push(Object::new(json, source, within)),
    }
}

/// The reader counts lines from the start of the document, and may tell of the one before: `yaml: line 3: …`. What is
/// missing at the end is missing on the last line.
fn in_file(error: &goyaml::Error, document: &[u8], start: &Place) -> Error {
    let text = error.to_string();
    let text = text.strip_prefix("yaml: ").unwrap_or(&text);
    let told = text.strip_prefix("line ").and_then(|rest| rest.split_once(": "));
    let message = told.map_or(text, |(_, message)| message);
    let last = document.split_inclusive(|byte| *byte == b'\n').count().max(1);
    let line = start.line + error.line().unwrap_or(1).min(last) - 1;
    Error { place: Place { line, ..start.clone() }, message: format!("no YAML: {message}") }
}

/// What a value is, for people.
pub(crate) fn kind_of(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(number) if number.is_f64() => "a number",
        Json::Number(_) => "an integer",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
