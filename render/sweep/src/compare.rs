//! One case: our output beside Helm's.

use std::fs;
use std::path::Path;

use crate::cases::Case;
use crate::command::{Commands, Printed};

/// How the two compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The same bytes; `masked` if lines that change from run to run were not looked at.
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

/// Functions whose results change from run to run.
const RANDOM: [&str; 16] = [
    "randAlpha",
    "randNumeric",
    "randAscii",
    "randBytes",
    "randInt",
    "genCA",
    "genSelfSigned",
    "genSignedCert",
    "genPrivateKey",
    "uuidv4",
    "htpasswd",
    "bcrypt",
    "shuffle",
    "encryptAES",
    "now",
    "ago",
];

/// Renders a case with both.
pub(crate) fn case(case: &Case, version: u8, commands: &Commands) -> Outcome {
    let (ours, helm) = (commands.render(case, version), commands.helm(case, version));
    match (ours.success, helm.success) {
        (true, true) => output(&ours, &helm, || commands.helm(case, version), &case.folder),
        (true, false) => Outcome::Accepts(message(&helm)),
        (false, true) => Outcome::Fails(message(&ours)),
        (false, false) => {
            let (ours, helm) = (message(&ours), message(&helm));
            Outcome::Refused { same: ours == helm, ours, helm }
        }
    }
}

fn output(ours: &Printed, helm: &Printed, again: impl Fn() -> Printed, chart: &Path) -> Outcome {
    if ours.stdout == helm.stdout {
        return Outcome::Identical { masked: false };
    }
    let (ours, helm) = (text(&ours.stdout), text(&helm.stdout));
    let mut masked = false;
    let mut random = Vec::new();
    if has_random(chart) {
        let again = text(&again().stdout);
        random = helm.lines().zip(again.lines()).map(|(one, other)| one != other).collect();
        masked = random.contains(&true);
    }
    let is_masked = |line: usize| random.get(line).copied().unwrap_or_default();
    let differing =
        ours.lines().zip(helm.lines()).enumerate().find(|(line, (ours, helm))| ours != helm && !is_masked(*line));
    match differing {
        None if ours.lines().count() == helm.lines().count() && (masked || ours == helm) => {
            Outcome::Identical { masked }
        }
        _ if squeezed(&ours) == squeezed(&helm) => Outcome::Blank,
        None => Outcome::Differs { ours: rest(&ours, &helm), helm: rest(&helm, &ours) },
        Some((_, (ours, helm))) => Outcome::Differs { ours: ours.to_owned(), helm: helm.to_owned() },
    }
}

/// The first line that the other one lacks.
fn rest(text: &str, other: &str) -> String {
    text.lines().nth(other.lines().count()).unwrap_or("(nothing more)").to_owned()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is said after `Error: `, without log lines.
fn message(printed: &Printed) -> String {
    let lines = printed.stderr.lines().filter(|line| !line.starts_with("level=") && !line.starts_with("WARNING"));
    let text = lines.collect::<Vec<_>>().join("\n");
    text.split_once("Error: ").map_or(text.as_str(), |(_, message)| message).trim().to_owned()
}

fn has_random(chart: &Path) -> bool {
    let Ok(entries) = fs::read_dir(chart) else { return false };
    entries.filter_map(Result::ok).map(|entry| entry.path()).any(|path| {
        if path.is_dir() {
            return has_random(&path);
        }
        let bytes = fs::read(&path).unwrap_or_default();
        path.extension().is_some_and(|extension| extension == "tgz")
            || RANDOM.iter().any(|function| String::from_utf8_lossy(&bytes).contains(function))
    })
}
