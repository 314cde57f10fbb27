//! Constant numbers: of which of Go's types they can be.

use bstr::ByteSlice;
use govalue::strconv::{self, NumError};

use crate::ast::Number;
use crate::item::{Item, Kind};
use crate::lexer::decode;

/// What one needs at least, beside digits and a prefix, to be a float and no integer that is too large.
const FLOAT_CHARACTERS: &[u8] = b".eEpP";

/// The number of an item of kind `Number`, `Complex` or `CharConstant` with this text, or what is wrong with it.
pub(super) fn parse(item: Item, text: &[u8]) -> Result<Number, String> {
    let mut number = Number { pos: item.pos, int: None, uint: None, float: None, complex: None, text: shown(text) };
    match item.kind {
        Kind::CharConstant => character(&mut number, text)?,
        Kind::Complex => complex(&mut number, pair(text)?),
        _ => match imaginary(text) {
            Some(imaginary) => complex(&mut number, (0.0, imaginary)),
            None => real(&mut number, text)?,
        },
    }
    Ok(number)
}

fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

/// `'a'`: the code point.
fn character(number: &mut Number, text: &[u8]) -> Result<(), String> {
    let quoted = text.strip_prefix(b"'").unwrap_or(text);
    let mut character = Vec::new();
    let rest = strconv::unquote_char(quoted, b'\'', &mut character).ok_or("invalid syntax")?;
    if rest != b"'" {
        return Err(format!("malformed character constant: {}", shown(text)));
    }
    let code = match character[..] {
        // A byte by its number, `'\xff'`, need not be UTF-8.
        [byte] => u32::from(byte),
        _ => decode(&character).map_or(0, |(character, _)| character.into()),
    };
    number.int = Some(code.into());
    number.uint = Some(code.into());
    number.float = Some(code.into());
    Ok(())
}

/// The imaginary part of a number that has no other.
fn imaginary(text: &[u8]) -> Option<f64> {
    strconv::parse_float(text.strip_suffix(b"i")?).ok()
}

/// A complex number, which is also real if its imaginary part is zero.
fn complex(number: &mut Number, (real, imaginary): (f64, f64)) {
    number.complex = Some((real, imaginary));
    if imaginary == 0.0 {
        number.float = Some(real);
        number.int = as_int(real);
        number.uint = as_uint(real);
    }
}

/// A number without an imaginary part.
fn real(number: &mut Number, text: &[u8]) -> Result<(), String> {
    number.int = strconv::parse_int(text, 0, 64).ok();
    number.uint = strconv::parse_uint(text, 0, 64).ok();
    if number.int == Some(0) {
        // Of -0 as well.
        number.uint = Some(0);
    }
    number.float = number.int.map(int_as_float).or(number.uint.map(uint_as_float));
    if number.float.is_some() {
        return Ok(());
    }
    let Ok(float) = strconv::parse_float(text) else {
        return Err(format!("illegal number syntax: {}", strconv::quote(text)));
    };
    if text.find_byteset(FLOAT_CHARACTERS).is_none() {
        return Err(format!("integer overflow: {}", strconv::quote(text)));
    }
    number.float = Some(float);
    number.int = as_int(float);
    number.uint = as_uint(float);
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "as Go converts it")]
fn int_as_float(int: i64) -> f64 {
    int as f64
}

#[expect(clippy::cast_precision_loss, reason = "as Go converts it")]
fn uint_as_float(uint: u64) -> f64 {
    uint as f64
}

/// Two to the 63rd, the first integer that is too large for an `i64`.
const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;

/// The float as an integer, if it is one.
#[expect(clippy::cast_possible_truncation, reason = "it is in range and whole")]
fn as_int(float: f64) -> Option<i64> {
    (is_whole(float) && (-TWO_TO_63..TWO_TO_63).contains(&float)).then_some(float as i64)
}

/// The float as an integer without a sign, if it is one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in range and whole")]
fn as_uint(float: f64) -> Option<u64> {
    (is_whole(float) && (0.0..2.0 * TWO_TO_63).contains(&float)).then_some(float as u64)
}

#[expect(clippy::float_cmp, reason = "either nothing is cut off or something is")]
fn is_whole(float: f64) -> bool {
    float.trunc() == float
}

/// The parts of `1+2i`, read as Go's `fmt.Sscan` reads them: it knows fewer forms than the lexer.
fn pair(text: &[u8]) -> Result<(f64, f64), String> {
    const NO_PAIR: &str = "syntax error scanning complex number";
    let (real, rest) = text.split_at(float_length(text));
    if !matches!(rest.first(), Some(b'+' | b'-')) {
        return Err(NO_PAIR.to_owned());
    }
    let length = 1 + float_length(rest.get(1..).unwrap_or_default());
    let (imaginary, rest) = rest.split_at(length);
    if rest.first() != Some(&b'i') {
        return Err(NO_PAIR.to_owned());
    }
    let float = |text| strconv::parse_float(text).map_err(|error: NumError| error.to_string());
    Ok((float(real)?, float(imaginary)?))
}

/// How much of a text is a float by its letters: a sign, digits, a fraction and an exponent, each of which may be absent.
fn float_length(text: &[u8]) -> usize {
    let mut rest = Rest(text);
    rest.pass(b"+-");
    // It could be Inf, so that the letter alone is taken, too.
    rest.pass(b"iI");
    let hexadecimal = rest.pass(b"0") && rest.pass(b"xX");
    let (digits, exponent): (&[u8], &[u8]) =
        if hexadecimal { (b"0123456789abcdefABCDEF_", b"pP") } else { (b"0123456789_", b"eEpP") };
    while rest.pass(digits) {}
    if rest.pass(b".") {
        while rest.pass(digits) {}
    }
    if rest.pass(exponent) {
        rest.pass(b"+-");
        while rest.pass(b"0123456789_") {}
    }
    text.len() - rest.0.len()
}

/// What is left of a text.
struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    /// Passes one byte, if it is one of these.
    fn pass(&mut self, bytes: &[u8]) -> bool {
        match self.0 {
            [first, rest @ ..] if bytes.contains(first) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }
}
