//! The names in a text.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::ast::{Name, Nodes, Path};

/// Every name and every path once: a text has few, and writes them often.
#[derive(Default)]
pub(super) struct Names<'a> {
    functions: HashMap<&'a [u8], Name, RandomState>,
    paths: HashMap<&'a [u8], Path, RandomState>,
}

impl<'a> Names<'a> {
    /// A function's name, if `is_known`.
    pub(super) fn function(
        &mut self,
        name: &'a [u8],
        nodes: &mut Nodes,
        is_known: &dyn Fn(&str) -> bool,
    ) -> Option<Name> {
        if let Some(name) = self.functions.get(name) {
            return Some(*name);
        }
        let text = text(name);
        let added = is_known(&text).then(|| nodes.add_name(&text))?;
        self.functions.insert(name, added);
        Some(added)
    }

    /// The names of `.a.b` or `$x.a`.
    pub(super) fn path(&mut self, path: &'a [u8], nodes: &mut Nodes) -> Path {
        *self.paths.entry(path).or_insert_with(|| {
            let names = path.strip_prefix(b".").unwrap_or(path).split(|byte| *byte == b'.');
            nodes.add_names(names.map(text))
        })
    }
}

/// The lexer lets only UTF-8 into names.
fn text(name: &[u8]) -> Cow<'_, str> {
    str::from_utf8(name).map_or_else(|_| String::from_utf8_lossy(name), Cow::Borrowed)
}
