//! `html`, `js` and `urlquery`.

use std::io::Write;

use govalue::strconv;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// For HTML.
pub(super) fn html(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for byte in text {
        match byte {
            0 => out.extend_from_slice("\u{fffd}".as_bytes()),
            b'"' => out.extend_from_slice(b"&#34;"),
            b'\'' => out.extend_from_slice(b"&#39;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            plain => out.push(*plain),
        }
    }
    out
}

/// For a string of JavaScript.
pub(super) fn js(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.first() {
        let (character, size) = bstr::decode_utf8(rest);
        let (head, tail) = rest.split_at(size.max(1));
        rest = tail;
        match (first, character) {
            (b'\\' | b'\'' | b'"', _) => out.extend_from_slice(&[b'\\', *first]),
            (b'<' | b'>' | b'&' | b'=' | ..b' ', _) => escape_js(&mut out, u32::from(*first)),
            (_, Some(character)) if !character.is_ascii() && !strconv::is_print(character) => {
                escape_js(&mut out, u32::from(character));
            }
            _ => out.extend_from_slice(head),
        }
    }
    out
}

fn escape_js(out: &mut Vec<u8>, character: u32) {
    // A write to a vector does not fail.
    let _ = write!(out, "\\u{character:04X}");
}

/// For the query of a URL.
pub(super) fn url_query(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for byte in text {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(*byte),
            b' ' => out.push(b'+'),
            other => out.extend([b'%', hex(other >> 4), hex(other & 15)]),
        }
    }
    out
}

fn hex(digit: u8) -> u8 {
    HEX.get(usize::from(digit)).copied().unwrap_or(b'0')
}
