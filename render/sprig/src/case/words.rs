//! Words within names, as xstrings finds them: `HTTPServer2xx` is `http_server_2xx`.

use crate::runes;

/// `ToPascalCase`: words without what connects them, each with a capital.
pub(super) fn pascal_case(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = runes::runes(text);
    let mut current = runes::ERROR;
    let mut upper = false;
    for rune in rest.by_ref() {
        current = rune;
        if !is_connector(rune) {
            upper = runes::is_upper(rune);
            current = runes::to_upper(rune);
            break;
        }
        runes::push(&mut out, rune);
    }
    if text.is_empty() {
        return out;
    }
    for rune in rest {
        let previous = std::mem::replace(&mut current, rune);
        if is_connector(previous) && is_connector(rune) {
            runes::push(&mut out, previous);
            continue;
        }
        if is_connector(previous) {
            upper = runes::is_upper(rune);
            current = runes::to_upper(rune);
            continue;
        }
        if upper && runes::is_upper(rune) {
            current = runes::to_lower(rune);
        } else {
            upper = false;
        }
        runes::push(&mut out, previous);
    }
    // Of nothing but connectors the last is written twice, as Go's library does.
    runes::push(&mut out, current);
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nothing, or no valid rune.
    Invalid,
    Number,
    UpperCase,
    Alphabet,
    Connector,
    Punctuation,
    Other,
}

impl Kind {
    /// Whether no connector is put before such a word.
    fn closes(self) -> bool {
        matches!(self, Self::Connector | Self::Punctuation)
    }

    fn is_word(self) -> bool {
        matches!(self, Self::Alphabet | Self::Number)
    }
}

/// `ToSnakeCase` and `ToKebabCase`: words in lower case, connected.
pub(super) fn lower_case(text: &[u8], connector: char) -> Vec<u8> {
    let mut writer = Writer { out: Vec::with_capacity(text.len() + text.len() / 4), connector };
    let (mut kind, mut word, mut rest) = next_word(text);
    while !rest.is_empty() {
        if kind != Kind::Connector {
            writer.word(kind, word);
        }
        let (previous, last) = (kind, word);
        (kind, word, rest) = next_word(rest);
        match previous {
            Kind::Number => (kind, word, rest) = writer.rest_of_word(kind, word, rest),
            Kind::Connector => writer.word(previous, last),
            Kind::Punctuation => {}
            _ if kind != Kind::Number => {
                if !kind.closes() {
                    writer.connect();
                }
            }
            _ if rest.is_empty() => {}
            _ => (kind, word, rest) = writer.number(word, rest),
        }
    }
    writer.word(kind, word);
    writer.out
}

type Word<'a> = (Kind, &'a [u8], &'a [u8]);

struct Writer {
    out: Vec<u8>,
    connector: char,
}

impl Writer {
    fn connect(&mut self) {
        runes::push(&mut self.out, self.connector);
    }

    /// A number that follows letters: part of their word (`bld4_floor`), unless letters in lower case follow (`http_20x`).
    fn number<'a>(&mut self, number: &[u8], rest: &'a [u8]) -> Word<'a> {
        let (kind, word, rest) = next_word(rest);
        if kind == Kind::Alphabet {
            self.connect();
            self.word(Kind::Number, number);
            return self.rest_of_word(kind, word, rest);
        }
        self.word(Kind::Number, number);
        if !kind.closes() {
            self.connect();
        }
        (kind, word, rest)
    }

    /// Writes what still belongs to a word that has begun with a number, and connects it with the next.
    fn rest_of_word<'a>(&mut self, mut kind: Kind, mut word: &'a [u8], mut rest: &'a [u8]) -> Word<'a> {
        while kind.is_word() {
            self.word(kind, word);
            (kind, word, rest) = next_word(rest);
        }
        if kind != Kind::Invalid && !kind.closes() {
            self.connect();
        }
        (kind, word, rest)
    }

    fn word(&mut self, kind: Kind, word: &[u8]) {
        if !matches!(kind, Kind::UpperCase | Kind::Connector) {
            self.out.extend_from_slice(word);
            return;
        }
        for rune in runes::runes(word) {
            let changed = match rune {
                rune if is_connector(rune) => self.connector,
                rune if runes::is_upper(rune) => runes::to_lower(rune),
                rune => rune,
            };
            runes::push(&mut self.out, changed);
        }
    }
}

