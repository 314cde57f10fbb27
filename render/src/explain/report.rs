//! From a followed execution to what is told of one line.

use std::collections::HashSet;
use std::ops::Range;

use bstr::ByteSlice;
use govalue::{Value, grow};

use super::follow::{Place, Source, Trail, Write};
use super::{Explanation, Read, TemplateLine, lines, nth_line};
use crate::values::Sourced;
use crate::values::known::{elements, join};

/// What is told of a line, from 1, of the outermost text, which is shown as `output`.
pub(super) fn report(trail: &Trail, all: &[Sourced], line: usize, output: String) -> Explanation {
    let mut report = Report {
        trail,
        all,
        seen: HashSet::new(),
        lines: Vec::new(),
        values: Vec::new(),
        conditions: Vec::new(),
        deciding: Vec::new(),
        defaults: Vec::new(),
    };
    if let Some(outermost) = trail.texts.len().checked_sub(1) {
        report.line(outermost, line);
    }
    Explanation {
        values: report.reads(&report.values),
        condition_values: report.reads(without_wholes(&report.deciding)),
        output,
        lines: report.lines,
        conditions: report.conditions,
    }
}

struct Report<'a> {
    trail: &'a Trail,
    all: &'a [Sourced],
    /// The lines of texts that were looked at; none for a whole text.
    seen: HashSet<(usize, Option<usize>)>,
    lines: Vec<TemplateLine>,
    values: Vec<(String, Value)>,
    conditions: Vec<TemplateLine>,
    deciding: Vec<(String, Value)>,
    defaults: Vec<(String, Value)>,
}

impl Report<'_> {
    /// A line, from 1, of a text.
    fn line(&mut self, text: usize, line: usize) {
        let Some(whole) = self.trail.texts.get(text).filter(|_| self.seen.insert((text, Some(line)))) else { return };
        let Some((range, shown)) = nth_line(&whole.output, line) else { return };
        for write in &whole.writes {
            let part = write.bytes.start.max(range.start)..write.bytes.end.min(range.end);
            if part.is_empty() || !shown.is_empty() && is_blank(write, &part) {
                continue;
            }
            grow(|| self.write(write, part.start - write.bytes.start));
        }
    }

    /// What a node wrote, from a place in its text on.
    fn write(&mut self, write: &Write, from: usize) {
        let before = write.text.get(..from).unwrap_or_default().find_iter("\n").count();
        add(&mut self.lines, write.place.line(if write.is_plain() { before } else { 0 }));
        self.branches(write);
        let mut values = Vec::new();
        for &id in &*self.trail.sources_of(write.origin) {
            self.source(id, &write.text.to_str_lossy(), before, &mut values);
        }
        // Another node of the line may well have written the whole.
        for (path, value) in without_wholes(&values) {
            add_value(&mut self.values, path, value);
        }
    }

    /// A source of a text, of which a line is asked for.
    fn source(&mut self, id: u32, text: &str, line: usize, values: &mut Vec<(String, Value)>) {
        match self.trail.sources.get(id as usize) {
            Some(Source::Value { path, value }) => {
                let leaves = leaves_at(path, value, text, line);
                for (path, value) in &leaves {
                    add_value(values, path, value);
                }
            }
            Some(Source::Text(inner)) => {
                let output = self.trail.texts.get(*inner).map(|inner| inner.output.to_str_lossy()).unwrap_or_default();
                let found = lines::before(&output, text, line);
                if found.is_empty() {
                    self.whole(*inner, values);
                }
                for found in found {
                    self.line(*inner, found + 1);
                }
            }
            Some(Source::Default { value, instead_of }) => self.default(value, *instead_of),
            None => {}
        }
    }

    fn default(&mut self, value: &Value, instead_of: gotemplate::Origin) {
        for &id in &*self.trail.sources_of(instead_of) {
            if let Some(Source::Value { path, .. }) = self.trail.sources.get(id as usize) {
                self.defaults.push((path.clone(), value.clone()));
            }
        }
    }

    /// The branches that a node stands in, and the values that they looked at.
    fn branches(&mut self, write: &Write) {
        let outer = |branch: usize| self.trail.branches.get(branch)?.outer;
        let around: Vec<usize> = std::iter::successors(write.branch, |branch| outer(*branch)).collect();
        for branch in around.into_iter().filter_map(|branch| self.trail.branches.get(branch)) {
            add(&mut self.conditions, branch.place.line(0));
            let mut deciding = std::mem::take(&mut self.deciding);
            self.sources(branch.origin, &mut deciding);
            self.deciding = deciding;
        }
    }

    /// All values of an origin.
    fn sources(&mut self, origin: gotemplate::Origin, values: &mut Vec<(String, Value)>) {
        for &id in &*self.trail.sources_of(origin) {
            match self.trail.sources.get(id as usize) {
                Some(Source::Value { path, value }) => add_value(values, path, value),
                Some(Source::Text(text)) => self.whole(*text, values),
                Some(Source::Default { value, instead_of }) => self.default(value, *instead_of),
                None => {}
            }
        }
    }

    /// All values of a text.
    fn whole(&mut self, text: usize, values: &mut Vec<(String, Value)>) {
        let Some(whole) = self.trail.texts.get(text).filter(|_| self.seen.insert((text, None))) else { return };
        for write in &whole.writes {
            let outer = |branch: usize| self.trail.branches.get(branch)?.outer;
            let branches = std::iter::successors(write.branch, |branch| outer(*branch));
            let branches = branches.filter_map(|branch| self.trail.branches.get(branch)).map(|branch| branch.origin);
            let origins: HashSet<_> = branches.chain([write.origin]).collect();
            for origin in origins {
                grow(|| self.sources(origin, values));
            }
        }
    }

    /// Values with where they came from.
    fn reads<'v>(&self, values: impl IntoIterator<Item = &'v (String, Value)>) -> Vec<Read> {
        let mut reads: Vec<Read> = values.into_iter().map(|(path, value)| self.read(path, value)).collect();
        reads.sort_by(|one, other| one.sourced.path.cmp(&other.sourced.path));
        reads
    }

    fn read(&self, path: &str, value: &Value) -> Read {
        let default = self.defaults.iter().find(|(defaulted, _)| defaulted == path).map(|(_, value)| value.clone());
        Read { sourced: Sourced::found(self.all, path, value), default }
    }
}

