//! From a template's text to its tokens, as Go's `text/template/parse` cuts it.

mod character;
mod number;

use bstr::ByteSlice;
use memchr::memchr_iter;

pub(crate) use self::character::decode;
use self::character::{in_words, is_alphanumeric, is_space_byte, is_word_byte};
use crate::ast::Pos;
use crate::item::{Item, Kind};

const LEFT_DELIM: &[u8] = b"{{";
const RIGHT_DELIM: &[u8] = b"}}";
const LEFT_COMMENT: &[u8] = b"/*";
const RIGHT_COMMENT: &[u8] = b"*/";
/// `-` and the blank that must stand between it and the action.
const TRIM_MARKER_LENGTH: usize = 2;

/// The items of a text: the last is of kind [`Kind::Eof`], or of kind [`Kind::Error`] where something else stands.
pub(crate) struct Items<'a> {
    text: &'a [u8],
    all: Vec<Item>,
    error: String,
}

/// Templates have an item for so many bytes or more, mostly.
const BYTES_OF_ITEM: usize = 6;

impl<'a> Items<'a> {
    /// Cuts a text; `functions` tells of `break` and `continue`, which are no keywords if functions have these names.
    pub(crate) fn of(text: &'a [u8], functions: &dyn Fn(&str) -> bool) -> Self {
        let mut lexer = Lexer::new(text, functions);
        let mut all = Vec::with_capacity(text.len() / BYTES_OF_ITEM + 1);
        loop {
            let item = lexer.next_item();
            all.push(item);
            if matches!(item.kind, Kind::Eof | Kind::Error) {
                return Self { text, all, error: lexer.error };
            }
        }
    }

    /// The item at this place; behind the last one, the last.
    #[inline]
    pub(crate) fn get(&self, place: usize) -> Item {
        self.all.get(place).or(self.all.last()).copied().unwrap_or_default()
    }

    /// The message of the item of kind [`Kind::Error`].
    pub(crate) fn error(&self) -> &str {
        &self.error
    }

    /// What stands from one place in the text to another.
    pub(crate) fn slice(&self, start: Pos, end: Pos) -> &'a [u8] {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// An item as it stands in the template.
    pub(crate) fn value(&self, item: Item) -> &'a [u8] {
        self.slice(item.pos, item.end)
    }

    /// The line of a place, from 1.
    pub(crate) fn line(&self, pos: Pos) -> usize {
        1 + memchr_iter(b'\n', self.slice(0, pos)).count()
    }
}

/// Makes the items one by one. After one of kind [`Kind::Error`] no further may be asked for.
struct Lexer<'a> {
    input: &'a [u8],
    /// What is not yet looked at begins here.
    pos: usize,
    /// The item that is being made begins here.
    start: usize,
    paren_depth: usize,
    inside_action: bool,
    break_is_function: bool,
    continue_is_function: bool,
    error: String,
}

/// Where the next left delimiter is. Texts between actions are short: a searcher for each would cost more than it finds.
fn left_delim_in(text: &[u8]) -> Option<usize> {
    memchr_iter(b'{', text).find(|at| text.get(at + 1) == Some(&b'{'))
}

#[expect(clippy::cast_possible_truncation, reason = "the parser refuses longer texts")]
fn place(offset: usize) -> Pos {
    offset as Pos
}

/// With how many blanks it begins.
fn blanks<'t>(bytes: impl Iterator<Item = &'t u8>) -> usize {
    bytes.take_while(|byte| is_space_byte(**byte)).count()
}

impl<'a> Lexer<'a> {
    fn new(input: &'a [u8], functions: &dyn Fn(&str) -> bool) -> Self {
        Self {
            input,
            pos: 0,
            start: 0,
            paren_depth: 0,
            inside_action: false,
            break_is_function: functions("break"),
            continue_is_function: functions("continue"),
            error: String::new(),
        }
    }

    fn next_item(&mut self) -> Item {
        if self.inside_action { self.inside_action() } else { self.text() }
    }

