//! Values from JSON.

use super::{MAX_DEPTH, MAX_VALUES};
use crate::{List, Map, Str, Type, Value, strconv};

/// `json.Unmarshal` into an `interface{}`: numbers are `float64`, of equal keys the last counts.
///
/// An error is Go's text: `invalid character 'x' looking for beginning of value`, `unexpected end of JSON input`.
pub fn unmarshal(text: &[u8]) -> Result<Value, String> {
    let (value, out_of_range) = parse(text)?;
    in_range(value, out_of_range)
}

/// `json.Unmarshal` into a `map[string]interface{}`, whose other keys stay. Gives whether it is still there: null makes the
/// variable nil, and leaves the map itself as it was.
///
/// Of a text with a number out of range everything else is read, and the number is nil; then comes the error.
pub fn unmarshal_into(map: &Map, text: &[u8]) -> Result<bool, String> {
    match parse(text)? {
        (Value::Map(read), out_of_range) => {
            for (key, value) in read.entries() {
                map.insert(key, value);
            }
            in_range(true, out_of_range)
        }
        (Value::Nil, None) => Ok(false),
        (other, _) => Err(type_error(described(&other), "map[string]interface {}")),
    }
}

/// `json.Unmarshal` into an `[]interface{}`; null makes it nil.
pub fn unmarshal_list(text: &[u8]) -> Result<List, String> {
    match parse(text)? {
        (Value::List(list), out_of_range) => in_range(list, out_of_range),
        (Value::Nil, None) => Ok(List::nil(Type::Any)),
        (other, _) => Err(type_error(described(&other), "[]interface {}")),
    }
}

/// A value, and the first number within it that is too large for a float: nil stands in its place.
fn parse(text: &[u8]) -> Result<(Value, Option<String>), String> {
    let mut parser = Parser { text, at: 0, depth: 0, values: 0, out_of_range: None };
    let value = parser.value()?;
    parser.skip_space();
    if parser.at < text.len() {
        return Err(parser.unexpected("after top-level value"));
    }
    Ok((value, parser.out_of_range))
}

fn in_range<T>(value: T, out_of_range: Option<String>) -> Result<T, String> {
    match out_of_range {
        Some(number) => Err(type_error(&format!("number {number}"), "float64")),
        None => Ok(value),
    }
}

fn described(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "bool",
        Value::Float64(_) | Value::Nil => "number",
        Value::String(_) => "string",
        Value::List(_) => "array",
        _ => "object",
    }
}

