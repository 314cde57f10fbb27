//! Percent signs and what they stand for.

use govalue::strconv::quote;

/// The part of a URL that a text is in: each has its own rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Path,
    Host,
    Zone,
    UserPassword,
    Fragment,
}

/// Whether a byte must be escaped there.
pub(super) fn should_escape(byte: u8, part: Part) -> bool {
    let allowed = match byte {
        byte if byte.is_ascii_alphanumeric() || b"-_.~$&+,;=".contains(&byte) => true,
        b'!' | b'(' | b')' | b'*' => matches!(part, Part::Fragment | Part::Zone | Part::Host),
        b'"' | b'\'' | b'<' | b'>' | b'[' | b']' => matches!(part, Part::Zone | Part::Host),
        b'/' | b'@' => matches!(part, Part::Fragment | Part::Path),
        b':' => part != Part::UserPassword,
        b'?' => part == Part::Fragment,
        _ => false,
    };
    !allowed
}

pub(super) fn escape(text: &[u8], part: Part) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut escaped = Vec::with_capacity(text.len());
    for &byte in text {
        if should_escape(byte, part) {
            escaped.extend([b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        } else {
            escaped.push(byte);
        }
    }
    escaped
}

/// The text without escapes; the error is Go's text.
pub(super) fn unescape(text: &[u8], part: Part) -> Result<Vec<u8>, String> {
    let mut unescaped = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        if byte != b'%' {
            if matches!(part, Part::Host | Part::Zone) && byte.is_ascii() && should_escape(byte, part) {
                return Err(format!("invalid character {} in host name", quote(&[byte])));
            }
            unescaped.push(byte);
            rest = after;
            continue;
        }
        let invalid = || format!("invalid URL escape {}", quote(rest.get(..rest.len().min(3)).unwrap_or_default()));
        let [high, low, after @ ..] = after else { return Err(invalid()) };
        let value = hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low).ok_or_else(invalid)?;
        let refused = match part {
            Part::Host => value.is_ascii() && value != b'%',
            Part::Zone => value != b'%' && value != b' ' && should_escape(value, Part::Host),
            _ => false,
        };
        if refused {
            return Err(invalid());
        }
        unescaped.push(value);
        rest = after;
    }
    Ok(unescaped)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
