//! The text that is being written, and scalars in each style.

use super::analysis::{is_break, is_printable};

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A YAML text that grows.
pub(super) struct Writer {
    text: String,
    column: usize,
    /// The column that nested lines start at; none yet at the root.
    pub(super) indent: Option<usize>,
    /// How wide a line may be before it is folded at a space.
    width: usize,
    /// Whether the last that was written is blank.
    whitespace: bool,
    /// Whether the line holds nothing but indentation and indicators such as `- `.
    pub(super) indention: bool,
}

/// How many spaces a level is indented by.
pub(super) const INDENT: usize = 2;

impl Writer {
    pub(super) fn new(width: usize) -> Self {
        Self { text: String::new(), column: 0, indent: None, width, whitespace: true, indention: true }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    fn put(&mut self, character: char) {
        self.text.push(character);
        self.column += 1;
    }

    fn put_break(&mut self) {
        self.text.push('\n');
        self.column = 0;
        self.indention = true;
    }

    /// A break of the scalar itself.
    fn put_own_break(&mut self, character: char) {
        self.text.push(character);
        self.column = 0;
        self.indention = true;
    }

    /// Goes to the indentation, on a new line if need be.
    pub(super) fn write_indent(&mut self) {
        let indent = self.indent.unwrap_or_default();
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.put_break();
        }
        while self.column < indent {
            self.put(' ');
        }
        self.whitespace = true;
        self.indention = true;
    }

    /// An indicator: with a blank before it if `spaced`; `blank` or indentation if it counts as such.
    pub(super) fn write_indicator(&mut self, indicator: &str, spaced: bool, blank: bool, indention: bool) {
        self.separate(spaced);
        self.text.push_str(indicator);
        self.column += indicator.len();
        self.whitespace = blank;
        self.indention &= indention;
    }

    fn separate(&mut self, spaced: bool) {
        if spaced && !self.whitespace {
            self.put(' ');
        }
    }

    fn end_scalar(&mut self) {
        self.whitespace = false;
        self.indention = false;
    }

    fn must_fold(&self, spaces: bool) -> bool {
        !spaces && self.column > self.width
    }

    pub(super) fn write_plain(&mut self, text: &str, may_fold: bool) {
        self.separate(true);
        let mut spaces = false;
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            if character == ' ' && may_fold && self.must_fold(spaces) && characters.peek() != Some(&' ') {
                self.write_indent();
            } else {
                self.put(character);
            }
            spaces = character == ' ';
        }
        self.end_scalar();
    }

    pub(super) fn write_single_quoted(&mut self, text: &str, may_fold: bool) {
        self.write_indicator("'", true, false, false);
        let (mut spaces, mut breaks) = (false, false);
        let mut characters = text.chars().peekable();
        let mut first = true;
        while let Some(character) = characters.next() {
            if character == ' ' {
                let next = characters.peek();
                if may_fold && self.must_fold(spaces) && !first && next.is_some_and(|next| *next != ' ') {
                    self.write_indent();
                } else {
                    self.put(' ');
                }
                spaces = true;
            } else if is_break(character) {
                if !breaks && character == '\n' {
                    self.put_break();
                }
                self.put_own_break(character);
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                if character == '\'' {
                    self.put('\'');
                }
                self.put(character);
                self.indention = false;
                (spaces, breaks) = (false, false);
            }
            first = false;
        }
        self.write_indicator("'", false, false, false);
        self.end_scalar();
    }

    pub(super) fn write_double_quoted(&mut self, text: &str, may_fold: bool) {
        self.write_indicator("\"", true, false, false);
        // go-yaml looks for the mark at the start of the text whichever character it is at.
        let escape_all = text.starts_with(BYTE_ORDER_MARK);
        let mut spaces = false;
        let mut characters = text.chars().peekable();
        let mut first = true;
        while let Some(character) = characters.next() {
            if escape_all || !is_printable(character) || is_break(character) || matches!(character, '"' | '\\') {
                self.write_escape(character);
                spaces = false;
            } else if character == ' ' {
                match characters.peek() {
                    Some(next) if may_fold && self.must_fold(spaces) && !first => {
                        let next = *next;
                        self.write_indent();
                        if next == ' ' {
                            self.put('\\');
                        }
                    }
                    _ => self.put(' '),
                }
                spaces = true;
            } else {
                self.put(character);
                spaces = false;
            }
            first = false;
        }
        self.write_indicator("\"", false, false, false);
        self.end_scalar();
    }

    fn write_escape(&mut self, character: char) {
        let short = match character {
            '\0' => '0',
            '\x07' => 'a',
            '\x08' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\x0b' => 'v',
            '\x0c' => 'f',
            '\r' => 'r',
            '\x1b' => 'e',
            '"' | '\\' => character,
            '\u{85}' => 'N',
            '\u{a0}' => '_',
            '\u{2028}' => 'L',
            '\u{2029}' => 'P',
            _ => return self.write_code_point(u32::from(character)),
        };
        self.put('\\');
        self.put(short);
    }

    fn write_code_point(&mut self, code_point: u32) {
        let escape = match code_point {
            0..=0xff => format!("\\x{code_point:02X}"),
            0x100..=0xffff => format!("\\u{code_point:04X}"),
            _ => format!("\\U{code_point:08X}"),
        };
        self.text.push_str(&escape);
        self.column += escape.len();
    }

    /// `|`, with hints if the text begins with a blank or does not end with exactly one break.
    pub(super) fn write_literal(&mut self, text: &str) {
        self.write_indicator("|", true, false, false);
        if text.starts_with(|first| first == ' ' || is_break(first)) {
            self.write_indicator(&INDENT.to_string(), false, false, false);
        }
        let mut backwards = text.chars().rev();
        match (backwards.next().is_some_and(is_break), backwards.next()) {
            (false, _) => self.write_indicator("-", false, false, false),
            (true, before) if before.is_none_or(is_break) => self.write_indicator("+", false, false, false),
            _ => {}
        }
        self.put_break();
        self.whitespace = true;
        let mut breaks = true;
        for character in text.chars() {
            if is_break(character) {
                self.put_own_break(character);
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                self.put(character);
                self.indention = false;
                breaks = false;
            }
        }
    }
}
