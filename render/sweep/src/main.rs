//! Renders every chart under a folder with `render` and with the real Helm, and tells where they differ. Called by `ci/sweep`.

mod cases;
mod command;
mod compare;
mod dependencies;
mod mask;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};

use cases::Case;
use command::Commands;
use report::Report;

/// Renders every chart under DIR, each with its defaults and with each of its example values files, with `render` and
/// with the real Helm 3 and 4, and counts how many outputs are the same bytes
#[derive(Parser)]
struct Arguments {
    /// Where the charts are, at any depth
    directory: PathBuf,
    /// The `render` command
    #[arg(long, default_value = "target/release/render")]
    render: PathBuf,
    /// The folder with helm3 and helm4
    #[arg(long, default_value = "target/tools/bin")]
    helm: PathBuf,
    /// Only charts whose path holds this text
    #[arg(long, default_value = "")]
    only: String,
    /// A values file for every chart, besides its own (can be given several times)
    #[arg(long)]
    values: Vec<PathBuf>,
    /// Which Helm: 3, 4, or both
    #[arg(long, value_delimiter = ',', default_value = "3,4")]
    versions: Vec<u8>,
    /// How many charts at once
    #[arg(long, default_value_t = std::thread::available_parallelism().map_or(2, usize::from))]
    jobs: usize,
    /// How many differences of a cause are shown
    #[arg(long, default_value_t = 3)]
    show: usize,
    /// Fail below this percentage of identical cases
    #[arg(long, default_value_t = 0.0)]
    goal: f64,
    /// More flags for all of them, as `--is-upgrade` or `--set a=b`
    #[arg(last = true)]
    flags: Vec<String>,
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let mut found = cases::find(&arguments.directory)?;
    found.add_values(&arguments.values);
    found.cases.retain(|case| case.chart.to_string_lossy().contains(&arguments.only));
    let work = tempfile::tempdir()?;
    let prepared = dependencies::prepare(found, work.path())?;
    let commands = Commands { render: arguments.render, helm: arguments.helm, flags: arguments.flags };
    let report = Mutex::new(Report::new(&prepared.left_out));
    run(&prepared.cases, &arguments.versions, arguments.jobs, &commands, &report);
    let report = report.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    print!("{}", report.text(arguments.show));
    Ok(if report.percent() >= arguments.goal { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Every case with every version, so many at once.
fn run(cases: &[Case], versions: &[u8], jobs: usize, commands: &Commands, report: &Mutex<Report>) {
    let work: Vec<(&Case, u8)> =
        cases.iter().flat_map(|case| versions.iter().map(move |version| (case, *version))).collect();
    let next = AtomicUsize::new(0);
    let bar = ProgressBar::new(work.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed} {msg}") {
        bar.set_style(style);
    }
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                while let Some((case, version)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    bar.set_message(case.name());
                    let outcome = compare::case(case, *version, commands);
                    report.lock().unwrap_or_else(std::sync::PoisonError::into_inner).add(case, *version, outcome);
                    bar.inc(1);
                }
            });
        }
    });
    bar.finish_and_clear();
}
