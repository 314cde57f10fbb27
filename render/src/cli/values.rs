//! `render values`

#![expect(clippy::struct_field_names, reason = "the flags are Helm's")]

use std::fmt::Write;

use clap::Args;
use govalue::{Map, Value};
use render::Chart;
use render::values::{self, Sourced};

use super::Failure;
use super::arguments::{Format, ReleaseFlags, ValueFlags};

/// Print the values that a chart is rendered with, each with the file or flag that it came from
#[derive(Args)]
#[command(after_help = "Examples:\n  render values ./chart -f values/production.yaml\n  \
    render values ./chart --set thoughts.replicas=3 --format json")]
pub(super) struct Values {
    /// The chart: a folder or a .tgz
    chart: String,
    #[command(flatten)]
    values: ValueFlags,
    #[command(flatten)]
    release: ReleaseFlags,
    /// For people or for programs
    #[arg(long, default_value = "human")]
    format: Format,
}

impl Values {
    pub(super) fn run(self) -> Result<Vec<u8>, Failure> {
        let renderer = self.release.renderer("release-name".into())?;
        let options = self.values.options();
        let chart = Chart::load_as(&self.chart, renderer.helm)?;
        let (chart, coalesced) = renderer.prepare(&chart, &options.values(renderer.helm)?)?;
        let sourced = values::sourced(&chart, &coalesced.values, &options, renderer.helm)?;
        match self.format {
            Format::Human => Ok(human(&sourced)?.into_bytes()),
            Format::Json => json(&sourced),
        }
    }
}

/// A line a value: `path: value  # origin`.
fn human(sourced: &[Sourced]) -> Result<String, Failure> {
    let mut text = String::new();
    for Sourced { path, value, origin } in sourced {
        let shown: Map = [(path.as_str(), value.clone())].into_iter().collect();
        let shown = goyaml::to_yaml(&shown.into())?;
        let origin = origin.as_deref().unwrap_or("Helm");
        match shown.split_once('\n') {
            None => writeln!(text, "{shown}  # {origin}")?,
            Some((first, rest)) => writeln!(text, "{first}  # {origin}\n{rest}")?,
        }
    }
    Ok(text)
}

fn json(sourced: &[Sourced]) -> Result<Vec<u8>, Failure> {
    let entries = sourced.iter().map(|Sourced { path, value, origin }| {
        let origin = origin.as_deref().map_or(Value::Nil, Value::from);
        Value::from(
            [("path", path.as_str().into()), ("value", value.clone()), ("origin", origin)].into_iter().collect::<Map>(),
        )
    });
    let mut text = govalue::json::marshal_indent(&entries.collect::<govalue::List>().into(), "", "  ")?;
    text.push(b'\n');
    Ok(text)
}
