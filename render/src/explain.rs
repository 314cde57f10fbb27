//! Where a line of the output comes from: the lines of templates that made it, and the values that they read.

mod named;

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use bstr::ByteSlice;

use named::Sources;

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
    /// The template's line where the node begins; if it is plain text, each of its lines.
    lines: Vec<TemplateLine>,
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
        let sources: Rc<RefCell<Sources>> = Rc::default();
        let (writes, read, wanted) = (Rc::clone(&log), Rc::clone(&sources), [path.clone(), template.to_owned()]);
        let trace = move |file: &str, written: &gotemplate::Written<'_>| {
            if wanted.iter().any(|wanted| wanted == file) {
                writes.borrow_mut().push(Write::of(written));
                let source = || written.tree.source.to_str_lossy().into_owned();
                read.borrow_mut().entry(written.tree.parse_name.to_string()).or_insert_with(source);
            }
        };
        let all = values::sourced(&chart, &coalesced.values, options, self.helm)?;
        let files = self.files(&chart, &coalesced.values, Some(Rc::new(trace)))?;
        let Some(output) = files.get(&path).or_else(|| files.get(template)) else {
            return Err(Error::Values(format!("could not find template {template} in chart")));
        };
        let (range, text) = nth_line(output, line).ok_or_else(|| {
            let lines = output.lines().count();
            Error::Values(format!("wanted line {line} of {template}, met {lines} lines"))
        })?;
        let lines = lines(&log.borrow(), &range, &text);
        let values = read_by(&lines, &sources.borrow(), &all);
        Ok(Explanation { output: text, lines, values })
    }
}

impl Write {
    fn of(written: &gotemplate::Written<'_>) -> Self {
        let source = &written.tree.source;
        let before = source.get(..written.pos).unwrap_or_default();
        let first = before.find_iter("\n").count();
        let is_plain = source.get(written.pos..).is_some_and(|rest| rest.starts_with(written.text));
        let count = if is_plain { 1 + written.text.find_iter("\n").count() } else { 1 };
        let lines = source.lines().enumerate().skip(first).take(count).map(|(index, text)| TemplateLine {
            file: written.tree.parse_name.to_string(),
            line: index + 1,
            text: text.to_str_lossy().trim().to_owned(),
        });
        let lines = lines.collect();
        Self { bytes: written.bytes.clone(), calls: written.calls, text: written.text.to_vec(), lines }
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
            add(&mut found, write.line_in(range));
            within
                .into_iter()
                .filter(|write| write.is_part_of(text))
                .for_each(|write| add(&mut found, write.like(text)));
        }
    }
    found
}

fn add(lines: &mut Vec<TemplateLine>, line: Option<&TemplateLine>) {
    lines.extend(line.filter(|line| !lines.contains(line)).cloned());
}

impl Write {
    /// A text of many lines: the one that the line of the output is.
    fn line_in(&self, range: &Range<usize>) -> Option<&TemplateLine> {
        let before = range.start.saturating_sub(self.bytes.start);
        let skipped = self.text.get(..before).unwrap_or_default().find_iter("\n").count();
        self.lines.get(skipped).or_else(|| self.lines.first())
    }

    /// The line that has a part in the text of a line of the output, whose place in this text is not known.
    fn like(&self, text: &str) -> Option<&TemplateLine> {
        let is_part = |own: &[u8]| !own.trim().is_empty() && text.contains(&*own.trim().to_str_lossy());
        self.text.lines().position(is_part).and_then(|index| self.lines.get(index)).or_else(|| self.lines.first())
    }

    fn is_part_of(&self, text: &str) -> bool {
        let own = self.text.to_str_lossy();
        let (own, text) = (own.trim(), text.trim());
        !own.is_empty() && (text.contains(own) || own.lines().any(|line| line.trim() == text))
    }
}

/// The values whose paths, or parts of them, the lines name.
fn read_by(lines: &[TemplateLine], sources: &Sources, all: &[Sourced]) -> Vec<Sourced> {
    let paths: Vec<String> = lines.iter().flat_map(|line| named::paths(&line.file, &line.text, sources)).collect();
    let is_read = |value: &&Sourced| {
        paths.iter().any(|path| {
            value.path == *path || value.path.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('.'))
        })
    };
    all.iter().filter(is_read).cloned().collect()
}
