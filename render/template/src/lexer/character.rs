//! Characters, and what Go takes them for.

use govalue::strconv;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// The first character and its width; a byte that is no UTF-8 is U+FFFD, as Go has it.
pub(crate) fn decode(text: &[u8]) -> Option<(char, usize)> {
    let first = *text.first()?;
    if first.is_ascii() {
        return Some((char::from(first), 1));
    }
    Some(match bstr::decode_utf8(text) {
        (Some(character), width) => (character, width),
        (None, _) => (char::REPLACEMENT_CHARACTER, 1),
    })
}

/// Go's `%#U`: the code point and, if it can be printed, the character.
pub(super) fn in_words(character: char) -> String {
    let code = u32::from(character);
    if strconv::is_print(character) { format!("U+{code:04X} '{character}'") } else { format!("U+{code:04X}") }
}

pub(super) fn is_space_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Whether it is an ASCII character that names may have.
pub(super) fn is_word_byte(byte: u8) -> bool {
    WORD_BYTES[usize::from(byte)]
}

const WORD_BYTES: [bool; 256] = {
    let mut is_word = [false; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        is_word[byte as usize] = byte == b'_' || byte.is_ascii_alphanumeric();
        byte += 1;
    }
    is_word
};

/// Whether names may have it: a letter, a decimal digit or an underscore.
///
/// Letters that are newer than Go's Unicode, by which it also knows what can be printed, are none.
pub(super) fn is_alphanumeric(character: char) -> bool {
    if character.is_ascii() {
        return character == '_' || character.is_ascii_alphanumeric();
    }
    let is_named = character.general_category_group() == GeneralCategoryGroup::Letter
        || character.general_category() == GeneralCategory::DecimalNumber;
    is_named && strconv::is_print(character)
}
