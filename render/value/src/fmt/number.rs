//! Integers, floats, complex numbers and characters.

use super::printer::Printer;
use crate::{Value, strconv};

/// An integer without its sign, and what goes with it.
#[derive(Clone, Copy)]
struct Integer {
    magnitude: u64,
    negative: bool,
    base: u32,
    upper: bool,
}

impl Printer<'_> {
    pub(super) fn signed(&mut self, number: i64, verb: char, of: &Value) {
        if matches!(verb, 'c' | 'q' | 'U') {
            return self.character(number.cast_unsigned(), verb);
        }
        self.based(number.unsigned_abs(), number < 0, verb, of);
    }

    pub(super) fn unsigned(&mut self, number: u64, verb: char, of: &Value) {
        match verb {
            'c' | 'q' | 'U' => self.character(number, verb),
            'v' if self.spec.sharp_v => self.hexadecimal(number, true),
            _ => self.based(number, false, verb, of),
        }
    }

    fn based(&mut self, magnitude: u64, negative: bool, verb: char, of: &Value) {
        let (base, upper) = match verb {
            'v' | 'd' => (10, false),
            'b' => (2, false),
            'o' | 'O' => (8, false),
            'x' => (16, false),
            'X' => (16, true),
            _ => return self.bad_verb(verb, of),
        };
        self.integer(Integer { magnitude, negative, base, upper }, verb == 'O');
    }

    /// A number as `0x1f`, or without the prefix.
    pub(super) fn hexadecimal(&mut self, number: u64, prefix: bool) {
        let sharp = std::mem::replace(&mut self.spec.sharp, prefix);
        self.integer(Integer { magnitude: number, negative: false, base: 16, upper: false }, false);
        self.spec.sharp = sharp;
    }

    fn integer(&mut self, integer: Integer, with_o: bool) {
        let spec = self.spec;
        if spec.precision == Some(0) && integer.magnitude == 0 {
            // Nothing but the width, in spaces.
            return self.repeat(b' ', spec.width.unwrap_or(0));
        }
        let mut buffer = [0; 64];
        let digits = digits(&integer, &mut buffer);
        let mut text = Vec::with_capacity(digits.len() + 4);
        match (integer.negative, spec.plus, spec.space) {
            (true, ..) => text.push(b'-'),
            (_, true, _) => text.push(b'+'),
            (_, _, true) => text.push(b' '),
            _ => {}
        }
        let least = match (spec.precision, spec.width) {
            (Some(precision), _) => precision,
            (None, Some(width)) if spec.zero && !spec.minus => width.saturating_sub(text.len()),
            _ => 0,
        };
        let zeros = least.saturating_sub(digits.len());
        if with_o {
            text.extend_from_slice(b"0o");
        }
        match integer.base {
            2 if spec.sharp => text.extend_from_slice(b"0b"),
            8 if spec.sharp && zeros == 0 && digits.first() != Some(&b'0') => text.push(b'0'),
            16 if spec.sharp => text.extend_from_slice(if integer.upper { b"0X" } else { b"0x" }),
            _ => {}
        }
        text.resize(text.len() + zeros, b'0');
        text.extend_from_slice(digits);
        self.pad_with_spaces(&text);
    }

    fn character(&mut self, number: u64, verb: char) {
        let character = u32::try_from(number).ok().and_then(char::from_u32);
        if verb == 'U' {
            return self.code_point(number, character);
        }
        let shown = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        if verb == 'c' {
            return self.pad(shown.encode_utf8(&mut [0; 4]).as_bytes());
        }
        let quoted = strconv::quote_rune(shown, self.spec.plus);
        self.pad(quoted.as_bytes());
    }

    /// `U+0078`, or `U+0078 'x'`.
    fn code_point(&mut self, number: u64, character: Option<char>) {
        let precision = self.spec.precision.unwrap_or(0).max(4);
        let digits = format!("{number:X}");
        let mut text = b"U+".to_vec();
        text.resize(text.len() + precision.saturating_sub(digits.len()), b'0');
        text.extend_from_slice(digits.as_bytes());
        if let Some(character) = character.filter(|character| self.spec.sharp && strconv::is_print(*character)) {
            text.extend_from_slice(format!(" '{character}'").as_bytes());
        }
        self.pad_with_spaces(&text);
    }

    pub(super) fn complex(&mut self, real: f64, imaginary: f64, verb: char, of: &Value) {
        if !matches!(verb, 'v' | 'b' | 'g' | 'G' | 'x' | 'X' | 'f' | 'F' | 'e' | 'E') {
            return self.bad_verb(verb, of);
        }
        self.push(b'(');
        self.float(real, verb, of);
        let plus = std::mem::replace(&mut self.spec.plus, true);
        self.float(imaginary, verb, of);
        self.write(b"i)");
        self.spec.plus = plus;
    }

    pub(super) fn float(&mut self, number: f64, verb: char, of: &Value) {
        let (form, default) = match verb {
            'v' | 'g' => (b'g', None),
            'b' => (b'b', None),
            'G' => (b'G', None),
            'x' => (b'x', None),
            'X' => (b'X', None),
            'f' | 'F' => (b'f', Some(6)),
            'e' => (b'e', Some(6)),
            'E' => (b'E', Some(6)),
            _ => return self.bad_verb(verb, of),
        };
        let precision = self.spec.precision.or(default);
        let text = strconv::format_float(number, form, precision);
        let (sign, rest) = match text.strip_prefix(['-', '+']) {
            Some(rest) if text.starts_with('-') => (b'-', rest),
            Some(rest) => (b'+', rest),
            None => (b'+', text.as_str()),
        };
        let sign = if sign == b'+' && self.spec.space && !self.spec.plus { b' ' } else { sign };
        if !number.is_finite() {
            // An infinity always has its sign, NaN only on demand.
            let bare = number.is_nan() && !self.spec.space && !self.spec.plus;
            let text = if bare { rest.as_bytes().to_vec() } else { [&[sign], rest.as_bytes()].concat() };
            self.pad_with_spaces(&text);
        } else if self.spec.sharp && form != b'b' {
            let kept = with_point(rest, form, precision);
            self.finite(sign, &kept);
        } else {
            self.finite(sign, rest.as_bytes());
        }
    }

    fn finite(&mut self, sign: u8, digits: &[u8]) {
        if sign == b'+' && !self.spec.plus {
            return self.pad(digits);
        }
        let spec = self.spec;
        match spec.width {
            Some(width) if spec.zero && !spec.minus && width > digits.len() + 1 => {
                self.push(sign);
                self.fill(width - digits.len() - 1);
                self.write(digits);
            }
            _ => self.pad(&[&[sign], digits].concat()),
        }
    }
}

