//! The command: see `README.md`.

use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use mythoughts_manifests::Difference;
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
    /// Compare with each of these values files apart, each over those of --values
    #[arg(long, num_args = 1.., value_name = "FILE", conflicts_with = "rendered")]
    each: Vec<String>,
    /// The release's name
    #[arg(long, default_value = "mythoughts")]
    name: String,
    /// Where it is installed
    #[arg(short, long, default_value = "default")]
    namespace: String,
    /// What another Helm printed for the same, to compare in place of what is rendered here; - for standard input
    #[arg(long, value_name = "FILE")]
    rendered: Option<PathBuf>,
}

/// How much of what another Helm printed is read.
const MAX_INPUT: u64 = 16 << 20;
/// What cannot be read, written or rendered.
const TROUBLE: u8 = 2;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Schema(target) => generate(Generated::Schema, &target),
        Command::Table(target) => generate(Generated::Table, &target),
        Command::Check(compared) => compare(compared),
    };
    outcome.unwrap_or_else(|error| {
        // Where standard error is full, nobody can be told so.
        let _ = writeln!(io::stderr(), "Error: {error:#}");
        ExitCode::from(TROUBLE)
    })
}

fn generate(generated: Generated, target: &Target) -> anyhow::Result<ExitCode> {
    if target.write {
        generated.write(&target.chart)?;
    } else {
        print(&generated.text()?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn compare(compared: Compared) -> anyhow::Result<ExitCode> {
    let options = Options { files: compared.values, ..Options::default() };
    let release = Release::new(compared.name, compared.namespace);
    let chart = Chart::load(&compared.chart)?;
    let is_same = match compared.rendered {
        Some(path) => tell("", &mythoughts_manifests::check_rendered(&read(&path)?, &chart, &release, &options)?)?,
        None if compared.each.is_empty() => tell("", &mythoughts_manifests::check(&chart, &release, &options)?)?,
        None => compare_each(&compared.each, &chart, &release, &options)?,
    };
    Ok(if is_same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether chart and model are the same with each of the files; what differs is printed after the file's name.
fn compare_each(files: &[String], chart: &Chart, release: &Release, options: &Options) -> anyhow::Result<bool> {
    let mut is_same = true;
    for file in files {
        let mut options = options.clone();
        options.files.push(file.clone());
        let differences = mythoughts_manifests::check(chart, release, &options).with_context(|| file.clone())?;
        is_same &= tell(&format!("{file}: "), &differences)?;
    }
    Ok(is_same)
}

/// Prints differences, if there are any; whether there are none.
fn tell(prefix: &str, differences: &[Difference]) -> anyhow::Result<bool> {
    for difference in differences {
        print(&format!("{prefix}{difference}\n"))?;
    }
    Ok(differences.is_empty())
}

/// Writes to standard output, as far as anybody reads it.
fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("standard output"),
    }
}

/// A file's content, or what comes by standard input.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut text = Vec::new();
    let size = if path == Path::new("-") {
        std::io::stdin().take(MAX_INPUT + 1).read_to_end(&mut text)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MAX_INPUT + 1).read_to_end(&mut text))
    };
    let size = size.with_context(|| path.display().to_string())?;
    anyhow::ensure!(size as u64 <= MAX_INPUT, "{}: more than {MAX_INPUT} bytes", path.display());
    Ok(text)
}
