//! Strings: trimming, searching, replacing, joining and quoting.

mod pad;
mod split;

use std::collections::HashSet;

use bstr::ByteSlice;
use govalue::cast::strval;
use govalue::{Function, List, Type, Value, fmt, strconv};

use crate::args::{any, bytes, check_size, elements, int, part, string};
use crate::runes;

const STRING: &[Type] = &[Type::String];
const STRINGS: &[Type] = &[Type::String, Type::String];
const ANY: &[Type] = &[Type::Any];

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    let mut functions = split::functions();
    functions.extend(pad::functions());
    functions.extend(trimming());
    functions.extend(searching());
    functions.extend(joining());
    functions
}

fn trimming() -> Vec<(&'static str, Function)> {
    vec![
        ("trim", Function::new(STRING, |args| Ok(part(any(args, 0), bytes(args, 0).trim())))),
        ("trimAll", Function::new(STRINGS, |args| Ok(trim_all(args)))),
        ("trimall", Function::new(STRINGS, |args| Ok(trim_all(args)))),
        ("trimSuffix", Function::new(STRINGS, |args| Ok(trim_end(args, <[u8]>::strip_suffix)))),
        ("trimPrefix", Function::new(STRINGS, |args| Ok(trim_end(args, <[u8]>::strip_prefix)))),
        ("trunc", Function::new(&[Type::Int, Type::String], |args| Ok(trunc(args)))),
        ("substr", Function::new(&[Type::Int, Type::Int, Type::String], substr)),
    ]
}

fn searching() -> Vec<(&'static str, Function)> {
    vec![
        ("contains", test(|part, text| text.contains_str(part))),
        ("hasPrefix", test(|part, text| text.starts_with(part))),
        ("hasSuffix", test(|part, text| text.ends_with(part))),
        ("replace", Function::new(&[Type::String, Type::String, Type::String], replace)),
        ("plural", Function::new(&[Type::String, Type::String, Type::Int], |args| Ok(plural(args)))),
    ]
}

fn joining() -> Vec<(&'static str, Function)> {
    vec![
        ("toString", Function::new(ANY, |args| Ok(to_string(any(args, 0))))),
        ("toStrings", Function::new(ANY, |args| Ok(List::of(Type::String, to_strings(any(args, 0))).into()))),
        ("join", Function::new(&[Type::String, Type::Any], join)),
        ("cat", Function::variadic(ANY, |args| spaced("cat", args, fmt::print_value))),
        ("quote", Function::variadic(ANY, |args| spaced("quote", args, quote))),
        ("squote", Function::variadic(ANY, |args| spaced("squote", args, squote))),
    ]
}

fn test(holds: fn(&[u8], &[u8]) -> bool) -> Function {
    Function::new(STRINGS, move |args| Ok(holds(bytes(args, 0), bytes(args, 1)).into()))
}

fn trim_all(args: &[Value]) -> Value {
    let cutset: HashSet<char> = runes::runes(bytes(args, 0)).collect();
    part(any(args, 1), bytes(args, 1).trim_with(|rune| cutset.contains(&rune)))
}

fn trim_end<'a>(args: &'a [Value], strip: fn(&'a [u8], &[u8]) -> Option<&'a [u8]>) -> Value {
    strip(bytes(args, 1), bytes(args, 0)).map_or_else(|| any(args, 1).clone(), string)
}

/// The first so many bytes, or the last if the number is negative.
fn trunc(args: &[Value]) -> Value {
    let text = bytes(args, 1);
    let count = int(args, 0);
    let size = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    let kept =
        if count < 0 { text.len().checked_sub(size).and_then(|start| text.get(start..)) } else { text.get(..size) };
    part(any(args, 1), kept.unwrap_or(text))
}

