//! Where a line of the output comes from: the lines of templates that made it, and the values that they read.
//!
//! The chart is rendered with every step followed: what is read has a path, and what is made of it knows its sources.

mod follow;
mod lines;
mod report;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use bstr::ByteSlice;
use govalue::Value;

use crate::values::known::Known;
use crate::values::{self, Sourced};
use crate::{Chart, Error, Options, Renderer};
use follow::Trail;

/// A line of a template that had a part in a line of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateLine {
    /// The template's file; `gotpl` for a text that `tpl` executed.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// The line's text.
    pub text: String,
}

/// A value that a template read.
#[derive(Clone, Debug)]
pub struct Read {
    /// Its path and where it came from.
    pub sourced: Sourced,
    /// What the template's `default` took, as the value was empty or not set.
    pub default: Option<Value>,
}

/// Where a line of the output comes from.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The line itself.
    pub output: String,
    /// The lines of the template that wrote it, then those of templates that these include.
    pub lines: Vec<TemplateLine>,
    /// The values that were written.
    pub values: Vec<Read>,
    /// `if`, `with` and `range` that the lines stand in, the innermost first.
    pub conditions: Vec<TemplateLine>,
    /// The values that these looked at.
    pub condition_values: Vec<Read>,
}

/// A file of a rendered chart, each line of which can be explained.
pub struct Followed {
    template: String,
    output: Vec<u8>,
    made: Option<Made>,
}

/// How templates made a file.
struct Made {
    trail: Rc<RefCell<Trail>>,
    values: Vec<Sourced>,
}

impl Renderer {
    /// Explains a line, from 1, of what a template renders to, or of a file in `crds/`, as [`Renderer::follow`] and
    /// [`Followed::line`] do.
    pub fn explain(&self, chart: &Chart, options: &Options, template: &str, line: usize) -> Result<Explanation, Error> {
        self.follow(chart, options, template)?.line(line)
    }

    /// Renders a template and follows every step of it.
    ///
    /// `template` is a path as `# Source:` names it, with or without the chart's name. An error if nothing is
    /// rendered from it, or there is too much to follow.
    pub fn follow(&self, chart: &Chart, options: &Options, template: &str) -> Result<Followed, Error> {
        let (chart, coalesced) = self.prepare(chart, &options.values(self.helm)?)?;
        let path = format!("{}/{template}", chart.metadata.name);
        let wanted = [path.as_str(), template];
        if let Some(crd) = chart.crds().into_iter().find(|crd| wanted.contains(&crd.filename.as_str())) {
            return Ok(Followed { template: crd.filename, output: crd.file.data()?.to_vec(), made: None });
        }
        let trail = Rc::new(RefCell::new(Trail::new(Known::new(&chart, &coalesced.values))));
        let (followed, traced) = (Rc::clone(&trail), wanted.map(str::to_owned));
        let trace = move |file: &str, event: gotemplate::Event<'_>| {
            if traced.iter().any(|wanted| wanted == file) {
                followed.borrow_mut().follow(event)
            } else {
                gotemplate::Origin::default()
            }
        };
        let mut files = self.files(&chart, &coalesced.values, Some(Rc::new(trace)))?;
        let output = wanted.into_iter().find_map(|wanted| files.remove(wanted));
        let output = output.ok_or_else(|| not_rendered(&chart, template))?;
        if trail.borrow().is_full() {
            return Err(Error::Values(format!("{template} reads too many values to follow")));
        }
        let values = values::sourced(&chart, &coalesced.values, options, self.helm)?;
        Ok(Followed { template: template.to_owned(), output, made: Some(Made { trail, values }) })
    }
}

impl Followed {
    /// What the template renders to.
    pub fn output(&self) -> &[u8] {
        &self.output
    }

    /// Explains a line, from 1; an error if there are fewer. A file that is no template is its own explanation.
    pub fn line(&self, line: usize) -> Result<Explanation, Error> {
        let (_, text) = nth_line(&self.output, line).ok_or_else(|| too_few(&self.template, &self.output, line))?;
        if let Some(Made { trail, values }) = &self.made {
            return Ok(report::report(&trail.borrow(), values, line, text));
        }
        let own = TemplateLine { file: self.template.clone(), line, text: text.trim().to_owned() };
        let (values, conditions, condition_values) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Explanation { output: text, lines: vec![own], values, conditions, condition_values })
    }
}

/// Why nothing is rendered from what somebody takes for a template.
fn not_rendered(chart: &Chart, name: &str) -> Error {
    let inner = name.strip_prefix(&chart.metadata.name).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name);
    let is_helper = name.rsplit('/').next().is_some_and(|base| base.starts_with('_'));
    Error::Values(match chart.raw.iter().any(|file| file.name == inner) {
        true if is_helper => format!("{name} renders to nothing itself: other templates use what it defines"),
        true => format!("{name} is not rendered with these values"),
        false => format!("could not find template {name} in chart"),
    })
}

fn too_few(name: &str, text: &[u8], line: usize) -> Error {
    let met = match text.lines().count() {
        _ if text.trim_ascii().is_empty() => "nothing: that is what it renders to with these values".to_owned(),
        1 => "1 line".to_owned(),
        lines => format!("{lines} lines"),
    };
    Error::Values(format!("wanted line {line} of {name}, met {met}"))
}

/// A line, from 1: which bytes of the text, and without the space at its end.
fn nth_line(output: &[u8], line: usize) -> Option<(Range<usize>, String)> {
    let text = output.lines_with_terminator().nth(line.checked_sub(1)?)?;
    let start = output.lines_with_terminator().take(line - 1).map(<[u8]>::len).sum::<usize>();
    Some((start..start + text.len(), text.to_str_lossy().trim_end().to_owned()))
}