fn type_error(what: &str, type_name: &str) -> String {
    format!("json: cannot unmarshal {what} into Go value of type {type_name}")
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    depth: usize,
    values: usize,
    /// The first number that is too large for a float: told only when all the rest is right.
    out_of_range: Option<String>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.at += 1;
        }
    }

    /// That the next byte is wrong between two tokens; none at all is the end of the input.
    fn unexpected(&self, context: &str) -> String {
        match self.peek() {
            None => "unexpected end of JSON input".into(),
            Some(byte) => invalid(byte, context),
        }
    }

    /// That the next byte is wrong within a token; Go takes the end of the input for a space there.
    fn within(&self, context: &str) -> String {
        invalid(self.peek().unwrap_or(b' '), context)
    }

    fn value(&mut self) -> Result<Value, String> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(format!("json: the text has more than the limit of {MAX_VALUES} values"));
        }
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.nested(Self::map),
            Some(b'[') => self.nested(Self::list),
            Some(b'"') => Ok(Value::String(self.string()?)),
            Some(b't') => self.literal("true", Value::Bool(true)),
            Some(b'f') => self.literal("false", Value::Bool(false)),
            Some(b'n') => self.literal("null", Value::Nil),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.unexpected("looking for beginning of value")),
        }
    }

    fn nested(&mut self, parse: impl FnOnce(&mut Self) -> Result<Value, String>) -> Result<Value, String> {
        if self.depth >= MAX_DEPTH {
            return Err(self.unexpected("exceeded max depth"));
        }
        self.depth += 1;
        self.at += 1;
        let value = super::deeper(|| parse(self))?;
        self.depth -= 1;
        Ok(value)
    }

    fn list(&mut self) -> Result<Value, String> {
        let mut items = Vec::new();
        self.skip_space();
        if self.accept(b']') {
            return Ok(List::new(items).into());
        }
        loop {
            items.push(self.value()?);
            self.skip_space();
            if self.accept(b']') {
                return Ok(List::new(items).into());
            }
            if !self.accept(b',') {
                return Err(self.unexpected("after array element"));
            }
        }
    }

    fn map(&mut self) -> Result<Value, String> {
        let map = Map::new();
        self.skip_space();
        if self.accept(b'}') {
            return Ok(map.into());
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("looking for beginning of object key string"));
            }
            let key = self.string()?;
            self.skip_space();
            if !self.accept(b':') {
                return Err(self.unexpected("after object key"));
            }
            let value = self.value()?;
            map.insert(key, value);
            self.skip_space();
            if self.accept(b'}') {
                return Ok(map.into());
            }
            if !self.accept(b',') {
                return Err(self.unexpected("after object key:value pair"));
            }
        }
    }

    fn accept(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn literal(&mut self, word: &str, value: Value) -> Result<Value, String> {
        for byte in word.bytes() {
            if !self.accept(byte) {
                return Err(self.within(&format!("in literal {word} (expecting '{}')", char::from(byte))));
            }
        }
        Ok(value)
    }

    fn number(&mut self) -> Result<Value, String> {
        let start = self.at;
        self.accept(b'-');
        if !self.accept(b'0') {
            self.digits("in numeric literal")?;
        }
        if self.accept(b'.') {
            self.digits("after decimal point in numeric literal")?;
        }
        if self.accept(b'e') || self.accept(b'E') {
            let _ = self.accept(b'+') || self.accept(b'-');
            self.digits("in exponent of numeric literal")?;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        Ok(match strconv::parse_float(text) {
            Ok(number) => Value::Float64(number),
            Err(_) => {
                self.out_of_range.get_or_insert_with(|| String::from_utf8_lossy(text).into_owned());
                Value::Nil
            }
        })
    }

    fn digits(&mut self, context: &str) -> Result<(), String> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.within(context));
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn string(&mut self) -> Result<Str, String> {
        self.at += 1;
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let plain = rest.iter().position(|byte| !matches!(byte, 0x20..0x80) || matches!(byte, b'"' | b'\\'));
        self.at += plain.unwrap_or(rest.len());
        let before = self.text.get(start..self.at).unwrap_or_default();
        if self.accept(b'"') {
            return Ok(before.into());
        }
        let mut out = before.to_vec();
        loop {
            match self.peek() {
                None => return Err(self.unexpected("")),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out.into());
                }
                Some(b'\\') => self.escape(&mut out)?,
                Some(0..0x20) => return Err(self.within("in string literal")),
                Some(byte @ 0x20..0x80) => {
                    out.push(byte);
                    self.at += 1;
                }
                Some(_) => self.character(&mut out),
            }
        }
    }

    /// A character beyond ASCII, or U+FFFD for a byte that is no UTF-8.
    fn character(&mut self, out: &mut Vec<u8>) {
        let (character, size) = bstr::decode_utf8(self.text.get(self.at..).unwrap_or_default());
        self.at += if character.is_some() { size } else { 1 };
        push(out, character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Result<(), String> {
        self.at += 1;
        let byte = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => return self.code_unit(out),
            _ => return Err(self.within("in string escape code")),
        };
        self.at += 1;
        out.push(byte);
        Ok(())
    }

    /// `\u` with four digits, and a second one if the first is half of a pair; half a pair alone becomes U+FFFD.
    fn code_unit(&mut self, out: &mut Vec<u8>) -> Result<(), String> {
        let first = self.hexadecimal()?;
        if let Some(character) = char::from_u32(first) {
            push(out, character);
            return Ok(());
        }
        let after = self.at;
        if (0xd800..0xdc00).contains(&first) && self.accept(b'\\') && self.peek() == Some(b'u') {
            let second = self.hexadecimal()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                push(out, char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                return Ok(());
            }
        }
        self.at = after;
        push(out, char::REPLACEMENT_CHARACTER);
        Ok(())
    }

    /// The number behind `u`.
    fn hexadecimal(&mut self) -> Result<u32, String> {
        self.at += 1;
        let mut number = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            number = number << 4 | digit.ok_or_else(|| self.within("in \\u hexadecimal character escape"))?;
            self.at += 1;
        }
        Ok(number)
    }
}

fn push(out: &mut Vec<u8>, character: char) {
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// That a byte is wrong; beyond ASCII it is shown as the character of its number.
fn invalid(byte: u8, context: &str) -> String {
    let shown = match byte {
        b'\'' => "'\\''".into(),
        b'"' => "'\"'".into(),
        _ => {
            let quoted = strconv::quote(char::from(byte).encode_utf8(&mut [0; 4]).as_bytes());
            format!("'{}'", quoted.trim_start_matches('"').trim_end_matches('"'))
        }
    };
    format!("invalid character {shown} {context}")
}
