//! The texts of numbers, truths and quoted strings, as Go's package strconv reads and writes them.

mod float;
mod integer;
mod parse_float;
mod printable;
mod quote;
#[cfg(test)]
mod tests;
mod unquote;

use std::fmt;

pub use float::format_float;
pub use integer::{atoi, parse_bool, parse_int, parse_uint};
pub use parse_float::parse_float;
pub use quote::{can_backquote, is_print, quote, quote_rune, quote_to_ascii, rune_count, rune_length};
pub use unquote::{unquote, unquote_char};

/// Why a text is no number, as `strconv.NumError`: prints `strconv.ParseInt: parsing "x": invalid syntax`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumError {
    /// Go's function: `ParseInt`.
    pub function: &'static str,
    /// The text.
    pub number: Vec<u8>,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with the text of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is none.
    Syntax,
    /// It does not fit into so many bits.
    Range,
}

impl NumError {
    fn new(function: &'static str, number: &[u8], reason: Reason) -> Self {
        Self { function, number: number.to_vec(), reason }
    }
}

impl fmt::Display for NumError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.reason {
            Reason::Syntax => "invalid syntax",
            Reason::Range => "value out of range",
        };
        write!(formatter, "strconv.{}: parsing {}: {reason}", self.function, quote(&self.number))
    }
}

impl std::error::Error for NumError {}
