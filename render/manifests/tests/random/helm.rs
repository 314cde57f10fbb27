//! The real Helm, helm3 and helm4 on the PATH, beside ours.

use std::process::{Command, Output as Printed};
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mythoughts_manifests::check_rendered;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use render::{Environment, HelmVersion, Options, Output, Release, Renderer};

use super::case::{Bench, Case, KEY};
use crate::common::root;

/// What ours makes in the place of each random password.
const CHOICE: u64 = 0;
const PASSWORD: &str = "00000000000000000000000000000000";

/// Helm prints what ours does, but for what is random, and what the model says; or refuses in the same words.
pub(super) fn agrees(bench: &Bench, case: &Case) -> Result<(), TestCaseError> {
    for (command, version) in [("helm3", HelmVersion::V3), ("helm4", HelmVersion::V4)] {
        let path = bench.values_file(case).display().to_string();
        let printed = run(command, case, &path);
        let options = Options { files: vec![path], ..Options::default() };
        let release = Release::new(&case.name, &case.namespace);
        let environment = Rc::new(Environment::new().with_choice(CHOICE).with_rsa_key(KEY));
        let helm = Renderer { release: release.clone(), environment, ..Renderer::of(version) };
        match helm.render(&bench.chart, &options.values(version).unwrap()) {
            Ok(rendered) => {
                prop_assert!(printed.status.success(), "{command}: {}", text(&printed.stderr));
                let ours = Output::default().text(&rendered, version).unwrap();
                same(command, &text(&ours), &text(&printed.stdout))?;
                let differences = check_rendered(&printed.stdout, &bench.chart, &release, &options);
                prop_assert_eq!(differences.unwrap(), []);
            }
            Err(error) => {
                prop_assert!(!printed.status.success(), "{command} accepts it; ours: {error}");
                let stderr = text(&printed.stderr);
                prop_assert!(stderr.contains(&error.to_string()), "{command}: {stderr}\nours: {error}");
            }
        }
    }
    Ok(())
}

fn run(command: &str, case: &Case, values: &str) -> Printed {
    let mut helm = Command::new(command);
    helm.args(["template", &case.name, "chart", "--namespace", &case.namespace, "--values", values]);
    helm.args(["--kube-version", "v1.37.0"]).current_dir(root()).output().expect(command)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Line by line, so that a difference has a place. Of what is random, only what stands before it.
fn same(command: &str, ours: &str, helm: &str) -> Result<(), TestCaseError> {
    let random = [PASSWORD, KEY].map(|made| format!("\"{}\"", STANDARD.encode(made)));
    let mut lines = helm.split('\n');
    for line in ours.split('\n') {
        let other = lines.next().unwrap_or("(nothing more)");
        let before = random.iter().find_map(|made| line.strip_suffix(made.as_str()));
        let is_same = before.map_or(line == other, |before| other.starts_with(before));
        prop_assert!(is_same, "{command}: {other}\nours: {line}");
    }
    prop_assert_eq!(lines.next(), None, "{} prints more", command);
    Ok(())
}
