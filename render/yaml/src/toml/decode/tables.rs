//! The tables of a text while it is read: what is set already, and how.
//!
//! What may be set again goes by the path of a key, not by the table: a quirk of Go's library that shows in lists of
//! tables.

use std::collections::HashMap;
use std::mem;

use govalue::{List, Map, Type, Value};

use crate::toml::encode;

/// How many parts the path of a table may have.
const MAX_DEPTH: usize = 1000;

/// How many tables there may be.
const MAX_TABLES: usize = 1_000_000;

/// What a key stands for.
pub(super) enum Entry {
    Value(Value),
    /// A table, by its number.
    Table(usize),
    /// A list of tables that headers or inline tables make.
    Tables(Vec<usize>),
    List(Vec<Self>),
}

impl Entry {
    /// The table that keys below this one are of; of a list the last.
    fn table(&self) -> Option<usize> {
        match self {
            Self::Table(table) => Some(*table),
            Self::Tables(tables) => tables.last().copied(),
            Self::Value(_) | Self::List(_) => None,
        }
    }
}

/// What is known of a path of keys.
#[derive(Default)]
struct Path {
    /// That a table there was only mentioned, and may still be defined.
    implicit: bool,
    list: bool,
}

/// A part of the path of the table that is open.
struct Part {
    key: String,
    path: usize,
    /// The table, unless something else is there.
    table: Option<usize>,
}

pub(super) struct Tables {
    all: Vec<HashMap<String, Entry>>,
    paths: Vec<Path>,
    below: HashMap<(usize, String), usize>,
    open: Vec<Part>,
    /// The key whose value is read; empty if none is.
    current: String,
}

impl Default for Tables {
    fn default() -> Self {
        Self {
            all: vec![HashMap::new()],
            paths: vec![Path::default()],
            below: HashMap::new(),
            open: Vec::new(),
            current: String::new(),
        }
    }
}

impl Tables {
    /// How many parts the path of the open table has.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Says which key's value is read; gives the one before.
    pub(super) fn set_current(&mut self, key: String) -> String {
        mem::replace(&mut self.current, key)
    }

    /// Goes back to the table whose path has so many parts, and to a key in it.
    pub(super) fn close(&mut self, depth: usize, current: String) {
        self.open.truncate(depth);
        self.current = current;
    }

    /// The path of the key that is read, as errors show it.
    pub(super) fn current_key(&self) -> String {
        let open = shown(self.open.iter().map(|part| &*part.key));
        match (self.open.is_empty(), self.current.is_empty()) {
            (_, true) => open,
            (true, _) => self.current.clone(),
            _ => format!("{open}.{}", self.current),
        }
    }

    /// Opens the table of a header.
    pub(super) fn open(&mut self, mut key: Vec<String>, is_list: bool) -> Result<(), String> {
        let last = key.pop().unwrap_or_default();
        let before = mem::take(&mut self.open);
        for part in key {
            if let Err(error) = self.descend(part) {
                self.open = before;
                return Err(error);
            }
        }
        self.open_below(last, is_list)?;
        self.mark_list("", false);
        Ok(())
    }

    /// Opens a table that a header mentions on its way, and makes it if there is none.
    fn descend(&mut self, key: String) -> Result<(), String> {
        let (table, path) = (self.table(), self.path(&key));
        if !self.table_of(table).contains_key(&key) {
            let new = self.new_table();
            self.paths[path].implicit = true;
            self.table_of(table).insert(key.clone(), Entry::Table(new));
        }
        self.push(key, path)?;
        self.check_parents()
    }

    /// Opens a table that a dotted key mentions.
    pub(super) fn open_implicit(&mut self, key: String) -> Result<(), String> {
        let path = self.path(&key);
        self.paths[path].implicit = true;
        self.check_parents()?;
        self.open_below(key, false)
    }

    /// Opens the table of a value in braces.
    pub(super) fn open_inline(&mut self, key: String, in_list: bool) -> Result<(), String> {
        let path = self.path(&key);
        self.paths[path].implicit = true;
        if let Err(error) = self.check_parents() {
            // To the error the key is open already.
            self.open.push(Part { key, path, table: None });
            return Err(error);
        }
        self.open_below(key, in_list)
    }

    fn check_parents(&self) -> Result<(), String> {
        match self.open.iter().position(|part| part.table.is_none()) {
            Some(at) => Err(format!("Key '{}' was already created as a hash.", self.shown_to(at))),
            None => Ok(()),
        }
    }

