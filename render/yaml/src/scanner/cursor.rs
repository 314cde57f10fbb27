//! Where the scanner stands, and what it sees there.

use std::cell::Cell;

use memchr::memchr2;

/// A place in the text, counted in characters from 0.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    pub(super) index: usize,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A text and a place in it. Behind the end it sees bytes of 0, which the text itself cannot hold.
pub(super) struct Cursor<'a> {
    text: &'a str,
    position: usize,
    pub(super) mark: Mark,
    /// Whether anybody looked behind the end.
    starved: Cell<bool>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, position: 0, mark: Mark::default(), starved: Cell::new(false) }
    }

    pub(super) fn starved(&self) -> bool {
        self.starved.get()
    }

    /// Notes that so many characters are needed here, as libyaml's scanner does before it looks at the first.
    #[inline]
    pub(super) fn need(&self, characters: usize) {
        if self.position + 4 * characters > self.text.len() {
            let rest = self.text.get(self.position..).unwrap_or_default();
            if rest.chars().take(characters).count() < characters {
                self.starved.set(true);
            }
        }
    }

    pub(super) fn position(&self) -> usize {
        self.position
    }

    /// The text from a position to here.
    pub(super) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.position).unwrap_or_default()
    }

    /// The byte so many bytes ahead.
    #[inline]
    pub(super) fn at(&self, ahead: usize) -> u8 {
        match self.text.as_bytes().get(self.position + ahead) {
            Some(byte) => *byte,
            None => {
                self.starved.set(true);
                0
            }
        }
    }

    pub(super) fn at_end(&self) -> bool {
        self.at(0) == 0
    }

    pub(super) fn is_blank(&self, ahead: usize) -> bool {
        matches!(self.at(ahead), b' ' | b'\t')
    }

    #[inline]
    pub(super) fn is_break(&self, ahead: usize) -> bool {
        match self.at(ahead) {
            b'\r' | b'\n' => true,
            0xc2 => self.at(ahead + 1) == 0x85,
            0xe2 => self.at(ahead + 1) == 0x80 && matches!(self.at(ahead + 2), 0xa8 | 0xa9),
            _ => false,
        }
    }

    #[inline]
    pub(super) fn is_break_or_end(&self, ahead: usize) -> bool {
        self.at(ahead) == 0 || self.is_break(ahead)
    }

    #[inline]
    pub(super) fn is_blank_or_end(&self, ahead: usize) -> bool {
        match self.at(ahead) {
            0 | b' ' | b'\t' | b'\n' | b'\r' => true,
            0xc2 | 0xe2 => self.is_break(ahead),
            _ => false,
        }
    }

    /// Whether `---` or `...` stands here at the start of a line.
    pub(super) fn is_document_indicator(&self) -> bool {
        self.mark.column == 0 && (self.is_marker(b'-') || self.is_marker(b'.'))
    }

    pub(super) fn is_marker(&self, sign: u8) -> bool {
        (0..3).all(|ahead| self.at(ahead) == sign) && self.is_blank_or_end(3)
    }

    /// Goes over one character.
    #[inline]
    pub(super) fn skip(&mut self) {
        self.position += width(self.at(0));
        self.mark.index += 1;
        self.mark.column += 1;
    }

    pub(super) fn skip_many(&mut self, characters: usize) {
        for _ in 0..characters {
            self.skip();
        }
    }

    pub(super) fn skip_blanks(&mut self) {
        while self.is_blank(0) {
            self.skip();
        }
    }

    /// Goes over a comment, if one begins here.
    pub(super) fn skip_comment(&mut self) {
        if self.at(0) == b'#' {
            self.skip_to_break();
        }
    }

    /// Goes to the end of the line, and gives what was on it.
    pub(super) fn skip_to_break(&mut self) -> &'a str {
        let start = self.position;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let line = rest.get(..memchr2(b'\r', b'\n', rest).unwrap_or(rest.len())).unwrap_or_default();
        if line.is_ascii() {
            self.advance(line.len());
            return self.since(start);
        }
        while !self.is_break_or_end(0) {
            self.skip();
        }
        self.since(start)
    }

    /// Goes over ASCII up to a byte that ends it, or that begins another character.
    #[inline]
    fn skip_plain(&mut self, ends: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.position..).unwrap_or_default();
        let width = rest.iter().position(|byte| !byte.is_ascii() || ends(*byte)).unwrap_or(rest.len());
        self.advance(width);
    }

    /// Goes over so many characters of ASCII on one line.
    fn advance(&mut self, width: usize) {
        self.position += width;
        self.mark.index += width;
        self.mark.column += width;
    }

    /// Goes over all these bytes of ASCII, none of which ends a line.
    #[inline]
    pub(super) fn skip_all(&mut self, is_meant: impl Fn(u8) -> bool) {
        self.skip_plain(|byte| !is_meant(byte));
    }

    /// As [`Cursor::skip_plain`], up to a blank, a line break or one of these.
    #[inline]
    pub(super) fn skip_word(&mut self, ends: impl Fn(u8) -> bool) {
        self.skip_plain(|byte| byte <= b' ' || ends(byte));
    }

    /// Goes over a line break, if one is here; gives what a scalar keeps of it.
    pub(super) fn skip_break(&mut self) -> &'static str {
        let (width, characters, kept) = match self.at(0) {
            b'\r' if self.at(1) == b'\n' => (2, 2, "\n"),
            b'\r' | b'\n' => (1, 1, "\n"),
            0xc2 if self.at(1) == 0x85 => (2, 1, "\n"),
            0xe2 if self.is_break(0) => (3, 1, if self.at(2) == 0xa8 { "\u{2028}" } else { "\u{2029}" }),
            _ => return "",
        };
        self.position += width;
        self.mark.index += characters;
        self.mark.column = 0;
        self.mark.line += 1;
        kept
    }

    /// Goes over letters, digits, `_` and `-`, and gives them.
    pub(super) fn word(&mut self) -> &'a str {
        let start = self.position;
        while matches!(self.at(0), b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-') {
            self.skip();
        }
        self.since(start)
    }
}

/// How many bytes the character has that begins with this one.
fn width(first: u8) -> usize {
    match first {
        0 => 0,
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    }
}
