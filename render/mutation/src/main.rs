//! Makes faulty variants of our chart and of its manifests, by rule, and counts how many the checks notice. Called by
//! `ci/mutation`.

mod cases;
mod judge;
mod linters;
mod manifests;
mod mutant;
mod report;
mod run;
mod templates;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use cases::Cases;
use linters::Linters;
use mutant::Mutant;

/// Makes faulty variants (mutants) of a chart's templates, and of the manifests it renders, and counts how many `check`
/// and `validate` notice
#[derive(Parser)]
struct Arguments {
    /// The repository
    #[arg(long, default_value = ".")]
    root: PathBuf,
    /// Only so many of each rule, chosen evenly; all without
    #[arg(long)]
    sample: Option<usize>,
    /// The same for the mutants that the linters are given too
    #[arg(long, default_value_t = 15)]
    linter_sample: usize,
    /// The folder with kubeconform, kube-score and kube-linter, and the folder with the schemas for kubeconform; without,
    /// they are not asked
    #[arg(long, num_args = 2, value_names = ["BIN", "SCHEMAS"])]
    linters: Option<Vec<PathBuf>>,
    /// Write the report here as Markdown
    #[arg(long)]
    write: Option<PathBuf>,
    /// Print every mutant that neither `check` nor `validate` notices, and with --verbose those that one does not
    #[arg(long)]
    verbose: bool,
    /// Fail below this percentage
    #[arg(long, default_value_t = 98.0)]
    goal: f64,
    /// How many at once
    #[arg(long, default_value_t = std::thread::available_parallelism().map_or(2, usize::from))]
    jobs: usize,
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let cases = Cases::read(&arguments.root)?;
    let mut mutants = templates::mutants(&cases)?;
    mutants.extend(manifests::mutants(&cases)?);
    if let Some(most) = arguments.sample {
        mutants = sample(mutants, most);
    }
    let verdicts = run::all(&cases, &mutants, arguments.jobs)?;
    let beside = match &arguments.linters {
        Some(folders) => {
            let chosen = sample(manifests::mutants(&cases)?, arguments.linter_sample);
            Some(Linters::new(folders)?.compare(&cases, &chosen)?)
        }
        None => None,
    };
    let report = report::Report::new(&mutants, &verdicts, beside);
    let text = report.text();
    print!("{text}");
    print!("{}", report.missed(arguments.verbose));
    if let Some(path) = arguments.write {
        let sample = arguments.sample.map_or_else(String::new, |most| format!(" --sample {most}"));
        let by = format!("ci/mutation --publish{sample} --linter-sample {}", arguments.linter_sample);
        let head = format!("# Figures of a run\n\nBy `{by}`. [README.md](README.md) says what is counted.");
        std::fs::write(path, format!("{head}\n\n{text}"))?;
    }
    Ok(if report.percent() >= arguments.goal { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Evenly so many of each kind.
fn sample(mutants: Vec<Mutant>, most: usize) -> Vec<Mutant> {
    let mut groups: std::collections::BTreeMap<_, Vec<Mutant>> = std::collections::BTreeMap::new();
    for mutant in mutants {
        groups.entry((mutant.of, mutant.rule)).or_default().push(mutant);
    }
    let chosen = groups.into_values().flat_map(|group| {
        let step = group.len().div_ceil(most).max(1);
        group.into_iter().step_by(step)
    });
    chosen.collect()
}
