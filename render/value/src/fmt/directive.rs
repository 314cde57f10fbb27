//! A format with its directives, and the operands they take.

use bstr::ByteSlice;

use super::printer::{Printer, Spec};
use crate::Value;

/// The greatest width or precision, to either side of zero.
const MAX_NUMBER: i64 = 1_000_000;

/// Prints a whole format, as `Sprintf`.
pub(super) fn print(printer: &mut Printer<'_>, format: &[u8], operands: &[Value]) {
    let mut reader = Reader { format, at: 0, operands, next: 0, reordered: false, good_index: true };
    while reader.at < format.len() && !printer.is_full() {
        let rest = reader.rest();
        let text = rest.find_byte(b'%').unwrap_or(rest.len());
        printer.write(rest.get(..text).unwrap_or_default());
        reader.at += text;
        if reader.at < format.len() {
            reader.at += 1;
            reader.directive(printer);
        }
    }
    if !reader.reordered {
        extra(printer, operands.get(reader.next..).unwrap_or_default());
    }
}

/// Tells of the operands that no directive took.
fn extra(printer: &mut Printer<'_>, operands: &[Value]) {
    if operands.is_empty() {
        return;
    }
    printer.spec = Spec::default();
    printer.write(b"%!(EXTRA ");
    for (index, operand) in operands.iter().enumerate() {
        if index > 0 {
            printer.write(b", ");
        }
        printer.write(operand.type_name().as_bytes());
        if !operand.is_nil() {
            printer.push(b'=');
            printer.operand(operand, 'v');
        }
    }
    printer.push(b')');
}

/// Where we are in the format and among the operands.
struct Reader<'a> {
    format: &'a [u8],
    at: usize,
    operands: &'a [Value],
    /// The operand that comes next.
    next: usize,
    /// Whether an index such as `[2]` was met: then operands may be left over.
    reordered: bool,
    /// Whether the indexes of this directive were right.
    good_index: bool,
}

impl Reader<'_> {
    fn rest(&self) -> &[u8] {
        self.format.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    /// One directive, from behind its `%`.
    fn directive(&mut self, printer: &mut Printer<'_>) {
        self.good_index = true;
        printer.spec = Spec::default();
        self.flags(&mut printer.spec);
        let after_index = self.index();
        let after_index = self.width(printer, after_index);
        let after_index = self.precision(printer, after_index);
        if !after_index {
            self.index();
        }
        let (verb, size) = bstr::decode_utf8(self.rest());
        if size == 0 {
            printer.write(b"%!(NOVERB)");
            return;
        }
        // What is no UTF-8 is taken byte by byte.
        self.at += if verb.is_some() { size } else { 1 };
        self.verb(printer, verb.unwrap_or(char::REPLACEMENT_CHARACTER));
    }

    fn flags(&mut self, spec: &mut Spec) {
        while let Some(flag) = self.peek() {
            match flag {
                b'#' => spec.sharp = true,
                b'0' => spec.zero = true,
                b'+' => spec.plus = true,
                b'-' => spec.minus = true,
                b' ' => spec.space = true,
                _ => return,
            }
            self.at += 1;
        }
    }

    fn width(&mut self, printer: &mut Printer<'_>, after_index: bool) -> bool {
        if self.peek() == Some(b'*') {
            self.at += 1;
            let number = self.number_operand();
            printer.spec.width = number.map(magnitude);
            match number {
                None => printer.write(b"%!(BADWIDTH)"),
                Some(number) if number < 0 => {
                    printer.spec.minus = true;
                    printer.spec.zero = false;
                }
                Some(_) => {}
            }
            return false;
        }
        printer.spec.width = self.number();
        if after_index && printer.spec.width.is_some() {
            self.good_index = false;
        }
        after_index
    }

    fn precision(&mut self, printer: &mut Printer<'_>, after_index: bool) -> bool {
        // A point at the very end is taken for the verb.
        if self.peek() != Some(b'.') || self.at + 1 >= self.format.len() {
            return after_index;
        }
        self.at += 1;
        if after_index {
            self.good_index = false;
        }
        let after_index = self.index();
        if self.peek() == Some(b'*') {
            self.at += 1;
            printer.spec.precision = self.number_operand().filter(|number| *number >= 0).map(magnitude);
            if printer.spec.precision.is_none() {
                printer.write(b"%!(BADPREC)");
            }
            return false;
        }
        printer.spec.precision = Some(self.number().unwrap_or(0));
        after_index
    }

    /// Prints the next operand, or tells why it cannot.
    fn verb(&mut self, printer: &mut Printer<'_>, verb: char) {
        if verb == '%' {
            printer.push(b'%');
            return;
        }
        if !self.good_index {
            return printer.complain(verb, "(BADINDEX)");
        }
        let Some(operand) = self.operands.get(self.next) else {
            return printer.complain(verb, "(MISSING)");
        };
        if matches!(verb, 'v' | 'w') {
            let spec = &mut printer.spec;
            spec.sharp_v = std::mem::take(&mut spec.sharp);
            spec.plus_v = std::mem::take(&mut spec.plus);
        }
        printer.operand(operand, verb);
        self.next += 1;
    }

    /// A decimal number; one that is far too large takes the rest of the format with it, as in Go.
    fn number(&mut self) -> Option<usize> {
        let (number, used) = decimal(self.rest());
        self.at += used;
        number
    }

    /// The operand that stands for a `*`.
    fn number_operand(&mut self) -> Option<i64> {
        let operand = self.operands.get(self.next)?;
        self.next += 1;
        integer(operand).filter(|number| (-MAX_NUMBER..=MAX_NUMBER).contains(number))
    }

    /// An index in brackets, if there is one here: `[2]` makes the second operand the next. Gives whether there was a
    /// number in brackets.
    fn index(&mut self) -> bool {
        if self.peek() != Some(b'[') {
            return false;
        }
        self.reordered = true;
        let rest = self.rest();
        let close = if rest.len() < 3 { None } else { rest.find_byte(b']') };
        let Some(close) = close else {
            self.at += 1;
            self.good_index = false;
            return false;
        };
        let inside = rest.get(1..close).unwrap_or_default();
        let (number, used) = decimal(inside);
        let number = number.filter(|_| used == inside.len());
        self.at += close + 1;
        match number.map(|number| number.checked_sub(1)) {
            Some(Some(index)) if index < self.operands.len() => self.next = index,
            _ => self.good_index = false,
        }
        number.is_some()
    }
}

fn magnitude(number: i64) -> usize {
    usize::try_from(number.unsigned_abs()).unwrap_or(0)
}

/// A number at the start of a text, and how many bytes it takes: all of them if it is too large.
fn decimal(text: &[u8]) -> (Option<usize>, usize) {
    let mut number = None;
    for (index, byte) in text.iter().enumerate() {
        if !byte.is_ascii_digit() {
            return (number, index);
        }
        let so_far: usize = number.unwrap_or(0);
        if so_far > 1_000_000 {
            return (None, text.len());
        }
        number = Some(so_far * 10 + usize::from(byte - b'0'));
    }
    (number, text.len())
}

/// The integer that a value is, whatever its width.
fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) | Value::Int64(number) => Some(*number),
        Value::Int32(number) => Some(i64::from(*number)),
        Value::Uint8(number) => Some(i64::from(*number)),
        Value::Uint64(number) => i64::try_from(*number).ok(),
        Value::Object(object) => integer(&object.underlying()?),
        _ => None,
    }
}
