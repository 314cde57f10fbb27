//! Plain and quoted scalars.

use std::borrow::Cow;

use super::Scanner;
use super::keys::column;
use crate::Error;
use crate::token::TokenKind;

/// The blanks and line breaks between two words of a scalar.
#[derive(Default)]
struct Gap<'a> {
    /// Whether there was a line break: then the blanks do not count.
    breaks: bool,
    blanks: &'a str,
    first_break: &'static str,
    more_breaks: String,
}

impl Gap<'_> {
    /// What the scalar keeps: one line break becomes a space, more become one less.
    fn fold_into(&self, text: &mut String) {
        if !self.breaks {
            text.push_str(self.blanks);
        } else if self.first_break == "\n" && self.more_breaks.is_empty() {
            text.push(' ');
        } else {
            if self.first_break != "\n" {
                text.push_str(self.first_break);
            }
            text.push_str(&self.more_breaks);
        }
    }
}

impl<'a> Scanner<'a> {
    pub(super) fn scan_plain_scalar(&mut self) -> Result<TokenKind<'a>, Error> {
        let (start, indent) = (self.cursor.position(), self.indent + 1);
        let mut text = Cow::Borrowed("");
        let mut gap = Gap::default();
        loop {
            self.cursor.need(4);
            if self.cursor.is_document_indicator() || self.cursor.at(0) == b'#' {
                break;
            }
            let word = self.scan_plain_word();
            if !word.is_empty() {
                match &mut text {
                    Cow::Borrowed(text) if !gap.breaks => *text = self.cursor.since(start),
                    text => {
                        let text = text.to_mut();
                        gap.fold_into(text);
                        text.push_str(word);
                    }
                }
                gap = Gap::default();
            }
            if !self.cursor.is_blank(0) && !self.cursor.is_break(0) {
                break;
            }
            self.scan_gap(&mut gap, indent)?;
            if self.flow_level == 0 && column(self.cursor.mark) < indent {
                break;
            }
        }
        if gap.breaks {
            self.simple_key_allowed = true;
        }
        Ok(TokenKind::Scalar { text, plain: true })
    }

    fn scan_plain_word(&mut self) -> &'a str {
        let start = self.cursor.position();
        loop {
            self.cursor.skip_word(|byte| matches!(byte, b':' | b',' | b'?' | b'[' | b']' | b'{' | b'}'));
            if self.cursor.is_blank_or_end(0) {
                break;
            }
            match self.cursor.at(0) {
                b':' if self.cursor.is_blank_or_end(1) => break,
                b',' | b'?' | b'[' | b']' | b'{' | b'}' if self.flow_level > 0 => break,
                _ => self.cursor.skip(),
            }
        }
        self.cursor.need(2);
        self.cursor.since(start)
    }

    /// Goes over blanks and line breaks. On a new line no tab may stand left of the indentation.
    fn scan_gap(&mut self, gap: &mut Gap<'a>, indent: isize) -> Result<(), Error> {
        let start = self.cursor.position();
        loop {
            if self.cursor.is_blank(0) {
                if gap.breaks && column(self.cursor.mark) < indent && self.cursor.at(0) == b'\t' {
                    return Err(self.error("found a tab character that violates indentation"));
                }
                self.cursor.skip();
                if !gap.breaks {
                    gap.blanks = self.cursor.since(start);
                }
            } else {
                let found = self.cursor.skip_break();
                if found.is_empty() {
                    return Ok(());
                }
                if gap.breaks {
                    gap.more_breaks.push_str(found);
                } else {
                    gap.first_break = found;
                    gap.breaks = true;
                }
            }
        }
    }

    pub(super) fn scan_flow_scalar(&mut self, single: bool) -> Result<TokenKind<'a>, Error> {
        let quote = if single { b'\'' } else { b'"' };
        self.cursor.skip();
        let mut text = String::new();
        loop {
            self.cursor.need(4);
            if self.cursor.is_document_indicator() {
                return Err(self.error("found unexpected document indicator"));
            }
            if self.cursor.at_end() {
                return Err(self.error("found unexpected end of stream"));
            }
            let mut gap = Gap { breaks: self.scan_quoted_words(quote, &mut text)?, ..Gap::default() };
            if self.cursor.at(0) == quote {
                self.cursor.skip();
                return Ok(TokenKind::Scalar { text: Cow::Owned(text), plain: false });
            }
            self.scan_gap(&mut gap, isize::MIN)?;
            gap.fold_into(&mut text);
        }
    }

    /// What stands before a blank, a line break or the closing quote; whether an escaped line break ended it.
    fn scan_quoted_words(&mut self, quote: u8, text: &mut String) -> Result<bool, Error> {
        loop {
            let start = self.cursor.position();
            self.cursor.skip_word(|byte| byte == quote || byte == b'\\');
            while !self.cursor.is_blank_or_end(0) && self.cursor.at(0) != quote && self.cursor.at(0) != b'\\' {
                self.cursor.skip();
            }
            text.push_str(self.cursor.since(start));
            match self.cursor.at(0) {
                b'\'' if quote == b'\'' && self.cursor.at(1) == b'\'' => {
                    text.push('\'');
                    self.cursor.skip_many(2);
                }
                b'\\' if quote == b'\'' => {
                    text.push('\\');
                    self.cursor.skip();
                }
                b'\\' if self.cursor.is_break(1) => {
                    self.cursor.skip();
                    self.cursor.skip_break();
                    return Ok(true);
                }
                b'\\' => text.push(self.scan_escape()?),
                _ => return Ok(false),
            }
        }
    }

    /// The character that a `\` and what follows stand for.
    fn scan_escape(&mut self) -> Result<char, Error> {
        let (length, character) = match self.cursor.at(1) {
            b'0' => (0, '\0'),
            b'a' => (0, '\x07'),
            b'b' => (0, '\x08'),
            b't' | b'\t' => (0, '\t'),
            b'n' => (0, '\n'),
            b'v' => (0, '\x0b'),
            b'f' => (0, '\x0c'),
            b'r' => (0, '\r'),
            b'e' => (0, '\x1b'),
            same @ (b' ' | b'"' | b'\'' | b'\\') => (0, char::from(same)),
            b'N' => (0, '\u{85}'),
            b'_' => (0, '\u{a0}'),
            b'L' => (0, '\u{2028}'),
            b'P' => (0, '\u{2029}'),
            b'x' => (2, '\0'),
            b'u' => (4, '\0'),
            b'U' => (8, '\0'),
            _ => return Err(self.error("found unknown escape character")),
        };
        self.cursor.skip_many(2);
        if length == 0 { Ok(character) } else { self.scan_code_point(length) }
    }

    fn scan_code_point(&mut self, length: usize) -> Result<char, Error> {
        let mut value: u32 = 0;
        for ahead in 0..length {
            let digit = char::from(self.cursor.at(ahead)).to_digit(16);
            let digit = digit.ok_or_else(|| self.error("did not find expected hexdecimal number"))?;
            value = value << 4 | digit;
        }
        let character = char::from_u32(value);
        let character = character.ok_or_else(|| self.error("found invalid Unicode character escape code"))?;
        self.cursor.skip_many(length);
        Ok(character)
    }
}
