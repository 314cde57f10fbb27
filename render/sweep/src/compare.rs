//! One case: our output beside Helm's.

use crate::cases::Case;
use crate::command::{Commands, Printed};
use crate::mask;

/// How the two compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The same bytes; `masked` if parts that change from run to run are only of the same shape.
    Identical { masked: bool },
    /// The same but for blank space.
    Blank,
    /// The first lines that differ: ours and Helm's.
    Differs { ours: String, helm: String },
    /// Both refuse, with the same message or with another.
    Refused { same: bool, ours: String, helm: String },
    /// We fail where Helm does not.
    Fails(String),
    /// Helm fails where we do not.
    Accepts(String),
}

/// How often Helm is run at most to learn which parts change from run to run.
const RUNS: usize = 8;

/// Renders a case with both.
pub(crate) fn case(case: &Case, version: u8, commands: &Commands) -> Outcome {
    let (ours, helm) = (commands.render(case, version), commands.helm(case, version));
    match (ours.success, helm.success) {
        (true, true) => output(&ours, &helm, || commands.helm(case, version)),
        (true, false) => Outcome::Accepts(message(&helm)),
        (false, true) => Outcome::Fails(message(&ours)),
        (false, false) => {
            let (ours, helm) = (message(&ours), message(&helm));
            Outcome::Refused { same: ours == helm, ours, helm }
        }
    }
}

fn output(ours: &Printed, helm: &Printed, again: impl Fn() -> Printed) -> Outcome {
    if ours.stdout == helm.stdout {
        return Outcome::Identical { masked: false };
    }
    let mut runs = vec![helm.stdout.clone()];
    while runs.len() < RUNS {
        runs.push(again().stdout);
        if mask::difference(&ours.stdout, &runs).is_none() {
            return Outcome::Identical { masked: true };
        }
    }
    match mask::difference(&ours.stdout, &runs) {
        Some(_) if squeezed(&ours.stdout) == squeezed(&helm.stdout) => Outcome::Blank,
        Some((ours, helm)) => Outcome::Differs { ours, helm },
        None => Outcome::Identical { masked: true },
    }
}

fn squeezed(text: &[u8]) -> Vec<&[u8]> {
    text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect()
}

/// What is said after `Error: `, without log lines.
fn message(printed: &Printed) -> String {
    let lines = printed.stderr.lines().filter(|line| !line.starts_with("level=") && !line.starts_with("WARNING"));
    let text = lines.collect::<Vec<_>>().join("\n");
    text.split_once("Error: ").map_or(text.as_str(), |(_, message)| message).trim().to_owned()
}
