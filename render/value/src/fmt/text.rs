//! Strings and bytes: cut, quoted, in hexadecimal, padded.

use bstr::ByteSlice;

use super::printer::Printer;
use crate::{Value, strconv};

impl Printer<'_> {
    /// A text within the width.
    pub(super) fn pad(&mut self, text: &[u8]) {
        let missing = match self.spec.width {
            None | Some(0) => return self.write(text),
            Some(width) => width.saturating_sub(strconv::rune_count(text)),
        };
        if self.spec.minus {
            self.write(text);
            self.fill(missing);
        } else {
            self.fill(missing);
            self.write(text);
        }
    }

    /// A text within the width, never filled with zeros.
    pub(super) fn pad_with_spaces(&mut self, text: &[u8]) {
        let zero = std::mem::take(&mut self.spec.zero);
        self.pad(text);
        self.spec.zero = zero;
    }

    /// So many spaces or zeros; zeros only ever to the left.
    pub(super) fn fill(&mut self, times: usize) {
        let byte = if self.spec.zero && !self.spec.minus { b'0' } else { b' ' };
        self.repeat(byte, times);
    }

    pub(super) fn string(&mut self, text: &[u8], verb: char, of: &Value) {
        match verb {
            'v' if self.spec.sharp_v => self.quoted(text),
            'v' | 's' => self.text(text),
            'x' | 'X' => self.hexadecimal_text(text, verb == 'X'),
            'q' => self.quoted(text),
            _ => self.bad_verb(verb, of),
        }
    }

    pub(super) fn bytes(&mut self, bytes: &[u8], verb: char, type_name: &str) {
        match verb {
            's' => self.text(bytes),
            'x' | 'X' => self.hexadecimal_text(bytes, verb == 'X'),
            'q' => self.quoted(bytes),
            _ if self.spec.sharp_v => {
                self.write(if verb == 'v' { type_name } else { "[]uint8" }.as_bytes());
                self.byte_elements(bytes, verb, [b"{", b", ", b"}"]);
            }
            _ => self.byte_elements(bytes, verb, [b"[", b" ", b"]"]),
        }
    }

    fn byte_elements(&mut self, bytes: &[u8], verb: char, [open, between, close]: [&[u8]; 3]) {
        self.write(open);
        for (index, byte) in bytes.iter().enumerate() {
            if self.is_full() {
                return;
            }
            if index > 0 {
                self.write(between);
            }
            self.unsigned(u64::from(*byte), verb, &Value::Uint8(*byte));
        }
        self.write(close);
    }

    /// A text that is cut to the precision.
    pub(super) fn text(&mut self, text: &[u8]) {
        let text = self.cut(text);
        self.pad(text);
    }

    /// As many characters as the precision allows.
    fn cut<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        let Some(precision) = self.spec.precision else { return text };
        let mut end = 0;
        for _ in 0..precision {
            let rest = text.get(end..).unwrap_or_default();
            if rest.is_empty() {
                break;
            }
            end += strconv::rune_length(rest);
        }
        text.get(..end).unwrap_or(text)
    }

    fn quoted(&mut self, text: &[u8]) {
        let text = self.cut(text);
        if self.spec.sharp && strconv::can_backquote(text) {
            return self.pad(&[b"`", text, b"`"].concat());
        }
        let quoted = if self.spec.plus { strconv::quote_to_ascii(text) } else { strconv::quote(text) };
        self.pad(quoted.as_bytes());
    }

    /// The bytes in hexadecimal; the precision counts bytes.
    fn hexadecimal_text(&mut self, text: &[u8], upper: bool) {
        let length = self.spec.precision.map_or(text.len(), |precision| precision.min(text.len()));
        let text = text.get(..length).unwrap_or(text);
        if text.is_empty() {
            return self.fill(self.spec.width.unwrap_or(0));
        }
        let prefix: &[u8] = match (self.spec.sharp, upper) {
            (false, _) => b"",
            (true, false) => b"0x",
            (true, true) => b"0X",
        };
        let digits: &[u8; 16] = if upper { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
        let mut encoded = Vec::with_capacity(2 * text.len() + 2);
        for (index, byte) in text.bytes().enumerate() {
            if index > 0 && self.spec.space {
                encoded.push(b' ');
            }
            if index == 0 || self.spec.space {
                encoded.extend_from_slice(prefix);
            }
            encoded.extend([byte >> 4, byte & 15].iter().filter_map(|digit| digits.get(usize::from(*digit))));
        }
        self.pad(&encoded);
    }
}
