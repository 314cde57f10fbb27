//! Integers and truths from text.

use super::{NumError, Reason};

/// `strconv.ParseBool`: `1`, `t`, `T`, `true`, `True`, `TRUE` and their opposites.
pub fn parse_bool(text: &[u8]) -> Result<bool, NumError> {
    match text {
        b"1" | b"t" | b"T" | b"true" | b"TRUE" | b"True" => Ok(true),
        b"0" | b"f" | b"F" | b"false" | b"FALSE" | b"False" => Ok(false),
        _ => Err(NumError::new("ParseBool", text, Reason::Syntax)),
    }
}

/// `strconv.Atoi`: a decimal `int`.
pub fn atoi(text: &[u8]) -> Result<i64, NumError> {
    signed(text, 10, 64).map_err(|reason| NumError::new("Atoi", text, reason))
}

/// `strconv.ParseInt`: base 0 goes by the prefix (`0x`, `0o`, `0`, `0b`) and allows underscores; otherwise a base from
/// 2 to 36. So many bits, from 1 to 64, must hold the number; zero stands for 64.
///
/// Where Go gives a number along with an error, it is the nearest one that fits: by the sign of the text.
pub fn parse_int(text: &[u8], base: u32, bits: u32) -> Result<i64, NumError> {
    signed(text, base, bits).map_err(|reason| NumError::new("ParseInt", text, reason))
}

/// `strconv.ParseUint`: as [`parse_int`], without a sign.
pub fn parse_uint(text: &[u8], base: u32, bits: u32) -> Result<u64, NumError> {
    unsigned(text, base, bits).map_err(|reason| NumError::new("ParseUint", text, reason))
}

fn signed(text: &[u8], base: u32, bits: u32) -> Result<i64, Reason> {
    let (negative, digits) = match text {
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let magnitude = unsigned(digits, base, bits)?;
    let cutoff = 1_u64 << (width(bits) - 1);
    if negative && magnitude <= cutoff {
        Ok(0_i64.wrapping_sub_unsigned(magnitude))
    } else if magnitude < cutoff {
        Ok(magnitude.cast_signed())
    } else {
        Err(Reason::Range)
    }
}

fn width(bits: u32) -> u32 {
    if bits == 0 { 64 } else { bits.min(64) }
}

fn unsigned(text: &[u8], base: u32, bits: u32) -> Result<u64, Reason> {
    let (actual, digits) = if base == 0 { prefix(text) } else { (base.clamp(2, 36), text) };
    if text.is_empty() {
        return Err(Reason::Syntax);
    }
    let most = u64::MAX >> (64 - width(bits));
    let mut number: u64 = 0;
    let mut underscores = false;
    for byte in digits {
        if *byte == b'_' && base == 0 {
            underscores = true;
            continue;
        }
        let digit = char::from(*byte).to_digit(actual).ok_or(Reason::Syntax)?;
        number = number
            .checked_mul(u64::from(actual))
            .and_then(|number| number.checked_add(u64::from(digit)))
            .filter(|number| *number <= most)
            .ok_or(Reason::Range)?;
    }
    if underscores && !underscores_fit(text) { Err(Reason::Syntax) } else { Ok(number) }
}

/// The base that a prefix stands for, and what follows it.
fn prefix(text: &[u8]) -> (u32, &[u8]) {
    match text {
        [b'0', b'b' | b'B', rest @ ..] if !rest.is_empty() => (2, rest),
        [b'0', b'o' | b'O', rest @ ..] if !rest.is_empty() => (8, rest),
        [b'0', b'x' | b'X', rest @ ..] if !rest.is_empty() => (16, rest),
        [b'0', rest @ ..] => (8, rest),
        _ => (10, text),
    }
}

/// Whether underscores stand only between digits, or between a prefix and a digit.
pub(super) fn underscores_fit(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+")).unwrap_or(text);
    let (hex, digits, mut before) = match text {
        [b'0', b'x' | b'X', rest @ ..] => (true, rest, b'0'),
        [b'0', b'b' | b'B' | b'o' | b'O', rest @ ..] => (false, rest, b'0'),
        _ => (false, text, b'^'),
    };
    for byte in digits {
        let digit = byte.is_ascii_digit() || hex && byte.is_ascii_hexdigit();
        before = match (digit, *byte, before) {
            (true, ..) => b'0',
            (_, b'_', b'0') => b'_',
            (_, b'_', _) | (_, _, b'_') => return false,
            _ => b'!',
        };
    }
    before != b'_'
}
