//! Bytes to text, with the checks of libyaml's reader.

use std::borrow::Cow;

/// How much libyaml decodes at a time. What is wrong in a piece is found before anything of it is scanned.
const PIECE: usize = 512;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A text as far as it can be scanned.
pub(crate) struct Input<'a> {
    pub(crate) text: Cow<'a, str>,
    /// What is wrong behind the text.
    pub(crate) problem: Option<&'static str>,
}

/// Decodes UTF-8, or UTF-16 with a byte order mark.
pub(crate) fn decode(bytes: &[u8]) -> Input<'_> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => from_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => from_utf16(rest, u16::from_be_bytes),
        _ => from_utf8(bytes),
    }
}

fn from_utf8(bytes: &[u8]) -> Input<'_> {
    let start = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    let rest = bytes.get(start..).unwrap_or_default();
    match std::str::from_utf8(rest) {
        Ok(text) if !may_have_controls(rest) => Input { text: text.into(), problem: None },
        _ => from_doubtful_utf8(bytes, start),
    }
}

/// Whether a closer look is needed. A byte of 0xC2 or 0xEF may begin a character that is not allowed.
fn may_have_controls(bytes: &[u8]) -> bool {
    let is_doubtful = |byte: u8| matches!(byte, 0..=0x08 | 0x0b | 0x0c | 0x0e..=0x1f | 0x7f | 0xc2 | 0xef);
    // A piece is looked at as a whole, which the compiler does many bytes at a time.
    bytes.chunks(PIECE).any(|piece| piece.iter().fold(false, |doubtful, byte| doubtful | is_doubtful(*byte)))
}

fn from_doubtful_utf8(bytes: &[u8], start: usize) -> Input<'_> {
    let (mut at, mut piece) = (start, 0);
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        match character(rest) {
            Ok(width) => {
                if at + width > piece + PIECE {
                    piece = at;
                }
                at += width;
            }
            Err(problem) => {
                // What may go on in the next piece does not keep this one from being scanned.
                if problem == INCOMPLETE || at + 1 > piece + PIECE {
                    piece = at;
                }
                return Input { text: valid(bytes, start, piece), problem: Some(problem) };
            }
        }
    }
    Input { text: valid(bytes, start, bytes.len()), problem: None }
}

fn valid(bytes: &[u8], start: usize, end: usize) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes.get(start..end.max(start)).unwrap_or_default())
}

/// The width of the first character, or what is wrong with it.
fn character(bytes: &[u8]) -> Result<usize, &'static str> {
    let first = bytes.first().copied().unwrap_or_default();
    let (width, bits) = match first {
        0..=0x7f => (1, first),
        0xc0..=0xdf => (2, first & 0x1f),
        0xe0..=0xef => (3, first & 0x0f),
        0xf0..=0xf7 => (4, first & 0x07),
        _ => return Err("invalid leading UTF-8 octet"),
    };
    let tail = bytes.get(1..width).ok_or(INCOMPLETE)?;
    let mut value = u32::from(bits);
    for octet in tail {
        if octet & 0xc0 != 0x80 {
            return Err("invalid trailing UTF-8 octet");
        }
        value = (value << 6) + u32::from(octet & 0x3f);
    }
    if !matches!((width, value), (1, _) | (2, 0x80..) | (3, 0x800..) | (4, 0x10000..)) {
        return Err("invalid length of a UTF-8 sequence");
    }
    let character = char::from_u32(value).ok_or("invalid Unicode character")?;
    if is_allowed(character) { Ok(width) } else { Err(CONTROL) }
}

const INCOMPLETE: &str = "incomplete UTF-8 octet sequence";
const CONTROL: &str = "control characters are not allowed";

fn is_allowed(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn from_utf16(bytes: &[u8], join: fn([u8; 2]) -> u16) -> Input<'static> {
    match decode_utf16(bytes, join) {
        Ok(text) => Input { text: text.into(), problem: None },
        Err(problem) => Input { text: "".into(), problem: Some(problem) },
    }
}

fn decode_utf16(bytes: &[u8], join: fn([u8; 2]) -> u16) -> Result<String, &'static str> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut units = pairs.iter().map(|pair| join(*pair));
    while let Some(unit) = units.next() {
        let character = match unit {
            0xdc00..=0xdfff => return Err("unexpected low surrogate area"),
            0xd800..=0xdbff => {
                let low = units.next().ok_or("incomplete UTF-16 surrogate pair")?;
                let pair = char::decode_utf16([unit, low]).next();
                pair.and_then(Result::ok).ok_or("expected low surrogate area")?
            }
            _ => char::from_u32(u32::from(unit)).unwrap_or_default(),
        };
        if !is_allowed(character) {
            return Err(CONTROL);
        }
        text.push(character);
    }
    if rest.is_empty() { Ok(text) } else { Err("incomplete UTF-16 character") }
}
