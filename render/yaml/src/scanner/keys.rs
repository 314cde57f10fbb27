//! Keys that are known as such only at their `:`, and the levels of indentation.

use super::{Mark, Scanner};
use crate::Error;
use crate::token::{Token, TokenKind};

/// How deep collections may be nested.
const MAX_DEPTH: usize = 10_000;

/// How many characters may lie between the start of a key and its `:`.
const MAX_KEY_LENGTH: usize = 1024;

/// A token that is the start of a key if a `:` follows.
#[derive(Clone, Copy, Default)]
pub(super) struct SimpleKey {
    possible: bool,
    /// Nothing but a key can stand here.
    required: bool,
    /// Whether the queue of tokens waits for it.
    awaited: bool,
    token: usize,
    mark: Mark,
}

const NO_COLON: &str = "could not find expected ':'";

impl<'a> Scanner<'a> {
    /// Whether the first token of the queue may still turn out to be a key.
    pub(super) fn must_wait(&mut self) -> Result<bool, Error> {
        let parsed = self.parsed;
        let first = self.simple_keys.partition_point(|key| key.token < parsed);
        let level = self.simple_keys.iter().skip(first).take_while(|key| key.token == parsed);
        match level.enumerate().find(|(_, key)| key.possible && key.awaited).map(|(at, _)| first + at) {
            Some(level) => self.is_possible(level),
            None => Ok(false),
        }
    }

    /// Whether the key of a level can still get its `:`.
    fn is_possible(&mut self, level: usize) -> Result<bool, Error> {
        let mark = self.cursor.mark;
        let Some(key) = self.simple_keys.get_mut(level).filter(|key| key.possible) else { return Ok(false) };
        if key.mark.line < mark.line || key.mark.index + MAX_KEY_LENGTH < mark.index {
            if key.required {
                return Err(Error::scanner(NO_COLON, mark.line));
            }
            key.possible = false;
        }
        Ok(key.possible)
    }

    /// Notes that a key may begin here.
    pub(super) fn save_simple_key(&mut self) -> Result<(), Error> {
        if !self.simple_key_allowed {
            return Ok(());
        }
        self.remove_simple_key()?;
        let (token, mark) = (self.parsed + self.tokens.len(), self.cursor.mark);
        let required = self.flow_level == 0 && self.indent == column(mark);
        if let Some(last) = self.simple_keys.last_mut() {
            *last = SimpleKey { possible: true, required, awaited: true, token, mark };
        }
        Ok(())
    }

    /// Gives up the key of this level.
    pub(super) fn remove_simple_key(&mut self) -> Result<(), Error> {
        let line = self.cursor.mark.line;
        if let Some(key) = self.simple_keys.last_mut().filter(|key| key.possible) {
            if key.required {
                return Err(Error::scanner(NO_COLON, line));
            }
            key.possible = false;
        }
        Ok(())
    }

    /// The key of this level, if it gets its `:` now: the number of its token and its place.
    pub(super) fn take_simple_key(&mut self) -> Result<Option<(usize, Mark)>, Error> {
        let level = self.simple_keys.len().saturating_sub(1);
        if !self.is_possible(level)? {
            return Ok(None);
        }
        Ok(self.simple_keys.last_mut().map(|key| {
            key.possible = false;
            (key.token, key.mark)
        }))
    }

    pub(super) fn enter_flow(&mut self) -> Result<(), Error> {
        let token = self.parsed + self.tokens.len();
        self.simple_keys.push(SimpleKey { token, mark: self.cursor.mark, ..SimpleKey::default() });
        self.flow_level += 1;
        if self.flow_level > MAX_DEPTH { Err(self.too_deep()) } else { Ok(()) }
    }

    /// An empty collection takes the wait for its own start with it: go-yaml finds no key in `{}: a`.
    pub(super) fn leave_flow(&mut self) {
        if self.flow_level == 0 {
            return;
        }
        self.flow_level -= 1;
        if let (Some(inner), Some(outer)) = (self.simple_keys.pop(), self.simple_keys.last_mut())
            && inner.token == outer.token
        {
            outer.awaited = false;
        }
    }

    fn too_deep(&self) -> Error {
        Error::scanner(format_args!("exceeded max depth of {MAX_DEPTH}"), self.cursor.mark.line)
    }

    /// Opens a block collection if it stands farther right than the one around it. Its token goes before the one
    /// with the number, or to the end.
    pub(super) fn roll_indent(&mut self, mark: Mark, number: Option<usize>, kind: TokenKind<'a>) -> Result<(), Error> {
        if self.flow_level > 0 || self.indent >= column(mark) {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column(mark);
        if self.indents.len() > MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.insert(number, Token { kind, line: mark.line });
        Ok(())
    }

    /// Closes the block collections that stand farther right.
    pub(super) fn unroll_indent(&mut self, column: isize) {
        while self.flow_level == 0 && self.indent > column {
            self.push(TokenKind::BlockEnd, self.cursor.mark);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }
}

/// A column as an indentation.
pub(super) fn column(mark: Mark) -> isize {
    isize::try_from(mark.column).unwrap_or(isize::MAX)
}
