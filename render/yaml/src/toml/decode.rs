//! TOML to values.

mod keys;
mod scalars;
mod strings;
mod tables;
mod text;

use govalue::{Map, Value};

use self::tables::{Entry, Tables};
use self::text::{Fault, Read, Text, is_newline, is_space, quoted};
use crate::Error;

/// How deep lists and inline tables may be nested.
const MAX_DEPTH: usize = 1000;

/// How many values and tables a text may have: each takes far more memory than its text.
const MAX_VALUES: usize = 2_000_000;

/// Reads a text by one of Go's layouts of times, and puts it into a zone of this name that is UTC's; without a name the
/// text says itself which zone it is in. None if the text does not fit the layout.
pub type ReadTime<'a> = &'a dyn Fn(&str, &str, Option<&str>) -> Option<Value>;

/// Reads a TOML text as Helm's `fromToml` does: integers are `int64`, dates and times what `time` makes of them.
///
/// The error's text is that of Go's library: `toml: line 2 (last key "a.b"): Key 'a.b' has already been defined.`
pub fn from_toml(text: &[u8], time: ReadTime<'_>) -> Result<Map, Error> {
    let text = [b"\xff\xfe".as_slice(), b"\xfe\xff", b"\xef\xbb\xbf"]
        .iter()
        .find_map(|mark| text.strip_prefix(*mark))
        .unwrap_or(text);
    if text.iter().take(6).any(|byte| *byte == 0) {
        return Err(Error::new(
            "toml: line 1: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8",
        ));
    }
    let mut reader =
        Reader { text: Text::new(text), time, tables: Tables::default(), key_line: 0, depth: 0, values: 0 };
    match reader.document() {
        Ok(()) => Ok(reader.tables.into_map()),
        Err(fault) => Err(reader.explain(&fault)),
    }
}

struct Reader<'t> {
    text: Text<'t>,
    time: ReadTime<'t>,
    tables: Tables,
    /// Where the last key began.
    key_line: usize,
    depth: usize,
    values: usize,
}

