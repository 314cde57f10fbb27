//! `.Files`: a chart's files that are no templates.

#![expect(clippy::unnecessary_wraps, reason = "a method may fail, and these do not")]

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bstr::ByteSlice;
use govalue::{List, Map, Method, NamedType, Str, Type, Value};

use super::glob::Glob;
use crate::File;

/// `engine.files`, a map from paths to bytes.
static FILES: NamedType = NamedType {
    name: "engine.files",
    methods: &[
        Method { name: "Get", params: &[Type::String], variadic: false, call: get },
        Method { name: "GetBytes", params: &[Type::String], variadic: false, call: get_bytes },
        Method { name: "Glob", params: &[Type::String], variadic: false, call: glob },
        Method { name: "AsConfig", params: &[], variadic: false, call: as_config },
        Method { name: "AsSecrets", params: &[], variadic: false, call: as_secrets },
        Method { name: "Lines", params: &[Type::String], variadic: false, call: lines },
    ],
};

/// Why files could not be read when a template asked for them.
pub(super) type Unread = Rc<RefCell<Vec<String>>>;

/// The files of a chart by their paths. They are read when a template looks at one of them.
pub(super) fn files(files: &[File], unread: &Unread) -> Value {
    let (files, unread) = (files.to_vec(), Rc::clone(unread));
    let make = move || files.iter().filter_map(|file| entry(file, &unread)).collect();
    Map::later(Type::Bytes, make).named(&FILES).into()
}

fn entry(file: &File, unread: &Unread) -> Option<(Str, Value)> {
    let data = file.read().map_err(|error| unread.borrow_mut().push(error)).ok()?;
    Some((file.name.as_str().into(), Value::Bytes(Arc::clone(data))))
}

fn map(receiver: &Value) -> Map {
    receiver.as_map().cloned().unwrap_or_default()
}

fn bytes(receiver: &Value, path: Option<&Value>) -> Option<Arc<[u8]>> {
    match map(receiver).get(&**path?.as_string()?) {
        Some(Value::Bytes(bytes)) => Some(bytes),
        _ => None,
    }
}

/// How many lines `Lines` gives.
const MAX_LINES: usize = 2_000_000;

/// A file that is not there is empty.
fn get(receiver: &Value, arguments: &[Value]) -> Result<Value, String> {
    let bytes = bytes(receiver, arguments.first());
    Ok(bytes.map_or_else(Str::default, |bytes| Str::from(&*bytes)).into())
}

fn get_bytes(receiver: &Value, arguments: &[Value]) -> Result<Value, String> {
    Ok(Value::Bytes(bytes(receiver, arguments.first()).unwrap_or_else(|| Arc::from([]))))
}

/// A pattern that is none finds everything.
fn glob(receiver: &Value, arguments: &[Value]) -> Result<Value, String> {
    let pattern = arguments.first().and_then(Value::as_string).cloned().unwrap_or_default();
    let pattern = Glob::new(&pattern.to_text())?;
    let found = Map::of(Type::Bytes);
    for (path, data) in map(receiver).entries() {
        if pattern.matches(&path)? {
            found.insert(path, data);
        }
    }
    Ok(found.named(&FILES).into())
}

fn as_config(receiver: &Value, _: &[Value]) -> Result<Value, String> {
    by_name(receiver, |data| Str::from(data))
}

fn as_secrets(receiver: &Value, _: &[Value]) -> Result<Value, String> {
    by_name(receiver, |data| Str::from(STANDARD.encode(data)))
}

/// A YAML object from the last parts of the paths.
fn by_name(receiver: &Value, text: impl Fn(&[u8]) -> Str) -> Result<Value, String> {
    let object = Map::of(Type::String);
    for (path, data) in map(receiver).entries() {
        if let Value::Bytes(data) = data {
            let name = path.rsplit_once_str("/").map_or(&*path, |(_, name)| name);
            object.insert(name, text(&data));
        }
    }
    Ok(super::functions::to_yaml(&object.into()))
}

fn lines(receiver: &Value, arguments: &[Value]) -> Result<Value, String> {
    let data = bytes(receiver, arguments.first()).unwrap_or_else(|| Arc::from([]));
    if data.is_empty() {
        return Ok(List::of(Type::String, Vec::new()).into());
    }
    let text = data.strip_suffix(b"\n").unwrap_or(&data);
    if text.find_iter("\n").nth(MAX_LINES - 1).is_some() {
        return Err(format!("a file of more than {MAX_LINES} lines"));
    }
    let lines = text.split_str("\n").map(|line| Value::from(Str::from(line))).collect();
    Ok(List::of(Type::String, lines).into())
}
