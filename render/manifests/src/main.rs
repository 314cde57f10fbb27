//! The command: see `README.md`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use mythoughts_manifests::generated::Generated;
use render::{Chart, Options, Release};

/// The chart mythoughts in Rust types
#[derive(Parser)]
#[command(name = "mythoughts-manifests", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print values.schema.json, or write it into the chart
    Schema(Target),
    /// Print the values table of the chart's README, or write it there
    Table(Target),
    /// Compare what the chart renders with the model; exit status 1 where they differ
    Check(Compared),
}

#[derive(Args)]
struct Target {
    /// Write the chart's file rather than print
    #[arg(long)]
    write: bool,
    /// The chart's folder
    #[arg(long, default_value = "chart")]
    chart: PathBuf,
}

#[derive(Args)]
struct Compared {
    /// The chart: a folder or an archive
    chart: PathBuf,
    /// A values file over the chart's own (can be given several times)
    #[arg(short = 'f', long = "values")]
    values: Vec<String>,
    /// The release's name
    #[arg(long, default_value = "mythoughts")]
    name: String,
    /// Where it is installed
    #[arg(short, long, default_value = "default")]
    namespace: String,
}

/// What cannot be read, written or rendered.
const TROUBLE: u8 = 2;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Schema(target) => generate(Generated::Schema, &target),
        Command::Table(target) => generate(Generated::Table, &target),
        Command::Check(compared) => compare(compared),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("Error: {error:#}");
        ExitCode::from(TROUBLE)
    })
}

fn generate(generated: Generated, target: &Target) -> anyhow::Result<ExitCode> {
    if target.write {
        generated.write(&target.chart)?;
    } else {
        print!("{}", generated.text()?);
    }
    Ok(ExitCode::SUCCESS)
}

fn compare(compared: Compared) -> anyhow::Result<ExitCode> {
    let options = Options { files: compared.values, ..Options::default() };
    let release = Release::new(compared.name, compared.namespace);
    let differences = mythoughts_manifests::check(&Chart::load(&compared.chart)?, &release, &options)?;
    for difference in &differences {
        println!("{difference}");
    }
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
