//! What templates gave that were executed without effects: the same template with the same dot gives it again.
//!
//! Most templates of a chart include the same names and labels again and again.

use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::RandomState;
use govalue::effects::Known;
use govalue::{Map, Str, Value};

use crate::Set;

/// So many bytes of calls and texts are kept.
const MAX_BYTES: usize = 4 << 20;
/// The same dot is only looked for among small ones.
const MAX_CALL: usize = 512;
const MAX_ENTRIES: usize = 8;
/// So many executions may be around a call that is answered by what was given before, and within it. Together they stay
/// below the limits of recursion, which are reached as if nothing were kept.
const MAX_CALLS: usize = 400;

/// The texts that calls gave. They go as soon as one of the maps changes that may have been looked at.
#[derive(Debug)]
pub(crate) struct Memo {
    known: Known,
    /// Whose templates they are.
    set: Option<Rc<Set>>,
    texts: HashMap<Call, Given, RandomState>,
    bytes: usize,
}

/// What a call gave.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) text: Str,
    /// So deep did executions go within it.
    pub(crate) calls: usize,
}

/// A template and its dot. Those of two calls are equal only if the calls give the same, while the known maps are
/// unchanged.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Call(Vec<u8>);

impl Default for Memo {
    fn default() -> Self {
        Self { known: Known::now(), set: None, texts: HashMap::default(), bytes: 0 }
    }
}

impl Memo {
    /// Begins an execution that is in no other. What its dot holds is known if the dot is.
    pub(crate) fn begin(&mut self, dot: &Value) {
        if dot.as_map().is_some_and(|map| self.known.number(map).is_none()) {
            self.known = Known::now();
            self.forget();
        }
    }

    fn forget(&mut self) {
        self.texts.clear();
        self.bytes = 0;
    }

    /// The call of a set's template with this dot within so many others, if another one can be told to be the same.
    pub(crate) fn call(&mut self, set: &Rc<Set>, template: &str, dot: &Value, calls: usize) -> Option<Call> {
        if calls > MAX_CALLS {
            return None;
        }
        let is_other = self.set.as_ref().is_none_or(|known| !Rc::ptr_eq(known, set));
        if !self.known.is_unchanged() || is_other {
            self.set = Some(Rc::clone(set));
            self.forget();
        }
        let mut writer = Writer { known: &self.known, bytes: Vec::with_capacity(128) };
        writer.text(template.as_bytes());
        (writer.dot(dot) && writer.bytes.len() <= MAX_CALL).then_some(Call(writer.bytes))
    }

    /// What this call gave.
    pub(crate) fn given(&self, call: &Call) -> Option<Given> {
        self.texts.get(call).cloned()
    }

    /// Keeps what a call gave that had no effects.
    pub(crate) fn keep(&mut self, call: Call, given: Given) {
        let bytes = call.0.len() + given.text.len();
        if given.calls <= MAX_CALLS && self.bytes + bytes <= MAX_BYTES {
            self.bytes += bytes;
            self.texts.insert(call, given);
        }
    }
}

/// Writes down a call, so that each one is written in its own way.
struct Writer<'k> {
    known: &'k Known,
    bytes: Vec<u8>,
}

impl Writer<'_> {
    /// A dot: a known map, a new one of a few known ones and scalars, or a scalar. Whether it is one of these.
    fn dot(&mut self, dot: &Value) -> bool {
        match dot {
            Value::Map(map) if self.known.number(map).is_none() => self.new_map(map),
            other => self.part(other),
        }
    }

    fn new_map(&mut self, map: &Map) -> bool {
        if map.is_volatile() || map.len() > MAX_ENTRIES {
            return false;
        }
        self.bytes.push(if map.is_nil() { b'n' } else { b'{' });
        self.map_type(map);
        map.borrow().iter().all(|(key, value)| {
            self.text(key);
            self.part(value)
        })
    }

    fn part(&mut self, value: &Value) -> bool {
        match value {
            Value::Invalid => self.bytes.push(b'0'),
            Value::Nil => self.bytes.push(b'-'),
            Value::Bool(value) => self.bytes.push(if *value { b't' } else { b'f' }),
            Value::Int(number) => self.number(b'i', *number),
            Value::Int64(number) => self.number(b'l', *number),
            Value::Float64(number) => self.number(b'd', number.to_bits().cast_signed()),
            Value::String(text) => {
                self.bytes.push(b's');
                self.text(text);
            }
            Value::Map(map) => return self.known_map(map),
            _ => return false,
        }
        true
    }

    fn known_map(&mut self, map: &Map) -> bool {
        let Some(number) = self.known.number(map) else { return false };
        self.number(b'm', number.cast_signed());
        self.map_type(map);
        true
    }

    fn map_type(&mut self, map: &Map) {
        self.text(map.type_of().map_or_else(|| map.element().name(), |named| named.name).as_bytes());
    }

    fn number(&mut self, kind: u8, number: i64) {
        self.bytes.push(kind);
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    /// A text with its length, so that another after it is told from more of it.
    fn text(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(&text.len().to_le_bytes());
        self.bytes.extend_from_slice(text.get(..MAX_CALL + 1).unwrap_or(text));
    }
}

#[cfg(test)]
mod tests;
