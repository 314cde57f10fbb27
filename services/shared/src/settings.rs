//! Settings: a flag `--name`, or else the variable `NAME`, or else the file that `NAME_FILE` names.
//!
//! A service declares one typed `Config` with clap's derive; the environment is read by
//! putting its values in front of the flags, so that both pass the same checks. A wrong
//! setting ends the start with one line that names it and exit code 2.

use std::convert::Infallible;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use clap::Parser;

/// The heading under which a `Config` puts its secrets: they have no flag, since every user of
/// the machine can read a process's arguments.
pub const SECRETS: &str = "Secrets";

/// The settings that every service reads.
#[derive(clap::Args, Clone, Debug)]
pub struct Common {
    /// Log level (error, warn, info, debug, trace) or a filter such as `info,thoughts=debug`
    #[arg(long, default_value = "info")]
    pub log: String,
    /// Log lines as json or text [default: text on a terminal, json elsewhere]
    #[arg(long)]
    pub log_format: Option<LogFormat>,
    /// Seconds that a service which was told to stop (SIGTERM) still serves, not ready
    #[arg(long, default_value = "5", value_parser = seconds)]
    pub drain_delay: Duration,
    /// Seconds that running requests then have to finish
    #[arg(long, default_value = "20", value_parser = seconds)]
    pub shutdown_timeout: Duration,
    /// Seconds that a client has to send its request: the head, and again the body
    #[arg(long, default_value = "10", value_parser = positive_seconds)]
    pub request_timeout: Duration,
    /// Connections held open at once; more wait to be accepted
    #[arg(long, default_value = "4096", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_connections: u32,
    /// What goes wrong on demand.
    #[cfg(feature = "faults")]
    #[command(flatten)]
    pub faults: crate::faults::FaultSettings,
}

/// How log lines look.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

/// A value that is never shown: `Debug` prints dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The value itself, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = Infallible;

    fn from_str(value: &str) -> Result<Self, Infallible> {
        Ok(Self(value.to_owned()))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("…")
    }
}

/// What a service does instead of starting.
#[derive(Debug)]
pub enum Stop {
    /// A setting is wrong: one line that names it.
    Wrong(String),
    /// Help or the version was asked for.
    Help(String),
}

impl Stop {
    /// Prints what there is to say and gives the exit code: 2 for a wrong setting, else 0.
    pub fn report(self) -> ExitCode {
        match self {
            Self::Help(text) => {
                print!("{text}");
                ExitCode::SUCCESS
            }
            Self::Wrong(line) => {
                eprintln!("{line}");
                ExitCode::from(2)
            }
        }
    }
}

/// Reads a `Config` from the process's flags and environment.
pub fn read<C: Parser>() -> Result<C, Stop> {
    parse(std::env::args_os(), |name| std::env::var_os(name))
}

