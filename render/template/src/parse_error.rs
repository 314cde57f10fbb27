//! What is wrong with a template's text.

use std::error::Error;
use std::fmt;

/// A text that is no template; it prints as Go's `text/template` words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The name under which the text was parsed.
    pub name: String,
    /// The line of the last token that was read, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, line, message } = self;
        write!(formatter, "template: {name}:{line}: {message}")
    }
}

impl Error for ParseError {}
