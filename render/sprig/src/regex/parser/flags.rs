//! Groups that begin with `(?`: flags and names.

use super::Parser;
use super::error::{Error, Kind};

/// How the pattern is read from here on.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Flags {
    /// `i`: letters of either case
    pub(super) fold: bool,
    /// `m`: `^` and `$` at every line
    pub(super) multi_line: bool,
    /// `s`: `.` is a newline too
    pub(super) dot_newline: bool,
    /// `U`: operators take as little as they can
    pub(super) lazy: bool,
}

impl Flags {
    /// Sets a flag by its letter; whether there is such a one.
    fn set(&mut self, letter: char, value: bool) -> bool {
        let flag = match letter {
            'i' => &mut self.fold,
            'm' => &mut self.multi_line,
            's' => &mut self.dot_newline,
            'U' => &mut self.lazy,
            _ => return false,
        };
        *flag = value;
        true
    }
}

impl Parser<'_> {
    /// `(?P<name>`, `(?<name>`, `(?flags)` or `(?flags:`.
    pub(super) fn extended_group(&mut self) -> Result<(), Error> {
        match self.rest {
            [b'(', b'?', b'P', b'<', _, ..] => self.named_group(4),
            [b'(', b'?', b'<', _, ..] => self.named_group(3),
            _ => self.flag_group(),
        }
    }

    fn named_group(&mut self, name_start: usize) -> Result<(), Error> {
        let start = self.rest;
        let Some(end) = start.iter().position(|byte| *byte == b'>') else {
            check_utf8(start)?;
            return Err(Error::new(Kind::InvalidNamedCapture, start));
        };
        let name = start.get(name_start..end).unwrap_or_default();
        check_utf8(name)?;
        let name = std::str::from_utf8(name).unwrap_or_default();
        self.rest = start.get(end + 1..).unwrap_or_default();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Err(Error::new(Kind::InvalidNamedCapture, self.since(start)));
        }
        self.open(Some(name.to_owned()));
        Ok(())
    }

    fn flag_group(&mut self) -> Result<(), Error> {
        let start = self.rest;
        self.rest = start.get(2..).unwrap_or_default();
        let (mut flags, mut value, mut seen) = (self.flags, true, false);
        while !self.rest.is_empty() {
            match self.rune()? {
                '-' if value => {
                    value = false;
                    // Each flag that is set before a minus counts, but one must follow it.
                    seen = false;
                }
                end @ (':' | ')') if value || seen => {
                    if end == ':' {
                        self.open(None);
                    }
                    self.flags = flags;
                    return Ok(());
                }
                letter if flags.set(letter, value) => seen = true,
                _ => break,
            }
        }
        Err(Error::new(Kind::InvalidPerlOp, self.since(start)))
    }
}

/// Fails if a part of the pattern is no UTF-8.
pub(super) fn check_utf8(part: &[u8]) -> Result<(), Error> {
    match std::str::from_utf8(part) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::new(Kind::InvalidUtf8, part.get(error.valid_up_to()..).unwrap_or_default())),
    }
}
