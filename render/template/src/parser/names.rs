//! The names in a text.

use std::borrow::Cow;
use std::collections::HashMap;

use bstr::ByteSlice;
use foldhash::fast::RandomState;

use crate::ast::{Name, Nodes, Path};

/// Every name and every path once: a text has few, and writes them often.
#[derive(Default)]
pub(super) struct Names<'a> {
    names: HashMap<&'a [u8], Name, RandomState>,
    paths: HashMap<&'a [u8], Path, RandomState>,
}

impl<'a> Names<'a> {
    /// A function's name.
    pub(super) fn name(&mut self, name: &'a [u8], nodes: &mut Nodes) -> Name {
        *self.names.entry(name).or_insert_with(|| nodes.add_name(&text(name)))
    }

    /// The names of `.a.b` or `$x.a`.
    pub(super) fn path(&mut self, path: &'a [u8], nodes: &mut Nodes) -> Path {
        *self.paths.entry(path).or_insert_with(|| {
            let names = path.strip_prefix(b".").unwrap_or(path).split_str(".");
            let names: Vec<_> = names.map(|name| nodes.add_name(&text(name))).collect();
            nodes.add_run(names)
        })
    }
}

/// The lexer lets only UTF-8 into names.
fn text(name: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(name)
}
