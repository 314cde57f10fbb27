//! Values as JSON.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::MAX_DEPTH;
use crate::{List, Map, Value, strconv};

/// How many bytes a value may have as JSON.
pub const MAX_OUTPUT: usize = 64 << 20;

/// From which level on Go looks for cycles; which type the error names depends on it.
const CYCLES_FROM: usize = 1_000;

/// `json.Marshal`: one line, sorted keys, `<`, `>` and `&` as escapes, bytes that are no UTF-8 as U+FFFD.
///
/// An error is Go's text (`json: unsupported value: NaN`), or names a limit: [`MAX_OUTPUT`] or [`MAX_DEPTH`].
pub fn marshal(value: &Value) -> Result<Vec<u8>, String> {
    Encoder::new(true, None).encode(value)
}

/// As [`marshal`], with `<`, `>` and `&` as they are: an encoder after `SetEscapeHTML(false)`, without the newline that
/// it appends.
pub fn marshal_unescaped(value: &Value) -> Result<Vec<u8>, String> {
    Encoder::new(false, None).encode(value)
}

/// `json.MarshalIndent`: every element on a line of its own that begins with the prefix and, for each level, the
/// indent.
pub fn marshal_indent(value: &Value, prefix: &str, indent: &str) -> Result<Vec<u8>, String> {
    Encoder::new(true, Some(Layout { prefix, indent })).encode(value)
}

struct Layout<'a> {
    prefix: &'a str,
    indent: &'a str,
}

struct Encoder<'a> {
    out: Vec<u8>,
    escape_html: bool,
    layout: Option<Layout<'a>>,
    depth: usize,
    /// The deepest of the lists and maps that we are in: one that contains itself is met again.
    open: HashSet<(usize, usize)>,
}

type Encoded = Result<(), String>;

impl<'a> Encoder<'a> {
    fn new(escape_html: bool, layout: Option<Layout<'a>>) -> Self {
        Self { out: Vec::new(), escape_html, layout, depth: 0, open: HashSet::new() }
    }

    fn encode(mut self, value: &Value) -> Result<Vec<u8>, String> {
        self.value(value)?;
        self.check_size()?;
        Ok(self.out)
    }

    fn check_size(&self) -> Encoded {
        if self.out.len() > MAX_OUTPUT { Err("json: output exceeds the limit of 64 MiB".into()) } else { Ok(()) }
    }

