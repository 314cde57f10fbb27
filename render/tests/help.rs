//! The examples of --help: each can be run as it stands, in this repository.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

const COMMANDS: [&str; 9] = ["", "template", "values", "explain", "validate", "reach", "coverage", "upgrade", "diff"];

/// What a line of a shell does in a folder that has all of the repository, and where it may write.
fn run(line: &str) -> Output {
    let (folder, root) = (tempfile::tempdir().unwrap(), Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap());
    for name in ["chart", "values", "render"] {
        symlink(root.join(name), folder.path().join(name)).unwrap();
    }
    let render = Path::new(env!("CARGO_BIN_EXE_render")).parent().unwrap();
    let path = format!("{}:{}", render.display(), std::env::var("PATH").unwrap());
    Command::new("sh").args(["-ec", line]).env("PATH", path).current_dir(folder.path()).output().unwrap()
}

/// The examples that need nothing but `render`.
fn examples(command: &str) -> Vec<String> {
    let help = String::from_utf8(run(&format!("render {command} --help")).stdout).unwrap();
    let (_, examples) = help.split_once("Examples:\n").unwrap_or_else(|| panic!("{command}: {help}"));
    examples.lines().map(str::trim).filter(|line| line.starts_with("render ")).map(str::to_owned).collect()
}

#[test]
fn each_example_can_be_run() {
    for command in COMMANDS {
        let examples = examples(command);
        assert!(!examples.is_empty(), "{command}");
        for example in examples {
            let output = run(&example);
            // Two sides may differ, and manifests may be faulty.
            let is_sound = output.status.success() || output.status.code() == Some(1) && output.stderr.is_empty();
            assert!(is_sound, "{example}: {}", String::from_utf8_lossy(&output.stderr));
            assert!(!output.stdout.is_empty() || example.contains('>'), "{example}");
        }
    }
}

#[test]
fn a_wrong_flag_ends_some_commands_as_helm_ends() {
    for (command, status) in [("template", 1), ("values", 1), ("explain", 1), ("validate", 2), ("diff", 2)] {
        let output = run(&format!("render {command} chart --nosuch; echo not reached"));
        assert_eq!(output.status.code(), Some(status), "{command}");
        assert!(output.stdout.is_empty() && String::from_utf8_lossy(&output.stderr).contains("--nosuch"));
    }
}

#[cfg(not(feature = "kube"))]
#[test]
fn a_build_without_the_feature_says_what_a_cluster_wants() {
    let output = run("render diff chart --cluster");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(said, "Error: --cluster wants a render that was built with --features kube\n");
    assert_eq!(output.status.code(), Some(2));
}