    /// Opens a table below the open one: a new one of a list, or one that may have been mentioned before.
    fn open_below(&mut self, key: String, is_list: bool) -> Result<(), String> {
        let (table, path, new) = (self.table(), self.path(&key), self.new_table());
        if is_list {
            match self.table_of(table).entry(key.clone()).or_insert_with(|| Entry::Tables(Vec::new())) {
                Entry::Tables(tables) => tables.push(new),
                _ => {
                    let key = self.shown_with(&key);
                    return Err(format!("Key '{key}' was already created and cannot be used as an array."));
                }
            }
        } else {
            self.set(&key, Entry::Table(new))?;
        }
        self.push(key, path)?;
        Ok(())
    }

    fn push(&mut self, key: String, path: usize) -> Result<(), String> {
        if self.all.len() > MAX_TABLES {
            return Err(format!("the text has more than the limit of {MAX_TABLES} tables"));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(format!("tables are nested deeper than the limit of {MAX_DEPTH} levels"));
        }
        let table = self.table();
        let table = self.table_of(table).get(&key).and_then(Entry::table);
        self.open.push(Part { key, path, table });
        Ok(())
    }

    /// Sets a key of the open table, unless it is set.
    pub(super) fn set(&mut self, key: &str, entry: Entry) -> Result<(), String> {
        if let Some(at) = self.open.iter().position(|part| part.table.is_none()) {
            return Err(format!("Key '{}' has already been defined.", self.shown_to(at)));
        }
        let (table, path) = (self.table(), self.path(key));
        if !self.table_of(table).contains_key(key) {
            self.table_of(table).insert(key.into(), entry);
            return Ok(());
        }
        if !mem::take(&mut self.paths[path].implicit) {
            return Err(format!("Key '{}' has already been defined.", self.shown_with(key)));
        }
        // Of a table that was mentioned the entries are there already.
        if self.paths[path].list {
            self.table_of(table).insert(key.into(), entry);
        }
        Ok(())
    }

    /// Says whether a key of the open table has a list in brackets for a value.
    pub(super) fn mark_list(&mut self, key: &str, is_list: bool) {
        let path = match self.open.last() {
            Some(part) if key.is_empty() => part.path,
            _ => self.path(key),
        };
        self.paths[path].list = is_list;
    }

    /// Says so of the key whose value is read.
    pub(super) fn mark_current_list(&mut self) {
        let key = self.current.clone();
        self.mark_list(&key, true);
    }

    /// The open table.
    pub(super) fn open_table(&mut self) -> Entry {
        match self.open.last().and_then(|part| part.table) {
            Some(table) => Entry::Table(table),
            None => Entry::Table(self.new_table()),
        }
    }

    /// All that was read.
    pub(super) fn into_map(mut self) -> Map {
        self.map(0)
    }

    fn map(&mut self, table: usize) -> Map {
        let entries = mem::take(self.table_of(table));
        entries.into_iter().map(|(key, entry)| (key, govalue::grow(|| self.value(entry)))).collect()
    }

    fn value(&mut self, entry: Entry) -> Value {
        match entry {
            Entry::Value(value) => value,
            Entry::Table(table) => self.map(table).into(),
            Entry::Tables(tables) => {
                List::of(Type::AnyMap, tables.into_iter().map(|table| self.map(table).into()).collect()).into()
            }
            Entry::List(items) => {
                items.into_iter().map(|item| govalue::grow(|| self.value(item))).collect::<List>().into()
            }
        }
    }

    fn new_table(&mut self) -> usize {
        self.all.push(HashMap::new());
        self.all.len() - 1
    }

    /// The number of the open table; that of the outermost where something else is there.
    fn table(&self) -> usize {
        self.open.last().and_then(|part| part.table).unwrap_or_default()
    }

    fn table_of(&mut self, table: usize) -> &mut HashMap<String, Entry> {
        &mut self.all[table]
    }

    /// The path of a key in the open table.
    fn path(&mut self, key: &str) -> usize {
        let above = self.open.last().map_or(0, |part| part.path);
        *self.below.entry((above, key.into())).or_insert_with(|| {
            self.paths.push(Path::default());
            self.paths.len() - 1
        })
    }

    fn shown_to(&self, at: usize) -> String {
        shown(self.open.iter().take(at + 1).map(|part| &*part.key))
    }

    fn shown_with(&self, key: &str) -> String {
        shown(self.open.iter().map(|part| &*part.key).chain([key]))
    }
}

/// A path as Go's library prints it.
fn shown<'k>(keys: impl Iterator<Item = &'k str>) -> String {
    let mut out = Vec::new();
    for (index, key) in keys.enumerate() {
        if index > 0 {
            out.push(b'.');
        }
        encode::key(&mut out, key.as_bytes());
    }
    String::from_utf8_lossy(&out).into_owned()
}
