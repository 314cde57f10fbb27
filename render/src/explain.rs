//! Where a line of the output comes from: the lines of templates that made it, and the values that they read.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

use bstr::ByteSlice;
use regex::Regex;

use crate::values::{self, Sourced};
use crate::{Chart, Error, Options, Renderer};

/// A line of a template that had a part in a line of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateLine {
    /// The template's file.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// The line's text.
    pub text: String,
}

/// Where a line of the output comes from.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The line itself.
    pub output: String,
    /// The lines of the template that wrote it, then those of templates that these include.
    pub lines: Vec<TemplateLine>,
    /// The values that these lines name.
    pub values: Vec<Sourced>,
}

/// What a node wrote.
struct Write {
    bytes: Range<usize>,
    calls: usize,
    text: Vec<u8>,
    line: TemplateLine,
}

impl Renderer {
    /// Explains a line, from 1, of what a template renders to.
    ///
    /// `template` is a path as `# Source:` names it, with or without the chart's name. An error if nothing is
    /// rendered from it, or it has fewer lines.
    pub fn explain(&self, chart: &Chart, options: &Options, template: &str, line: usize) -> Result<Explanation, Error> {
        let (chart, coalesced) = self.prepare(chart, &options.values(self.helm)?)?;
        let path = format!("{}/{template}", chart.metadata.name);
        let log: Rc<RefCell<Vec<Write>>> = Rc::default();
        let (writes, wanted) = (Rc::clone(&log), [path.clone(), template.to_owned()]);
        let trace = move |file: &str, written: &gotemplate::Written<'_>| {
            if wanted.iter().any(|wanted| wanted == file) {
                writes.borrow_mut().push(Write::of(written));
            }
        };
        let sourced = values::sourced(&chart, &coalesced.values, options, self.helm)?;
        let files = self.files(&chart, &coalesced.values, Some(Rc::new(trace)))?;
        let Some(output) = files.get(&path).or_else(|| files.get(template)) else {
            return Err(Error::Values(format!("could not find template {template} in chart")));
        };
        let (range, text) = nth_line(output, line).ok_or_else(|| {
            let lines = output.lines().count();
            Error::Values(format!("wanted line {line} of {template}, met {lines} lines"))
        })?;
        let lines = lines(&log.borrow(), &range, &text);
        let values = read_by(&lines, &sourced);
        Ok(Explanation { output: text, lines, values })
    }
}

impl Write {
    fn of(written: &gotemplate::Written<'_>) -> Self {
        let source = &written.tree.source;
        let before = source.get(..written.pos).unwrap_or_default();
        let line = 1 + before.find_iter("\n").count();
        let text = source.lines().nth(line - 1).unwrap_or_default().to_str_lossy().trim().to_owned();
        let line = TemplateLine { file: written.tree.parse_name.to_string(), line, text };
        Self { bytes: written.bytes.clone(), calls: written.calls, text: written.text.to_vec(), line }
    }
}

fn nth_line(output: &[u8], line: usize) -> Option<(Range<usize>, String)> {
    let text = output.lines_with_terminator().nth(line.checked_sub(1)?)?;
    let start = output.lines_with_terminator().take(line - 1).map(<[u8]>::len).sum::<usize>();
    Some((start..start + text.len(), text.to_str_lossy().trim_end().to_owned()))
}

/// A node's own writes into included texts come before its write into the output.
fn lines(writes: &[Write], range: &Range<usize>, text: &str) -> Vec<TemplateLine> {
    let mut found: Vec<TemplateLine> = Vec::new();
    let mut inner: Vec<&Write> = Vec::new();
    for write in writes {
        if write.calls > 1 {
            inner.push(write);
            continue;
        }
        let within = std::mem::take(&mut inner);
        let is_part = write.bytes.start < range.end && range.start < write.bytes.end;
        if is_part && !write.text.trim().is_empty() {
            add(&mut found, &write.line_in(range));
            within.into_iter().filter(|write| write.is_part_of(text)).for_each(|write| add(&mut found, &write.line));
        }
    }
    found
}

fn add(lines: &mut Vec<TemplateLine>, line: &TemplateLine) {
    if !lines.contains(line) {
        lines.push(line.clone());
    }
}

impl Write {
    /// A text of many lines: the one that the line of the output is.
    fn line_in(&self, range: &Range<usize>) -> TemplateLine {
        let before = range.start.saturating_sub(self.bytes.start);
        let skipped = self.text.get(..before).unwrap_or_default().find_iter("\n").count();
        if skipped == 0 || self.line.text.starts_with("{{") {
            self.line.clone()
        } else {
            self.line.below(skipped, &self.text)
        }
    }

    fn is_part_of(&self, text: &str) -> bool {
        let own = self.text.to_str_lossy();
        let (own, text) = (own.trim(), text.trim());
        !own.is_empty() && (text.contains(own) || own.lines().any(|line| line.trim() == text))
    }
}

impl TemplateLine {
    fn below(&self, lines: usize, text: &[u8]) -> Self {
        let text = text.lines().nth(lines).unwrap_or_default().to_str_lossy().trim().to_owned();
        Self { file: self.file.clone(), line: self.line + lines, text }
    }
}

/// The values whose paths, or parts of them, the lines name.
fn read_by(lines: &[TemplateLine], sourced: &[Sourced]) -> Vec<Sourced> {
    static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\.Values((?:\.[A-Za-z0-9_]+)+)").ok());
    let Some(named) = &*NAMED else { return Vec::new() };
    let paths: Vec<String> = lines
        .iter()
        .flat_map(|line| named.captures_iter(&line.text))
        .filter_map(|captures| captures.get(1).map(|path| path.as_str().trim_start_matches('.').to_owned()))
        .collect();
    let is_read = |value: &&Sourced| {
        paths.iter().any(|path| {
            value.path == *path || value.path.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('.'))
        })
    };
    sourced.iter().filter(is_read).cloned().collect()
}
