//! The parser of assignments: keys, indexes, lists.

use govalue::{List, Value};
use serde::Deserialize as _;
use serde_json::Value as Json;

use super::Mode;
use super::value::{floats, go_type, typed};
use crate::error::quote;
use crate::{HelmVersion, Table};

/// Helm's `MaxIndex`.
const MAX_INDEX: usize = 65536;
/// Helm's `MaxNestedNameLevel`.
const MAX_LEVEL: usize = 30;
/// How deep lists and names together may be nested.
const MAX_DEPTH: usize = 100;
/// How many elements all flags together may add to lists by their indexes.
pub(in crate::values) const MAX_ELEMENTS: usize = 16 * MAX_INDEX;

/// Why the parser stops.
enum Stop {
    /// The text is at its end, which is an error only in some places.
    End,
    Error(String),
}

impl Stop {
    fn error(text: impl Into<String>) -> Self {
        Self::Error(text.into())
    }
}

/// How deep a key is.
#[derive(Clone, Copy, Default)]
struct Nesting {
    /// How many dots Helm counted.
    level: usize,
    depth: usize,
}

impl Nesting {
    fn deeper(self) -> Result<Self, Stop> {
        if self.depth == MAX_DEPTH {
            return Err(Stop::Error(format!("value is nested deeper than the maximum of {MAX_DEPTH}")));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    /// Behind a dot.
    fn named(self) -> Result<Self, Stop> {
        if self.level == MAX_LEVEL {
            return Err(Stop::Error(format!(
                "value name nested level is greater than maximum supported nested level of {MAX_LEVEL}"
            )));
        }
        Self { level: self.level + 1, ..self }.deeper()
    }
}

pub(super) struct Parser<'a> {
    rest: &'a str,
    mode: Mode<'a>,
    version: HelmVersion,
    /// How many elements may still be added to lists.
    elements: &'a mut usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, mode: Mode<'a>, version: HelmVersion, elements: &'a mut usize) -> Self {
        Self { rest: text, mode, version, elements }
    }

    pub(super) fn parse(mut self, values: &mut Table) -> Result<(), String> {
        loop {
            match self.key(values, Nesting::default()) {
                Ok(()) => {}
                Err(Stop::End) => return Ok(()),
                Err(Stop::Error(error)) => return Err(error),
            }
        }
    }

    /// A key and what is assigned to it.
    fn key(&mut self, data: &mut Table, nesting: Nesting) -> Result<(), Stop> {
        let stops: &[char] = if self.is_literal() { &['=', '[', '.'] } else { &['=', '[', ',', '.'] };
        let (key, stop) = self.until(stops);
        match stop {
            None if key.is_empty() => Err(Stop::End),
            None => Err(Stop::Error(format!("key {} has no value", quote(&key)))),
            Some('[') => self.indexed(data, key, nesting),
            Some('.') => self.nested(data, key, nesting.named()?),
            Some('=') => {
                let (value, outcome) = self.value()?;
                set(data, key, value);
                outcome
            }
            Some(_) => Err(Stop::Error(format!("key {} has no value (cannot end with ,)", quote(&key)))),
        }
    }

    /// `key[0]...`
    fn indexed(&mut self, data: &mut Table, key: String, nesting: Nesting) -> Result<(), Stop> {
        let index = self.index()?;
        let mut list = match data.get_mut(&key) {
            None => Vec::new(),
            Some(Json::Array(list)) => std::mem::take(list),
            Some(other) => return Err(conversion(other, "[]interface {}")),
        };
        let outcome = self.item(&mut list, index, nesting);
        set(data, key, Json::Array(list));
        outcome
    }

    /// `key.name...`
    fn nested(&mut self, data: &mut Table, key: String, nesting: Nesting) -> Result<(), Stop> {
        let mut inner = match data.get_mut(&key) {
            None => Table::new(),
            Some(Json::Object(inner)) => std::mem::take(inner),
            Some(other) => return Err(conversion(other, "map[string]interface {}")),
        };
        let outcome = self.key(&mut inner, nesting);
        if outcome.is_ok() && inner.is_empty() {
            return Err(Stop::Error(format!("key map {} has no value", quote(&key))));
        }
        if !inner.is_empty() {
            set(data, key, Json::Object(inner));
        }
        outcome
    }

