//! The command's arguments, and what is done with them.

mod arguments;
mod explain;
mod template;
mod values;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use explain::Explain;
use template::Template;
use values::Values;

/// A native Helm: renders charts as `helm template` does, without Go
#[derive(Parser)]
#[command(name = "render", version)]
#[command(after_help = "Examples:\n  render template mythoughts ./chart -f values/production.yaml\n  \
    render template ./chart --set replicas=3 --show-only templates/service.yaml")]
enum Command {
    Template(Box<Template>),
    Values(Box<Values>),
    Explain(Box<Explain>),
}

/// Why the command fails: one message on standard error.
pub(crate) struct Failure(String);

impl<E: std::fmt::Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

pub(crate) fn run() -> ExitCode {
    let outcome = match Command::parse() {
        Command::Template(template) => template.run(),
        Command::Values(values) => values.run(),
        Command::Explain(explain) => explain.run(),
    };
    match outcome {
        Ok(output) => print(&output),
        Err(Failure(message)) => {
            eprintln!("Error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// A reader that has seen enough is no failure.
fn print(output: &[u8]) -> ExitCode {
    match std::io::stdout().write_all(output) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("Error: standard output: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}
