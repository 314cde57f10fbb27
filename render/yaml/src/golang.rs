//! Small things of Go's standard library.

use std::borrow::Cow;
use std::fmt::Write;

use govalue::strconv::{format_float, quote};

use crate::decode::{Data, Key};

/// The text with U+FFFD for each byte that is no UTF-8, as encoding/json writes it.
pub(crate) fn valid_utf8(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.into();
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    text.into()
}

/// A value as fmt's `%#v` prints it.
pub(crate) fn syntax(data: &Data<'_>) -> String {
    let mut text = String::new();
    if matches!(data, Data::Nil) {
        text.push_str("<nil>");
    } else {
        write_data(&mut text, data);
    }
    text
}

/// A key as fmt's `%#v` prints it.
pub(crate) fn key_syntax(key: &Key<'_>) -> String {
    let mut text = String::new();
    if matches!(key, Key::Nil) {
        text.push_str("<nil>");
    } else {
        write_key(&mut text, key);
    }
    text
}

fn write_data(text: &mut String, data: &Data<'_>) {
    match data {
        Data::Nil => text.push_str("interface {}(nil)"),
        Data::Bool(value) => display(text, value),
        Data::Int(number) => display(text, number),
        Data::Uint(number) => hexadecimal(text, *number),
        Data::Float(number) => text.push_str(&float(*number)),
        Data::String(string) => text.push_str(&quote(string.as_bytes())),
        Data::List(items) => {
            text.push_str("[]interface {}{");
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { ", " });
                write_data(text, item);
            }
            text.push('}');
        }
        Data::Map(entries) => {
            text.push_str("map[interface {}]interface {}{");
            for (at, (key, value)) in entries.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { ", " });
                write_key(text, key);
                text.push(':');
                write_data(text, value);
            }
            text.push('}');
        }
    }
}

fn write_key(text: &mut String, key: &Key<'_>) {
    match key {
        Key::Nil => text.push_str("interface {}(nil)"),
        Key::Bool(value) => display(text, value),
        Key::Int(number) => display(text, number),
        Key::Uint(number) => hexadecimal(text, *number),
        Key::Float(bits) => text.push_str(&float(f64::from_bits(*bits))),
        Key::String(string) => text.push_str(&quote(string.as_bytes())),
    }
}

fn float(number: f64) -> String {
    format_float(number, b'g', None)
}

fn hexadecimal(text: &mut String, number: u64) {
    display(text, format_args!("{number:#x}"));
}

fn display(text: &mut String, value: impl std::fmt::Display) {
    // Writing to a string cannot fail.
    let _ = write!(text, "{value}");
}