/// The digits of an integer, at the end of the buffer.
fn digits<'b>(integer: &Integer, buffer: &'b mut [u8; 64]) -> &'b [u8] {
    let mut start = buffer.len();
    let mut rest = integer.magnitude;
    let base = u64::from(integer.base);
    for place in buffer.iter_mut().rev() {
        let digit = char::from_digit(u32::try_from(rest % base).unwrap_or(0), integer.base).unwrap_or('0');
        let digit = if integer.upper { digit.to_ascii_uppercase() } else { digit };
        *place = u8::try_from(digit).unwrap_or(b'0');
        start -= 1;
        rest /= base;
        if rest == 0 {
            break;
        }
    }
    buffer.get(start..).unwrap_or_default()
}

/// The `#` flag on a float: a decimal point always, and for `g` the zeros that were trimmed.
fn with_point(number: &str, form: u8, precision: Option<usize>) -> Vec<u8> {
    let mut missing: i64 = match form {
        b'g' | b'G' | b'x' => precision.map_or(6, |precision| i64::try_from(precision).unwrap_or(i64::MAX)),
        _ => 0,
    };
    let exponents: &[char] = if matches!(form, b'x' | b'X') { &['p', 'P'] } else { &['e', 'E', 'p', 'P'] };
    let (number, exponent) = number.split_at(number.find(exponents).unwrap_or(number.len()));
    let mut seen = false;
    for digit in number.bytes().filter(|byte| *byte != b'.') {
        seen |= digit != b'0';
        missing -= i64::from(seen);
    }
    let mut text = number.as_bytes().to_vec();
    if !number.contains('.') {
        // A leading zero counts once.
        missing -= i64::from(number == "0");
        text.push(b'.');
    }
    text.resize(text.len() + usize::try_from(missing).unwrap_or(0), b'0');
    text.extend_from_slice(exponent.as_bytes());
    text
}
