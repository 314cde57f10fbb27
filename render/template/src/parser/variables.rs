//! The variables that a template has at one place.

use std::collections::HashSet;

use foldhash::fast::RandomState;

/// Names in the order in which they came, each once.
pub(super) struct Variables<'a> {
    names: Vec<&'a [u8]>,
    known: HashSet<&'a [u8], RandomState>,
}

/// Every template begins with `$`.
impl Default for Variables<'_> {
    fn default() -> Self {
        let mut variables = Self { names: Vec::new(), known: HashSet::default() };
        variables.declare(b"$");
        variables
    }
}

impl<'a> Variables<'a> {
    /// Adds a name. One that is there already stays where it is, since its first scope ends last.
    pub(super) fn declare(&mut self, name: &'a [u8]) {
        if self.known.insert(name) {
            self.names.push(name);
        }
    }

    pub(super) fn contains(&self, name: &[u8]) -> bool {
        self.known.contains(name)
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
