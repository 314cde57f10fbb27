//! Values to YAML, as go-yaml writes them.

mod analysis;
mod order;
mod scalar;
mod writer;

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use govalue::{List, Map, Object, Str, Value};

use scalar::{Scalar, Tag};
use writer::{INDENT, Writer};

use crate::{Error, golang};

/// How deep values may be nested. A map that holds itself ends here too.
const MAX_DEPTH: usize = 1000;

/// How long a text may become.
const MAX_LENGTH: usize = 64 << 20;

/// How long a key may be that still stands before its `:` on one line.
const MAX_SIMPLE_KEY: usize = 128;

/// Whose rules are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    /// go-yaml v2 behind JSON: `toYaml`.
    Sigs,
    /// go-yaml v3 with an indentation of 2: `toYamlPretty`.
    Pretty,
}

/// Writes a value as Helm's `toYaml` does: as `sigs.k8s.io/yaml.Marshal`, without the line break at the end.
///
/// Numbers that JSON does not have, values nested deeper than 1,000 levels and texts over 64 MiB are errors.
pub fn to_yaml(value: &Value) -> Result<String, Error> {
    emit(value, Dialect::Sigs)
}

/// Writes a value as Helm's `toYamlPretty` does: with lists indented below their keys, and without folding lines.
///
/// Values nested deeper than 1,000 levels and texts over 64 MiB are errors.
pub fn to_yaml_pretty(value: &Value) -> Result<String, Error> {
    emit(value, Dialect::Pretty)
}

fn emit(value: &Value, dialect: Dialect) -> Result<String, Error> {
    let width = if dialect == Dialect::Sigs { 80 } else { usize::MAX };
    let mut emitter = Emitter { writer: Writer::new(width), dialect, depth: 0 };
    emitter.node(value, Context::Root)?;
    emitter.writer.write_indent();
    let mut text = emitter.writer.into_text();
    if text.ends_with('\n') {
        text.pop();
    }
    Ok(text)
}

/// Where a node stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Root,
    Sequence,
    Mapping,
}

struct Emitter {
    writer: Writer,
    dialect: Dialect,
    depth: usize,
}

impl Emitter {
    fn node(&mut self, value: &Value, context: Context) -> Result<(), Error> {
        if self.writer.len() > MAX_LENGTH {
            return Err(Error::new(format!("yaml: the text is longer than the limit of {MAX_LENGTH} bytes")));
        }
        match value {
            Value::Map(map) if map.is_nil() && self.dialect == Dialect::Sigs => self.node(&Value::Nil, context),
            Value::Map(map) => self.nested(|emitter| emitter.mapping(map)),
            Value::List(list) if list.is_nil() && self.dialect == Dialect::Sigs => self.node(&Value::Nil, context),
            Value::List(list) => self.nested(|emitter| emitter.sequence(list, context)),
            Value::Bytes(bytes) if self.dialect == Dialect::Sigs => {
                self.scalar(&Scalar::string(STANDARD.encode(bytes).into(), self.dialect));
                Ok(())
            }
            Value::Bytes(bytes) => {
                let list = bytes.iter().map(|byte| Value::Uint8(*byte)).collect();
                self.nested(|emitter| emitter.sequence(&list, context))
            }
            Value::Object(object) if self.dialect == Dialect::Pretty => self.object(&**object, context),
            Value::Object(object) => self.json_of(&**object, context),
            Value::Error(_) => self.mapping(&Map::new()),
            plain => {
                self.scalar(&Scalar::of(plain, self.dialect)?);
                Ok(())
            }
        }
    }

