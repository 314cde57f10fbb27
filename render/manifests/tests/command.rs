//! The command's output and exit status.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Command::new(env!("CARGO_BIN_EXE_mythoughts-manifests")).args(arguments).current_dir(root).output().unwrap()
}

fn status(arguments: &[&str], file: &str, text: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    std::fs::write(&path, text).unwrap();
    let output = run(&[arguments, &[path.to_str().unwrap()]].concat());
    (output.status.code(), String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap())
}

#[test]
fn the_same_is_success_and_silence() {
    let output = run(&["check", "chart", "-f", "values/local.yaml", "-f", "chart/ci/pods.yaml"]);
    assert_eq!((output.status.code(), output.stdout, output.stderr), (Some(0), Vec::new(), Vec::new()));
}

#[test]
fn each_file_is_compared_apart() {
    let output = run(&["check", "chart", "--each", "values/local.yaml", "values/production.yaml"]);
    assert_eq!((output.status.code(), output.stdout, output.stderr), (Some(0), Vec::new(), Vec::new()));
    let nowhere = run(&["check", "chart", "--each", "values/local.yaml", "nowhere.yaml"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(String::from_utf8(nowhere.stderr).unwrap().starts_with("Error: nowhere.yaml: "));
}

#[test]
fn a_difference_is_shown_with_path_values_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let chart = folder.path().join("chart");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../chart"), &chart);
    let template = chart.join("templates/_pods.tpl");
    let text = std::fs::read_to_string(&template).unwrap();
    std::fs::write(&template, text.replace("containerPort: 8000", "containerPort: 8001")).unwrap();
    let output = run(&["check", chart.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let shown = String::from_utf8(output.stdout).unwrap();
    let wanted = "Deployment default/mythoughts-users: spec.template.spec.containers[users].ports[http].containerPort\n  \
                  chart: 8001\n  model: 8000\n  mythoughts/templates/users/deployment.yaml:";
    assert!(shown.contains(wanted), "{shown}");
    let line = 1 + text.lines().position(|line| line.ends_with("containerPort: 8000")).unwrap();
    assert!(shown.contains(&format!("  mythoughts/templates/_pods.tpl:{line}: containerPort: 8001\n")), "{shown}");
    let each = run(&["check", chart.to_str().unwrap(), "--each", "values/local.yaml", "values/production.yaml"]);
    assert_eq!(each.status.code(), Some(1));
    let shown = String::from_utf8(each.stdout).unwrap();
    assert!(shown.contains("values/local.yaml: Deployment default/frontend: "), "{shown}");
    assert!(shown.contains("values/production.yaml: Deployment default/mythoughts-users: "), "{shown}");
}

#[test]
fn what_another_helm_printed_is_read_from_a_file_or_standard_input() {
    let chart = ["check", "chart", "-f", "values/production.yaml"];
    for (text, code, shown) in [
        ("kind: Service\nmetadata: {name: other}\n", 1, "Service default/other: the whole object\n"),
        ("- a\n- b\n", 2, "Error: "),
        ("a: [", 2, "Error: YAML parse error on what was rendered"),
    ] {
        let (status, output) = status(&[&chart[..], &["--rendered"]].concat(), "printed.yaml", text);
        assert_eq!(status, Some(code), "{text}: {output}");
        assert!(output.contains(shown), "{text}: {output}");
    }
    let nothing = run(&[&chart[..], &["--rendered", "/dev/null"]].concat());
    assert_eq!(nothing.status.code(), Some(1), "every object is missing");
    let nowhere = run(&[&chart[..], &["--rendered", "nowhere"]].concat());
    assert_eq!(nowhere.status.code(), Some(2));
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn what_cannot_be_read_or_rendered_is_status_2() {
    for (text, message) in [
        ("a: [", "YAML"),
        ("replicaCuont: 1", "additional properties 'replicaCuont' not allowed"),
        ("thoughts: {replicas: 2, database: {mode: sidecar}}", "thoughts.replicas is 2, but must be 1"),
        ("thoughts: {containerName: null}", "at '/thoughts': missing property 'containerName'"),
        ("thoughts: {replicas: 5000000000}", "at '/thoughts/replicas': maximum: got 5"),
    ] {
        let (code, shown) = status(&["check", "chart", "-f"], "values.yaml", text);
        assert_eq!(code, Some(2), "{text}: {shown}");
        assert!(shown.starts_with("Error: ") && shown.contains(message), "{text}: {shown}");
    }
    let (code, shown) = status(&["check"], "no-chart.tgz", "nothing");
    assert_eq!(code, Some(2), "{shown}");
    assert_eq!(run(&["check", "nowhere"]).status.code(), Some(2));
    assert_eq!(run(&["table", "--write", "--chart", "nowhere"]).status.code(), Some(2));
}

#[test]
fn a_reader_that_leaves_is_no_panic() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mythoughts-manifests"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut child =
        command.arg("schema").current_dir(root).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // More than a pipe holds.
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), errors.as_str()), (Some(0), ""));
}
