//! One case: our output beside Helm's.

use std::collections::BTreeSet;

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

/// How often both are run at most to learn which parts Helm prints anew each time.
const RUNS: usize = 8;

/// Renders a case with both.
pub(crate) fn case(case: &Case, version: u8, commands: &Commands) -> Outcome {
    let (ours, helm) = (commands.render(case, version), commands.helm(case, version));
    let again = || (commands.render(case, version).stdout, commands.helm(case, version).stdout);
    match (ours.success, helm.success) {
        (true, true) => output(&ours.stdout, helm.stdout, again),
        (true, false) => Outcome::Accepts(message(&helm)),
        (false, true) => Outcome::Fails(message(&ours)),
        (false, false) => refused(message(&ours), message(&helm), || message(&commands.helm(case, version))),
    }
}

/// Runs both again until ours is like Helm's runs: that one was not can be chance, as the length of a key.
fn output(ours: &[u8], helm: Vec<u8>, again: impl Fn() -> (Vec<u8>, Vec<u8>)) -> Outcome {
    if ours == helm {
        return Outcome::Identical { masked: false };
    }
    let is_blank = squeezed(ours) == squeezed(&helm);
    let mut runs = vec![helm];
    let mut difference = mask::difference(ours, &runs);
    while runs.len() < RUNS && difference.is_some() {
        let (ours, helm) = again();
        runs.push(helm);
        difference = mask::difference(&ours, &runs);
    }
    match difference {
        None => Outcome::Identical { masked: true },
        Some(_) if is_blank => Outcome::Blank,
        Some((ours, helm)) => Outcome::Differs { ours, helm },
    }
}

fn squeezed(text: &[u8]) -> Vec<&[u8]> {
    text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect()
}

/// The errors of a schema come in the order of Go's maps: another each time.
fn refused(ours: String, helm: String, again: impl Fn() -> String) -> Outcome {
    let sorted = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let same = ours == helm || sorted(&ours) == sorted(&helm) && (1..RUNS).any(|_| again() != helm);
    Outcome::Refused { same, ours, helm }
}

/// What is said after `Error: `, without log lines.
fn message(printed: &Printed) -> String {
    let lines = printed.stderr.lines().filter(|line| !line.starts_with("level=") && !line.starts_with("WARNING"));
    let text = lines.collect::<Vec<_>>().join("\n");
    text.split_once("Error: ").map_or(text.as_str(), |(_, message)| message).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two runs of ours, two of Helm (the second is what comes again and again), and how they compare.
    type Runs = ([&'static str; 2], [&'static str; 2], Outcome);

    #[test]
    fn outputs_are_alike_if_ours_is_like_helms() {
        let differs = |ours: &str, helm: &str| Outcome::Differs { ours: ours.into(), helm: helm.into() };
        let cases: [Runs; 5] = [
            (["a: 1", "a: 1"], ["a: 1", "a: 1"], Outcome::Identical { masked: false }),
            (["a: q8", "a: w2"], ["a: k1", "a: z7"], Outcome::Identical { masked: true }),
            // a key that is longer by chance
            (["a: q8x", "a: w2"], ["a: k1", "a: z7"], Outcome::Identical { masked: true }),
            (["a:  1", "a:  1"], ["a: 1", "a: 1"], Outcome::Blank),
            (["a: q8, b: 2", "a: w2, b: 2"], ["a: k1, b: 1", "a: z7, b: 1"], differs("a: w2, b: 2", "a: k1, b: 1")),
        ];
        for (ours, helm, outcome) in cases {
            let bytes = |text: &str| text.as_bytes().to_vec();
            let compared = output(&bytes(ours[0]), bytes(helm[0]), || (bytes(ours[1]), bytes(helm[1])));
            assert_eq!(compared, outcome, "{ours:?} {helm:?}");
        }
    }

    #[test]
    fn the_order_of_messages_counts_if_helm_keeps_it() {
        let same = |ours: &str, helm: [&str; 2]| {
            let outcome = refused(ours.into(), helm[0].into(), || helm[1].into());
            matches!(outcome, Outcome::Refused { same: true, .. })
        };
        assert!(same("a\nb", ["a\nb", "a\nb"]));
        assert!(same("a\nb", ["b\na", "a\nb"]));
        assert!(!same("a\nb", ["b\na", "b\na"]));
        assert!(!same("a\nc", ["b\na", "a\nb"]));
    }
}