/// Adds a line that is not there yet.
fn add(all: &mut Vec<TemplateLine>, line: Option<TemplateLine>) {
    all.extend(line.filter(|line| !all.contains(line)));
}

/// Adds a value whose path is not there yet.
fn add_value(all: &mut Vec<(String, Value)>, path: &str, value: &Value) {
    if !all.iter().any(|(other, _)| other == path) {
        all.push((path.to_owned(), value.clone()));
    }
}

/// Values but for those that others are parts of.
fn without_wholes(values: &[(String, Value)]) -> impl Iterator<Item = &(String, Value)> {
    let has_parts = |path: &str| {
        let is_part = |other: &str| other.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', '[']));
        values.iter().any(|(other, _)| is_part(other))
    };
    values.iter().filter(move |(path, _)| !has_parts(path))
}

/// Whether a part of what a node wrote is space alone.
fn is_blank(write: &Write, part: &Range<usize>) -> bool {
    let from = part.start - write.bytes.start;
    write.text.get(from..from + part.len()).is_none_or(|text| text.trim().is_empty())
}

/// The values in a value that made a line of what it was written as: those at the line's path, or else the value itself.
fn leaves_at(path: &str, value: &Value, text: &str, line: usize) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    leaves(path, value, &mut all);
    let place = |leaf: &str| {
        leaf.strip_prefix(path).map(|rest| if path.is_empty() { format!(".{rest}") } else { rest.to_owned() })
    };
    let is_within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let places: Vec<String> = all.iter().filter_map(|(leaf, _)| place(leaf)).collect();
    let at = lines::path(text, line, |path| places.iter().any(|leaf| is_within(leaf, path)));
    let is_at = |leaf: &str| place(leaf).is_some_and(|leaf| is_within(&leaf, &at) || is_within(&at, &leaf));
    all.retain(|(leaf, _)| !at.is_empty() && is_at(leaf));
    if all.is_empty() { vec![(path.to_owned(), value.clone())] } else { all }
}

fn leaves(path: &str, value: &Value, all: &mut Vec<(String, Value)>) {
    let inner = elements(value);
    if inner.is_empty() {
        all.push((path.to_owned(), value.clone()));
    }
    for (key, inner) in inner {
        grow(|| leaves(&join(path, value, &key), &inner, all));
    }
}

impl Write {
    /// Whether it is text of the template itself.
    fn is_plain(&self) -> bool {
        self.place.source.get(self.place.pos..).is_some_and(|rest| rest.starts_with(&self.text))
    }
}

impl Place {
    /// The line of the place, or one so many lines below.
    fn line(&self, below: usize) -> Option<TemplateLine> {
        let before = self.source.get(..self.pos).unwrap_or_default();
        let line = before.find_iter("\n").count() + below;
        let text = self.source.lines().nth(line)?.to_str_lossy().trim().to_owned();
        Some(TemplateLine { file: self.file.to_string(), line: line + 1, text })
    }
}
