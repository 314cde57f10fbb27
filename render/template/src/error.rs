//! What stops an execution.

use std::fmt;
use std::sync::Arc;

use bstr::ByteSlice;

use crate::quoted;

/// An error of an execution, in the words of Go's `template.ExecError`.
///
/// A function such as `include` that executes a template fails with the inner error as its cause; the text of the
/// whole chain is what [`fmt::Display`] gives.
#[derive(Debug)]
pub struct ExecError(Box<Detail>);

#[derive(Debug)]
struct Detail {
    place: Option<Place>,
    message: String,
    cause: Option<ExecError>,
}

/// Where a template failed.
#[derive(Debug)]
pub struct Place {
    /// The name of the template that was executed.
    pub template: Arc<str>,
    /// The name of the text that it stands in, a file's mostly.
    pub parse_name: Arc<str>,
    /// The offset in that text.
    pub pos: usize,
    /// The node, as it prints.
    pub node: String,
    /// The text.
    pub source: Arc<[u8]>,
}

impl Place {
    fn before(&self) -> &[u8] {
        self.source.get(..self.pos).unwrap_or(&self.source)
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        1 + self.before().find_iter(b"\n").count()
    }

    /// The column in bytes, from 0, as Go counts.
    pub fn column(&self) -> usize {
        self.before().iter().rev().take_while(|byte| **byte != b'\n').count()
    }
}

impl ExecError {
    pub(crate) fn at(place: Place, message: String, cause: Option<ExecError>) -> Self {
        Self(Box::new(Detail { place: Some(place), message, cause }))
    }

    /// An error for a reason: the message, followed by the text of the cause.
    #[must_use]
    pub fn wrap(message: impl Into<String>, cause: ExecError) -> Self {
        Self(Box::new(Detail { place: None, message: message.into(), cause: Some(cause) }))
    }

    /// Where it happened; nothing if no template was being executed yet.
    pub fn place(&self) -> Option<&Place> {
        self.0.place.as_ref()
    }

    /// What happened there, without the place and the cause.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The error of the template that a function executed.
    pub fn cause(&self) -> Option<&ExecError> {
        self.0.cause.as_ref()
    }

    /// The innermost place: where things went wrong first.
    pub fn innermost(&self) -> Option<&Place> {
        self.chain().filter_map(Self::place).last()
    }

    /// This error and its causes, from the outside in.
    pub fn chain(&self) -> impl Iterator<Item = &ExecError> {
        std::iter::successors(Some(self), |error| error.cause())
    }
}

impl From<String> for ExecError {
    fn from(message: String) -> Self {
        Self(Box::new(Detail { place: None, message, cause: None }))
    }
}

impl From<&str> for ExecError {
    fn from(message: &str) -> Self {
        message.to_owned().into()
    }
}

impl fmt::Display for ExecError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for error in self.chain() {
            if let Some(place) = error.place() {
                let Place { template, parse_name, node, .. } = place;
                let (line, column, template) = (place.line(), place.column(), quoted(template));
                write!(formatter, "template: {parse_name}:{line}:{column}: executing {template} at <{node}>: ")?;
            }
            formatter.write_str(error.message())?;
        }
        Ok(())
    }
}

impl std::error::Error for ExecError {}

/// A long chain of causes is taken apart in a loop, not by recursion.
impl Drop for Detail {
    fn drop(&mut self) {
        let mut cause = self.cause.take();
        while let Some(mut error) = cause {
            cause = error.0.cause.take();
        }
    }
}
