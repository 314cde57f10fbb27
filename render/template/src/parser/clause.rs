//! What errors say about the place where they happen.

use std::fmt;

/// The part of a template that is being parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clause {
    Block,
    Command,
    Define,
    If,
    Parenthesized,
    Range,
    Template,
    With,
}

impl fmt::Display for Clause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Block => "block clause",
            Self::Command => "command",
            Self::Define => "define clause",
            Self::If => "if",
            Self::Parenthesized => "parenthesized pipeline",
            Self::Range => "range",
            Self::Template => "template clause",
            Self::With => "with",
        })
    }
}
