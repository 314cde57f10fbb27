//! All matches, in Go's way of going on after an empty one.

use std::ops::Range;

use super::Regex;
use super::automaton::Steps;
use crate::args::check_items;
use crate::runes;

/// The matches of a text, one after the other. An empty one right after another does not count.
pub(super) struct Matches<'r, 't> {
    regex: &'r Regex,
    text: &'t [u8],
    place: usize,
    last_end: Option<usize>,
    pub(super) steps: Steps,
}

impl<'r, 't> Matches<'r, 't> {
    pub(super) fn new(regex: &'r Regex, text: &'t [u8]) -> Self {
        Self { regex, text, place: 0, last_end: None, steps: Steps::default() }
    }

    pub(super) fn next(&mut self) -> Result<Option<Range<usize>>, String> {
        while self.place <= self.text.len() {
            let Some(found) = self.regex.find_at(self.text, self.place, &mut self.steps)? else { break };
            if found.is_empty() && is_within_rune(self.text, found.start) {
                self.place = found.start + 1;
                continue;
            }
            let accepted = !found.is_empty() || self.last_end != Some(found.start);
            self.place = if found.is_empty() { after_rune(self.text, found.end) } else { found.end };
            self.last_end = Some(found.end);
            if accepted {
                return Ok(Some(found));
            }
        }
        self.place = self.text.len() + 1;
        Ok(None)
    }
}

/// Where the rune after this place ends; past the end of the text, one further.
fn after_rune(text: &[u8], place: usize) -> usize {
    place + runes::decode(text.get(place..).unwrap_or_default()).1.max(1)
}

/// Whether the place is between the bytes of a rune.
fn is_within_rune(text: &[u8], place: usize) -> bool {
    let covers = |distance: &usize| {
        let before = place.checked_sub(*distance).and_then(|start| text.get(start..));
        before.is_some_and(|text| runes::decode(text).1 > *distance)
    };
    (1..4).any(|distance| covers(&distance))
}

/// At most so many matches, all if the number is negative.
pub(super) fn find_all(regex: &Regex, text: &[u8], count: i64) -> Result<Vec<Range<usize>>, String> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let mut matches = Matches::new(regex, text);
    let mut all = Vec::new();
    while all.len() < count
        && let Some(found) = matches.next()?
    {
        all.push(found);
        check_items("regular expression", Some(all.len()))?;
    }
    Ok(all)
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
