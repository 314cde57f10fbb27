//! From a followed execution to what is told of one line.

use std::collections::HashSet;
use std::ops::Range;

use bstr::ByteSlice;
use gotemplate::Origin;
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
        seen_branches: HashSet::new(),
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

/// A line, from 0, of what something was written as.
#[derive(Clone, Copy)]
struct Written<'a> {
    text: &'a str,
    line: usize,
    /// The path in the text at which it stands; empty for the whole.
    key: &'a str,
}

struct Report<'a> {
    trail: &'a Trail,
    all: &'a [Sourced],
    /// The lines of texts that were looked at; none for a whole text.
    seen: HashSet<(usize, Option<usize>)>,
    /// The branches that were looked at.
    seen_branches: HashSet<usize>,
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
        write.branch.into_iter().for_each(|branch| self.decides(branch));
        let (mut values, others) = (Vec::new(), std::mem::take(&mut self.values));
        for &id in &*self.trail.sources_of(write.origin) {
            let text = write.text.to_str_lossy();
            self.source(id, Written { text: &text, line: before, key: "" }, &mut values);
        }
        // What inner texts wrote may be parts of what they were given; another node of the line may well have written the
        // whole.
        let inner = std::mem::replace(&mut self.values, others);
        let own = values.iter().filter(|(path, _)| !has_parts(path, &values) && !has_parts(path, &inner));
        for (path, value) in inner.iter().chain(own) {
            add_value(&mut self.values, path, value);
        }
    }

    /// A source of a text, of which a line is asked for.
    fn source(&mut self, id: u32, place: Written<'_>, values: &mut Vec<(String, Value)>) {
        match self.trail.sources.get(id as usize) {
            Some(Source::Value { path, value }) => {
                let leaves = leaves_at(path, value, place);
                for (path, value) in &leaves {
                    add_value(values, path, value);
                }
            }
            Some(Source::Text(inner)) => {
                let output = self.trail.texts.get(*inner).map(|inner| inner.output.to_str_lossy()).unwrap_or_default();
                let found = lines::before(&output, place.text, place.line);
                if found.is_empty() {
                    self.whole(*inner, values);
                }
                for found in found {
                    self.line(*inner, found + 1);
                }
            }
            Some(Source::Default { value, instead_of }) => self.default(value, *instead_of),
            Some(Source::Branch(branch)) => self.decides(*branch),
            Some(Source::Made(elements)) => {
                for (key, origin) in elements_at(elements, place) {
                    for &id in &*self.trail.sources_of(origin) {
                        grow(|| self.source(id, Written { key: &key, ..place }, values));
                    }
                }
            }
            None => {}
        }
    }

    fn default(&mut self, value: &Value, instead_of: Origin) {
        for &id in &*self.trail.sources_of(instead_of) {
            if let Some(Source::Value { path, .. }) = self.trail.sources.get(id as usize) {
                self.defaults.push((path.clone(), value.clone()));
            }
        }
    }

    /// A branch and those around it, and the values that they looked at.
    fn decides(&mut self, innermost: usize) {
        let mut next = Some(innermost).filter(|branch| self.seen_branches.insert(*branch));
        while let Some(branch) = next.and_then(|branch| self.trail.branches.get(branch)) {
            add(&mut self.conditions, branch.place.line(0));
            let mut values = Vec::new();
            grow(|| self.sources(branch.origin, &mut values));
            for (path, value) in &values {
                add_value(&mut self.deciding, path, value);
            }
            next = branch.outer.filter(|branch| self.seen_branches.insert(*branch));
        }
    }

    /// All values of an origin.
    fn sources(&mut self, origin: Origin, values: &mut Vec<(String, Value)>) {
        for &id in &*self.trail.sources_of(origin) {
            match self.trail.sources.get(id as usize) {
                Some(Source::Value { path, value }) => add_value(values, path, value),
                Some(Source::Text(text)) => self.whole(*text, values),
                Some(Source::Default { value, instead_of }) => self.default(value, *instead_of),
                Some(Source::Branch(branch)) => self.decides(*branch),
                Some(Source::Made(elements)) => {
                    for (_, origin) in elements {
                        grow(|| self.sources(*origin, values));
                    }
                }
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

/// Whether some of the values are parts of what is at a path.
fn has_parts(path: &str, values: &[(String, Value)]) -> bool {
    let is_part = |other: &str| other.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', '[']));
    values.iter().any(|(other, _)| is_part(other))
}

/// Values but for those that others are parts of.
fn without_wholes(values: &[(String, Value)]) -> impl Iterator<Item = &(String, Value)> {
    values.iter().filter(|(path, _)| !has_parts(path, values))
}

/// Whether a part of what a node wrote is space alone.
fn is_blank(write: &Write, part: &Range<usize>) -> bool {
    let from = part.start - write.bytes.start;
    write.text.get(from..from + part.len()).is_none_or(|text| text.trim().is_empty())
}

/// The values in a value that made a line of what it was written as: those at the line's path, or else the value itself.
fn leaves_at(path: &str, value: &Value, written: Written<'_>) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    leaves(path, value, &mut all);
    let place = |leaf: &str| {
        let rest = leaf.strip_prefix(path).unwrap_or_default();
        format!("{}{}{rest}", written.key, if path.is_empty() { "." } else { "" })
    };
    let places: Vec<String> = all.iter().map(|(leaf, _)| place(leaf)).collect();
    let at = lines::path(written.text, written.line, |path| places.iter().any(|leaf| is_within(leaf, path)));
    all.retain(|(leaf, _)| !at.is_empty() && touches(&place(leaf), &at));
    if all.is_empty() { vec![(path.to_owned(), value.clone())] } else { all }
}

/// The elements of a map that made a line of what it was written as, or else all, with their places in the text.
fn elements_at(elements: &[(String, Origin)], written: Written<'_>) -> Vec<(String, Origin)> {
    let all: Vec<(String, Origin)> =
        elements.iter().map(|(key, origin)| (format!("{}.{key}", written.key), *origin)).collect();
    let at = lines::path(written.text, written.line, |path| all.iter().any(|(key, _)| touches(key, path)));
    let own: Vec<_> = all.iter().filter(|(key, _)| !at.is_empty() && touches(key, &at)).cloned().collect();
    if own.is_empty() { all } else { own }
}

/// Whether a path is another one or leads into what that has.
fn is_within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn touches(one: &str, other: &str) -> bool {
    is_within(one, other) || is_within(other, one)
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
