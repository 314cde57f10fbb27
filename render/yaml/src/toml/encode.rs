//! Values to TOML.

use govalue::strconv::format_float;
use govalue::{List, Map, Str, Value, meter};

use crate::{Error, golang};

/// How deep values may be nested. A map that holds itself ends here too.
const MAX_DEPTH: usize = 1000;

/// How long a text may become: every level of tables is indented, and names all those around it.
const MAX_LENGTH: usize = 64 << 20;

const NIL_ELEMENT: &str = "toml: cannot encode array with nil element";

/// Writes a value as Helm's `toToml` does, with the plain keys of a map before its tables, each in the order of their
/// bytes. Nil entries of maps are left out.
///
/// Nil in a list and lists of tables at the top are errors, also values nested deeper than 1,000 levels and texts over
/// 64 MiB.
pub fn to_toml(value: &Value) -> Result<String, Error> {
    let value = plain(value)?;
    if value.is_nil() {
        return Err(Error::new("reflect: call of reflect.Value.Type on zero Value"));
    }
    let mut encoder = Encoder::default();
    let outcome = encoder.entry(&value);
    // What was written took its time, also if nobody gets it.
    meter::add(encoder.text.len());
    outcome?;
    Ok(golang::valid_utf8(&encoder.text).into_owned())
}

/// What kind of a thing a value is to TOML.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nil,
    Table,
    TableArray,
    Other,
}

/// A value without its name: an object as its text, or as what JSON would make of it.
fn plain(value: &Value) -> Result<Value, Error> {
    match value {
        Value::Object(object) => match object.display() {
            Some(text) => Ok(text.into()),
            None if object.json_fields().is_some() => Ok(object.fields().into_iter().collect::<Map>().into()),
            None => object.to_json().map_err(Error::new),
        },
        Value::Bytes(bytes) => Ok(bytes.iter().map(|byte| Value::Uint8(*byte)).collect::<List>().into()),
        other => Ok(other.clone()),
    }
}

fn too_deep() -> Error {
    Error::new(format!("toml: values are nested deeper than the limit of {MAX_DEPTH} levels"))
}

fn kind(value: &Value, depth: usize) -> Result<Kind, Error> {
    match value {
        Value::Invalid | Value::Nil => Ok(Kind::Nil),
        Value::Map(map) if map.is_nil() => Ok(Kind::Nil),
        Value::List(list) if list.is_nil() => Ok(Kind::Nil),
        Value::Map(_) => Ok(Kind::Table),
        Value::Complex128(..) => Err(Error::new("unsupported type: complex128")),
        Value::List(_) if depth == MAX_DEPTH => Err(too_deep()),
        Value::List(list) => {
            let mut tables = !list.is_empty();
            for item in list.iter() {
                let kind = kind(&plain(item)?, depth + 1)?;
                if kind == Kind::Nil {
                    return Err(Error::new(NIL_ELEMENT));
                }
                tables &= kind == Kind::Table;
            }
            Ok(if tables { Kind::TableArray } else { Kind::Other })
        }
        _ => Ok(Kind::Other),
    }
}

#[derive(Default)]
struct Encoder {
    text: Vec<u8>,
    depth: usize,
    /// The keys that lead here as a header has them, how many they are, and where the last begins.
    path: Vec<u8>,
    keys: usize,
    last_key: usize,
}

impl Encoder {
    fn write(&mut self, text: impl AsRef<[u8]>) {
        self.text.extend_from_slice(text.as_ref());
    }

    fn new_line(&mut self) {
        if !self.text.is_empty() {
            self.write("\n");
        }
    }

    fn indent(&mut self) {
        for _ in 1..self.keys {
            self.write("  ");
        }
    }

    fn nested(&mut self, encode: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        if self.depth == MAX_DEPTH {
            return Err(too_deep());
        }
        if self.text.len() > MAX_LENGTH {
            return Err(Error::new(format!("toml: the text is longer than the limit of {MAX_LENGTH} bytes")));
        }
        self.depth += 1;
        govalue::grow(|| encode(self))?;
        self.depth -= 1;
        Ok(())
    }

    /// A key with its value, on its own lines.
    fn entry(&mut self, value: &Value) -> Result<(), Error> {
        match (value, kind(value, 0)?) {
            (Value::Map(map), _) => {
                if self.keys == 1 {
                    self.new_line();
                }
                if self.keys > 0 {
                    self.header("[", "]");
                }
                self.nested(|encoder| encoder.table(map))
            }
            (Value::List(_), Kind::TableArray) if self.keys == 0 => {
                Err(Error::new("toml: top-level values must be Go maps or structs"))
            }
            (Value::List(list), Kind::TableArray) => self.table_array(list),
            _ => {
                if self.keys > 0 {
                    self.indent();
                    self.text.extend_from_slice(self.path.get(self.last_key..).unwrap_or_default());
                    self.write(" = ");
                }
                self.element(value)?;
                if self.keys > 0 {
                    self.new_line();
                }
                Ok(())
            }
        }
    }

