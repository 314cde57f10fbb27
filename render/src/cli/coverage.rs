//! `render coverage`

mod cases;
mod html;
mod lcov;
mod lookup;
mod text;

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use render::coverage::Report;
use render::{Chart, Renderer};

use super::Failure;
use super::arguments::{ReleaseFlags, SetFlags};
use super::validate::in_chart;
use cases::Case;

/// Tell which lines and branches of a chart's templates a set of values files takes, and which values change nothing
#[derive(Args)]
#[command(
    after_help = "Exit status: 0; 1 below the floor, or if a case is rendered that should be refused; 2 if something \
    cannot be read or rendered.\n\nExamples:\n  \
    render coverage ./chart -f chart/values.yaml -f values/production.yaml\n  \
    render coverage ./chart -f values/production.yaml,chart/ci/labels.yaml -f chart/ci --refused chart/ci/refused --floor 90\n  \
    render coverage ./chart -f values --format lcov >coverage.info"
)]
pub(super) struct Coverage {
    /// The chart: a folder or a .tgz
    chart: String,
    /// A case: FILE[,FILE...] over the chart's own values, or a folder with a file for each case (can be given several
    /// times) [default: the chart's own values alone]
    #[arg(short = 'f', long = "values", value_name = "FILE")]
    cases: Vec<String>,
    /// A case that the chart has to refuse, or a folder of such (can be given several times)
    #[arg(long, value_name = "FILE")]
    refused: Vec<String>,
    #[command(flatten)]
    set: SetFlags,
    /// The release's name
    #[arg(long, default_value = "release-name")]
    name: String,
    #[command(flatten)]
    release: ReleaseFlags,
    /// Manifests that `lookup` finds, as if they were in a cluster: a file or a folder
    #[arg(long, value_name = "PATH")]
    lookup: Option<String>,
    /// Count the templates of subcharts too, those that a case turns on
    #[arg(long)]
    subcharts: bool,
    /// How the result is printed
    #[arg(long, default_value = "text")]
    format: Format,
    /// Exit with 1 if less of the lines or of the branches is taken
    #[arg(long, value_name = "PERCENT")]
    floor: Option<f64>,
}

/// How the result is printed.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A table, and what is not taken
    Text,
    /// A tracefile, as geninfo writes it
    Lcov,
    /// A page
    Html,
}

/// What is printed, and what is wrong all the same.
struct Outcome {
    output: String,
    problems: Vec<String>,
    /// Whether each case is rendered that is not to be refused.
    is_rendered: bool,
}

impl Coverage {
    pub(super) fn run(self) -> ExitCode {
        match self.outcome() {
            Ok(Outcome { output, problems, is_rendered }) => {
                let exit = super::verdict(&output, problems.is_empty());
                for problem in &problems {
                    super::tell(problem);
                }
                if is_rendered { exit } else { ExitCode::from(super::TROUBLE) }
            }
            Err(failure) => super::trouble(&failure),
        }
    }

    fn outcome(self) -> Result<Outcome, Failure> {
        let renderer = self.renderer()?;
        let chart = Chart::load_as(&self.chart, renderer.helm)?;
        let cases = cases::cases(&self.cases, &self.refused)?;
        let options = self.set.options(Vec::new());
        let mut coverage = render::Coverage::new(&renderer, &chart);
        if self.subcharts {
            coverage = coverage.with_subcharts();
        }
        let (mut problems, mut is_rendered) = (Vec::new(), true);
        for case in &cases {
            let error = coverage.case_of(&case.options(&options))?.error;
            is_rendered &= case.is_refused || error.is_none();
            problems.extend(case.problem(error));
        }
        let mut report = coverage.report();
        problems.extend(self.floor.and_then(|floor| below(&report, floor)));
        name_files(&mut report, &self.chart);
        Ok(Outcome { output: self.format.print(&report, &cases), problems, is_rendered })
    }

    /// What a run makes at random does not matter, and a new key takes a second.
    fn renderer(&self) -> Result<Renderer, Failure> {
        let mut renderer = self.release.renderer(self.name.clone())?;
        renderer.environment = self.release.world().environment().into();
        renderer.lookup =
            self.lookup.as_deref().map(|path| lookup::of(path, &renderer.release.namespace)).transpose()?;
        Ok(renderer)
    }
}

impl Format {
    fn print(self, report: &Report, cases: &[Case]) -> String {
        match self {
            Self::Text => text::print(report, cases),
            Self::Lcov => lcov::print(report),
            Self::Html => html::print(report, cases),
        }
    }
}

/// What is said of too little.
fn below(report: &Report, floor: f64) -> Option<String> {
    let (lines, branches) = (report.lines(), report.branches());
    (!lines.reach(floor) || !branches.reach(floor)).then(|| {
        let (lines, branches) = (text::percent(lines), text::percent(branches));
        format!("{lines} of the lines and {branches} of the branches are taken, wanted {floor} %")
    })
}

/// Names the files as they are found from here.
fn name_files(report: &mut Report, chart: &str) {
    for file in &mut report.files {
        file.path = in_chart(chart, &file.path);
    }
    for undeclared in &mut report.undeclared {
        undeclared.file = in_chart(chart, &undeclared.file);
    }
}
