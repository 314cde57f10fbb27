//! Replacing matches by a text or a template with `$1` and `${name}`.

use super::Regex;
use super::matches::Matches;
use super::program::Groups;
use crate::args::check_size;
use crate::runes;

/// What matches are replaced by.
pub(super) struct Template<'a> {
    parts: Vec<Part<'a>>,
}

enum Part<'a> {
    Text(&'a [u8]),
    Group(usize),
    Name(&'a [u8]),
}

impl<'a> Template<'a> {
    /// A text in which a dollar means nothing.
    pub(super) fn literal(text: &'a [u8]) -> Self {
        Self { parts: vec![Part::Text(text)] }
    }

    /// A text in which `$1`, `$name` and `${1}` stand for groups, and `$$` for a dollar. A dollar that begins none of
    /// these stands for itself.
    pub(super) fn new(template: &'a [u8]) -> Self {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some(dollar) = rest.iter().position(|byte| *byte == b'$') {
            let (text, after) = rest.split_at(dollar);
            let after = after.get(1..).unwrap_or_default();
            parts.push(Part::Text(text));
            if let Some(after) = after.strip_prefix(b"$") {
                parts.push(Part::Text(b"$"));
                rest = after;
            } else if let Some((group, after)) = reference(after) {
                parts.push(group);
                rest = after;
            } else {
                parts.push(Part::Text(b"$"));
                rest = after;
            }
        }
        parts.push(Part::Text(rest));
        Self { parts }
    }

    fn needs_groups(&self) -> bool {
        self.parts.iter().any(|part| !matches!(part, Part::Text(_)))
    }

    fn expand(&self, out: &mut Vec<u8>, regex: &Regex, text: &[u8], groups: Option<&Groups>) {
        let group = |index| groups.and_then(|groups| groups.get(index, text));
        for part in &self.parts {
            let expanded = match part {
                Part::Text(text) => Some(*text),
                Part::Group(index) => group(*index),
                Part::Name(name) => {
                    let mut named = regex.names().iter().enumerate().filter(|(_, known)| known.as_bytes() == *name);
                    named.find_map(|(index, _)| group(index))
                }
            };
            out.extend_from_slice(expanded.unwrap_or_default());
        }
    }
}

/// The group that a template means right after a dollar, and what follows.
fn reference(text: &[u8]) -> Option<(Part<'_>, &[u8])> {
    let (braced, text) = match text.strip_prefix(b"{") {
        Some(text) => (true, text),
        None => (false, text),
    };
    let mut length = 0;
    while let Some(rest) = text.get(length..).filter(|rest| !rest.is_empty()) {
        let (rune, width) = runes::decode(rest);
        if !runes::is_letter(rune) && !runes::is_digit(rune) && rune != '_' {
            break;
        }
        length += width;
    }
    if length == 0 {
        return None;
    }
    let (name, rest) = text.split_at(length);
    let rest = if braced { rest.strip_prefix(b"}")? } else { rest };
    Some((number(name).map_or(Part::Name(name), Part::Group), rest))
}

fn number(name: &[u8]) -> Option<usize> {
    let leading_zero = name.len() > 1 && name.starts_with(b"0");
    let digits = std::str::from_utf8(name).ok().filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()))?;
    if leading_zero { None } else { digits.parse().ok().filter(|number| *number < 1_000_000_000) }
}

/// The text with every match replaced; none if there is no match.
pub(super) fn replace_all(regex: &Regex, text: &[u8], template: &Template<'_>) -> Result<Option<Vec<u8>>, String> {
    let mut matches = Matches::new(regex, text);
    let mut out = Vec::new();
    let (mut last_end, mut any) = (0, false);
    while let Some(found) = matches.next()? {
        any = true;
        out.extend_from_slice(text.get(last_end..found.start).unwrap_or_default());
        last_end = found.end;
        let groups = template.needs_groups().then(|| regex.groups(text, found, &mut matches.steps)).transpose()?;
        template.expand(&mut out, regex, text, groups.as_ref());
        check_size("regexReplaceAll", Some(out.len()))?;
    }
    out.extend_from_slice(text.get(last_end..).unwrap_or_default());
    Ok(any.then_some(out))
}