/// The bytes from a start to an end, where a negative one stands for the text's own.
fn substr(args: &[Value]) -> Result<Value, String> {
    let (start, end, text) = (int(args, 0), int(args, 1), bytes(args, 2));
    let length = text.len();
    let (from, to) = (usize::try_from(start).ok(), usize::try_from(end).ok());
    let range = match (from, to.filter(|to| *to <= length)) {
        (None, Some(to)) => text.get(..to),
        (None, None) if end < 0 => return Err(format!("runtime error: slice bounds out of range [:{end}]")),
        (None, None) => {
            return Err(format!("runtime error: slice bounds out of range [:{end}] with length {length}"));
        }
        (Some(from), None) => text.get(from..),
        (Some(from), Some(to)) => text.get(from..to),
    };
    let last =
        if end < 0 || end > i64::try_from(length).unwrap_or(i64::MAX) { length.to_string() } else { end.to_string() };
    range
        .map(|range| part(any(args, 2), range))
        .ok_or_else(|| format!("runtime error: slice bounds out of range [{start}:{last}]"))
}

fn replace(args: &[Value]) -> Result<Value, String> {
    let (old, new, text) = (bytes(args, 0), bytes(args, 1), bytes(args, 2));
    if old.is_empty() {
        return insert_everywhere(new, text);
    }
    let count = text.find_iter(old).count();
    if count == 0 {
        return Ok(any(args, 2).clone());
    }
    let size = (text.len() - count * old.len()).checked_add(count.saturating_mul(new.len()));
    check_size("replace", size)?;
    Ok(string(text.replace(old, new)))
}

/// Puts the text before each rune and at the end: what replacing the empty text does.
fn insert_everywhere(new: &[u8], text: &[u8]) -> Result<Value, String> {
    let count = runes::runes(text).count() + 1;
    let size = count.checked_mul(new.len()).and_then(|size| size.checked_add(text.len()));
    check_size("replace", size)?;
    let mut out = Vec::with_capacity(size.unwrap_or_default());
    let mut rest = text;
    while !rest.is_empty() {
        let (rune, after) = runes::split_first(rest);
        out.extend_from_slice(new);
        out.extend_from_slice(rune);
        rest = after;
    }
    out.extend_from_slice(new);
    Ok(string(out))
}

fn plural(args: &[Value]) -> Value {
    any(args, usize::from(int(args, 2) != 1)).clone()
}

/// The elements of a slice as strings, without nil ones; anything else alone.
pub(crate) fn to_strings(value: &Value) -> Vec<Value> {
    match elements(value) {
        Some(elements) => elements.iter().filter(|element| !element.is_nil()).map(to_string).collect(),
        None if value.is_nil() => Vec::new(),
        None => vec![to_string(value)],
    }
}

fn to_string(value: &Value) -> Value {
    Value::String(strval(value))
}

fn join(args: &[Value]) -> Result<Value, String> {
    let separator = bytes(args, 0);
    let parts = to_strings(any(args, 1));
    let parts = || parts.iter().filter_map(Value::as_string);
    let separators = parts().count().saturating_sub(1).checked_mul(separator.len());
    let size = separators.and_then(|size| size.checked_add(parts().map(|part| part.len()).sum()));
    check_size("join", size)?;
    Ok(string(bstr::join(separator, parts().map(|part| &**part))))
}

/// Writes the values that are not nil, with spaces between them.
fn spaced(name: &str, values: &[Value], write: fn(&mut Vec<u8>, &Value)) -> Result<Value, String> {
    let mut out = Vec::new();
    for (index, value) in values.iter().filter(|value| !value.is_nil()).enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        let size = value.as_string().map_or(0, |text| text.len());
        check_size(name, out.len().checked_add(size))?;
        write(&mut out, value);
    }
    check_size(name, Some(out.len()))?;
    Ok(string(out))
}

fn quote(out: &mut Vec<u8>, value: &Value) {
    out.extend_from_slice(strconv::quote(&strval(value)).as_bytes());
}

fn squote(out: &mut Vec<u8>, value: &Value) {
    out.push(b'\'');
    fmt::print_value(out, value);
    out.push(b'\'');
}
