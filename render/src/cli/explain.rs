//! `render explain`

use std::fmt::Write;
use std::path::Path;

use clap::Args;
use govalue::{List, Map, Value};
use render::{Chart, Explanation, Options, Renderer, TemplateLine};

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
    let whole = renderer.file(&chart, &coalesced.values, &source)?;
    let whole = String::from_utf8_lossy(&whole).into_owned();
    let first = document.join("\n");
    let before = whole
        .find(first.trim())
        .ok_or_else(|| Failure::new(format!("{source} renders to something else with these values and --name")))?;
    Ok((source, whole[..before].matches('\n').count() + below + 1))
}

fn human(explanation: &Explanation) -> Result<String, Failure> {
    let mut text = format!("{}\n\nmade by\n", explanation.output);
    let place = |line: &TemplateLine| format!("{}:{}", line.file, line.line);
    let width = explanation.lines.iter().map(|line| place(line).len()).max().unwrap_or_default();
    for line in &explanation.lines {
        writeln!(text, "  {:width$}  {}", place(line), line.text)?;
    }
    text.push_str(if explanation.values.is_empty() { "\nfrom no values\n" } else { "\nfrom the values\n" });
    for value in &explanation.values {
        writeln!(text, "  {}: {}  # {}", value.path, origin::flow(&value.value)?, origin::note(value)?)?;
    }
    Ok(text)
}

fn json(explanation: &Explanation) -> Result<Vec<u8>, Failure> {
    let lines = explanation.lines.iter().map(|line| {
        let number = Value::Int(i64::try_from(line.line).unwrap_or(i64::MAX));
        let fields = [("file", line.file.as_str().into()), ("line", number), ("text", line.text.as_str().into())];
        Value::from(fields.into_iter().collect::<Map>())
    });
    let fields = [
        ("output", Value::from(explanation.output.as_str())),
        ("lines", lines.collect::<List>().into()),
        ("values", explanation.values.iter().map(origin::object).collect::<List>().into()),
    ];
    origin::printed(&fields.into_iter().collect::<Map>().into())
}
