//! The tools that the tests drive.

use std::env;
use std::process::Command;

/// What a tool answered.
pub struct Answer {
    /// Whether it ended with 0.
    pub success: bool,
    /// Its exit status, unless a signal ended it.
    pub status: Option<i32>,
    /// Its standard output, and its standard error after that.
    pub text: String,
}

/// Runs a tool to its end; one that cannot be started fails the test.
pub fn run(program: &str, arguments: &[&str]) -> Answer {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("wanted to start {program}, met: {error}"));
    let text = [output.stdout, output.stderr].concat();
    Answer {
        success: output.status.success(),
        status: output.status.code(),
        text: String::from_utf8_lossy(&text).into_owned(),
    }
}

/// Runs a tool that must succeed, and gives what it wrote.
pub fn succeed(program: &str, arguments: &[&str]) -> String {
    let answer = run(program, arguments);
    assert!(answer.success, "wanted success, met from {program} {}:\n{}", arguments.join(" "), answer.text);
    answer.text
}

/// The name of a tool, unless the variable says another.
pub fn tool(variable: &str, name: &str) -> String {
    env::var(variable).unwrap_or_else(|_| name.to_owned())
}

/// Helm 4.
pub fn helm() -> String {
    tool("HELM", "helm")
}

/// Helm 3.
pub fn helm3() -> String {
    tool("HELM3", "helm3")
}

/// `render` with the feature `kube`.
pub fn render() -> String {
    tool("RENDER", "render")
}

/// kubectl.
pub fn kubectl() -> String {
    tool("KUBECTL", "kubectl")
}
