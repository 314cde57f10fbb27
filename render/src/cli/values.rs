//! `render values`

#![expect(clippy::struct_field_names, reason = "the flags are Helm's")]

use std::fmt::Write;

use clap::Args;
use govalue::List;
use render::Chart;
use render::values::{self, Sourced};

use super::arguments::{Format, ReleaseFlags, ValueFlags};
use super::{Failure, origin};

/// Print the values that a chart is rendered with, each with the file or flag that it came from
#[derive(Args)]
#[command(after_help = "Examples:\n  render values ./chart -f values/production.yaml\n  \
    render values ./chart --set thoughts.replicas=3 --format json\n  \
    render values ./chart -f values/production.yaml --given   # what it changes, and misspelt names")]
pub(super) struct Values {
    /// The chart: a folder or a .tgz
    chart: String,
    #[command(flatten)]
    values: ValueFlags,
    #[command(flatten)]
    release: ReleaseFlags,
    /// Only what a file or a flag gives, not what is the chart's own
    #[arg(long)]
    given: bool,
    /// For people or for programs
    #[arg(long, default_value = "human")]
    format: Format,
}

impl Values {
    pub(super) fn run(self) -> Result<Vec<u8>, Failure> {
        let renderer = self.release.renderer("release-name".into())?;
        let options = self.values.options()?;
        let chart = Chart::load_as(&self.chart, renderer.helm)?;
        chart.check_dependencies(renderer.helm)?;
        let (chart, coalesced) = renderer.prepare(&chart, &options.values(renderer.helm)?)?;
        coalesced.warnings.iter().for_each(super::say);
        let mut sourced = values::sourced(&chart, &coalesced.values, &options, renderer.helm)?;
        sourced.retain(|value| !self.given || value.is_given);
        match self.format {
            Format::Human => Ok(human(&sourced)?.into_bytes()),
            Format::Json => {
                origin::printed(&sourced.iter().map(|sourced| origin::object(sourced).into()).collect::<List>().into())
            }
        }
    }
}

/// A line a value.
fn human(sourced: &[Sourced]) -> Result<String, Failure> {
    let mut text = String::new();
    for sourced in sourced {
        writeln!(text, "{}", origin::line(sourced)?)?;
    }
    Ok(text)
}