/// Reads a `Config` from `arguments` (the program's name first) and the environment given as a look-up.
pub fn parse<C: Parser>(
    arguments: impl IntoIterator<Item = OsString>,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<C, Stop> {
    let mut arguments = arguments.into_iter();
    let program = arguments.next().unwrap_or_default();
    let flags: Vec<OsString> = arguments.collect();
    let command = C::command().args_override_self(true);
    refuse_secrets(&command, &flags)?;

    let mut line = vec![program];
    line.extend(from_environment(&command, variable)?);
    line.extend(flags);
    let command = command.after_help(environment_help(&C::command()));
    command.try_get_matches_from(line).and_then(|matches| C::from_arg_matches(&matches)).map_err(|error| stop(&error))
}

/// The names of the variables that a `Config` reads, in the order of its fields.
pub fn variables(command: &clap::Command) -> Vec<String> {
    command.get_arguments().filter(|argument| takes_value(argument)).filter_map(variable_of).collect()
}

fn takes_value(argument: &clap::Arg) -> bool {
    matches!(argument.get_action(), clap::ArgAction::Set | clap::ArgAction::Append)
}

fn variable_of(argument: &clap::Arg) -> Option<String> {
    argument.get_long().map(|long| long.to_uppercase().replace('-', "_"))
}

fn is_secret(argument: &clap::Arg) -> bool {
    argument.get_help_heading() == Some(SECRETS)
}

fn refuse_secrets(command: &clap::Command, flags: &[OsString]) -> Result<(), Stop> {
    for name in command.get_arguments().filter(|argument| is_secret(argument)).filter_map(variable_of) {
        let flag = format!("--{}", name.to_lowercase().replace('_', "-"));
        let given = flags.iter().filter_map(|word| word.to_str()).any(|word| word.split('=').next() == Some(&flag));
        if given {
            return Err(Stop::Wrong(format!("{flag}: a secret has no flag; set {name} or {name}_FILE")));
        }
    }
    Ok(())
}

fn from_environment(
    command: &clap::Command,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Vec<OsString>, Stop> {
    let given = |name: &str| variable(name).filter(|value| !value.is_empty());
    let mut words = Vec::new();
    for name in variables(command) {
        let value = match given(&name) {
            Some(value) => value,
            None => match given(&format!("{name}_FILE")) {
                Some(path) => content(&name, Path::new(&path))?,
                None => continue,
            },
        };
        let mut word = OsString::from(format!("--{}=", name.to_lowercase().replace('_', "-")));
        word.push(value);
        words.push(word);
    }
    Ok(words)
}

/// A file's text without the line end that editors leave.
fn content(name: &str, path: &Path) -> Result<OsString, Stop> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Stop::Wrong(format!("{name}_FILE: {}: {error}", path.display())))?;
    Ok(text.trim_end_matches(['\n', '\r']).into())
}

fn environment_help(command: &clap::Command) -> String {
    let secrets: Vec<_> = command.get_arguments().filter(|argument| is_secret(argument)).collect();
    let mut help = String::from(
        "Each option can also be given as the environment variable of its name (--log-format: LOG_FORMAT)\n\
         or in a file that NAME_FILE names. A flag wins over the variable, the variable over the file.\n\n\
         --health alone asks /readyz at OPERATIONS_LISTEN (the variable) and exits with 0 or 1.\n",
    );
    if !secrets.is_empty() {
        help.push_str("\nSecrets, by NAME or NAME_FILE only:\n");
    }
    let lines = secrets.into_iter().map(|secret| {
        let name = variable_of(secret).unwrap_or_default();
        let about = secret.get_help().map(ToString::to_string).unwrap_or_default();
        format!("  {name:<20} {about}\n")
    });
    help.extend(lines);
    help
}

/// What clap has to say, in one line if it is an error.
pub fn stop(error: &clap::Error) -> Stop {
    use clap::error::ErrorKind::{DisplayHelp, DisplayVersion};
    if matches!(error.kind(), DisplayHelp | DisplayVersion) {
        return Stop::Help(error.to_string());
    }
    // clap writes a paragraph: its first block, joined, is the line that names the setting
    let text = error.to_string();
    let words: Vec<_> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
    Stop::Wrong(words.join(" "))
}

/// A value parser: a number of seconds, at most a day.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text.parse().map_err(|_| "expected a number of seconds".to_owned())?;
    if (0.0..=86_400.0).contains(&number) {
        Ok(Duration::from_secs_f64(number))
    } else {
        Err("expected 0 to 86400 seconds".into())
    }
}

/// A value parser: a number of seconds above nothing, at most a day.
pub fn positive_seconds(text: &str) -> Result<Duration, String> {
    seconds(text).and_then(|time| if time.is_zero() { Err("expected more than 0 seconds".into()) } else { Ok(time) })
}