    fn value(&mut self, value: &Value) -> Encoded {
        self.check_size()?;
        match value {
            Value::Invalid | Value::Nil => self.write(b"null"),
            Value::Bool(value) => self.write(if *value { b"true" } else { b"false" }),
            Value::Int(number) | Value::Int64(number) => self.write(number.to_string().as_bytes()),
            Value::Int32(number) => self.write(number.to_string().as_bytes()),
            Value::Uint8(number) => self.write(number.to_string().as_bytes()),
            Value::Uint64(number) => self.write(number.to_string().as_bytes()),
            Value::Float64(number) => self.write(float(*number)?.as_bytes()),
            Value::Complex128(..) => return Err("json: unsupported type: complex128".into()),
            Value::String(text) => string(&mut self.out, text, self.escape_html),
            Value::Bytes(bytes) => {
                let encoded = STANDARD.encode(bytes);
                self.quoted(&encoded);
            }
            Value::List(list) if list.is_nil() => self.write(b"null"),
            Value::List(list) if list.is_empty() => self.write(b"[]"),
            Value::List(list) => {
                let place = (list.as_ptr().addr(), list.len());
                return self.nested(value, place, |encoder| encoder.list(list));
            }
            Value::Map(map) if map.is_nil() => self.write(b"null"),
            Value::Map(map) if map.is_empty() => self.write(b"{}"),
            Value::Map(map) => return self.nested(value, (map.address(), 0), |encoder| encoder.map(map)),
            Value::Object(object) => {
                return match object.json_fields() {
                    Some(fields) => self.fields(&fields),
                    None => self.value(&object.to_json()?),
                };
            }
            Value::Error(_) => self.write(b"{}"),
        }
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    fn quoted(&mut self, text: &str) {
        self.out.push(b'"');
        self.write(text.as_bytes());
        self.out.push(b'"');
    }

    /// Goes a level deeper, unless that never ends.
    fn nested(&mut self, value: &Value, place: (usize, usize), encode: impl FnOnce(&mut Self) -> Encoded) -> Encoded {
        if self.depth >= MAX_DEPTH {
            return Err("json: nesting exceeds the limit of 10000 levels".into());
        }
        let watched = self.depth >= CYCLES_FROM;
        if watched && !self.open.insert(place) {
            return Err(format!("json: unsupported value: encountered a cycle via {}", value.type_name()));
        }
        self.depth += 1;
        let encoded = super::deeper(|| encode(self));
        self.depth -= 1;
        if watched {
            self.open.remove(&place);
        }
        encoded
    }

    fn list(&mut self, list: &List) -> Encoded {
        self.out.push(b'[');
        for (index, item) in list.iter().enumerate() {
            self.separate(index);
            self.value(item)?;
        }
        self.close(b']');
        Ok(())
    }

    fn map(&mut self, map: &Map) -> Encoded {
        self.out.push(b'{');
        for (index, (key, item)) in map.borrow().iter().enumerate() {
            self.separate(index);
            string(&mut self.out, key, self.escape_html);
            self.write(if self.layout.is_some() { b": " } else { b":" });
            self.value(item)?;
        }
        self.close(b'}');
        Ok(())
    }

    /// A struct: its fields in their order.
    fn fields(&mut self, fields: &[(&'static str, Value)]) -> Encoded {
        if self.depth >= MAX_DEPTH {
            return Err("json: nesting exceeds the limit of 10000 levels".into());
        }
        self.depth += 1;
        self.out.push(b'{');
        for (index, (name, value)) in fields.iter().enumerate() {
            self.separate(index);
            string(&mut self.out, name.as_bytes(), self.escape_html);
            self.write(if self.layout.is_some() { b": " } else { b":" });
            super::deeper(|| self.value(value))?;
        }
        self.close(b'}');
        self.depth -= 1;
        Ok(())
    }

    /// What stands before an element.
    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.out.push(b',');
        }
        self.line(self.depth);
    }

    fn close(&mut self, bracket: u8) {
        self.line(self.depth - 1);
        self.out.push(bracket);
    }

    fn line(&mut self, depth: usize) {
        if let Some(Layout { prefix, indent }) = &self.layout
            && self.out.len() <= MAX_OUTPUT
        {
            self.out.push(b'\n');
            self.out.extend_from_slice(prefix.as_bytes());
            for _ in 0..depth {
                self.out.extend_from_slice(indent.as_bytes());
            }
        }
    }
}

/// A float as JSON has it: with an exponent only when it is very small or very large, and then without a leading zero.
fn float(number: f64) -> Result<String, String> {
    if !number.is_finite() {
        let text = strconv::format_float(number, b'g', None);
        return Err(format!("json: unsupported value: {text}"));
    }
    let size = number.abs();
    if size == 0.0 || (1e-6..1e21).contains(&size) {
        return Ok(strconv::format_float(number, b'f', None));
    }
    let mut text = strconv::format_float(number, b'e', None);
    if let Some(at) = text.rfind("e-0") {
        text.remove(at + 2);
    }
    Ok(text)
}

/// A string in quotes.
fn string(out: &mut Vec<u8>, text: &[u8], escape_html: bool) {
    out.push(b'"');
    let mut rest = text;
    while let Some(first) = rest.first() {
        let plain = rest.iter().position(|byte| !is_plain(*byte, escape_html)).unwrap_or(rest.len());
        let (before, after) = rest.split_at(plain);
        out.extend_from_slice(before);
        rest = if plain > 0 { after } else { special(out, *first, rest) };
    }
    out.push(b'"');
}

fn is_plain(byte: u8, escape_html: bool) -> bool {
    match byte {
        b'"' | b'\\' => false,
        b'<' | b'>' | b'&' => !escape_html,
        _ => (0x20..0x80).contains(&byte),
    }
}

/// Writes one character that may not stand for itself, and gives what follows it.
fn special<'t>(out: &mut Vec<u8>, first: u8, text: &'t [u8]) -> &'t [u8] {
    let mut length = 1;
    match first {
        b'"' | b'\\' => out.extend([b'\\', first]),
        8 => out.extend_from_slice(b"\\b"),
        12 => out.extend_from_slice(b"\\f"),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        0..0x80 => out.extend_from_slice(format!("\\u{first:04x}").as_bytes()),
        _ => match bstr::decode_utf8(text) {
            (Some(character), size) => {
                length = size;
                match character {
                    '\u{2028}' => out.extend_from_slice(b"\\u2028"),
                    '\u{2029}' => out.extend_from_slice(b"\\u2029"),
                    _ => out.extend_from_slice(text.get(..size).unwrap_or_default()),
                }
            }
            (None, _) => out.extend_from_slice(b"\\ufffd"),
        },
    }
    text.get(length..).unwrap_or_default()
}
