//! `render explain`

use std::fmt::Write;
use std::path::Path;

use clap::Args;
use govalue::{List, Map, Value};
use render::{Chart, Explanation, Options, Renderer};

use super::Failure;
use super::arguments::{Format, ReleaseFlags, ValueFlags};

/// Tell which lines of templates and which values made a line of the output
#[derive(Args)]
#[command(
    after_help = "Examples:\n  render explain ./chart templates/frontend/deployment.yaml:12 -f values/production.yaml\n  \
    render template ./chart >out.yaml; render explain ./chart out.yaml:40"
)]
pub(super) struct Explain {
    /// The chart: a folder or a .tgz
    chart: String,
    /// A template and a line of what it renders to, or a saved output of `render template` and a line of it
    #[arg(value_name = "FILE:LINE")]
    place: String,
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
        let wanted = || Failure(format!("wanted FILE:LINE, met {}", self.place));
        let (file, line) = self.place.rsplit_once(':').ok_or_else(wanted)?;
        let line: usize = line.parse().map_err(|_| wanted())?;
        let renderer = self.release.renderer("release-name".into())?;
        let chart = Chart::load_as(&self.chart, renderer.helm)?;
        let options = self.values.options();
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
    let wanted = || Failure(format!("wanted a line below a line {SOURCE}PATH, met line {line}"));
    let comment = lines.iter().rposition(|line| line.starts_with(SOURCE)).ok_or_else(wanted)?;
    let source = lines.get(comment).and_then(|line| line.strip_prefix(SOURCE)).ok_or_else(wanted)?.to_owned();
    let below = line.checked_sub(comment + 2).ok_or_else(wanted)?;
    let document: Vec<&str> = text.lines().skip(comment + 1).take_while(|line| *line != "---").collect();
    let (chart, coalesced) = renderer.prepare(chart, &options.values(renderer.helm)?)?;
    let whole = renderer.file(&chart, &coalesced.values, &source)?;
    let whole = String::from_utf8_lossy(&whole).into_owned();
    let first = document.join("\n");
    let before = whole
        .find(first.trim())
        .ok_or_else(|| Failure(format!("{source} renders to something else with these values")))?;
    Ok((source, whole[..before].matches('\n').count() + below + 1))
}

fn human(explanation: &Explanation) -> Result<String, Failure> {
    let mut text = format!("{}\n\nmade by\n", explanation.output);
    for line in &explanation.lines {
        writeln!(text, "  {}:{}  {}", line.file, line.line, line.text)?;
    }
    if !explanation.values.is_empty() {
        text.push_str("\nfrom the values\n");
    }
    for value in &explanation.values {
        let shown = String::from_utf8_lossy(&govalue::json::marshal(&value.value)?).into_owned();
        writeln!(text, "  {} = {shown}  # {}", value.path, value.origin.as_deref().unwrap_or("Helm"))?;
    }
    Ok(text)
}

fn json(explanation: &Explanation) -> Result<Vec<u8>, Failure> {
    let lines = explanation.lines.iter().map(|line| {
        let number = Value::Int(i64::try_from(line.line).unwrap_or(i64::MAX));
        Value::from(
            [("file", line.file.as_str().into()), ("line", number), ("text", line.text.as_str().into())]
                .into_iter()
                .collect::<Map>(),
        )
    });
    let values = explanation.values.iter().map(|value| {
        let origin = value.origin.as_deref().map_or(Value::Nil, Value::from);
        Value::from(
            [("path", value.path.as_str().into()), ("value", value.value.clone()), ("origin", origin)]
                .into_iter()
                .collect::<Map>(),
        )
    });
    let all: Map = [
        ("output", Value::from(explanation.output.as_str())),
        ("lines", lines.collect::<List>().into()),
        ("values", values.collect::<List>().into()),
    ]
    .into_iter()
    .collect();
    let mut text = govalue::json::marshal_indent(&all.into(), "", "  ")?;
    text.push(b'\n');
    Ok(text)
}
