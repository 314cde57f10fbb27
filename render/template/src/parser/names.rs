//! The names in a text.

use std::collections::HashMap;
use std::rc::Rc;

/// Every name once: a text has few, and writes them often.
#[derive(Default)]
pub(super) struct Names<'a>(HashMap<&'a [u8], Rc<str>>);

impl<'a> Names<'a> {
    /// A name; the lexer lets only UTF-8 into names.
    pub(super) fn shared(&mut self, name: &'a [u8]) -> Rc<str> {
        let known = self.0.entry(name).or_insert_with(|| String::from_utf8_lossy(name).as_ref().into());
        Rc::clone(known)
    }
}
