//! Reading arguments, whose types the caller has checked, and making results.

use std::borrow::Cow;

use bstr::ByteSlice;
use govalue::{Map, Str, Value};

/// What Go says when a function asks a nil interface for its type.
pub(crate) const NIL_POINTER: &str = "runtime error: invalid memory address or nil pointer dereference";

/// So many bytes a result may have, since a chart is untrusted.
pub(crate) const MAX_RESULT: usize = 64 << 20;

/// So many elements have a list of the largest size.
pub(crate) const MAX_ITEMS: usize = MAX_RESULT / size_of::<Value>();

const NIL: &Value = &Value::Nil;

/// Any argument; nil where there is none.
pub(crate) fn any(args: &[Value], index: usize) -> &Value {
    args.get(index).unwrap_or(NIL)
}

/// The bytes of a string argument.
pub(crate) fn bytes(args: &[Value], index: usize) -> &[u8] {
    match args.get(index) {
        Some(Value::String(text)) => text,
        _ => b"",
    }
}

/// A string argument as Rust's text; wrong bytes become U+FFFD.
pub(crate) fn text(args: &[Value], index: usize) -> Cow<'_, str> {
    bytes(args, index).to_str_lossy()
}

/// An `int` argument.
pub(crate) fn int(args: &[Value], index: usize) -> i64 {
    match args.get(index) {
        Some(Value::Int(number) | Value::Int64(number)) => *number,
        _ => 0,
    }
}

/// A map argument as what functions call it: a plain map. Go's nil map reads as an empty one.
pub(crate) fn map(args: &[Value], index: usize) -> Map {
    any(args, index).as_map().map(Map::unnamed).unwrap_or_default()
}

/// The elements of a slice; else the error `Cannot WHAT type KIND`.
pub(crate) fn items<'a>(list: &'a Value, what: &str) -> Result<Cow<'a, [Value]>, String> {
    elements(list).ok_or_else(|| not_a_slice(list, &format!("Cannot {what} type ")))
}

/// The elements of a slice of any type.
pub(crate) fn elements(list: &Value) -> Option<Cow<'_, [Value]>> {
    match list {
        Value::List(list) => Some(Cow::Borrowed(list)),
        Value::Bytes(bytes) => Some(bytes.iter().map(|byte| Value::Uint8(*byte)).collect()),
        _ => None,
    }
}

/// The error of a function that wants a slice and gets something else.
pub(crate) fn not_a_slice(value: &Value, text: &str) -> String {
    if value.is_nil() { NIL_POINTER.into() } else { format!("{text}{}", value.kind().name()) }
}

/// A string result.
pub(crate) fn string(bytes: impl Into<Str>) -> Value {
    Value::String(bytes.into())
}

/// A result that is a part of an argument: the argument itself if it is the whole.
pub(crate) fn part(whole: &Value, part: &[u8]) -> Value {
    match whole {
        Value::String(text) if text.len() == part.len() => whole.clone(),
        _ => string(part),
    }
}

/// The error of a function whose result would be too large.
pub(crate) fn too_large(function: &str) -> String {
    format!("{function}: the result is larger than {} MiB", MAX_RESULT >> 20)
}

/// Refuses to make a result that is too large; none stands for a size that no number holds.
pub(crate) fn check_size(function: &str, bytes: Option<usize>) -> Result<(), String> {
    if bytes.is_some_and(|bytes| bytes <= MAX_RESULT) { Ok(()) } else { Err(too_large(function)) }
}

/// Refuses to make a list that is too long; none stands for a number that does not fit.
pub(crate) fn check_items(function: &str, items: Option<usize>) -> Result<(), String> {
    if items.is_some_and(|items| items <= MAX_ITEMS) {
        Ok(())
    } else {
        Err(format!("{function}: the list has more than {MAX_ITEMS} elements"))
    }
}