    /// As go-yaml v3 writes Go's own types: it knows two by name, and structs have their fields, in small letters.
    fn object(&mut self, object: &dyn Object, context: Context) -> Result<(), Error> {
        let word = match object.type_of().name {
            "time.Time" => object.to_json().map_err(Error::new)?.as_string().map(|text| text.to_text().into_owned()),
            "time.Duration" => object.display(),
            _ => None,
        };
        if let Some(word) = word {
            self.scalar(&Scalar::word(word));
            return Ok(());
        }
        let fields =
            object.fields().into_iter().filter(|(name, _)| name.starts_with(|first: char| first.is_uppercase()));
        let fields: Vec<_> = fields.map(|(name, value)| (name.to_lowercase(), value)).collect();
        if fields.is_empty() {
            return self.json_of(object, context);
        }
        let entries = fields.iter().map(|(name, value)| (name.as_str().into(), value)).collect();
        self.nested(|emitter| emitter.entries(entries))
    }

    fn json_of(&mut self, object: &dyn Object, context: Context) -> Result<(), Error> {
        let json = object.to_json().map_err(Error::new)?;
        self.nested(|emitter| emitter.node(&json, context))
    }

    fn nested(&mut self, emit: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        if self.depth == MAX_DEPTH {
            return Err(Error::new(format!("yaml: values are nested deeper than the limit of {MAX_DEPTH} levels")));
        }
        self.depth += 1;
        let indent = self.writer.indent;
        govalue::grow(|| emit(self))?;
        self.writer.indent = indent;
        self.depth -= 1;
        Ok(())
    }

    fn sequence(&mut self, list: &List, context: Context) -> Result<(), Error> {
        if list.is_empty() {
            self.writer.write_indicator("[]", true, false, false);
            return Ok(());
        }
        // go-yaml v2 lets the list of a key begin below the key itself.
        let indentless = self.dialect == Dialect::Sigs && context == Context::Mapping && !self.writer.indention;
        if !indentless {
            self.increase_indent(0);
        }
        for item in list.iter() {
            self.writer.write_indent();
            self.writer.write_indicator("-", true, false, true);
            self.node(item, Context::Sequence)?;
        }
        Ok(())
    }

    fn mapping(&mut self, map: &Map) -> Result<(), Error> {
        if map.is_empty() {
            self.writer.write_indicator("{}", true, false, false);
            return Ok(());
        }
        let entries = map.borrow();
        self.entries(self.sorted(&entries)?)
    }

    fn entries(&mut self, entries: Vec<(Cow<'_, str>, &Value)>) -> Result<(), Error> {
        self.increase_indent(0);
        for (key, value) in entries {
            self.writer.write_indent();
            let key = Scalar::string(key, self.dialect);
            if key.text.len() <= MAX_SIMPLE_KEY && !key.analysis.multiline {
                self.write_scalar(&key, true);
                self.writer.write_indicator(":", false, false, false);
            } else {
                self.writer.write_indicator("?", true, false, true);
                self.scalar(&key);
                self.writer.write_indent();
                self.writer.write_indicator(":", true, false, true);
            }
            self.node(value, Context::Mapping)?;
        }
        Ok(())
    }

    /// The entries in the order in which they are written.
    fn sorted<'e>(&self, entries: &'e BTreeMap<Str, Value>) -> Result<Vec<(Cow<'e, str>, &'e Value)>, Error> {
        let entries: Result<Vec<_>, Error> = entries
            .iter()
            .map(|(key, value)| {
                let key = match self.dialect {
                    Dialect::Sigs => scalar::through_json_key(key)?,
                    Dialect::Pretty => golang::valid_utf8(key),
                };
                Ok((key, value))
            })
            .collect();
        Ok(order::sort(entries?, self.dialect))
    }

    fn increase_indent(&mut self, root: usize) {
        self.writer.indent = Some(self.writer.indent.map_or(root, |indent| indent + INDENT));
    }

    fn scalar(&mut self, scalar: &Scalar<'_>) {
        self.write_scalar(scalar, false);
    }

    fn write_scalar(&mut self, scalar: &Scalar<'_>, simple_key: bool) {
        if scalar.tag == Tag::Binary {
            self.writer.write_indicator("!!binary", true, false, false);
        }
        let indent = self.writer.indent;
        self.increase_indent(INDENT);
        scalar.write(&mut self.writer, simple_key);
        self.writer.indent = indent;
    }
}