    fn header(&mut self, open: &str, close: &str) {
        self.indent();
        self.write(open);
        self.text.extend_from_slice(&self.path);
        self.write(close);
        self.new_line();
    }

    fn table_array(&mut self, list: &List) -> Result<(), Error> {
        for item in list.iter() {
            if let Value::Map(table) = plain(item)? {
                self.new_line();
                self.header("[[", "]]");
                self.nested(|encoder| encoder.table(&table))?;
            }
        }
        Ok(())
    }

    fn table(&mut self, map: &Map) -> Result<(), Error> {
        let (direct, tables) = split(map)?;
        let (length, last_key) = (self.path.len(), self.last_key);
        for (key, value) in direct.into_iter().chain(tables) {
            if value.is_nil() {
                continue;
            }
            if length > 0 {
                self.path.push(b'.');
            }
            self.last_key = self.path.len();
            self::key(&mut self.path, &key);
            self.keys += 1;
            self.entry(&value)?;
            self.keys -= 1;
            self.path.truncate(length);
            self.last_key = last_key;
        }
        Ok(())
    }

    fn inline_table(&mut self, map: &Map) -> Result<(), Error> {
        let (direct, tables) = split(map)?;
        self.write("{");
        let last_direct = if tables.is_empty() { direct.len() } else { usize::MAX };
        self.inline_entries(direct, last_direct)?;
        let last_table = tables.len();
        self.inline_entries(tables, last_table)?;
        self.write("}");
        Ok(())
    }

    /// Entries with commas between them; `last` says after which there is none.
    fn inline_entries(&mut self, entries: Vec<(Str, Value)>, last: usize) -> Result<(), Error> {
        for (at, (key, value)) in (1..).zip(entries) {
            if value.is_nil() {
                continue;
            }
            self::key(&mut self.text, &key);
            self.write(" = ");
            self.element(&value)?;
            if at != last {
                self.write(", ");
            }
        }
        Ok(())
    }

    /// A value behind `=` or in a list.
    fn element(&mut self, value: &Value) -> Result<(), Error> {
        match value {
            Value::Bool(value) => self.write(value.to_string()),
            Value::Int(number) | Value::Int64(number) => self.write(number.to_string()),
            Value::Int32(number) => self.write(number.to_string()),
            Value::Uint8(number) => self.write(number.to_string()),
            Value::Uint64(number) => self.write(number.to_string()),
            Value::Float64(number) => self.write(float(*number)),
            Value::String(text) => quoted(&mut self.text, text),
            Value::Map(map) => return self.nested(|encoder| encoder.inline_table(map)),
            Value::List(list) => return self.nested(|encoder| encoder.array(list)),
            Value::Object(_) | Value::Bytes(_) => return self.element(&plain(value)?),
            other => return Err(Error::new(format!("unexpected type: {}", other.type_name()))),
        }
        Ok(())
    }

    fn array(&mut self, list: &List) -> Result<(), Error> {
        self.write("[");
        for (at, item) in list.iter().enumerate() {
            if at > 0 {
                self.write(", ");
            }
            self.element(&plain(item)?)?;
        }
        self.write("]");
        Ok(())
    }
}

/// Writes a key, in quotes if it needs them.
pub(super) fn key(out: &mut Vec<u8>, key: &[u8]) {
    let bare = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !key.is_empty() && key.iter().all(bare) {
        out.extend_from_slice(key);
    } else {
        quoted(out, key);
    }
}

fn quoted(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    for byte in text {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\x08' => out.extend_from_slice(b"\\b"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\x0c' => out.extend_from_slice(b"\\f"),
            b'\r' => out.extend_from_slice(b"\\r"),
            0..=0x1f | 0x7f => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(*byte),
        }
    }
    out.push(b'"');
}

type Entries = Vec<(Str, Value)>;

/// The plain entries of a map, and those that become tables.
fn split(map: &Map) -> Result<(Entries, Entries), Error> {
    let (mut direct, mut tables) = (Vec::new(), Vec::new());
    for (key, value) in map.entries() {
        let value = plain(&value)?;
        match kind(&value, 0)? {
            Kind::Table | Kind::TableArray => tables.push((key, value)),
            Kind::Nil => direct.push((key, Value::Nil)),
            Kind::Other => direct.push((key, value)),
        }
    }
    Ok((direct, tables))
}

/// With a `.0` where nothing else tells that it is no integer.
fn float(number: f64) -> String {
    if !number.is_finite() {
        let sign = if number.is_sign_negative() { "-" } else { "" };
        return format!("{sign}{}", if number.is_nan() { "nan" } else { "inf" });
    }
    let text = format_float(number, b'g', None);
    if text.contains(['e', '.']) { text } else { text + ".0" }
}
