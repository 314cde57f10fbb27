//! The command: see `README.md`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use mythoughts_manifests::generated::Generated;

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

/// What cannot be read, written or rendered.
const TROUBLE: u8 = 2;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Schema(target) => generate(Generated::Schema, &target),
        Command::Table(target) => generate(Generated::Table, &target),
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
