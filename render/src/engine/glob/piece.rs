//! The matchers that need no other ones.

use bstr::ByteSlice;

use super::matcher::Matcher;
use super::runes::{decode, ends, runes, starts};

/// Where something was found: where it begins, and how long it may be.
pub(super) type Found = (usize, Vec<usize>);

/// Whether a text is of a matcher.
pub(super) fn is(matcher: &Matcher, text: &[u8]) -> bool {
    match matcher {
        Matcher::Nothing => text.is_empty(),
        Matcher::Any => !text.contains(&b'/'),
        Matcher::Single | Matcher::List { .. } | Matcher::Range { .. } => {
            let (character, width) = decode(text);
            text.len() <= width && is_one(matcher, character)
        }
        Matcher::Text(wanted) => text == wanted.as_bytes(),
        Matcher::Min(limit) => runes(text).take(*limit).count() >= *limit,
        Matcher::Max(limit) => runes(text).take(*limit + 1).count() <= *limit,
        Matcher::Contains(needle) => text.contains_str(needle),
        Matcher::Lacks(needle) => !text.contains_str(needle),
        Matcher::Prefix(prefix) => text.starts_with_str(prefix),
        Matcher::Suffix(suffix) => text.ends_with_str(suffix),
        Matcher::PrefixAny(prefix) => text.strip_prefix(prefix.as_bytes()).is_some_and(|rest| !rest.contains(&b'/')),
        Matcher::SuffixAny(suffix) => text.strip_suffix(suffix.as_bytes()).is_some_and(|rest| !rest.contains(&b'/')),
        Matcher::PrefixSuffix(prefix, suffix) => text.starts_with_str(prefix) && text.ends_with_str(suffix),
        _ => matches!(matcher, Matcher::Super),
    }
}

/// Whether a character is of a matcher of one character.
fn is_one(matcher: &Matcher, character: char) -> bool {
    match matcher {
        Matcher::Single => character != '/',
        Matcher::List { chars, not } => chars.contains(character) != *not,
        Matcher::Range { low, high, not } => (low..=high).contains(&&character) != *not,
        _ => false,
    }
}

/// Where in a text a matcher is found first.
pub(super) fn index(matcher: &Matcher, text: &[u8]) -> Option<Found> {
    match matcher {
        Matcher::Nothing => Some((0, vec![0])),
        Matcher::Any => Some((0, starts(before_separator(text)))),
        Matcher::Super => Some((0, starts(text))),
        Matcher::Single | Matcher::List { .. } | Matcher::Range { .. } => {
            let (at, character) = runes(text).find(|(_, character)| is_one(matcher, *character))?;
            Some((at, vec![character.len_utf8()]))
        }
        Matcher::Text(wanted) => Some((text.find(wanted)?, vec![wanted.len()])),
        Matcher::Min(limit) => at_least(*limit, text),
        Matcher::Max(limit) => Some((0, ends(text).into_iter().take(*limit + 1).collect())),
        Matcher::Contains(needle) => {
            let from = text.find(needle)? + needle.len();
            Some((0, shifted(from, starts(&text[from..]))))
        }
        Matcher::Lacks(needle) => Some((0, starts(&text[..text.find(needle).unwrap_or(text.len())]))),
        Matcher::Prefix(prefix) => {
            let at = text.find(prefix)?;
            Some((at, shifted(prefix.len(), ends(&text[at + prefix.len()..]))))
        }
        Matcher::PrefixAny(prefix) => {
            let at = text.find(prefix)?;
            Some((at, shifted(prefix.len(), ends(before_separator(&text[at + prefix.len()..])))))
        }
        Matcher::Suffix(suffix) => Some((0, vec![text.find(suffix)? + suffix.len()])),
        Matcher::SuffixAny(suffix) => {
            let at = text.find(suffix)?;
            let start = text[..at].rfind_byte(b'/').map_or(0, |slash| slash + 1);
            Some((start, vec![at + suffix.len() - start]))
        }
        Matcher::PrefixSuffix(prefix, suffix) => prefix_suffix(prefix, suffix, text),
        _ => None,
    }
}

fn before_separator(text: &[u8]) -> &[u8] {
    &text[..text.find_byte(b'/').unwrap_or(text.len())]
}

fn shifted(by: usize, lengths: Vec<usize>) -> Vec<usize> {
    lengths.into_iter().map(|length| by + length).collect()
}

fn at_least(limit: usize, text: &[u8]) -> Option<Found> {
    let lengths: Vec<_> = ends(text).into_iter().skip(limit).collect();
    (!lengths.is_empty()).then_some((0, lengths))
}

fn prefix_suffix(prefix: &str, suffix: &str, text: &[u8]) -> Option<Found> {
    let at = text.find(prefix)?;
    let mut rest = &text[at..];
    let mut lengths = Vec::new();
    while let Some(end) = rest.rfind(suffix) {
        lengths.push(end + suffix.len());
        rest = &rest[..end];
    }
    lengths.reverse();
    (!lengths.is_empty()).then_some((at, lengths))
}