impl Reader<'_> {
    fn explain(&self, fault: &Fault) -> Error {
        let key = self.tables.current_key();
        let key = if key.is_empty() { key } else { format!(" (last key {})", govalue::strconv::quote(key.as_bytes())) };
        Error::new(format!("toml: line {}{key}: {}", fault.line, fault.message))
    }

    /// A fault of a key, which is of the line of the last key.
    fn at_key<T>(&self, done: Result<T, String>) -> Read<T> {
        done.map_err(|message| Fault { line: self.key_line, message })
    }

    fn document(&mut self) -> Read<()> {
        loop {
            match self.text.peek()? {
                None => return Ok(()),
                Some(' ' | '\t' | '\n' | '\r') => {
                    self.text.next()?;
                }
                Some('#') => self.comment()?,
                Some('[') => {
                    self.header()?;
                    self.end_of_line()?;
                }
                Some(_) => {
                    self.pair()?;
                    self.end_of_line()?;
                }
            }
        }
    }

    fn comment(&mut self) -> Read<()> {
        self.text.skip(|rune| !is_newline(rune))
    }

    fn end_of_line(&mut self) -> Read<()> {
        self.text.skip(is_space)?;
        match self.text.next()? {
            None | Some('\n' | '\r') => Ok(()),
            Some('#') => self.comment(),
            rune => Err(self.text.fault(format!(
                "expected a top-level item to end with a newline, comment, or EOF, but got {} instead",
                quoted(rune)
            ))),
        }
    }

    /// `a.b = 1`, into the table that is open.
    fn pair(&mut self) -> Read<()> {
        self.assign().map(|(outer, _)| self.tables.close(outer, String::new()))
    }

    /// Reads a key and its value and sets it. Gives the depth that there was before, and the key's last part.
    fn assign(&mut self) -> Read<(usize, String)> {
        let mut key = self.key()?;
        let outer = self.tables.depth();
        let last = key.pop().unwrap_or_default();
        self.tables.set_current(last.clone());
        for part in key {
            let opened = self.tables.open_implicit(part);
            self.at_key(opened)?;
        }
        let (value, is_list) = self.value(false)?;
        let set = self.tables.set(&last, value);
        self.at_key(set)?;
        self.tables.mark_list(&last, is_list);
        Ok((outer, last))
    }

    /// A value, and whether it is a list.
    fn value(&mut self, in_list: bool) -> Read<(Entry, bool)> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(self.text.fault(format!("the text has more than the limit of {MAX_VALUES} values")));
        }
        self.text.skip(is_space)?;
        match self.text.peek()? {
            Some('[') => self.nested(Self::list).map(|list| (list, true)),
            Some('{') => self.nested(|reader| reader.inline_table(in_list)).map(|table| (table, false)),
            Some('"' | '\'') => self.text.any_string().map(|text| (Entry::Value(text.into()), false)),
            _ => self.text.scalar(self.time).map(|value| (Entry::Value(value), false)),
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Read<Entry>) -> Read<Entry> {
        if self.depth == MAX_DEPTH {
            let message = format!("values are nested deeper than the limit of {MAX_DEPTH} levels");
            return Err(self.text.fault(message));
        }
        self.depth += 1;
        self.text.next()?;
        let entry = govalue::grow(|| read(self))?;
        self.depth -= 1;
        Ok(entry)
    }

    /// What stands between values: blank space and comments.
    fn between(&mut self) -> Read<()> {
        loop {
            self.text.skip(|rune| is_space(rune) || is_newline(rune))?;
            if self.text.peek()? != Some('#') {
                return Ok(());
            }
            self.comment()?;
        }
    }

    fn list(&mut self) -> Read<Entry> {
        self.tables.mark_current_list();
        let mut items = Vec::new();
        loop {
            self.between()?;
            match self.text.peek()? {
                Some(',') => return Err(self.unexpected_comma()?),
                Some(']') => break,
                _ => items.push(self.value(true)?.0),
            }
            self.between()?;
            match self.text.next()? {
                Some(',') => {}
                Some(']') => return Ok(Entry::List(items)),
                rune => {
                    let message = format!("expected a comma (',') or array terminator (']'), but got {}", named(rune));
                    return Err(self.text.fault(message));
                }
            }
        }
        self.text.next()?;
        Ok(Entry::List(items))
    }

    fn unexpected_comma(&mut self) -> Read<Fault> {
        self.text.next()?;
        Ok(self.text.fault("unexpected comma"))
    }

    fn inline_table(&mut self, in_list: bool) -> Read<Entry> {
        let outer = self.tables.depth();
        let name = self.tables.set_current(String::new());
        let opened = self.tables.open_inline(name.clone(), in_list);
        self.at_key(opened)?;
        loop {
            self.between()?;
            match self.text.peek()? {
                Some(',') => return Err(self.unexpected_comma()?),
                Some('}') => break,
                _ => self.inline_pair()?,
            }
            if !self.another_pair()? {
                break;
            }
        }
        self.text.next()?;
        let table = self.tables.open_table();
        self.tables.close(outer, name);
        Ok(table)
    }

    fn inline_pair(&mut self) -> Read<()> {
        self.assign().map(|(outer, last)| self.tables.close(outer, last))
    }

    /// Whether a pair follows, rather than the end.
    fn another_pair(&mut self) -> Read<bool> {
        loop {
            self.between()?;
            match self.text.peek()? {
                Some('}') => return Ok(false),
                Some(',') => {
                    self.text.next()?;
                    self.text.skip(is_space)?;
                    if self.text.peek()? != Some('}') {
                        return Ok(true);
                    }
                }
                _ => {
                    let rune = named(self.text.next()?);
                    let message =
                        format!("expected a comma or an inline table terminator '}}', but got {rune} instead");
                    return Err(self.text.fault(message));
                }
            }
        }
    }
}

/// A rune, or what there is instead.
fn named(rune: Option<char>) -> String {
    rune.map_or_else(|| "end of file".into(), |rune| format!("'{rune}'"))
}