fn is_connector(rune: char) -> bool {
    rune == '-' || rune == '_' || rune.is_whitespace()
}

/// A letter of a script with words: not Chinese and the like.
fn is_alphabet(rune: char) -> bool {
    let chinese = matches!(rune, '\u{4E00}'..='\u{9FCC}' | '\u{3400}'..='\u{4D85}' | '\u{20000}'..='\u{2B81D}');
    runes::is_letter(rune) && !chinese
}

fn is_lower_alphabet(rune: char) -> bool {
    is_alphabet(rune) && !runes::is_upper(rune)
}

/// The kind and the bytes of the first word, and what follows it.
fn next_word(text: &[u8]) -> Word<'_> {
    let (rune, size) = next_valid(text, runes::ERROR);
    if rune == runes::ERROR {
        let (word, rest) = text.split_at(size);
        return (Kind::Invalid, word, rest);
    }
    let (kind, length) = if is_connector(rune) {
        (Kind::Connector, span(text, size, rune, is_connector))
    } else if runes::is_punct(rune) {
        (Kind::Punctuation, span(text, size, rune, runes::is_punct))
    } else if runes::is_upper(rune) {
        (Kind::UpperCase, upper_case_word(text, size, rune))
    } else if is_alphabet(rune) {
        (Kind::Alphabet, span(text, size, rune, is_lower_alphabet))
    } else if runes::is_number(rune) {
        (Kind::Number, span(text, size, rune, runes::is_number))
    } else {
        (Kind::Other, span(text, size, rune, is_other))
    };
    let (word, rest) = text.split_at(length);
    (kind, word, rest)
}

fn is_other(rune: char) -> bool {
    !is_connector(rune) && !is_alphabet(rune) && !runes::is_number(rune) && !runes::is_punct(rune)
}

/// Where the runes end that belong to a word, of which `start` bytes are known.
fn span(text: &[u8], start: usize, first: char, belongs: fn(char) -> bool) -> usize {
    let (mut length, mut previous) = (start, first);
    while let Some(rest) = text.get(length..).filter(|rest| !rest.is_empty()) {
        let (rune, size) = next_valid(rest, previous);
        if !belongs(rune) {
            break;
        }
        previous = rune;
        length += size;
    }
    length
}

/// Where a word ends that begins with a capital: `Status`, or `HTTP` before `Status`.
fn upper_case_word(text: &[u8], start: usize, first: char) -> usize {
    let (second, size) = next_valid(text.get(start..).unwrap_or_default(), first);
    if size == 0 {
        return start;
    }
    if !runes::is_upper(second) {
        return if is_alphabet(second) { span(text, start + size, second, is_lower_alphabet) } else { start };
    }
    let (mut length, mut last, mut previous) = (start + size, size, second);
    while let Some(rest) = text.get(length..).filter(|rest| !rest.is_empty()) {
        let (rune, size) = next_valid(rest, previous);
        if !runes::is_upper(rune) {
            return if is_alphabet(rune) { length - last } else { length };
        }
        (previous, last) = (rune, size);
        length += size;
    }
    length
}

/// The first rune that is valid, and the bytes up to its end; at the end of the text the previous one again.
fn next_valid(text: &[u8], previous: char) -> (char, usize) {
    let mut size = 0;
    while let Some(rest) = text.get(size..).filter(|rest| !rest.is_empty()) {
        let (rune, width) = runes::decode(rest);
        size += width;
        if rune != runes::ERROR {
            return (rune, size);
        }
    }
    (previous, size)
}
