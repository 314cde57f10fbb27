//! Upper and lower case, and the case of words.

mod words;

use govalue::{Function, Type};

use crate::args::{bytes, string};
use crate::runes;

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        ("upper", change(|text| cased(text, <[u8]>::to_ascii_uppercase, runes::to_upper))),
        ("lower", change(|text| cased(text, <[u8]>::to_ascii_lowercase, runes::to_lower))),
        ("title", change(title)),
        ("untitle", change(untitle)),
        ("swapcase", change(swap_case)),
        ("initials", change(initials)),
        ("nospace", change(without_space)),
        ("camelcase", change(words::pascal_case)),
        ("snakecase", change(|text| words::lower_case(text, '_'))),
        ("kebabcase", change(|text| words::lower_case(text, '-'))),
    ]
}

fn change(change: fn(&[u8]) -> Vec<u8>) -> Function {
    Function::new(&[Type::String], move |args| Ok(string(change(bytes(args, 0)))))
}

fn cased(text: &[u8], ascii: fn(&[u8]) -> Vec<u8>, rune: fn(char) -> char) -> Vec<u8> {
    if text.is_ascii() { ascii(text) } else { runes::map(text, rune) }
}

/// `strings.Title`: every first letter of a word, where quotes part words as well as spaces do.
fn title(text: &[u8]) -> Vec<u8> {
    let mut previous = ' ';
    runes::map(text, |rune| {
        let first = is_separator(std::mem::replace(&mut previous, rune));
        if first { runes::to_title(rune) } else { rune }
    })
}

fn is_separator(rune: char) -> bool {
    if rune.is_ascii() {
        return !(rune.is_ascii_alphanumeric() || rune == '_');
    }
    !runes::is_letter(rune) && !runes::is_digit(rune) && rune.is_whitespace()
}

/// The first letter of each word in lower case.
fn untitle(text: &[u8]) -> Vec<u8> {
    let mut first = true;
    runes::map(text, |rune| {
        let change = first && !rune.is_whitespace();
        first = rune.is_whitespace();
        if change { runes::to_lower(rune) } else { rune }
    })
}

/// Upper case becomes lower; lower case becomes upper, or title case at the start of a word.
fn swap_case(text: &[u8]) -> Vec<u8> {
    let mut after_space = true;
    runes::map(text, |rune| {
        let first = std::mem::replace(&mut after_space, false);
        if runes::is_upper(rune) || runes::is_title(rune) {
            runes::to_lower(rune)
        } else if runes::is_lower(rune) {
            if first { runes::to_title(rune) } else { runes::to_upper(rune) }
        } else {
            after_space = rune.is_whitespace();
            rune
        }
    })
}

/// The first byte of each word, as the character of that number: Go's library takes bytes for characters here.
fn initials(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut after_space = true;
    for &byte in text {
        let character = char::from(byte);
        if std::mem::replace(&mut after_space, character.is_whitespace()) && !after_space {
            runes::push(&mut out, character);
        }
    }
    out
}

/// Without white space. If there was any, each byte left is taken for a character, as in Go's library.
fn without_space(text: &[u8]) -> Vec<u8> {
    if !text.iter().any(|byte| char::from(*byte).is_whitespace()) {
        return text.to_vec();
    }
    let mut out = Vec::with_capacity(text.len());
    for character in text.iter().map(|byte| char::from(*byte)).filter(|character| !character.is_whitespace()) {
        runes::push(&mut out, character);
    }
    out
}
