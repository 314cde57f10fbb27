//! Nodes to values, as go-yaml v2 decodes them into an `interface{}`.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::Error;
use crate::document::{Document, Node, NodeId};
use crate::golang;
use crate::parser::Scalar;
use crate::resolve::{Resolved, resolve};

/// How deep values may be nested, aliases followed: each level costs every reader of the value some stack.
const MAX_DEPTH: usize = 1000;

/// How much text may come from aliases.
const MAX_ALIAS_TEXT: usize = 64 << 20;

/// go-yaml's limits for the part of the values that comes from aliases.
const LOW_COUNT: u32 = 400_000;
const HIGH_COUNT: u32 = 4_000_000;

const TAG_PREFIX: &str = "tag:yaml.org,2002:";

/// A value of Go as go-yaml makes it.
#[derive(Clone, Debug)]
pub(crate) enum Data<'d> {
    Nil,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    String(Cow<'d, str>),
    List(Vec<Data<'d>>),
    Map(BTreeMap<Key<'d>, Data<'d>>),
}

/// A value that can be a key. A float is kept as its bits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key<'d> {
    Nil,
    String(Cow<'d, str>),
    Int(i64),
    Uint(u64),
    Float(u64),
    Bool(bool),
}

/// Decodes the whole document; without one the value is nil.
pub(crate) fn decode<'d>(document: &'d Document<'_>) -> Result<Data<'d>, Error> {
    let Some(root) = document.root() else { return Ok(Data::Nil) };
    let mut decoder = Decoder {
        document,
        open: HashSet::new(),
        depth: 0,
        alias_depth: 0,
        decode_count: 1,
        alias_count: 0,
        alias_text: 0,
    };
    decoder.value(root)
}

struct Decoder<'d, 'a> {
    document: &'d Document<'a>,
    /// The aliases whose values are being decoded.
    open: HashSet<NodeId>,
    depth: usize,
    alias_depth: usize,
    decode_count: u32,
    alias_count: u32,
    alias_text: usize,
}

impl<'d> Decoder<'d, '_> {
    fn value(&mut self, id: NodeId) -> Result<Data<'d>, Error> {
        let line = self.document.line(id);
        self.decode(id).map_err(|error| error.at(line))
    }

    fn decode(&mut self, id: NodeId) -> Result<Data<'d>, Error> {
        self.count()?;
        match self.document.node(id) {
            Node::Scalar(scalar) => {
                self.count_text(scalar.text.len())?;
                decode_scalar(scalar)
            }
            Node::Alias { name, target } => self.inside_alias(id, name, |decoder| decoder.value(*target)),
            Node::Sequence { .. } => self.nested(|decoder| {
                let document = decoder.document;
                document.children(id).map(|child| decoder.value(child)).collect::<Result<_, _>>().map(Data::List)
            }),
            Node::Mapping { .. } => self.nested(|decoder| {
                let mut entries = BTreeMap::new();
                decoder.fill(id, &mut entries)?;
                Ok(Data::Map(entries))
            }),
        }
    }

    /// Guards against a text whose aliases make it far larger than it looks.
    fn count(&mut self) -> Result<(), Error> {
        self.decode_count = self.decode_count.saturating_add(1);
        if self.alias_depth > 0 {
            self.alias_count = self.alias_count.saturating_add(1);
        }
        let share = f64::from(self.alias_count) / f64::from(self.decode_count);
        if self.alias_count > 100 && self.decode_count > 1000 && share > allowed_share(self.decode_count) {
            return Err(Error::yaml("document contains excessive aliasing"));
        }
        Ok(())
    }

    /// Guards against a long text that has many aliases.
    fn count_text(&mut self, length: usize) -> Result<(), Error> {
        if self.alias_depth > 0 {
            self.alias_text = self.alias_text.saturating_add(length);
        }
        if self.alias_text > MAX_ALIAS_TEXT {
            return Err(Error::yaml(format_args!("aliases stand for more than the limit of {MAX_ALIAS_TEXT} bytes")));
        }
        Ok(())
    }

    fn nested<T>(&mut self, decode: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.depth == MAX_DEPTH {
            return Err(Error::yaml(format_args!("values are nested deeper than the limit of {MAX_DEPTH} levels")));
        }
        self.depth += 1;
        let decoded = govalue::grow(|| decode(self));
        self.depth -= 1;
        decoded
    }

    fn inside_alias<T>(
        &mut self,
        id: NodeId,
        name: &str,
        decode: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if !self.open.insert(id) {
            return Err(Error::yaml(format_args!("anchor '{name}' value contains itself")));
        }
        self.alias_depth += 1;
        let decoded = self.nested(decode);
        self.alias_depth -= 1;
        self.open.remove(&id);
        decoded
    }

    /// Sets the entries of a mapping; what comes later wins, also over and by merges.
    fn fill(&mut self, mapping: NodeId, entries: &mut BTreeMap<Key<'d>, Data<'d>>) -> Result<(), Error> {
        let document = self.document;
        for (key, value) in document.pairs(mapping) {
            if is_merge(document.node(key)) {
                self.merge(value, entries).map_err(|error| error.at(document.line(value)))?;
                continue;
            }
            let line = document.line(key);
            let key = key_of(self.value(key)?).map_err(|error| error.at(line))?;
            let value = self.value(value)?;
            entries.insert(key, value);
        }
        Ok(())
    }

    /// `<<`: the entries of another mapping, or of several, of which the first wins.
    fn merge(&mut self, id: NodeId, entries: &mut BTreeMap<Key<'d>, Data<'d>>) -> Result<(), Error> {
        match self.document.node(id) {
            Node::Sequence { .. } => {
                let children: Vec<_> = self.document.children(id).collect();
                children.into_iter().rev().try_for_each(|child| self.merge_one(child, entries))
            }
            _ => self.merge_one(id, entries),
        }
    }

    fn merge_one(&mut self, id: NodeId, entries: &mut BTreeMap<Key<'d>, Data<'d>>) -> Result<(), Error> {
        let node = self.document.node(id);
        let mapping = if let Node::Alias { target, .. } = node { *target } else { id };
        let Node::Mapping { .. } = self.document.node(mapping) else {
            return Err(Error::yaml("map merge requires map or sequence of maps as the value"));
        };
        self.count()?;
        if let Node::Alias { name, .. } = node {
            return self.inside_alias(id, name, |decoder| {
                decoder.count()?;
                decoder.fill(mapping, entries)
            });
        }
        self.nested(|decoder| decoder.fill(mapping, entries))
    }
}

