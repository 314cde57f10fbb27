//! The names in a text.

use std::collections::HashMap;
use std::sync::Arc;

use bstr::ByteSlice;
use foldhash::fast::RandomState;

use crate::ast::Path;

/// Every name and every path once: a text has few, and writes them often.
#[derive(Default)]
pub(super) struct Names<'a> {
    names: HashMap<&'a [u8], Arc<str>, RandomState>,
    paths: HashMap<&'a [u8], Path, RandomState>,
}

impl<'a> Names<'a> {
    /// A name; the lexer lets only UTF-8 into names.
    pub(super) fn name(&mut self, name: &'a [u8]) -> Arc<str> {
        let known = self.names.entry(name).or_insert_with(|| String::from_utf8_lossy(name).as_ref().into());
        Arc::clone(known)
    }

    /// The names of `.a.b` or `$x.a`.
    pub(super) fn path(&mut self, path: &'a [u8]) -> Path {
        if let Some(known) = self.paths.get(path) {
            return Arc::clone(known);
        }
        let names = path.strip_prefix(b".").unwrap_or(path).split_str(".").map(|name| self.name(name));
        let new: Path = names.collect();
        self.paths.insert(path, Arc::clone(&new));
        new
    }
}
