//! Go's grammar of regular expressions, its Perl flavour, read into the `regex` crate's form.

mod error;
mod escape;
mod flags;
mod group;
mod repeat;

use govalue::meter;
use regex_syntax::hir::{Hir, Look};

pub(super) use error::Error;
use error::Kind;
use flags::Flags;
use group::{Group, Node};

use super::program::MAX_STATES;
use super::{Regex, class};
use crate::runes;

/// So deep may groups and operators nest, as in Go.
const MAX_HEIGHT: usize = 1000;

/// From this height on the expression is compiled on a larger stack.
const HIGH: usize = 50;
const LARGE_STACK: usize = 16 << 20;

/// So much memory may take what is read from a pattern, about.
const MAX_SIZE: usize = 32 << 20;

/// What is read from a pattern.
pub(super) struct Expression {
    pub(super) hir: Hir,
    /// The memory that it takes, about.
    pub(super) size: usize,
    height: usize,
    names: Vec<String>,
}

impl Expression {
    /// Makes something of it, on a stack that is large enough.
    pub(super) fn deep<T>(&self, build: impl FnOnce() -> T) -> T {
        if self.height > HIGH { stacker::grow(LARGE_STACK, build) } else { build() }
    }
}

/// Compiles a pattern.
pub(super) fn parse(pattern: &[u8]) -> Result<Regex, Error> {
    let mut expression = read(pattern)?;
    let names = std::mem::take(&mut expression.names);
    let regex = expression.deep(|| Regex::new(&expression.hir, names));
    regex.ok_or_else(|| {
        meter::add(MAX_STATES);
        Error::new(Kind::Large, pattern)
    })
}

/// Reads a pattern without compiling it.
pub(super) fn read(pattern: &[u8]) -> Result<Expression, Error> {
    let mut parser = Parser {
        pattern,
        rest: pattern,
        flags: Flags::default(),
        group: Group::default(),
        outer: Vec::new(),
        names: vec![String::new()],
        last_repeat: None,
        size: 0,
    };
    while !parser.rest.is_empty() {
        parser.element()?;
    }
    if !parser.outer.is_empty() {
        return Err(Error::new(Kind::MissingParen, pattern));
    }
    let Node { hir, height, .. } = parser.group.finish().check(pattern)?;
    Ok(Expression { hir, size: parser.size, height, names: parser.names })
}

struct Parser<'a> {
    pattern: &'a [u8],
    rest: &'a [u8],
    flags: Flags,
    /// The group that is read, at first the whole expression, and those around it.
    group: Group,
    outer: Vec<Group>,
    names: Vec<String>,
    /// What stands at the last operator and after it, if nothing has come since.
    last_repeat: Option<&'a [u8]>,
    /// The memory that all that was read takes, about.
    size: usize,
}

impl<'a> Parser<'a> {
    /// Reads one element of the pattern.
    fn element(&mut self) -> Result<(), Error> {
        let start = self.rest;
        let last_repeat = self.last_repeat.take();
        match start {
            [b'(', b'?', ..] => self.extended_group()?,
            [b'(', rest @ ..] => {
                self.rest = rest;
                self.open(Some(String::new()));
            }
            [b'|', rest @ ..] => {
                self.rest = rest;
                self.group.alternate();
            }
            [b')', rest @ ..] => {
                self.rest = rest;
                self.close()?;
            }
            [b'^', rest @ ..] => self.look(rest, if self.flags.multi_line { Look::StartLF } else { Look::Start })?,
            [b'$', rest @ ..] => self.look(rest, if self.flags.multi_line { Look::EndLF } else { Look::End })?,
            [b'.', rest @ ..] => {
                self.rest = rest;
                let class = if self.flags.dot_newline { class::any() } else { class::any_but_newline() };
                self.push(Node::class(class))?;
            }
            [b'[', ..] => self.bracket_class()?,
            [b'*' | b'+' | b'?', ..] => self.operator(last_repeat)?,
            [b'{', ..] => self.counted(last_repeat)?,
            [b'\\', ..] => self.backslash()?,
            _ => {
                let rune = self.rune()?;
                self.literal(u32::from(rune))?;
            }
        }
        Ok(())
    }

    /// The next rune, which must be valid.
    fn rune(&mut self) -> Result<char, Error> {
        let (rune, width) = runes::decode(self.rest);
        if rune == runes::ERROR && width == 1 {
            return Err(Error::new(Kind::InvalidUtf8, self.rest));
        }
        self.rest = self.rest.get(width..).unwrap_or_default();
        Ok(rune)
    }

    /// What was read since `start` was the rest.
    fn since(&self, start: &'a [u8]) -> &'a [u8] {
        start.get(..start.len() - self.rest.len()).unwrap_or_default()
    }

    fn push(&mut self, node: Node) -> Result<(), Error> {
        let node = node.check(self.pattern)?;
        self.take(node.size())?;
        self.group.push(node);
        Ok(())
    }

    /// Counts memory that something takes which was read.
    fn take(&mut self, bytes: usize) -> Result<(), Error> {
        meter::add(bytes);
        self.size += bytes;
        if self.size > MAX_SIZE { Err(Error::new(Kind::Large, self.pattern)) } else { Ok(()) }
    }

    fn look(&mut self, rest: &'a [u8], look: Look) -> Result<(), Error> {
        self.rest = rest;
        self.push(Node::leaf(Hir::look(look)))
    }

    fn literal(&mut self, code: u32) -> Result<(), Error> {
        let node = match char::from_u32(code) {
            Some(rune) if !self.flags.fold => {
                Node::leaf(Hir::literal(rune.encode_utf8(&mut [0; 4]).as_bytes().to_vec()))
            }
            _ => Node::class(class::range(code, code, self.flags.fold)),
        };
        self.push(node)
    }

    fn open(&mut self, name: Option<String>) {
        let capture = name.map(|name| {
            self.names.push(name);
            self.names.len() - 1
        });
        let inner = Group::new(self.flags, capture);
        self.outer.push(std::mem::replace(&mut self.group, inner));
    }

    fn close(&mut self) -> Result<(), Error> {
        let outer = self.outer.pop().ok_or_else(|| Error::new(Kind::UnexpectedParen, self.pattern))?;
        let group = std::mem::replace(&mut self.group, outer);
        self.flags = group.flags();
        self.push(group.finish())
    }
}