    /// What follows `key[index]`.
    fn item(&mut self, list: &mut Vec<Json>, index: i64, nesting: Nesting) -> Result<(), Stop> {
        let Ok(at) = usize::try_from(index) else {
            return Err(Stop::Error(format!("negative {index} index not allowed")));
        };
        let (rest, stop) = self.until(&['[', '.', '=']);
        if !rest.is_empty() {
            let rest = List::new(rest.chars().map(|character| Value::Int32(character as i32)).collect());
            let rest = govalue::fmt::sprintf(b"%q", &[rest.into()]);
            let rest = String::from_utf8_lossy(&rest);
            return Err(Stop::Error(format!("unexpected data at end of array index: {rest}")));
        }
        match stop {
            None => Err(Stop::End),
            Some('=') => {
                let (value, outcome) = self.value()?;
                if let Err(Stop::Error(_)) = outcome {
                    return outcome;
                }
                self.set_index(list, at, value)
            }
            Some('[') => self.item_of_item(list, at, nesting.deeper()?),
            Some(_) => self.name_in_item(list, at, nesting.deeper()?),
        }
    }

    /// `[0][1]...`
    fn item_of_item(&mut self, list: &mut Vec<Json>, at: usize, nesting: Nesting) -> Result<(), Stop> {
        let index = self.index()?;
        let mut inner = match list.get_mut(at) {
            None | Some(Json::Null) => Vec::new(),
            Some(Json::Array(inner)) => std::mem::take(inner),
            Some(other) => return Err(conversion(other, "[]interface {}")),
        };
        let had = inner.len();
        let outcome = self.item(&mut inner, index, nesting);
        match outcome {
            Ok(()) => self.set_index(list, at, Json::Array(inner)),
            // What was there stays; what is new is lost, as in Helm.
            Err(stop) => {
                if had > 0
                    && let Some(place) = list.get_mut(at)
                {
                    *place = Json::Array(inner);
                }
                Err(stop)
            }
        }
    }

    /// `[0].name...`
    fn name_in_item(&mut self, list: &mut Vec<Json>, at: usize, nesting: Nesting) -> Result<(), Stop> {
        if let Some(place) = list.get_mut(at) {
            if !place.is_object() {
                *place = Json::Object(Table::new());
            }
            return match place {
                Json::Object(inner) => self.key(inner, nesting),
                _ => Ok(()),
            };
        }
        let mut inner = Table::new();
        self.key(&mut inner, nesting)?;
        self.set_index(list, at, Json::Object(inner))
    }

    fn index(&mut self) -> Result<i64, Stop> {
        let (digits, stop) = self.until(&[']']);
        let error = match (stop, digits.parse::<i64>()) {
            (None, _) if self.version == HelmVersion::V4 => return Err(Stop::End),
            (None, _) => "EOF".to_owned(),
            (Some(_), Ok(index)) => return Ok(index),
            (Some(_), Err(error)) => {
                use std::num::IntErrorKind::{NegOverflow, PosOverflow};
                let is_range = matches!(error.kind(), PosOverflow | NegOverflow);
                let what = if is_range { "value out of range" } else { "invalid syntax" };
                format!("strconv.Atoi: parsing {}: {what}", quote(&digits))
            }
        };
        Err(Stop::Error(format!("error parsing index: {error}")))
    }

    /// The value behind `=`, and how to go on: at the end of the text Helm stops without looking for a next key.
    fn value(&mut self) -> Result<(Json, Result<(), Stop>), Stop> {
        if self.is_literal() {
            let text = std::mem::take(&mut self.rest);
            return Ok((Json::String(text.to_owned()), Ok(())));
        }
        if matches!(self.mode, Mode::Json) {
            return Ok((self.json()?, Ok(())));
        }
        if self.rest.is_empty() {
            return Ok((Json::String(String::new()), Err(Stop::End)));
        }
        if let Some(rest) = self.rest.strip_prefix('{') {
            self.rest = rest;
            return Ok((self.list()?, Ok(())));
        }
        let (text, _) = self.until(&[',']);
        Ok((self.read(text)?, Ok(())))
    }

