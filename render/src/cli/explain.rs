//! `render explain`

mod around;
mod saved;

use std::fmt::Write;
use std::path::Path;

use clap::Args;
use govalue::{List, Map, Value};
use render::{Chart, Explanation, Read, TemplateLine};

use super::arguments::{Format, ReleaseFlags, ValueFlags};
use super::{Failure, origin};
use saved::Line;

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

/// Times, in seconds after the start of 1970, of which no two have a year, month, day, hour, minute or
/// second in common.
const DISTANT_TIMES: [i64; 4] = [0, 1_000_000_000, 2_000_000_000, 3_000_000_010];

impl Explain {
    pub(super) fn run(self) -> Result<Vec<u8>, Failure> {
        let wanted = || Failure::new(format!("wanted FILE:LINE, met {}", self.place));
        let (file, line) = self.place.rsplit_once(':').ok_or_else(wanted)?;
        let line: usize = line.parse().map_err(|_| wanted())?;
        let renderer = self.release.renderer(self.name)?;
        let chart = Chart::load_as(&self.chart, renderer.helm)?;
        let options = self.values.options()?;
        chart.check_dependencies(renderer.helm)?;
        let place = match template(&chart, &self.chart, file) {
            Some(template) => Line::Template(template, line),
            None if Path::new(file).is_file() => {
                let worlds = DISTANT_TIMES.iter().map(|now| self.release.environment().with_time(*now, 0));
                saved::line(file, line, &renderer, worlds, &chart, &options)?
            }
            None if ["templates/", "crds/"].iter().any(|part| file.contains(part)) => {
                Line::Template(file.to_owned(), line)
            }
            None => return Err(Failure::new(format!("wanted a template of the chart or a saved output, met {file}"))),
        };
        match (place, self.format) {
            (Line::Helm(around), Format::Human) => Ok(around.human().into_bytes()),
            (Line::Helm(around), Format::Json) => origin::printed(&around.object().into()),
            (Line::Template(template, line), format) => {
                let explanation = renderer.explain(&chart, &options, &template, line)?;
                match format {
                    Format::Human => Ok(human(&explanation)?.into_bytes()),
                    Format::Json => origin::printed(&object(&explanation).into()),
                }
            }
        }
    }
}

/// The template that a path names: as `# Source:` has it, within the chart, or as a file of the chart's folder.
fn template(chart: &Chart, folder: &str, file: &str) -> Option<String> {
    let file = file.trim_start_matches("./");
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    let prefixes = [chart.metadata.name.as_str(), folder];
    let inner = prefixes.iter().filter_map(|prefix| file.strip_prefix(prefix)?.strip_prefix('/'));
    let is_template = |name: &&str| {
        ["templates/", "crds/"].iter().any(|part| name.contains(part))
            && chart.raw.iter().any(|file| file.name == *name)
    };
    std::iter::once(file).chain(inner).find(is_template).map(str::to_owned)
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

fn object(explanation: &Explanation) -> Map {
    let fields = [
        ("output", Value::from(explanation.output.as_str())),
        ("lines", lines(&explanation.lines)),
        ("values", reads(&explanation.values)),
        ("conditions", lines(&explanation.conditions)),
        ("conditionValues", reads(&explanation.condition_values)),
    ];
    fields.into_iter().collect()
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
