//! Floats from text.

use super::integer::underscores_fit;
use super::{NumError, Reason};

/// `strconv.ParseFloat` for 64 bits: decimal and hexadecimal (`0x1.8p3`) numbers, `inf`, `infinity` and `nan` in any
/// case; underscores may stand between digits. What is too large is an error, what is too small 0.
pub fn parse_float(text: &[u8]) -> Result<f64, NumError> {
    special(text)
        .or_else(|| number(text))
        .ok_or(Reason::Syntax)
        .flatten()
        .map_err(|reason| NumError::new("ParseFloat", text, reason))
}

type Parsed = Result<f64, Reason>;

fn special(text: &[u8]) -> Option<Parsed> {
    let (sign, name) = match text {
        [b'+', rest @ ..] => (Some(1.0), rest),
        [b'-', rest @ ..] => (Some(-1.0), rest),
        _ => (None, text),
    };
    if name.eq_ignore_ascii_case(b"inf") || name.eq_ignore_ascii_case(b"infinity") {
        Some(Ok(f64::INFINITY * sign.unwrap_or(1.0)))
    } else {
        (sign.is_none() && name.eq_ignore_ascii_case(b"nan")).then_some(Ok(f64::NAN))
    }
}

fn number(text: &[u8]) -> Option<Parsed> {
    let (negative, rest) = match text {
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let parsed = match rest {
        [b'0', b'x' | b'X', digits @ ..] if !digits.is_empty() => hexadecimal(text, digits)?,
        _ => decimal(text, rest)?,
    };
    Some(parsed.map(|number| if negative { -number } else { number }))
}

/// A decimal number without its sign; `whole` is all of the text. Rust reads the same ones, but for the underscores.
fn decimal(whole: &[u8], text: &[u8]) -> Option<Parsed> {
    if text.contains(&b'_') {
        let digits: Vec<u8> = text.iter().copied().filter(|byte| *byte != b'_').collect();
        return if underscores_fit(whole) { decimal(whole, &digits) } else { None };
    }
    if !text.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) {
        return None;
    }
    if !matches!(text.first(), Some(b'0'..=b'9' | b'.')) {
        return None;
    }
    let number: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    Some(if number.is_finite() { Ok(number) } else { Err(Reason::Range) })
}

/// A hexadecimal number from behind its prefix; `whole` is all of the text.
fn hexadecimal(whole: &[u8], text: &[u8]) -> Option<Parsed> {
    if whole.contains(&b'_') && !underscores_fit(whole) {
        return None;
    }
    let at = text.iter().position(|byte| matches!(byte, b'p' | b'P'))?;
    let (digits, exponent) = (text.get(..at)?, text.get(at + 1..)?);
    let mut mantissa = Mantissa { bits: 0, exponent: 0, sticky: false };
    let (mut point, mut any) = (false, false);
    for byte in digits {
        match byte {
            b'_' => {}
            b'.' if !point => point = true,
            _ => {
                let digit = char::from(*byte).to_digit(16)?;
                any = true;
                mantissa.push(digit, point);
            }
        }
    }
    let exponent = power(exponent)?;
    any.then(|| mantissa.value(exponent))
}

/// The exponent of two; beyond all use it stays where it is.
fn power(text: &[u8]) -> Option<i64> {
    let (sign, digits) = match text {
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => (1, text),
    };
    if !digits.first().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let mut power: i64 = 0;
    for byte in digits.iter().filter(|byte| **byte != b'_') {
        let digit = char::from(*byte).to_digit(10)?;
        if power < 10_000 {
            power = power * 10 + i64::from(digit);
        }
    }
    Some(sign * power)
}

/// Bits times a power of two; `sticky` if some that were not zero did not fit.
struct Mantissa {
    bits: u64,
    exponent: i64,
    sticky: bool,
}

impl Mantissa {
    fn push(&mut self, digit: u32, behind_point: bool) {
        if self.bits >> 60 == 0 {
            self.bits = self.bits << 4 | u64::from(digit);
            self.exponent -= if behind_point { 4 } else { 0 };
        } else {
            self.sticky |= digit != 0;
            self.exponent += if behind_point { 0 } else { 4 };
        }
    }

    /// The nearest float, the even one of two.
    fn value(&self, power: i64) -> Parsed {
        if self.bits == 0 {
            return Ok(0.0);
        }
        let zeros = self.bits.leading_zeros();
        let bits = self.bits << zeros;
        // The number is 1.xxx times two to this.
        let exponent = self.exponent + power - i64::from(zeros) + 63;
        if exponent > 1023 {
            return Err(Reason::Range);
        }
        let dropped = if exponent < -1022 { 11 - 1022 - exponent } else { 11 };
        let Ok(dropped @ 0..=65) = u32::try_from(dropped) else { return Ok(0.0) };
        let wide = u128::from(bits);
        let (kept, lost, half) = (wide >> dropped, wide & ((1 << dropped) - 1), 1_u128 << (dropped - 1));
        let up = lost > half || lost == half && (self.sticky || kept & 1 == 1);
        let mut pattern = u64::try_from(kept).unwrap_or(0) + u64::from(up);
        if exponent >= -1022 {
            // The leading one adds itself to the exponent.
            pattern += (exponent + 1022).cast_unsigned() << 52;
        }
        let number = f64::from_bits(pattern);
        if number.is_finite() { Ok(number) } else { Err(Reason::Range) }
    }
}
