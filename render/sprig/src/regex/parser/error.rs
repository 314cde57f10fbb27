//! What is wrong with a pattern, in Go's words.

use std::fmt;

use bstr::BString;

/// An error, with the part of the pattern that shows it.
#[derive(Debug)]
pub(in crate::regex) struct Error {
    kind: Kind,
    part: BString,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    InvalidCharRange,
    InvalidEscape,
    InvalidNamedCapture,
    InvalidPerlOp,
    InvalidRepeatOp,
    InvalidRepeatSize,
    InvalidUtf8,
    MissingBracket,
    MissingParen,
    MissingRepeatArgument,
    TrailingBackslash,
    UnexpectedParen,
    NestingDepth,
    Large,
}

impl Error {
    pub(super) fn new(kind: Kind, part: &[u8]) -> Self {
        Self { kind, part: part.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::InvalidCharRange => "invalid character class range",
            Kind::InvalidEscape => "invalid escape sequence",
            Kind::InvalidNamedCapture => "invalid named capture",
            Kind::InvalidPerlOp => "invalid or unsupported Perl syntax",
            Kind::InvalidRepeatOp => "invalid nested repetition operator",
            Kind::InvalidRepeatSize => "invalid repeat count",
            Kind::InvalidUtf8 => "invalid UTF-8",
            Kind::MissingBracket => "missing closing ]",
            Kind::MissingParen => "missing closing )",
            Kind::MissingRepeatArgument => "missing argument to repetition operator",
            Kind::TrailingBackslash => "trailing backslash at end of expression",
            Kind::UnexpectedParen => "unexpected )",
            Kind::NestingDepth => "expression nests too deeply",
            Kind::Large => "expression too large",
        };
        write!(formatter, "error parsing regexp: {kind}: `{}`", self.part)
    }
}
