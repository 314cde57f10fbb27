//! Strings as Go writes them in its source.

use std::fmt::Write as _;

use super::printable::PRINTABLE;

/// Whether Go prints a character as it is: letters, marks, numbers, punctuation, symbols, and the ASCII space.
pub fn is_print(character: char) -> bool {
    if character.is_ascii() {
        return matches!(character, ' '..='~');
    }
    let code = u32::from(character);
    let after = PRINTABLE.partition_point(|(first, _)| *first <= code);
    after.checked_sub(1).and_then(|index| PRINTABLE.get(index)).is_some_and(|(_, last)| code <= *last)
}

/// How many bytes the first character takes, one for a byte that is no UTF-8; none at the end.
pub fn rune_length(text: &[u8]) -> usize {
    match text.first() {
        Some(byte) if byte.is_ascii() => 1,
        Some(_) => match bstr::decode_utf8(text) {
            (Some(_), length) => length,
            (None, _) => 1,
        },
        None => 0,
    }
}

/// How many characters there are, as `utf8.RuneCount`: a byte that is no UTF-8 counts as one.
pub fn rune_count(text: &[u8]) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let (mut count, mut rest) = (0, text);
    while !rest.is_empty() {
        rest = rest.get(rune_length(rest)..).unwrap_or_default();
        count += 1;
    }
    count
}

/// `strconv.Quote`: in double quotes, with escapes for what does not print.
pub fn quote(text: &[u8]) -> String {
    quoted(text, false)
}

/// `strconv.QuoteToASCII`: in double quotes, with escapes for all but ASCII.
pub fn quote_to_ascii(text: &[u8]) -> String {
    quoted(text, true)
}

/// `strconv.QuoteRune` or `QuoteRuneToASCII`: one character in single quotes.
pub fn quote_rune(character: char, ascii: bool) -> String {
    let mut out = String::from("'");
    escape(&mut out, character, '\'', ascii);
    out.push('\'');
    out
}

/// Whether a text can stand between backquotes as it is.
pub fn can_backquote(text: &[u8]) -> bool {
    let control =
        |character| (character < ' ' && character != '\t') || matches!(character, '`' | '\u{7f}' | '\u{feff}');
    std::str::from_utf8(text).is_ok_and(|text| !text.contains(control))
}

fn quoted(text: &[u8], ascii: bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let (plain, mut rest) = split_plain(text);
    out.push_str(plain);
    while !rest.is_empty() {
        let length = match bstr::decode_utf8(rest) {
            (Some(character), length) => {
                escape(&mut out, character, '"', ascii);
                length
            }
            (None, _) => {
                let _ = write!(out, "\\x{:02x}", rest.first().copied().unwrap_or_default());
                1
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    out.push('"');
    out
}

/// The characters in front that are written as they are, and the rest, which is mostly empty.
fn split_plain(text: &[u8]) -> (&str, &[u8]) {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    let end = text.iter().position(|byte| !is_plain(byte)).unwrap_or(text.len());
    let (plain, rest) = text.split_at(end);
    (str::from_utf8(plain).unwrap_or_default(), rest)
}

fn escape(out: &mut String, character: char, quote: char, ascii: bool) {
    if character == quote || character == '\\' {
        out.push('\\');
        out.push(character);
        return;
    }
    if (character.is_ascii() || !ascii) && is_print(character) {
        out.push(character);
        return;
    }
    let code = u32::from(character);
    let _ = match character {
        '\u{7}' => out.write_str("\\a"),
        '\u{8}' => out.write_str("\\b"),
        '\u{c}' => out.write_str("\\f"),
        '\n' => out.write_str("\\n"),
        '\r' => out.write_str("\\r"),
        '\t' => out.write_str("\\t"),
        '\u{b}' => out.write_str("\\v"),
        _ if code < 0x20 || code == 0x7f => write!(out, "\\x{code:02x}"),
        _ if code < 0x1_0000 => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}
