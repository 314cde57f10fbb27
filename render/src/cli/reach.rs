//! `render reach`

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::Failure;
use super::arguments::{ReleaseFlags, ValueFlags};
use super::validate::Sources;

/// Print who reaches whom: from environments and Ingresses, through Services, ports and network policies
#[derive(Args)]
#[command(
    after_help = "Exit status: 0, or 2 if something cannot be read or rendered. What does not arrive is also found \
    by render validate.\n\nExamples:\n  \
    render reach ./chart -f values/production.yaml\n  \
    render reach render/examples/shop/chart --format mermaid"
)]
pub(super) struct Reach {
    /// Charts (folders or .tgz), manifests, folders of manifests, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    /// The release's name, for charts
    #[arg(long, default_value = "release-name")]
    name: String,
    #[command(flatten)]
    values: ValueFlags,
    #[command(flatten)]
    release: ReleaseFlags,
    /// How it is printed
    #[arg(long, default_value = "table")]
    format: Format,
}

/// How connections are printed.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A line for each
    Table,
    /// A flowchart, as Markdown pages show it
    Mermaid,
    /// For programs
    Json,
}

impl Reach {
    pub(super) fn run(self) -> ExitCode {
        match self.text() {
            Ok(text) => super::verdict(&text, true),
            Err(failure) => super::trouble(&failure),
        }
    }

    fn text(self) -> Result<String, Failure> {
        let mut sources = Sources::new(self.release.renderer(self.name)?, self.release.world(), self.values.options()?);
        for path in &self.paths {
            sources.read(path)?;
        }
        let reach = kubevalidate::reach(&sources.set);
        if reach.connections.is_empty() {
            super::say("Nothing calls anything, as far as environments, arguments and Ingresses tell.");
        }
        Ok(match self.format {
            Format::Table => reach.table(),
            Format::Mermaid => reach.mermaid(),
            Format::Json => format!("{:#}\n", reach.json()),
        })
    }
}