    fn rest(&self) -> &'a [u8] {
        self.input.get(self.pos..).unwrap_or_default()
    }

    fn pending(&self) -> &'a [u8] {
        self.input.get(self.start..self.pos).unwrap_or_default()
    }

    /// Makes an item of what was looked at.
    fn take(&mut self, kind: Kind) -> Item {
        let item = Item { kind, pos: place(self.start), end: place(self.pos) };
        self.skip();
        item
    }

    /// Drops what was looked at.
    fn skip(&mut self) {
        self.start = self.pos;
    }

    fn fail(&mut self, message: impl Into<String>) -> Item {
        self.error = message.into();
        Item { kind: Kind::Error, pos: place(self.start), end: place(self.start) }
    }

    fn peek(&self) -> Option<char> {
        decode(self.rest()).map(|(character, _)| character)
    }

    fn next(&mut self) -> Option<char> {
        let (character, width) = decode(self.rest())?;
        self.pos += width;
        Some(character)
    }

    fn next_byte(&mut self) -> Option<u8> {
        let byte = self.rest().first().copied();
        self.pos += usize::from(byte.is_some());
        byte
    }

    /// Text up to the next action, or that action's left delimiter.
    fn text(&mut self) -> Item {
        loop {
            let rest = self.rest();
            let Some(length) = left_delim_in(rest) else {
                self.pos = self.input.len();
                return self.take(if rest.is_empty() { Kind::Eof } else { Kind::Text });
            };
            if let Some(item) = self.text_before_action(length) {
                return item;
            }
            if let Some(item) = self.left_delim() {
                return item;
            }
        }
    }

    /// The text of `length` bytes before a left delimiter, unless a trim marker leaves nothing of it.
    fn text_before_action(&mut self, length: usize) -> Option<Item> {
        let (text, action) = self.rest().split_at_checked(length)?;
        let trimmed = action.get(LEFT_DELIM.len()..).is_some_and(has_left_trim_marker);
        let kept = if trimmed { length - blanks(text.iter().rev()) } else { length };
        self.pos += kept;
        let item = self.take(Kind::Text);
        self.pos += length - kept;
        self.skip();
        (kept > 0).then_some(item)
    }

    /// The left delimiter that stands here, or nothing after a comment.
    fn left_delim(&mut self) -> Option<Item> {
        self.pos += LEFT_DELIM.len();
        let marker = if has_left_trim_marker(self.rest()) { TRIM_MARKER_LENGTH } else { 0 };
        if self.rest().get(marker..).is_some_and(|rest| rest.starts_with(LEFT_COMMENT)) {
            self.pos += marker;
            self.skip();
            return self.comment();
        }
        let item = self.take(Kind::LeftDelim);
        self.inside_action = true;
        self.pos += marker;
        self.skip();
        self.paren_depth = 0;
        Some(item)
    }

    /// Drops the comment that stands here, and what its trim marker trims; gives an error or nothing.
    fn comment(&mut self) -> Option<Item> {
        self.pos += LEFT_COMMENT.len();
        let Some(length) = self.rest().find(RIGHT_COMMENT) else {
            return Some(self.fail("unclosed comment"));
        };
        self.pos += length + RIGHT_COMMENT.len();
        let Some(marker) = self.at_right_delim() else {
            return Some(self.fail("comment ends before closing delimiter"));
        };
        self.pos += marker + RIGHT_DELIM.len();
        self.trim_after(marker);
        self.skip();
        None
    }

    /// The length of the trim marker, or zero without one, if a right delimiter stands here.
    fn at_right_delim(&self) -> Option<usize> {
        let rest = self.rest();
        if has_right_trim_marker(rest)
            && rest.get(TRIM_MARKER_LENGTH..).is_some_and(|rest| rest.starts_with(RIGHT_DELIM))
        {
            return Some(TRIM_MARKER_LENGTH);
        }
        rest.starts_with(RIGHT_DELIM).then_some(0)
    }

    /// Passes the blanks after an action that ended with a trim marker.
    fn trim_after(&mut self, marker: usize) {
        if marker > 0 {
            self.pos += blanks(self.rest().iter());
        }
    }

    fn right_delim(&mut self, marker: usize) -> Item {
        self.pos += marker;
        self.skip();
        self.pos += RIGHT_DELIM.len();
        let item = self.take(Kind::RightDelim);
        self.trim_after(marker);
        self.skip();
        self.inside_action = false;
        item
    }

    fn inside_action(&mut self) -> Item {
        let Some(&first) = self.rest().first() else {
            return self.fail("unclosed action");
        };
        if (first == b'}' || is_space_byte(first))
            && let Some(marker) = self.at_right_delim()
        {
            return if self.paren_depth == 0 { self.right_delim(marker) } else { self.fail("unclosed left paren") };
        }
        self.pos += 1;
        match first {
            b' ' | b'\t' | b'\r' | b'\n' => self.space(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.identifier(),
            b'.' if self.rest().first().is_some_and(|byte| !byte.is_ascii_digit()) => self.name(Kind::Dot, Kind::Field),
            b'$' => self.name(Kind::Variable, Kind::Variable),
            b'"' => self.quoted(b'"', Kind::String, "unterminated quoted string"),
            b'|' => self.take(Kind::Pipe),
            b'(' => {
                self.paren_depth += 1;
                self.take(Kind::LeftParen)
            }
            b')' => self.right_paren(),
            b'.' | b'+' | b'-' | b'0'..=b'9' => self.number(),
            b'=' => self.take(Kind::Assign),
            b':' if self.accept(b"=") => self.take(Kind::Declare),
            b':' => self.fail("expected :="),
            b'\'' => self.quoted(b'\'', Kind::CharConstant, "unterminated character constant"),
            b'`' => self.raw_string(),
            b'!'..=b'~' => self.take(Kind::Char),
            _ => self.other(),
        }
    }

    /// What begins with a character that is no ASCII, or no letter.
    fn other(&mut self) -> Item {
        self.pos = self.start;
        match self.next() {
            Some(first) if is_alphanumeric(first) => self.identifier(),
            Some(first) => self.fail(format!("unrecognized character in action: {}", in_words(first))),
            None => self.fail("unclosed action"),
        }
    }

    fn right_paren(&mut self) -> Item {
        match self.paren_depth.checked_sub(1) {
            Some(depth) => {
                self.paren_depth = depth;
                self.take(Kind::RightParen)
            }
            None => self.fail("unexpected right paren"),
        }
    }

    /// A run of blanks, of which the first is passed; the last may belong to a right delimiter with a trim marker.
    fn space(&mut self) -> Item {
        self.pos += blanks(self.rest().iter());
        if let [b'-', rest @ ..] = self.rest()
            && rest.starts_with(RIGHT_DELIM)
        {
            self.pos -= 1;
        }
        self.take(Kind::Space)
    }

    /// A keyword, a truth value or a function's name.
    fn identifier(&mut self) -> Item {
        self.pass_alphanumeric();
        if let Some(error) = self.bad_character() {
            return error;
        }
        let word = self.pending();
        let kind = match Kind::of_keyword(word) {
            Some(Kind::Break) if self.break_is_function => Kind::Identifier,
            Some(Kind::Continue) if self.continue_is_function => Kind::Identifier,
            Some(keyword) => keyword,
            None if matches!(word, b"true" | b"false") => Kind::Bool,
            None => Kind::Identifier,
        };
        self.take(kind)
    }

    /// A field or a variable, of which `.` or `$` is passed; `alone` if no name follows.
    fn name(&mut self, alone: Kind, named: Kind) -> Item {
        if self.at_terminator() {
            return self.take(alone);
        }
        self.pass_alphanumeric();
        self.bad_character().unwrap_or_else(|| self.take(named))
    }

    fn pass_alphanumeric(&mut self) {
        loop {
            self.pos += self.rest().iter().take_while(|byte| is_word_byte(**byte)).count();
            match self.rest().first() {
                Some(byte) if !byte.is_ascii() && self.peek().is_some_and(is_alphanumeric) => self.next(),
                _ => return,
            };
        }
    }

    /// An error unless a name can end here.
    fn bad_character(&mut self) -> Option<Item> {
        if self.at_terminator() {
            return None;
        }
        let character = self.peek()?;
        Some(self.fail(format!("bad character {}", in_words(character))))
    }

    /// Whether a name can end here: `.X.Y` is two items, `$x+2` is an error.
    fn at_terminator(&self) -> bool {
        match self.rest() {
            [] | [b'.' | b',' | b'|' | b':' | b')' | b'(', ..] => true,
            [first, ..] if is_space_byte(*first) => true,
            rest => rest.starts_with(RIGHT_DELIM),
        }
    }

    /// A string or character constant on one line, of which the first quote is passed.
    fn quoted(&mut self, quote: u8, kind: Kind, unterminated: &str) -> Item {
        while let Some(byte) = self.next_byte() {
            match byte {
                b'\\' if matches!(self.next_byte(), None | Some(b'\n')) => break,
                b'\n' => break,
                _ if byte == quote => return self.take(kind),
                _ => {}
            }
        }
        self.fail(unterminated)
    }

    fn raw_string(&mut self) -> Item {
        match self.rest().find_byte(b'`') {
            Some(length) => {
                self.pos += length + 1;
                self.take(Kind::RawString)
            }
            None => self.fail("unterminated raw quoted string"),
        }
    }
}

fn has_left_trim_marker(text: &[u8]) -> bool {
    matches!(text, [b'-', blank, ..] if is_space_byte(*blank))
}

fn has_right_trim_marker(text: &[u8]) -> bool {
    matches!(text, [blank, b'-', ..] if is_space_byte(*blank))
}

#[cfg(test)]
mod tests;
