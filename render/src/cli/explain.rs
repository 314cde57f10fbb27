//! `render explain`

use std::fmt::Write;
use std::path::Path;

use clap::Args;
use govalue::{List, Map, Value};
use render::{Chart, Explanation, Options, Read, Renderer, TemplateLine};

use super::arguments::{Format, ReleaseFlags, ValueFlags};
use super::{Failure, origin};

/// Tell which lines of templates and which values made a line of the output
#[derive(Args)]
#[command(
    after_help = "Examples:\n  render explain ./chart templates/frontend/deployment.yaml:12 -f values/production.yaml\n  \
    render template ./chart >out.yaml; render explain ./chart out.yaml:40\n  \
    render template mine ./chart >out.yaml; render explain ./chart out.yaml:40 --name mine --format json"
)]
pub(super) struct Explain {
    /// The chart: a folder or a .tgz
    chart: String,
    /// A template and a line of what it renders to, or a saved output of `render template` and a line of it
    #[arg(value_name = "FILE:LINE")]
    place: String,
    /// The release's name
    #[arg(long, default_value = "release-name")]
    name: String,
    #[command(flatten)]
    values: ValueFlags,
    #[command(flatten)]
    release: ReleaseFlags,
    /// For people or for programs
    #[arg(long, default_value = "human")]
    format: Format,
}

impl Explain {
    pub(super) fn run(self) -> Result<Vec<u8>, Failure> {
        let wanted = || Failure::new(format!("wanted FILE:LINE, met {}", self.place));
        let (file, line) = self.place.rsplit_once(':').ok_or_else(wanted)?;
        let line: usize = line.parse().map_err(|_| wanted())?;
        let renderer = self.release.renderer(self.name)?;
        let chart = Chart::load_as(&self.chart, renderer.helm)?;
        let options = self.values.options()?;
        let (template, line) = if Path::new(file).is_file() {
            in_output(&std::fs::read_to_string(file)?, line, &renderer, &chart, &options)?
        } else {
            (file.to_owned(), line)
        };
        let explanation = renderer.explain(&chart, &options, &template, line)?;
        Ok(match self.format {
            Format::Human => human(&explanation)?.into_bytes(),
            Format::Json => json(&explanation)?,
        })
    }
}

/// The template of a line of a saved output, and the line of what that renders to.
fn in_output(
    text: &str,
    line: usize,
    renderer: &Renderer,
    chart: &Chart,
    options: &Options,
) -> Result<(String, usize), Failure> {
    const SOURCE: &str = "# Source: ";
    let lines: Vec<&str> = text.lines().take(line).collect();
    let wanted = || Failure::new(format!("wanted a line below a line {SOURCE}PATH, met line {line}"));
    let comment = lines.iter().rposition(|line| line.starts_with(SOURCE)).ok_or_else(wanted)?;
    let source = lines.get(comment).and_then(|line| line.strip_prefix(SOURCE)).ok_or_else(wanted)?.to_owned();
    let below = line.checked_sub(comment + 2).ok_or_else(wanted)?;
    let document: Vec<&str> = text.lines().skip(comment + 1).take_while(|line| *line != "---").collect();
    let (chart, coalesced) = renderer.prepare(chart, &options.values(renderer.helm)?)?;
    let crd = chart.crds().into_iter().find(|crd| crd.filename == source);
    let whole = match crd {
        Some(crd) => crd.file.data()?.to_vec(),
        None => renderer.file(&chart, &coalesced.values, &source)?,
    };
    let whole = String::from_utf8_lossy(&whole).into_owned();
    let first = place(&whole, &document)
        .ok_or_else(|| Failure::new(format!("{source} renders to something else with these values and --name")))?;
    Ok((source, first + below + 1))
}

/// On which line, from 0, a document stands in what a template renders to. Where names and keys are random, at least
/// half of the lines must be alike.
fn place(whole: &str, document: &[&str]) -> Option<usize> {
    const MAX_COMPARISONS: usize = 100_000_000;
    if let Some(before) = whole.find(document.join("\n").trim()) {
        return Some(whole[..before].matches('\n').count());
    }
    let lines: Vec<&str> = whole.lines().collect();
    if lines.len().saturating_mul(document.len()) > MAX_COMPARISONS {
        return None;
    }
    let alike = |start: &usize| {
        let below = lines.iter().skip(*start);
        below.zip(document).filter(|(one, other)| one.trim_end() == other.trim_end()).count()
    };
    let (count, start) = (0..lines.len()).map(|start| (alike(&start), start)).max_by_key(|(count, _)| *count)?;
    (count * 2 >= document.len()).then_some(start)
}

fn human(explanation: &Explanation) -> Result<String, Failure> {
    let mut text = format!("{}\n", explanation.output);
    add_lines(&mut text, "made by", &explanation.lines)?;
    if explanation.values.is_empty() {
        text.push_str("\nfrom no values\n");
    }
    add_values(&mut text, "from the values", &explanation.values)?;
    add_lines(&mut text, "within", &explanation.conditions)?;
    add_values(&mut text, "which depend on the values", &explanation.condition_values)?;
    Ok(text)
}

fn add_lines(text: &mut String, title: &str, lines: &[TemplateLine]) -> Result<(), Failure> {
    let place = |line: &TemplateLine| format!("{}:{}", line.file, line.line);
    let width = lines.iter().map(|line| place(line).len()).max().unwrap_or_default();
    if !lines.is_empty() {
        writeln!(text, "\n{title}")?;
    }
    for line in lines {
        writeln!(text, "  {:width$}  {}", place(line), line.text)?;
    }
    Ok(())
}

fn add_values(text: &mut String, title: &str, values: &[Read]) -> Result<(), Failure> {
    if !values.is_empty() {
        writeln!(text, "\n{title}")?;
    }
    for read in values {
        writeln!(text, "  {}", origin::short_line(&read.sourced, read.default.as_ref())?)?;
    }
    Ok(())
}

fn json(explanation: &Explanation) -> Result<Vec<u8>, Failure> {
    let fields = [
        ("output", Value::from(explanation.output.as_str())),
        ("lines", lines(&explanation.lines)),
        ("values", reads(&explanation.values)),
        ("conditions", lines(&explanation.conditions)),
        ("conditionValues", reads(&explanation.condition_values)),
    ];
    origin::printed(&fields.into_iter().collect::<Map>().into())
}

fn lines(lines: &[TemplateLine]) -> Value {
    let lines = lines.iter().map(|line| {
        let number = Value::Int(i64::try_from(line.line).unwrap_or(i64::MAX));
        let fields = [("file", line.file.as_str().into()), ("line", number), ("text", line.text.as_str().into())];
        Value::from(fields.into_iter().collect::<Map>())
    });
    lines.collect::<List>().into()
}

fn reads(reads: &[Read]) -> Value {
    let reads = reads.iter().map(|read| {
        let object = origin::object(&read.sourced);
        if let Some(default) = &read.default {
            object.insert("default", default.clone());
        }
        Value::from(object)
    });
    reads.collect::<List>().into()
}
