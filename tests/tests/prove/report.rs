//! What a proof found, as a section of docs/proof.md.

use std::env;
use std::fmt::Display;
use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use mythoughts_tests::cluster::load::Outcomes;
use mythoughts_tests::cluster::repository;

/// As many failures as a report shows.
const SHOWN: usize = 20;

/// The figures of a proof; written when it ends, whether it held or not.
pub(crate) struct Report {
    name: &'static str,
    promise: &'static str,
    begun: Instant,
    rows: Vec<(String, String)>,
    failures: Vec<String>,
}

impl Report {
    /// Of the proof `name`, which is to show what `promise` says.
    pub(crate) fn begin(name: &'static str, promise: &'static str) -> Self {
        eprintln!("{name}: {promise}");
        Self { name, promise, begun: Instant::now(), rows: Vec::new(), failures: Vec::new() }
    }

    /// Adds a figure, and shows it.
    pub(crate) fn figure(&mut self, what: impl Display, figure: impl Display) {
        eprintln!("{}: {:>4} s  {what}: {figure}", self.name, self.begun.elapsed().as_secs());
        self.rows.push((what.to_string(), figure.to_string()));
    }

    /// Adds how long something took.
    pub(crate) fn time(&mut self, what: impl Display, time: Duration) {
        self.figure(what, format!("{:.1} s", time.as_secs_f64()));
    }

    /// Adds the figures of a load.
    pub(crate) fn load(&mut self, outcomes: &Outcomes) {
        self.load_of("", outcomes);
    }

    /// The same of one of several loads.
    pub(crate) fn load_of(&mut self, whose: &str, outcomes: &Outcomes) {
        let kinds: Vec<_> = outcomes.kinds().iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        self.figure(format!("{whose}requests"), format!("{} ({})", outcomes.all.len(), kinds.join(", ")));
        let seconds = outcomes.lasted.as_secs_f64();
        self.figure(
            format!("{whose}rate"),
            format!("{:.1} a second for {seconds:.0} s", rate(outcomes.all.len(), seconds)),
        );
        self.figure(format!("{whose}connections"), outcomes.connections);
        let times = [0.5, 0.95, 0.99, 1.0].map(|share| format!("{} ms", outcomes.quantile(share).as_millis()));
        self.figure(format!("{whose}answered within (half, 95 %, 99 %, all)"), times.join(", "));
        let failures = outcomes.failures();
        self.figure(format!("{whose}failed requests"), failures.len());
        for failure in failures.iter().take(SHOWN) {
            let cause = failure.failure.as_deref().unwrap_or_default();
            let line = format!("{:.3} s: {}: {cause}", failure.at.as_secs_f64(), failure.kind);
            eprintln!("{}: failed: {line}", self.name);
            self.failures.push(line);
        }
    }

    fn section(&self) -> String {
        let result = if thread::panicking() { "FAILED" } else { "passed" };
        let took = self.begun.elapsed().as_secs();
        let conditions = env::var("PROVE_CONDITIONS").unwrap_or_default();
        let mut lines =
            vec![format!("## {}: {result}", self.name), String::new(), self.promise.to_owned(), String::new()];
        lines.extend([format!("Took {took} s; {conditions}."), String::new()]);
        lines.extend(["| what | figure |", "|---|---|"].map(ToOwned::to_owned));
        lines.extend(self.rows.iter().map(|(what, figure)| format!("| {what} | {figure} |")));
        lines.push(String::new());
        if !self.failures.is_empty() {
            lines.extend(["Failed requests, the first of them:", ""].map(ToOwned::to_owned));
            lines.extend(self.failures.iter().map(|line| format!("- {}", line.replace(['<', '|'], " "))));
            lines.push(String::new());
        }
        lines.join("\n") + "\n"
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of requests")]
fn rate(count: usize, seconds: f64) -> f64 {
    count as f64 / seconds
}

impl Drop for Report {
    fn drop(&mut self) {
        let folder = env::var_os("PROVE_FOLDER").map_or_else(|| repository().join("target/prove"), PathBuf::from);
        let file = folder.join(format!("{}.md", self.name));
        let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, self.section()));
        if let Err(error) = written {
            eprintln!("{}: {error}", file.display());
        }
    }
}
