//! Strings from Go's source.

use std::borrow::Cow;

/// `strconv.Unquote`: the string that a literal in double quotes, single quotes (one character) or backquotes stands
/// for; nothing if it is none (Go's error is always `invalid syntax`).
pub fn unquote(literal: &[u8]) -> Option<Cow<'_, [u8]>> {
    let (&quote, rest) = literal.split_first()?;
    let (&last, inside) = rest.split_last()?;
    if last != quote {
        return None;
    }
    match quote {
        b'`' if inside.contains(&b'`') => None,
        b'`' if !inside.contains(&b'\r') => Some(inside.into()),
        b'`' => Some(inside.iter().copied().filter(|byte| *byte != b'\r').collect()),
        b'"' if inside.iter().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'\\' | b'"')) => {
            Some(inside.into())
        }
        b'"' | b'\'' => interpreted(inside, quote).map(Cow::Owned),
        _ => None,
    }
}

fn interpreted(inside: &[u8], quote: u8) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(inside.len());
    let mut rest = inside;
    let mut count = 0;
    while !rest.is_empty() {
        if rest.first() == Some(&b'\n') {
            return None;
        }
        rest = unquote_char(rest, quote, &mut out)?;
        count += 1;
    }
    (quote == b'"' || count <= 1).then_some(out)
}

/// `strconv.UnquoteChar`: appends the first character of an escaped text and gives the rest. Of the quotes only the
/// given one may be escaped, and it must be.
pub fn unquote_char<'t>(text: &'t [u8], quote: u8, out: &mut Vec<u8>) -> Option<&'t [u8]> {
    let (&first, rest) = text.split_first()?;
    if first == quote {
        return None;
    }
    if first != b'\\' {
        return plain(text, out);
    }
    let (&kind, rest) = rest.split_first()?;
    let byte = match kind {
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'\\' => b'\\',
        b'\'' | b'"' if kind == quote => kind,
        b'x' => return number(rest, 2, 16).and_then(|(code, rest)| push_byte(code, rest, out)),
        b'0'..=b'7' => {
            let digits = text.get(1..)?;
            return number(digits, 3, 8).and_then(|(code, rest)| push_byte(code, rest, out));
        }
        b'u' | b'U' => {
            let (code, rest) = number(rest, if kind == b'u' { 4 } else { 8 }, 16)?;
            let character = char::from_u32(code)?;
            out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            return Some(rest);
        }
        _ => return None,
    };
    out.push(byte);
    Some(rest)
}

/// A character that stands for itself; a byte that is no UTF-8 becomes U+FFFD.
fn plain<'t>(text: &'t [u8], out: &mut Vec<u8>) -> Option<&'t [u8]> {
    let (character, length) = bstr::decode_utf8(text);
    let length = if character.is_some() { length } else { 1 };
    let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    text.get(length..)
}

fn push_byte<'t>(code: u32, rest: &'t [u8], out: &mut Vec<u8>) -> Option<&'t [u8]> {
    out.push(u8::try_from(code).ok()?);
    Some(rest)
}

fn number(text: &[u8], length: usize, base: u32) -> Option<(u32, &[u8])> {
    let (digits, rest) = text.split_at_checked(length)?;
    let digit = |number: u32, byte: &u8| Some(number.checked_mul(base)? + char::from(*byte).to_digit(base)?);
    Some((digits.iter().try_fold(0, digit)?, rest))
}
