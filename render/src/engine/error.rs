//! How Helm words what Go's templates say.

use gotemplate::ExecError;

use crate::HelmVersion;

const WARN_START: &str = "HELM_ERR_START";
const WARN_END: &str = "HELM_ERR_END";

/// Marks what `required` and `fail` say, so that it can be told from the places around it.
pub(super) fn warning(text: &str) -> String {
    format!("{WARN_START}{text}{WARN_END}")
}

/// What is said of a template that cannot be parsed: its place and the last part of the message.
pub(super) fn parsing(file: &str, error: &str) -> String {
    let parts: Vec<&str> = error.split(": ").collect();
    match parts.as_slice() {
        [_, location, .., message] => format!("parse error at ({location}): {message}"),
        [_, message] => format!("parse error at ({message}): {message}"),
        _ => format!("parse error in ({file}): {error}"),
    }
}

/// What is said of a template that fails: what `required` and `fail` say by itself, the rest in that Helm's form.
pub(super) fn executing(file: &str, error: &ExecError, version: HelmVersion) -> String {
    let text = error.to_string();
    if error.place().is_none() {
        return text;
    }
    let mut parts = text.splitn(3, ": ");
    let (Some(_), Some(location), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
        return format!("execution error in ({file}): {text}");
    };
    if let Some(said) = marked(rest) {
        return format!("execution error at ({location}): {said}");
    }
    match version {
        HelmVersion::V3 => text,
        HelmVersion::V4 => trace(error).unwrap_or(text),
    }
}

/// The text between the first mark and the last.
fn marked(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(WARN_START)?;
    Some(rest.rsplit_once(WARN_END)?.0)
}

/// Helm 4's form: a place a line, what is executed there, and what went wrong; for every error inside another.
/// Nothing if one of them is not of templates, as what a function says.
fn trace(error: &ExecError) -> Option<String> {
    let innermost = error.chain().last()?;
    if innermost.message().starts_with("error calling ") {
        return None;
    }
    let mut text = String::new();
    for error in error.chain() {
        text.push_str(&Step::parse(&error.to_string())?.to_string());
    }
    Some(text.trim().to_owned())
}

/// One error as Helm 4 shows it.
#[derive(Debug, PartialEq, Eq)]
struct Step<'a> {
    location: &'a str,
    executing: Option<(&'a str, &'a str)>,
    message: &'a str,
}

impl<'a> Step<'a> {
    fn parse(error: &'a str) -> Option<Self> {
        let rest = error.strip_prefix("template: ")?;
        if rest.starts_with("no template ") {
            return Some(Self { location: "", executing: None, message: error });
        }
        Self::parse_executing(rest).or_else(|| Self::parse_simple(rest))
    }

    /// `NAME:LINE:COLUMN: executing "NAME" at <NODE>: MESSAGE`
    fn parse_executing(rest: &'a str) -> Option<Self> {
        let (location, after) = rest.split_once(": executing ")?;
        let (name, after) = after.strip_prefix('"')?.split_once('"')?;
        let (node, message) = after.strip_prefix(" at <")?.split_once(">: ")?;
        Some(Self { location, executing: Some((name, node)), message: without_cause(message) })
    }

    /// `NAME: MESSAGE`
    fn parse_simple(rest: &'a str) -> Option<Self> {
        let (location, message) = rest.rsplit_once(": ")?;
        Some(Self { location, executing: None, message: without_cause(message) })
    }
}

fn without_cause(message: &str) -> &str {
    message.split_once(" template:").map_or(message, |(message, _)| message)
}

impl std::fmt::Display for Step<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.location.is_empty() {
            write!(formatter, "{}\n  ", self.location)?;
        }
        if let Some((name, node)) = self.executing {
            write!(formatter, "executing \"{name}\" at <{node}>:\n    ")?;
        }
        if !self.message.is_empty() {
            writeln!(formatter, "{}", self.message)?;
        }
        Ok(())
    }
}
