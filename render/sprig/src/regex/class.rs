//! Classes of characters: ranges, `\d` and its kin, `[:alpha:]`, and Unicode's categories and scripts.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

use super::names::UNICODE;

/// The characters between two code points, both of them included. Surrogates are no characters.
pub(super) fn range(low: u32, high: u32, fold: bool) -> ClassUnicode {
    let low = char::from_u32(low).or((low <= 0xDFFF).then_some('\u{E000}'));
    let high = char::from_u32(high).or((high >= 0xD800).then_some('\u{D7FF}'));
    let ranges = low.zip(high).filter(|(low, high)| low <= high);
    folded(ClassUnicode::new(ranges.map(|(low, high)| ClassUnicodeRange::new(low, high))), fold)
}

/// With the other cases of its characters, if so wanted.
fn folded(mut class: ClassUnicode, fold: bool) -> ClassUnicode {
    if fold && class.try_case_fold_simple().is_err() {
        return ClassUnicode::empty();
    }
    class
}

fn ascii(ranges: &[(char, char)], fold: bool, negated: bool) -> ClassUnicode {
    let ranges = ranges.iter().map(|(low, high)| ClassUnicodeRange::new(*low, *high));
    let mut class = folded(ClassUnicode::new(ranges), fold);
    if negated {
        class.negate();
    }
    class
}

const DIGIT: &[(char, char)] = &[('0', '9')];
const SPACE: &[(char, char)] = &[('\t', '\n'), ('\x0C', '\r'), (' ', ' ')];
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

/// `\d`, `\S` and so on, by their letter.
pub(super) fn perl(letter: u8, fold: bool) -> Option<ClassUnicode> {
    let ranges = match letter.to_ascii_lowercase() {
        b'd' => DIGIT,
        b's' => SPACE,
        b'w' => WORD,
        _ => return None,
    };
    Some(ascii(ranges, fold, letter.is_ascii_uppercase()))
}

/// `[:alpha:]` or `[:^alpha:]`, by what stands between the colons.
pub(super) fn posix(name: &[u8], fold: bool) -> Option<ClassUnicode> {
    let (negated, name) = name.strip_prefix(b"^").map_or((false, name), |name| (true, name));
    let ranges: &[(char, char)] = match name {
        b"alnum" => &[('0', '9'), ('A', 'Z'), ('a', 'z')],
        b"alpha" => &[('A', 'Z'), ('a', 'z')],
        b"ascii" => &[('\0', '\x7F')],
        b"blank" => &[('\t', '\t'), (' ', ' ')],
        b"cntrl" => &[('\0', '\x1F'), ('\x7F', '\x7F')],
        b"digit" => DIGIT,
        b"graph" => &[('!', '~')],
        b"lower" => &[('a', 'z')],
        b"print" => &[(' ', '~')],
        b"punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        b"space" => &[('\t', '\r'), (' ', ' ')],
        b"upper" => &[('A', 'Z')],
        b"word" => WORD,
        b"xdigit" => &[('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => return None,
    };
    Some(ascii(ranges, fold, negated))
}

/// `\p{Name}`, by the name; none if Go does not know it.
pub(super) fn unicode(name: &str, fold: bool) -> Option<ClassUnicode> {
    let name = canonical(name);
    let index = UNICODE.binary_search_by_key(&name.as_str(), |(known, _)| known).ok()?;
    let (_, query) = UNICODE.get(index)?;
    let hir = regex_syntax::parse(&format!(r"\p{{{query}}}")).map(Hir::into_kind);
    Some(match hir {
        Ok(HirKind::Class(Class::Unicode(class))) => folded(class, fold),
        // Surrogates are no characters here.
        _ => ClassUnicode::empty(),
    })
}

/// A name as Go compares names: the first letter large, the others small, without `_`, `-` and spaces.
fn canonical(name: &str) -> String {
    let mut canonical = String::with_capacity(name.len());
    let mut first = true;
    for character in name.chars().filter(|character| !matches!(character, '_' | '-' | ' ')) {
        canonical.push(if first { character.to_ascii_uppercase() } else { character.to_ascii_lowercase() });
        first = false;
    }
    canonical
}

/// `.` with the flag `s`.
pub(super) fn any() -> ClassUnicode {
    ascii(&[('\0', char::MAX)], false, false)
}

/// `.`
pub(super) fn any_but_newline() -> ClassUnicode {
    ascii(&[('\n', '\n')], false, true)
}
