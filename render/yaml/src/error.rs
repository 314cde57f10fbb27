//! What is wrong with a text.

use std::fmt;

/// Why a text cannot be read or a value not be written, in the words of Go's libraries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    text: String,
    line: Option<usize>,
}

impl Error {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), line: None }
    }

    /// An error of go-yaml that belongs to no line.
    pub(crate) fn yaml(text: impl fmt::Display) -> Self {
        Self::new(format!("yaml: {text}"))
    }

    /// An error of the scanner, which counts lines from 1. The first line is not named.
    pub(crate) fn scanner(problem: impl fmt::Display, line: usize) -> Self {
        Self::named(problem, line, line + 1)
    }

    /// An error of the parser, which counts lines from 0. The first line is not named.
    pub(crate) fn parser(problem: &str, line: usize) -> Self {
        Self::named(problem, line, line)
    }

    fn named(problem: impl fmt::Display, line: usize, told: usize) -> Self {
        let error = if line == 0 { Self::yaml(problem) } else { Self::new(format!("yaml: line {told}: {problem}")) };
        error.at(line)
    }

    /// The same on this line, from 0, unless its line is known.
    pub(crate) fn at(self, line: usize) -> Self {
        Self { line: self.line.or(Some(line + 1)), ..self }
    }

    /// The same behind what was being done.
    pub(crate) fn during(self, what: &str) -> Self {
        Self { text: format!("{what}: {}", self.text), ..self }
    }

    /// The line of YAML that it is on, from 1, where one is to blame: the text's may be another, or missing.
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl std::error::Error for Error {}

impl From<Error> for String {
    fn from(error: Error) -> Self {
        error.text
    }
}
