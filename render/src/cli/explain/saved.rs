//! A line of an output that somebody saved.

mod document;

use std::rc::Rc;

use render::{Chart, Environment, Options, Renderer};

use super::around::{Around, Side};
use crate::cli::Failure;

const SOURCE: &str = "# Source: ";

/// What a line of a saved output is.
pub(super) enum Line {
    /// A line, from 1, of what a template renders to.
    Template(String, usize),
    /// What Helm itself writes around a document.
    Helm(Around),
}

/// A document of a saved output, with the template that it names.
struct Saved<'a> {
    source: &'a str,
    /// Its lines, without the empty ones at the end.
    lines: Vec<&'a str>,
    /// The line of the output, from 0, on which it begins.
    start: usize,
}

/// What a line, from 1, of a saved output is. `worlds` are some in which everything turns out otherwise that is random or
/// of the time.
pub(super) fn line(
    file: &str,
    line: usize,
    renderer: &Renderer,
    worlds: impl Iterator<Item = Environment>,
    chart: &Chart,
    options: &Options,
) -> Result<Line, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::new(format!("{file}: {error}")))?;
    let lines: Vec<&str> = text.lines().collect();
    let wanted = || Failure::new(format!("{file}: wanted a line below a line {SOURCE}PATH, met line {line}"));
    let too_few = || Failure::new(format!("wanted line {line} of {file}, met {} lines", lines.len()));
    let place = line.checked_sub(1).ok_or_else(wanted)?;
    let shown = *lines.get(place).ok_or_else(too_few)?;
    let of_helm =
        |side, source: &str| Line::Helm(Around { text: shown.trim_end().to_owned(), side, source: source.to_owned() });
    if let Some(source) = header(&lines, place).or_else(|| separator(&lines, place)) {
        return Ok(of_helm(Side::Before, source));
    }
    let saved = Saved::at(&lines, place).ok_or_else(wanted)?;
    let whole = |renderer: &Renderer| whole(renderer, chart, options, saved.source);
    let first = whole(renderer)?;
    let others = worlds.map(|world| whole(&Renderer { environment: Rc::new(world), ..renderer.clone() }));
    let start = document::find(&first, others, &saved.lines)?.ok_or_else(|| {
        Failure::new(format!("{} renders to something else with these values and --name", saved.source))
    })?;
    let below = place - saved.start;
    // Helm ends a document with a line's end, whether the template did or not.
    if below >= saved.lines.len() && !is_blank(&first, start + below) {
        return Ok(of_helm(Side::After, saved.source));
    }
    Ok(Line::Template(saved.source.to_owned(), start + below + 1))
}

impl<'a> Saved<'a> {
    /// The document that a line, from 0, stands in.
    fn at(lines: &[&'a str], place: usize) -> Option<Self> {
        let (comment, source) = (0..place).rev().find_map(|line| Some((line, header(lines, line)?)))?;
        let end = (place..lines.len()).find(|line| separator(lines, *line).is_some()).unwrap_or(lines.len());
        let all = lines.get(comment + 1..end)?;
        let length = all.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
        Some(Self { source, lines: all.get(..length)?.to_vec(), start: comment + 1 })
    }
}

/// The template that a line names, if Helm wrote it at the head of a document.
fn header<'a>(lines: &[&'a str], place: usize) -> Option<&'a str> {
    let is_first = place.checked_sub(1).is_none_or(|before| lines.get(before).is_some_and(|line| *line == "---"));
    lines.get(place)?.strip_prefix(SOURCE).filter(|_| is_first)
}

/// The template of the document that a line separates from what is above.
fn separator<'a>(lines: &[&'a str], place: usize) -> Option<&'a str> {
    header(lines, place + 1).filter(|_| lines.get(place).is_some_and(|line| *line == "---"))
}

fn is_blank(text: &str, line: usize) -> bool {
    text.lines().nth(line).is_some_and(|line| line.trim().is_empty())
}

/// What a template renders to, or the definition of a custom resource as it is.
fn whole(renderer: &Renderer, chart: &Chart, options: &Options, source: &str) -> Result<String, Failure> {
    let (chart, coalesced) = renderer.prepare(chart, &options.values(renderer.helm)?)?;
    let definition = chart.crds().into_iter().find(|definition| definition.filename == source);
    let text = match definition {
        Some(definition) => definition.file.data()?.to_vec(),
        None => renderer.file(&chart, &coalesced.values, source)?,
    };
    Ok(String::from_utf8_lossy(&text).into_owned())
}
