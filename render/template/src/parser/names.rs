//! The names in a text.

use std::collections::HashMap;

use bstr::ByteSlice;
use foldhash::fast::RandomState;

use crate::ast::{Name, Nodes, Path, Slot};

/// Every name and every path once: a text has few, and writes them often.
#[derive(Default)]
pub(super) struct Names<'a> {
    names: HashMap<&'a [u8], Slot<Name>, RandomState>,
    paths: HashMap<&'a [u8], Slot<Path>, RandomState>,
}

impl<'a> Names<'a> {
    /// A function's name.
    pub(super) fn name(&mut self, name: &'a [u8], nodes: &mut Nodes) -> Slot<Name> {
        *self.names.entry(name).or_insert_with(|| nodes.add(text(name)))
    }

    /// The names of `.a.b` or `$x.a`.
    pub(super) fn path(&mut self, path: &'a [u8], nodes: &mut Nodes) -> Slot<Path> {
        *self.paths.entry(path).or_insert_with(|| {
            let names = path.strip_prefix(b".").unwrap_or(path).split_str(".").map(text);
            nodes.add(names.collect())
        })
    }
}

/// The lexer lets only UTF-8 into names.
fn text(name: &[u8]) -> Name {
    String::from_utf8_lossy(name).as_ref().into()
}
