//! Texts of any bytes within JSON.
//!
//! Go's strings hold any bytes, `serde_json`'s do not. What is no UTF-8 is carried over as characters for private use,
//! behind a mark that no text begins with.

use std::borrow::Cow;

use crate::Str;

/// What is said to begin no text: the last character of all, which Unicode gives to nobody.
const MARK: char = '\u{10ffff}';

/// Stands for the byte 0; the others follow.
const FIRST: u32 = 0x10_ff00;

/// A text of any bytes for a string of `serde_json`, from which [`super::from_json`] makes the same bytes again.
pub fn json_text(bytes: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(bytes) {
        Ok(text) if !text.starts_with(MARK) => text.into(),
        _ => marked(bytes).into(),
    }
}

fn marked(bytes: &[u8]) -> String {
    let mut text = MARK.to_string();
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match u32::from(character) {
                FIRST.. => text.extend(character.encode_utf8(&mut [0; 4]).bytes().filter_map(carrier)),
                _ => text.push(character),
            }
        }
        text.extend(chunk.invalid().iter().copied().filter_map(carrier));
    }
    text
}

fn carrier(byte: u8) -> Option<char> {
    char::from_u32(FIRST + u32::from(byte))
}

/// The text that was made a string of JSON.
pub(super) fn bytes_of(text: &str) -> Str {
    let Some(rest) = text.strip_prefix(MARK) else { return text.into() };
    let mut bytes = Vec::with_capacity(rest.len());
    for character in rest.chars() {
        match u32::from(character).checked_sub(FIRST).and_then(|byte| u8::try_from(byte).ok()) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend(character.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    bytes.into()
}

/// A text of JSON in which every escape of half a pair of surrogates is one of U+FFFD, as Go reads it; it is as long as
/// before.
pub fn paired(json: &str) -> Cow<'_, str> {
    let mut bytes = Cow::Borrowed(json.as_bytes());
    let mut at = 0;
    while let Some(found) = json.get(at..).and_then(|rest| rest.find('\\')) {
        at += found;
        at += match (surrogate(json, at), surrogate(json, at + ESCAPE)) {
            (Some(0xd800..0xdc00), Some(0xdc00..)) => 2 * ESCAPE,
            (Some(_), _) => {
                if let Some(digits) = bytes.to_mut().get_mut(at + 2..at + ESCAPE) {
                    digits.copy_from_slice(b"fffd");
                }
                ESCAPE
            }
            // A backslash, and the byte that it escapes: what is no ASCII is no escape.
            (None, _) => 1 + usize::from(json.as_bytes().get(at + 1).is_some_and(u8::is_ascii)),
        };
    }
    match bytes {
        Cow::Borrowed(_) => json.into(),
        Cow::Owned(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
    }
}

/// How long an escape such as `\ud800` is.
const ESCAPE: usize = 6;

/// The surrogate that is escaped here, if one is.
fn surrogate(json: &str, at: usize) -> Option<u16> {
    let digits = json.get(at..at + ESCAPE)?.strip_prefix(r"\u")?;
    let code =
        u16::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    (0xd800..0xe000).contains(&code).then_some(code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes: Vec<u8>, text: String) {
            prop_assert_eq!(&*bytes_of(&json_text(&bytes)), &*bytes);
            prop_assert_eq!(&*bytes_of(&json_text(text.as_bytes())), text.as_bytes());
        }
    }

    #[test]
    fn halves_of_pairs_are_replaced() {
        for (json, wanted) in [
            (r#""a\ud800""#, r#""a\ufffd""#),
            (r#""\udc00b\uD83D\uDE00\ud83d\ud83d\ude00""#, r#""\ufffdb\uD83D\uDE00\ufffd\ud83d\ude00""#),
            (r#""\\ud800\\\ud800é\""#, r#""\\ud800\\\ufffdé\""#),
            (r#""\é\ud80\u+800\ud8""#, r#""\é\ud80\u+800\ud8""#),
        ] {
            assert_eq!(paired(json), wanted);
        }
    }

    #[test]
    fn marks_and_carriers_come_back() {
        for text in ["\u{10ffff}", "\u{10ffff}\u{10ff41}", "a\u{10ff41}"] {
            for bytes in [text.as_bytes().to_vec(), [text.as_bytes(), b"\xff"].concat()] {
                assert_eq!(&*bytes_of(&json_text(&bytes)), &*bytes);
            }
        }
    }
}