fn allowed_share(count: u32) -> f64 {
    let place = f64::from(count.clamp(LOW_COUNT, HIGH_COUNT) - LOW_COUNT) / f64::from(HIGH_COUNT - LOW_COUNT);
    if count >= HIGH_COUNT { 0.10 } else { 0.99 - 0.89 * place }
}

fn is_merge(node: &Node<'_>) -> bool {
    match node {
        Node::Scalar(scalar) => {
            let tagged = || scalar.tag.as_deref().and_then(|tag| tag.strip_prefix(TAG_PREFIX)) == Some("merge");
            scalar.text == "<<" && (scalar.implicit || tagged())
        }
        _ => false,
    }
}

fn key_of(data: Data<'_>) -> Result<Key<'_>, Error> {
    Ok(match data {
        Data::Nil => Key::Nil,
        Data::Bool(value) => Key::Bool(value),
        Data::Int(number) => Key::Int(number),
        Data::Uint(number) => Key::Uint(number),
        Data::Float(number) => Key::Float(number.to_bits()),
        Data::String(text) => Key::String(text),
        Data::List(_) | Data::Map(_) => {
            return Err(Error::yaml(format_args!("invalid map key: {}", golang::syntax(&data))));
        }
    })
}

fn decode_scalar<'d>(scalar: &'d Scalar<'_>) -> Result<Data<'d>, Error> {
    let text: &'d str = &scalar.text;
    let resolved = match scalar.tag.as_deref() {
        None if scalar.implicit => resolve(text, false),
        None => Resolved::String,
        Some(tag) => match tag.strip_prefix(TAG_PREFIX) {
            Some("binary") => return decode_binary(text),
            Some(name @ ("bool" | "int" | "float" | "null" | "timestamp")) => resolve_tagged(name, text)?,
            _ => Resolved::String,
        },
    };
    Ok(match resolved {
        Resolved::Null => Data::Nil,
        Resolved::Bool(value) => Data::Bool(value),
        Resolved::Int(number) => Data::Int(number),
        Resolved::Uint(number) => Data::Uint(number),
        Resolved::Float(number) => Data::Float(number),
        // A timestamp stays the text that it is.
        Resolved::Timestamp | Resolved::String => Data::String(Cow::Borrowed(text)),
    })
}

/// What a text means that is said to be of a type.
fn resolve_tagged(name: &str, text: &str) -> Result<Resolved, Error> {
    let resolved = resolve(text, name == "timestamp");
    match resolved {
        #[expect(clippy::cast_precision_loss, reason = "as Go converts")]
        Resolved::Int(number) if name == "float" => Ok(Resolved::Float(number as f64)),
        _ if resolved.tag().strip_prefix("!!") == Some(name) => Ok(resolved),
        _ => Err(Error::yaml(format_args!("cannot decode {} `{text}` as a !!{name}", resolved.tag()))),
    }
}

/// Go ignores line breaks in base64 and the bits that are too many.
fn decode_binary(text: &str) -> Result<Data<'_>, Error> {
    const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true);
    let text: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let bytes = GeneralPurpose::new(&STANDARD, CONFIG).decode(text);
    let bytes = bytes.map_err(|_| Error::yaml("!!binary value contains invalid base64 data"))?;
    Ok(Data::String(Cow::Owned(golang::valid_utf8(&bytes).into_owned())))
}
