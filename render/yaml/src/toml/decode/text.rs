//! The text while it is read, and what is wrong with it.

use govalue::strconv::quote_rune;

/// What is wrong, and in which line.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) line: usize,
    pub(super) message: String,
}

pub(super) type Read<T> = Result<T, Fault>;

/// A text that is read rune by rune.
pub(super) struct Text<'t> {
    bytes: &'t [u8],
    at: usize,
    pub(super) line: usize,
    /// Whether the last step went beyond the end.
    ended: bool,
}

impl<'t> Text<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, at: 0, line: 1, ended: false }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What was read since a place. All of it is UTF-8, for nothing else is read over.
    pub(super) fn since(&self, start: usize) -> &'t str {
        self.between(start, self.at)
    }

    pub(super) fn between(&self, start: usize, end: usize) -> &'t str {
        self.bytes.get(start..end).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// The next rune; none at the end.
    pub(super) fn next(&mut self) -> Read<Option<char>> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let Some(first) = rest.first() else {
            self.ended = true;
            return Ok(None);
        };
        let valid = rest.get(..4).unwrap_or(rest);
        let valid = match std::str::from_utf8(valid) {
            Ok(valid) => valid,
            Err(error) => std::str::from_utf8(valid.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default(),
        };
        let Some(rune) = valid.chars().next() else {
            return Err(self.fault(format!("invalid UTF-8 byte: 0x{first:02x}")));
        };
        let control = (rune.is_ascii_control() && !matches!(rune, '\t' | '\r' | '\n'))
            || (rune == '\r' && rest.get(1) != Some(&b'\n'));
        if control {
            let code = u32::from(rune);
            return Err(self.fault(format!("TOML files cannot contain control characters: '0x{code:02x}'")));
        }
        self.line += usize::from(rune == '\n');
        self.at += rune.len_utf8();
        Ok(Some(rune))
    }

    /// The next rune, which stays the next one.
    pub(super) fn peek(&mut self) -> Read<Option<char>> {
        let (at, line) = (self.at, self.line);
        let rune = self.next()?;
        (self.at, self.line, self.ended) = (at, line, false);
        Ok(rune)
    }

    /// Reads the rune if it is the next one.
    pub(super) fn accept(&mut self, rune: char) -> Read<bool> {
        let there = self.peek()? == Some(rune);
        if there {
            self.next()?;
        }
        Ok(there)
    }

    /// Reads as long as the runes are such.
    pub(super) fn skip(&mut self, such: impl Fn(char) -> bool) -> Read<()> {
        while self.peek()?.is_some_and(&such) {
            self.next()?;
        }
        Ok(())
    }

    /// Goes on at a place of the same line, before what was read.
    pub(super) fn go_back(&mut self, at: usize) {
        (self.at, self.ended) = (at, false);
    }

    /// A fault here. Beyond a line break at the very end it is of the line before.
    pub(super) fn fault(&self, message: impl Into<String>) -> Fault {
        let before = self.ended && self.bytes.ends_with(b"\n");
        Fault { line: self.line - usize::from(before), message: message.into() }
    }

    /// A fault of the line before.
    pub(super) fn fault_before(&self, message: impl Into<String>) -> Fault {
        Fault { line: self.line.saturating_sub(1), message: message.into() }
    }

    /// A fault of an escape, which at the end is always of the line before.
    pub(super) fn fault_of_escape(&self, message: impl Into<String>) -> Fault {
        if self.ended { self.fault_before(message) } else { self.fault(message) }
    }
}

/// A rune as `%q` prints it; the end is a rune of no bits.
pub(super) fn quoted(rune: Option<char>) -> String {
    quote_rune(rune.unwrap_or_default(), false)
}

pub(super) fn is_space(rune: char) -> bool {
    matches!(rune, ' ' | '\t')
}

pub(super) fn is_newline(rune: char) -> bool {
    matches!(rune, '\n' | '\r')
}

pub(super) fn is_bare(rune: char) -> bool {
    rune.is_ascii_alphanumeric() || matches!(rune, '_' | '-')
}
