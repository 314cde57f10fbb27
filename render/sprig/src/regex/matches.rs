//! All matches, in Go's way of going on after an empty one.

use std::ops::Range;

use regex_automata::Input;

use super::{Regex, next_place};
use crate::args::check_items;

/// The first match from a place on.
fn find_at(regex: &Regex, text: &[u8], start: usize) -> Option<Range<usize>> {
    regex.program.search(&Input::new(text).range(start..)).map(|found| found.range())
}

/// At most so many matches, all if the number is negative. An empty one right after another does not count.
pub(super) fn find_all(regex: &Regex, text: &[u8], count: i64) -> Result<Vec<Range<usize>>, String> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    let (mut place, mut last_end) = (0, None);
    while found.len() < count && place <= text.len() {
        let Some(next) = find_at(regex, text, place) else { break };
        let accepted = next.end != place || last_end != Some(next.start);
        place = if next.end == place { next_place(text, place) } else { next.end };
        last_end = Some(next.end);
        if accepted {
            found.push(next);
            check_items("regular expression", Some(found.len()))?;
        }
    }
    Ok(found)
}

/// The text between the matches, in at most so many parts.
pub(super) fn split<'a>(regex: &Regex, pattern: &[u8], text: &'a [u8], count: i64) -> Result<Vec<&'a [u8]>, String> {
    if count == 0 {
        return Ok(Vec::new());
    }
    if !pattern.is_empty() && text.is_empty() {
        return Ok(vec![text]);
    }
    let limit = usize::try_from(count).unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    let (mut start, mut end) = (0, 0);
    for found in find_all(regex, text, count)? {
        if parts.len() + 1 == limit {
            break;
        }
        end = found.start;
        if found.end != 0 {
            parts.push(text.get(start..end).unwrap_or_default());
        }
        start = found.end;
    }
    if end != text.len() {
        parts.push(text.get(start..).unwrap_or_default());
    }
    Ok(parts)
}
