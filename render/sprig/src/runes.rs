//! Runes as Go reads them from bytes, and what Go knows of each: its category and its other cases.

use icu_casemap::{CaseMapper, CaseMapperBorrowed};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// What a byte that belongs to no rune is read as.
pub(crate) const ERROR: char = char::REPLACEMENT_CHARACTER;

const CASES: CaseMapperBorrowed<'static> = CaseMapper::new();

/// The first rune and its width, as `utf8.DecodeRune`: a wrong byte is [`ERROR`] of width 1, no byte of width 0.
pub(crate) fn decode(bytes: &[u8]) -> (char, usize) {
    match bstr::decode_utf8(bytes) {
        (Some(rune), width) => (rune, width),
        (None, width) => (ERROR, width.min(1)),
    }
}

/// All runes, as when Go ranges over a string.
pub(crate) fn runes(mut bytes: &[u8]) -> impl Iterator<Item = char> {
    std::iter::from_fn(move || {
        let (rune, width) = decode(bytes);
        bytes = bytes.get(width..)?;
        (width > 0).then_some(rune)
    })
}

/// The bytes of the first rune, and the rest. A wrong byte stays as it is.
pub(crate) fn split_first(bytes: &[u8]) -> (&[u8], &[u8]) {
    bytes.split_at(decode(bytes).1)
}

/// Adds a rune's bytes.
pub(crate) fn push(out: &mut Vec<u8>, rune: char) {
    out.extend_from_slice(rune.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Each rune changed, as `strings.Map`: wrong bytes become [`ERROR`].
pub(crate) fn map(bytes: &[u8], mut change: impl FnMut(char) -> char) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for rune in runes(bytes) {
        push(&mut out, change(rune));
    }
    out
}

/// `unicode.ToUpper`
pub(crate) fn to_upper(rune: char) -> char {
    if rune.is_ascii() { rune.to_ascii_uppercase() } else { CASES.simple_uppercase(rune) }
}

/// `unicode.ToLower`
pub(crate) fn to_lower(rune: char) -> char {
    if rune.is_ascii() { rune.to_ascii_lowercase() } else { CASES.simple_lowercase(rune) }
}

/// `unicode.ToTitle`
pub(crate) fn to_title(rune: char) -> char {
    if rune.is_ascii() { rune.to_ascii_uppercase() } else { CASES.simple_titlecase(rune) }
}

/// `unicode.IsUpper`
pub(crate) fn is_upper(rune: char) -> bool {
    rune.general_category() == GeneralCategory::UppercaseLetter
}

/// `unicode.IsLower`
pub(crate) fn is_lower(rune: char) -> bool {
    rune.general_category() == GeneralCategory::LowercaseLetter
}

/// `unicode.IsTitle`
pub(crate) fn is_title(rune: char) -> bool {
    rune.general_category() == GeneralCategory::TitlecaseLetter
}

/// `unicode.IsLetter`
pub(crate) fn is_letter(rune: char) -> bool {
    rune.general_category_group() == GeneralCategoryGroup::Letter
}

/// `unicode.IsDigit`
pub(crate) fn is_digit(rune: char) -> bool {
    rune.general_category() == GeneralCategory::DecimalNumber
}

/// `unicode.IsNumber`
pub(crate) fn is_number(rune: char) -> bool {
    rune.general_category_group() == GeneralCategoryGroup::Number
}

/// `unicode.IsPunct`
pub(crate) fn is_punct(rune: char) -> bool {
    rune.general_category_group() == GeneralCategoryGroup::Punctuation
}
