//! The names in a text.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::ast::{Name, Nodes, Path};

/// Every name and every path once: a text has few, and writes them often.
pub(super) struct Names<'a> {
    functions: HashMap<&'a [u8], Name, RandomState>,
    paths: HashMap<&'a [u8], Path, RandomState>,
}

/// A path comes about so often among so many bytes of text, a function half as often.
const TEXT_OF_PATH: usize = 128;

impl<'a> Names<'a> {
    /// With room for what a text of so many bytes may have.
    pub(super) fn for_text(length: usize) -> Self {
        let paths = (length / TEXT_OF_PATH).min(1024);
        let hasher = RandomState::default();
        Self {
            functions: HashMap::with_capacity_and_hasher(paths / 2, hasher.clone()),
            paths: HashMap::with_capacity_and_hasher(paths, hasher),
        }
    }

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
