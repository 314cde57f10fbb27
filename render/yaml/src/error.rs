//! What is wrong with a text.

use std::fmt;

/// Why a text cannot be read or a value not be written, in the words of Go's libraries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(String);

impl Error {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// An error of go-yaml that belongs to no line.
    pub(crate) fn yaml(text: impl fmt::Display) -> Self {
        Self(format!("yaml: {text}"))
    }

    /// An error of the scanner, which counts lines from 1. The first line is not named.
    pub(crate) fn scanner(problem: impl fmt::Display, line: usize) -> Self {
        if line == 0 { Self::yaml(problem) } else { Self(format!("yaml: line {}: {problem}", line + 1)) }
    }

    /// An error of the parser, which counts lines from 0. The first line is not named.
    pub(crate) fn parser(problem: &str, line: usize) -> Self {
        if line == 0 { Self::yaml(problem) } else { Self(format!("yaml: line {line}: {problem}")) }
    }

    /// The same behind what was being done.
    pub(crate) fn during(self, what: &str) -> Self {
        Self(format!("{what}: {}", self.0))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl From<Error> for String {
    fn from(error: Error) -> Self {
        error.0
    }
}
