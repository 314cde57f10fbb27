//! Text to tokens, by the rules of libyaml as go-yaml has them.

mod block_scalar;
mod cursor;
mod flow_scalar;
mod keys;
mod tag;

use std::collections::VecDeque;

use cursor::{Cursor, Mark};
use keys::{SimpleKey, column};

use crate::Error;
use crate::input::Input;
use crate::token::{Token, TokenKind};

/// Finds the tokens of a text one by one; what comes behind an error is never looked at.
pub(crate) struct Scanner<'a> {
    cursor: Cursor<'a>,
    /// What is wrong with the text behind its end.
    problem: Option<&'static str>,
    tokens: VecDeque<Token<'a>>,
    /// Whether the first of the tokens is known not to be a key.
    ready: bool,
    /// How many tokens were taken.
    parsed: usize,
    indent: isize,
    indents: Vec<isize>,
    flow_level: usize,
    simple_key_allowed: bool,
    /// One for each level of flow collections.
    simple_keys: Vec<SimpleKey>,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(input: &'a Input<'_>) -> Self {
        Self {
            cursor: Cursor::new(&input.text),
            problem: input.problem,
            tokens: VecDeque::new(),
            ready: false,
            parsed: 0,
            indent: -1,
            indents: Vec::new(),
            flow_level: 0,
            simple_key_allowed: true,
            simple_keys: vec![SimpleKey::default()],
        }
    }

    /// The next token; the stream's end is never taken.
    pub(crate) fn peek(&mut self) -> Result<&Token<'a>, Error> {
        while !self.ready {
            if !self.tokens.is_empty() && !self.must_wait()? {
                self.ready = true;
                break;
            }
            let fetched = self.fetch();
            if let Some(problem) = self.problem.filter(|_| self.cursor.starved()) {
                return Err(Error::yaml(problem));
            }
            fetched?;
        }
        self.tokens.front().ok_or_else(|| Error::yaml("attempted to go past the end of stream; corrupted value?"))
    }

    /// Takes the token that was looked at.
    pub(crate) fn next(&mut self) -> Option<Token<'a>> {
        self.ready = false;
        self.parsed += 1;
        self.tokens.pop_front()
    }

    fn push(&mut self, kind: TokenKind<'a>, mark: Mark) {
        self.tokens.push_back(Token { kind, line: mark.line });
    }

    /// Puts a token before the one with the number; to the end if that was taken already.
    fn insert(&mut self, number: Option<usize>, token: Token<'a>) {
        let end = self.tokens.len();
        let at = number.and_then(|number| number.checked_sub(self.parsed)).map_or(end, |at| at.min(end));
        self.tokens.insert(at, token);
    }

    fn error(&self, problem: &str) -> Error {
        Error::scanner(problem, self.cursor.mark.line)
    }

    fn fetch(&mut self) -> Result<(), Error> {
        self.skip_to_next_token();
        self.unroll_indent(column(self.cursor.mark));
        self.cursor.need(4);
        let (first, at_line_start) = (self.cursor.at(0), self.cursor.mark.column == 0);
        match first {
            0 => self.fetch_stream_end(),
            b'%' if at_line_start => self.fetch_directive(),
            b'-' if at_line_start && self.cursor.is_marker(b'-') => self.fetch_indicator(TokenKind::DocumentStart),
            b'.' if at_line_start && self.cursor.is_marker(b'.') => self.fetch_indicator(TokenKind::DocumentEnd),
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if self.cursor.is_blank_or_end(1) => self.fetch_block_entry(),
            b'?' if self.flow_level > 0 || self.cursor.is_blank_or_end(1) => self.fetch_key(),
            b':' if self.flow_level > 0 || self.cursor.is_blank_or_end(1) => self.fetch_value(),
            _ => self.fetch_node_part(first),
        }
    }

    fn fetch_node_part(&mut self, first: u8) -> Result<(), Error> {
        match first {
            b'|' | b'>' if self.flow_level == 0 => {
                self.remove_simple_key()?;
                self.simple_key_allowed = true;
                self.fetch_with(|scanner| scanner.scan_block_scalar(first == b'|'))
            }
            b'*' | b'&' => self.fetch_simple(|scanner| scanner.scan_anchor(first == b'*')),
            b'!' => self.fetch_simple(Self::scan_tag),
            b'\'' | b'"' => self.fetch_simple(|scanner| scanner.scan_flow_scalar(first == b'\'')),
            b'#' | b'|' | b'>' | b'%' | b'@' | b'`' | b'\t' => {
                Err(self.error("found character that cannot start any token"))
            }
            _ => self.fetch_simple(Self::scan_plain_scalar),
        }
    }

    /// A token that may be the start of a key.
    fn fetch_simple(&mut self, scan: impl FnOnce(&mut Self) -> Result<TokenKind<'a>, Error>) -> Result<(), Error> {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        self.fetch_with(scan)
    }

    fn fetch_with(&mut self, scan: impl FnOnce(&mut Self) -> Result<TokenKind<'a>, Error>) -> Result<(), Error> {
        let mark = self.cursor.mark;
        let kind = scan(self)?;
        self.push(kind, mark);
        Ok(())
    }

    /// A token of so many characters that have no content.
    fn fetch_sign(&mut self, kind: TokenKind<'a>, characters: usize) {
        self.push(kind, self.cursor.mark);
        self.cursor.skip_many(characters);
    }

    fn fetch_stream_end(&mut self) -> Result<(), Error> {
        if self.cursor.mark.column != 0 {
            self.cursor.mark.column = 0;
            self.cursor.mark.line += 1;
        }
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        self.fetch_sign(TokenKind::StreamEnd, 0);
        Ok(())
    }

    fn fetch_directive(&mut self) -> Result<(), Error> {
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        self.fetch_with(Self::scan_directive)
    }

    fn fetch_indicator(&mut self, kind: TokenKind<'a>) -> Result<(), Error> {
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        self.fetch_sign(kind, 3);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: TokenKind<'a>) -> Result<(), Error> {
        self.save_simple_key()?;
        self.enter_flow()?;
        self.simple_key_allowed = true;
        self.fetch_sign(kind, 1);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: TokenKind<'a>) -> Result<(), Error> {
        self.remove_simple_key()?;
        self.leave_flow();
        self.simple_key_allowed = false;
        self.fetch_sign(kind, 1);
        Ok(())
    }

    fn fetch_flow_entry(&mut self) -> Result<(), Error> {
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        self.fetch_sign(TokenKind::FlowEntry, 1);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Result<(), Error> {
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return Err(self.error("block sequence entries are not allowed in this context"));
            }
            self.roll_indent(self.cursor.mark, None, TokenKind::BlockSequenceStart)?;
        }
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        self.fetch_sign(TokenKind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<(), Error> {
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return Err(self.error("mapping keys are not allowed in this context"));
            }
            self.roll_indent(self.cursor.mark, None, TokenKind::BlockMappingStart)?;
        }
        self.remove_simple_key()?;
        self.simple_key_allowed = self.flow_level == 0;
        self.fetch_sign(TokenKind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<(), Error> {
        if let Some((number, mark)) = self.take_simple_key()? {
            self.insert(Some(number), Token { kind: TokenKind::Key, line: mark.line });
            self.roll_indent(mark, Some(number), TokenKind::BlockMappingStart)?;
            self.simple_key_allowed = false;
        } else {
            if self.flow_level == 0 {
                if !self.simple_key_allowed {
                    return Err(self.error("mapping values are not allowed in this context"));
                }
                self.roll_indent(self.cursor.mark, None, TokenKind::BlockMappingStart)?;
            }
            self.simple_key_allowed = self.flow_level == 0;
        }
        self.fetch_sign(TokenKind::Value, 1);
        Ok(())
    }

    /// Goes over blanks, comments and line breaks. A tab is no indentation, so none may stand where a key may begin.
    fn skip_to_next_token(&mut self) {
        loop {
            if self.cursor.position() == 0 && (0..3).map(|at| self.cursor.at(at)).eq([0xef, 0xbb, 0xbf]) {
                self.cursor.skip();
            }
            let tabs = self.flow_level > 0 || !self.simple_key_allowed;
            self.cursor.skip_all(|byte| byte == b' ' || tabs && byte == b'\t');
            self.cursor.skip_comment();
            if self.cursor.skip_break().is_empty() {
                return;
            }
            if self.flow_level == 0 {
                self.simple_key_allowed = true;
            }
        }
    }
}
