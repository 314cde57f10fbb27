//! Scalars: their texts, and the style that go-yaml chooses for each.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use govalue::Value;
use govalue::strconv::format_float;
use serde_json::Value as Json;

use super::Dialect;
use super::analysis::{Analysis, analyze};
use super::writer::Writer;
use crate::resolve::{Resolved, resolve};
use crate::{Error, golang};

/// How many characters JSON's form of a key may have for go-yaml to read it as one.
const MAX_JSON_KEY: usize = 1024;

/// How long a line of base64 is.
const BASE64_LINE: usize = 70;

/// Whether a scalar's type must be written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    None,
    Binary,
}

/// How a scalar would be written if its text allows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
}

/// A scalar to write.
pub(super) struct Scalar<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) tag: Tag,
    pub(super) analysis: Analysis,
    style: Style,
}

impl<'a> Scalar<'a> {
    /// The scalar of a value that is no collection.
    pub(super) fn of(value: &'a Value, dialect: Dialect) -> Result<Self, Error> {
        Ok(match value {
            Value::Bool(value) => Self::word(value.to_string()),
            Value::Int(number) | Value::Int64(number) => Self::word(number.to_string()),
            Value::Int32(number) => Self::word(number.to_string()),
            Value::Uint8(number) => Self::word(number.to_string()),
            Value::Uint64(number) => Self::word(number.to_string()),
            Value::Float64(number) => Self::word(float_text(*number, dialect)?),
            Value::String(text) if dialect == Dialect::Sigs => Self::string(through_json(text)?, dialect),
            Value::String(text) => match std::str::from_utf8(text) {
                Ok(text) => Self::string(text.into(), dialect),
                Err(_) => Self::binary(text, dialect),
            },
            Value::Complex128(..) => {
                return Err(Error::new("json: unsupported type: complex128").during("error marshaling into JSON"));
            }
            _ => Self::word("null".into()),
        })
    }

    /// A text that means what it says without quotes.
    pub(super) fn word(text: String) -> Self {
        let analysis =
            Analysis { multiline: false, plain_allowed: true, single_quoted_allowed: true, block_allowed: true };
        Self { text: text.into(), tag: Tag::None, analysis, style: Style::Plain }
    }

    /// A string; in double quotes if it would mean something else without.
    pub(super) fn string(text: Cow<'a, str>, dialect: Dialect) -> Self {
        let style = if text.contains('\n') {
            Style::Literal
        } else if resolve(&text, true) == Resolved::String && !is_base60(&text) {
            Style::Plain
        } else {
            Style::DoubleQuoted
        };
        Self { analysis: analyze(&text, dialect), text, tag: Tag::None, style }
    }

    /// Bytes that are no text.
    fn binary(bytes: &[u8], dialect: Dialect) -> Self {
        let encoded = STANDARD.encode(bytes);
        let mut text = String::with_capacity(encoded.len() + encoded.len() / BASE64_LINE + 1);
        for (at, character) in encoded.chars().enumerate() {
            if at > 0 && at % BASE64_LINE == 0 {
                text.push('\n');
            }
            text.push(character);
        }
        let style = if encoded.len() >= BASE64_LINE { Style::Literal } else { Style::Plain };
        if style == Style::Literal {
            text.push('\n');
        }
        Self { analysis: analyze(&text, dialect), text: text.into(), tag: Tag::Binary, style }
    }

    /// Writes it in the first style that its text allows.
    pub(super) fn write(&self, writer: &mut Writer, simple_key: bool) {
        let may_fold = !simple_key;
        match self.allowed_style(simple_key) {
            Style::Plain => writer.write_plain(&self.text, may_fold),
            Style::SingleQuoted => writer.write_single_quoted(&self.text, may_fold),
            Style::DoubleQuoted => writer.write_double_quoted(&self.text, may_fold),
            Style::Literal => writer.write_literal(&self.text),
        }
    }

    fn allowed_style(&self, simple_key: bool) -> Style {
        let Analysis { multiline, plain_allowed, single_quoted_allowed, block_allowed } = self.analysis;
        match self.style {
            _ if simple_key && multiline => Style::DoubleQuoted,
            Style::Plain if plain_allowed => Style::Plain,
            Style::Plain | Style::SingleQuoted if single_quoted_allowed => Style::SingleQuoted,
            Style::Literal if block_allowed && !simple_key => Style::Literal,
            _ => Style::DoubleQuoted,
        }
    }
}

/// A float as it comes out of JSON: without a fraction it is an integer, if 64 bits hold its decimal digits.
fn float_text(number: f64, dialect: Dialect) -> Result<String, Error> {
    let text = format_float(number, b'g', None);
    if dialect == Dialect::Sigs {
        if !number.is_finite() {
            return Err(Error::new(format!("json: unsupported value: {text}")).during("error marshaling into JSON"));
        }
        if number.fract() == 0.0 && number.abs() < 1e21 {
            return Ok(match resolve(&format!("{number}"), false) {
                Resolved::Int(number) => number.to_string(),
                Resolved::Uint(number) => number.to_string(),
                _ => text,
            });
        }
    }
    Ok(match text.as_str() {
        "+Inf" => ".inf".into(),
        "-Inf" => "-.inf".into(),
        "NaN" => ".nan".into(),
        _ => text,
    })
}

/// A string as it comes out of JSON that was read as YAML: without bytes that are no UTF-8, with a space for each
/// U+0085; a control character that JSON does not escape is an error.
pub(super) fn through_json(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    let text = golang::valid_utf8(bytes);
    if !text.contains(is_odd) {
        return Ok(text);
    }
    match crate::to_json(&serde_json::to_vec(text.as_ref()).unwrap_or_default())? {
        Json::String(text) => Ok(text.into()),
        _ => Ok(text),
    }
}

/// Whether JSON leaves a character as it is, but YAML does not.
fn is_odd(character: char) -> bool {
    matches!(character, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

/// A key as it comes out of JSON that was read as YAML, if it is not too long for one.
pub(super) fn through_json_key(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    let text = through_json(bytes)?;
    let is_long = bytes.len() > MAX_JSON_KEY / 6 && 2 + text.chars().map(json_width).sum::<usize>() > MAX_JSON_KEY;
    if is_long || bytes.windows(2).any(|pair| pair == "\u{85}".as_bytes()) {
        return Err(Error::yaml("did not find expected ',' or '}'"));
    }
    Ok(text)
}

/// How many characters encoding/json writes for one.
fn json_width(character: char) -> usize {
    match character {
        '"' | '\\' | '\n' | '\r' | '\t' | '\x08' | '\x0c' => 2,
        '\0'..='\x1f' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => 6,
        _ => 1,
    }
}

/// Whether YAML 1.1 takes a text for a number to the base of 60, such as `1:30`.
fn is_base60(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let mut places = text.split(':');
    let Some(first) = places.next() else { return false };
    if !first.starts_with(|first: char| first.is_ascii_digit()) || !digits(first) {
        return false;
    }
    let mut places = places.peekable();
    let mut any = false;
    while let Some(place) = places.next() {
        any = true;
        let (place, fraction) =
            if places.peek().is_none() { place.split_once('.').unwrap_or((place, "")) } else { (place, "") };
        let valid = matches!(place.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
        if !valid || !digits(fraction) {
            return false;
        }
    }
    any
}
