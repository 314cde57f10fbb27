//! The variables that a template has at one place.

use std::collections::HashSet;

use foldhash::fast::RandomState;

/// What every template has.
const DOLLAR: &[u8] = b"$";

/// Names in the order in which they came, each once, but for `$`.
#[derive(Default)]
pub(super) struct Variables<'a> {
    names: Vec<&'a [u8]>,
    known: HashSet<&'a [u8], RandomState>,
}

impl<'a> Variables<'a> {
    /// Adds a name. One that is there already stays where it is, since its first scope ends last.
    pub(super) fn declare(&mut self, name: &'a [u8]) {
        if name != DOLLAR && self.known.insert(name) {
            self.names.push(name);
        }
    }

    pub(super) fn contains(&self, name: &[u8]) -> bool {
        name == DOLLAR || self.known.contains(name)
    }

    /// A mark for [`Variables::leave`].
    pub(super) fn enter(&self) -> usize {
        self.names.len()
    }

    /// Forgets what was declared since the mark was made.
    pub(super) fn leave(&mut self, mark: usize) {
        for name in self.names.drain(mark.min(self.names.len())..) {
            self.known.remove(name);
        }
    }
}