    /// `{a,b}`, behind the brace, with a comma behind it.
    fn list(&mut self) -> Result<Json, Stop> {
        let mut list = Vec::new();
        loop {
            let (text, stop) = self.until(&[',', '}']);
            if stop.is_none() {
                return Err(Stop::error("list must terminate with '}'"));
            }
            if stop == Some('}') {
                self.rest = self.rest.strip_prefix(',').unwrap_or(self.rest);
            }
            list.push(self.read(text)?);
            if stop == Some('}') {
                return Ok(Json::Array(list));
            }
        }
    }

    /// JSON, with blanks and a comma behind it. Nothing at all is null.
    fn json(&mut self) -> Result<Json, Stop> {
        if self.skip_blanks() {
            return Ok(Json::Null);
        }
        // Only the value itself: whatever stands behind it is a key again.
        let text = govalue::json::paired(self.rest);
        let mut reader = serde_json::Deserializer::from_str(&text);
        let mut value = Json::deserialize(&mut reader).map_err(|error| Stop::Error(error.to_string()))?;
        let end = reader.into_iter::<Json>().byte_offset();
        self.rest = self.rest.get(end..).unwrap_or_default();
        floats(&mut value);
        self.skip_blanks();
        Ok(value)
    }

    /// Skips blanks and one comma. Gives whether it met a comma or the end.
    fn skip_blanks(&mut self) -> bool {
        let rest = self.rest.trim_start();
        self.rest = rest.strip_prefix(',').unwrap_or(rest);
        rest.is_empty() || rest.starts_with(',')
    }

    fn read(&mut self, text: String) -> Result<Json, Stop> {
        match &mut self.mode {
            Mode::Typed => Ok(typed(text)),
            Mode::File(read) => read(&text).map(Json::String).map_err(Stop::Error),
            Mode::Text | Mode::Json | Mode::Literal => Ok(Json::String(text)),
        }
    }

    /// The text up to one of the stops, which is consumed, or up to the end. A backslash makes the next character one
    /// of the text.
    fn until(&mut self, stops: &[char]) -> (String, Option<char>) {
        let mut text = String::new();
        let mut characters = self.rest.chars();
        let mut stop = None;
        while let Some(character) = characters.next() {
            if stops.contains(&character) {
                stop = Some(character);
                break;
            }
            if character == '\\' && !self.is_literal() {
                text.extend(characters.next());
            } else {
                text.push(character);
            }
        }
        self.rest = characters.as_str();
        (text, stop)
    }

    fn set_index(&mut self, list: &mut Vec<Json>, at: usize, value: Json) -> Result<(), Stop> {
        if at > MAX_INDEX {
            return Err(Stop::Error(format!("index of {at} is greater than maximum supported index of {MAX_INDEX}")));
        }
        if let Some(place) = list.get_mut(at) {
            *place = value;
            return Ok(());
        }
        let Some(left) = self.elements.checked_sub(at + 1 - list.len()) else {
            return Err(Stop::Error(format!("more than the maximum of {MAX_ELEMENTS} elements set by indexes")));
        };
        *self.elements = left;
        list.resize(at, Json::Null);
        list.push(value);
        Ok(())
    }

    fn is_literal(&self) -> bool {
        matches!(self.mode, Mode::Literal)
    }
}

/// An empty key sets nothing.
fn set(data: &mut Table, key: String, value: Json) {
    if !key.is_empty() {
        data.insert(key, value);
    }
}

/// What Go says when a value is not of the type that a key takes it for.
fn conversion(met: &Json, wanted: &str) -> Stop {
    let met = go_type(met);
    Stop::Error(format!("unable to parse key: interface conversion: interface {{}} is {met}, not {wanted}"))
}
