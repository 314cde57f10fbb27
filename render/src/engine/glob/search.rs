//! Runs a matcher over a path.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::matcher::{Matcher, Tree};
use super::piece::{self, Found};
use super::runes::{decode, runes};

/// How many steps all paths of a pattern may take together. Only a pattern that is made for it takes as many.
const MAX_STEPS: usize = 3_000_000;

/// One run over a path. Pieces of the path are given by where they begin and end.
pub(super) struct Search<'a> {
    path: &'a [u8],
    /// What is known of trees and pieces. Without it, a pattern of many `*` would take for ever.
    known: HashMap<(*const Tree, usize, usize), bool>,
    steps: &'a Cell<usize>,
}

impl<'a> Search<'a> {
    pub(super) fn new(path: &'a [u8], steps: &'a Cell<usize>) -> Self {
        Self { path, known: HashMap::new(), steps }
    }

    /// Whether a piece is of a matcher, or what Go says where the original fails.
    pub(super) fn is(&mut self, matcher: &Matcher, start: usize, end: usize) -> Result<bool, String> {
        self.step()?;
        match matcher {
            Matcher::AnyOf(matchers) => {
                for matcher in matchers {
                    if self.is(matcher, start, end)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Matcher::EveryOf(matchers) => Ok(matchers.iter().all(|matcher| piece::is(matcher, &self.path[start..end]))),
            Matcher::Row { parts, length } => {
                Ok(runes(&self.path[start..end]).count() == *length && self.is_row(parts, start, end)?)
            }
            Matcher::Tree(tree) => {
                let key = (std::ptr::from_ref(&**tree), start, end);
                if let Some(known) = self.known.get(&key) {
                    return Ok(*known);
                }
                let is = self.is_tree(tree, start, end)?;
                self.known.insert(key, is);
                Ok(is)
            }
            plain => Ok(piece::is(plain, &self.path[start..end])),
        }
    }

    /// Whether a piece begins with a row. As in the original, a part's last character counts as one byte, and a part
    /// of no characters reads one byte, if need be behind the end.
    fn is_row(&mut self, parts: &[Matcher], start: usize, end: usize) -> Result<bool, String> {
        let mut from = start;
        for part in parts {
            let length = part.length().unwrap_or(0);
            let (mut last, mut count) = (0, 0);
            for (at, _) in runes(&self.path[from..end]) {
                (last, count) = (at, count + 1);
                if count == length {
                    break;
                }
            }
            if count < length {
                return Ok(false);
            }
            let to = from + last + 1;
            if to > end {
                let (bound, length) = (to - start, end - start);
                return Err(format!("runtime error: slice bounds out of range [:{bound}] with length {length}"));
            }
            if !self.is(part, from, to)? {
                return Ok(false);
            }
            from = to;
        }
        Ok(true)
    }

    fn is_tree(&mut self, tree: &Tree, start: usize, end: usize) -> Result<bool, String> {
        let limit = end.saturating_sub(tree.right_length);
        let mut from = start + tree.left_length;
        while from < limit {
            let Some((index, lengths)) = self.index(&tree.value, from, limit)? else { return Ok(false) };
            let at = from + index;
            if self.is_side(tree.left.as_ref(), start, at)? {
                for length in lengths.into_iter().rev() {
                    if self.is_side(tree.right.as_ref(), (at + length).min(end), end)? {
                        return Ok(true);
                    }
                }
            }
            from = at + decode(&self.path[at..end]).1.max(1);
        }
        Ok(false)
    }

    fn is_side(&mut self, matcher: Option<&Matcher>, start: usize, end: usize) -> Result<bool, String> {
        matcher.map_or(Ok(start == end), |matcher| self.is(matcher, start, end))
    }

    fn step(&self) -> Result<(), String> {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        if steps > MAX_STEPS { Err("a pattern that takes too many steps".to_owned()) } else { Ok(()) }
    }

    /// Where in a piece a matcher is found first, from the piece's beginning. A tree never is, as in the original.
    fn index(&mut self, matcher: &Matcher, start: usize, end: usize) -> Result<Option<Found>, String> {
        self.step()?;
        match matcher {
            Matcher::AnyOf(matchers) => self.index_any(matchers, start, end),
            Matcher::EveryOf(matchers) => Ok(index_every(matchers, &self.path[start..end])),
            Matcher::Row { parts, length } => self.index_row(parts, *length, start, end),
            plain => Ok(piece::index(plain, &self.path[start..end])),
        }
    }

    fn index_any(&mut self, matchers: &[Matcher], start: usize, end: usize) -> Result<Option<Found>, String> {
        let mut first: Option<Found> = None;
        for matcher in matchers {
            let Some((at, mut lengths)) = self.index(matcher, start, end)? else { continue };
            match &mut first {
                Some((index, _)) if *index < at => {}
                Some((index, all)) if *index == at => {
                    all.append(&mut lengths);
                    all.sort_unstable();
                    all.dedup();
                }
                _ => first = Some((at, lengths)),
            }
        }
        Ok(first)
    }

    /// As in the original, its length is given in characters, not in bytes.
    fn index_row(
        &mut self,
        parts: &[Matcher],
        length: usize,
        start: usize,
        end: usize,
    ) -> Result<Option<Found>, String> {
        for (at, _) in runes(&self.path[start..end]) {
            if end - start - at < length {
                break;
            }
            if self.is_row(parts, start + at, end)? {
                return Ok(Some((at, vec![length])));
            }
        }
        Ok(None)
    }
}

/// The lengths that all of them can have. They are all found at the beginning.
fn index_every(matchers: &[Matcher], text: &[u8]) -> Option<Found> {
    let mut common: Option<Vec<usize>> = None;
    for matcher in matchers {
        let (_, mut lengths) = piece::index(matcher, text)?;
        if let Some(common) = common {
            let common: HashSet<usize> = common.into_iter().collect();
            lengths.retain(|length| common.contains(length));
        }
        common = (!lengths.is_empty()).then_some(lengths);
        common.as_ref()?;
    }
    Some((0, common?))
}
