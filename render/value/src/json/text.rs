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
    fn marks_and_carriers_come_back() {
        for text in ["\u{10ffff}", "\u{10ffff}\u{10ff41}", "a\u{10ff41}"] {
            for bytes in [text.as_bytes().to_vec(), [text.as_bytes(), b"\xff"].concat()] {
                assert_eq!(&*bytes_of(&json_text(&bytes)), &*bytes);
            }
        }
    }
}
