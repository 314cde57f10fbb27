//! The command's arguments, and what is done with them.

mod arguments;
mod calls;
mod coverage;
mod diff;
mod explain;
mod idle;
mod origin;
mod reach;
mod sides;
mod slice;
mod template;
mod upgrade;
mod validate;
mod values;

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser};

use coverage::Coverage;
use diff::Diff;
use explain::Explain;
use reach::Reach;
use template::Template;
use upgrade::Upgrade;
use validate::Validate;
use values::Values;

/// A native Helm: renders charts as `helm template` does, without Go
#[derive(Parser)]
#[command(name = "render", version)]
#[command(after_help = "Examples:
  render template mythoughts ./chart -f values/production.yaml
  render template ./chart --set frontend.replicas=3 --show-only templates/frontend/deployment.yaml
  render values ./chart -f values/production.yaml --given
  render explain ./chart templates/frontend/deployment.yaml:12
  render validate ./chart -f values/production.yaml
  render reach ./chart -f values/production.yaml
  render coverage ./chart -f chart/values.yaml -f values --floor 50
  render upgrade ./chart -f values/production.yaml --new-set log.level=debug
  render diff ./chart --old-values values/local.yaml --new-values values/production.yaml")]
enum Command {
    Template(Box<Template>),
    Values(Box<Values>),
    Explain(Box<Explain>),
    Validate(Box<Validate>),
    Reach(Box<Reach>),
    Coverage(Box<Coverage>),
    Upgrade(Box<Upgrade>),
    Diff(Box<Diff>),
}

/// Why the command fails: one message on standard error, and what is printed all the same.
pub(crate) struct Failure {
    message: String,
    output: Vec<u8>,
}

impl Failure {
    fn new(message: String) -> Self {
        Self { message, output: Vec::new() }
    }
}

impl<E: std::fmt::Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::new(error.to_string())
    }
}

pub(crate) fn run() -> ExitCode {
    let outcome = match parse() {
        Command::Template(template) => template.run(),
        Command::Values(values) => values.run(),
        Command::Explain(explain) => explain.run(),
        Command::Validate(validate) => return validate.run(),
        Command::Reach(reach) => return reach.run(),
        Command::Coverage(coverage) => return coverage.run(),
        Command::Upgrade(upgrade) => return upgrade.run(),
        Command::Diff(diff) => return diff.run(),
    };
    match outcome {
        Ok(output) => print(&output),
        Err(Failure { message, output }) => {
            print(&output);
            say(format_args!("Error: {message}"));
            ExitCode::FAILURE
        }
    }
}

/// The exit status of what cannot be read or rendered.
const TROUBLE: u8 = 2;

/// Says why there is no answer.
fn trouble(failure: &Failure) -> ExitCode {
    tell(&failure.message);
    ExitCode::from(TROUBLE)
}

/// Says what is wrong, where Helm's very words are not promised.
fn tell(message: &str) {
    say(format_args!("Error: {}", calls::shortened(message)));
}

/// A line on standard error. Where that is full or nobody reads it, nobody can be told so.
fn say(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// As Helm's flags are: the last use of one counts, and a switch may have a value.
fn parse() -> Command {
    let command = Command::command().mut_subcommands(|command| command.args_override_self(true).mut_args(as_switch));
    let matches = command.try_get_matches().unwrap_or_else(|error| refuse(&error));
    Command::from_arg_matches(&matches).unwrap_or_else(|error| refuse(&error))
}

/// Ends with what is wrong with the arguments, or with the help that they ask for.
fn refuse(error: &clap::Error) -> ! {
    let exits_as_helm = |name: String| ["template", "values", "explain"].contains(&name.as_str());
    if error.exit_code() == 0 || !std::env::args().nth(1).is_some_and(exits_as_helm) {
        error.exit()
    }
    let _ = error.print();
    std::process::exit(1)
}

fn as_switch(argument: Arg) -> Arg {
    if !matches!(argument.get_action(), ArgAction::SetTrue) {
        return argument;
    }
    let argument = argument.action(ArgAction::Set).num_args(0..=1).require_equals(true).value_name("BOOL");
    let argument = argument.default_value("false").default_missing_value("true").hide_default_value(true);
    argument.value_parser(go_bool)
}

/// A truth value, as Go's `strconv.ParseBool` reads it.
fn go_bool(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        _ => Err("wanted true or false".to_owned()),
    }
}

/// As Helm exits: 1 for whatever goes wrong.
fn print(output: &[u8]) -> ExitCode {
    write(output).map_or_else(
        |failure| {
            say(format_args!("Error: {}", failure.message));
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

/// Prints what was found: 1 says that it is not well, and 2 that nobody could be told.
fn verdict(output: &str, is_well: bool) -> ExitCode {
    match write(output.as_bytes()) {
        Err(failure) => trouble(&failure),
        Ok(()) if is_well => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
    }
}

/// A reader that has seen enough is no failure.
fn write(output: &[u8]) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(output).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}