/// A value parser: an address that begins with `http://` or `https://`.
pub fn http_url(text: &str) -> Result<reqwest::Url, String> {
    let expected = || "expected an address that begins with http:// or https://".to_owned();
    let url: reqwest::Url = text.parse().map_err(|_| expected())?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() { Ok(url) } else { Err(expected()) }
}

/// Where `--health` asks when the service listens on all interfaces.
pub(crate) fn reachable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], address.port())) } else { address }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::struct_field_names)]
    use super::*;

    #[derive(Parser, Debug)]
    #[command(name = "sample")]
    struct Sample {
        /// Address
        #[arg(long, default_value = "127.0.0.1:8000")]
        listen: SocketAddr,
        #[arg(long, action = clap::ArgAction::Set, default_value_t = false)]
        sample_data: bool,
        /// The password
        #[arg(long, help_heading = SECRETS, hide = true)]
        password: Option<Secret>,
        #[arg(long)]
        needed: String,
    }

    fn sample(flags: &[&str], variables: &[(&str, &str)]) -> Result<Sample, String> {
        let words = std::iter::once("sample").chain(flags.iter().copied()).map(OsString::from);
        let look_up =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value));
        parse(words, look_up).map_err(|stop| match stop {
            Stop::Wrong(line) | Stop::Help(line) => line,
        })
    }

    #[test]
    fn a_flag_wins_over_the_variable_and_the_variable_over_the_default() {
        assert_eq!(sample(&[], &[("NEEDED", "x")]).unwrap().listen.port(), 8000);
        assert_eq!(sample(&[], &[("NEEDED", "x"), ("LISTEN", "[::1]:1")]).unwrap().listen.port(), 1);
        let both = sample(&["--listen", "[::1]:2"], &[("NEEDED", "x"), ("LISTEN", "[::1]:1")]);
        assert_eq!(both.unwrap().listen.port(), 2);
    }

    #[test]
    fn a_file_gives_the_value_without_its_line_end() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, "open sesame\n").unwrap();
        let path = file.path().to_str().unwrap();
        let read = sample(&["--needed=x"], &[("PASSWORD_FILE", path)]).unwrap();
        assert_eq!(read.password.unwrap().reveal(), "open sesame");
        let missing = sample(&["--needed=x"], &[("PASSWORD_FILE", "/nowhere")]).unwrap_err();
        assert!(missing.starts_with("PASSWORD_FILE: /nowhere: "), "{missing}");
    }

    #[test]
    fn empty_and_foreign_variables_do_not_count() {
        let read = sample(&[], &[("NEEDED", "x"), ("LISTEN", ""), ("SAMPLE_PORT", "tcp://10.0.0.1:80")]).unwrap();
        assert_eq!(read.listen.port(), 8000);
        assert!(!read.sample_data);
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line_that_names_it() {
        for (flags, variables, name) in [
            (&["--lisen=1"][..], &[("NEEDED", "x")][..], "--lisen"),
            (&[], &[("NEEDED", "x"), ("LISTEN", "here")], "LISTEN"),
            (&[], &[], "NEEDED"),
            (&["--needed=x", "--password", "secret"], &[], "PASSWORD_FILE"),
            (&["--needed=x", "--password=secret"], &[], "PASSWORD_FILE"),
        ] {
            let line = sample(flags, variables).unwrap_err();
            assert!(line.contains(name) && !line.contains('\n') && !line.contains("secret="), "{line}");
        }
    }

    #[test]
    fn help_lists_options_and_secrets() {
        let help = sample(&["--help"], &[]).unwrap_err();
        for wanted in ["--listen <LISTEN>", "--sample-data <SAMPLE_DATA>", "PASSWORD ", "The password"] {
            assert!(help.contains(wanted), "{wanted} in {help}");
        }
        assert!(!help.contains("--password"));
    }

    #[test]
    fn a_secret_is_not_shown() {
        let secret: Secret = "hush".parse().unwrap();
        assert_eq!(format!("{secret:?}"), "…");
    }
}
