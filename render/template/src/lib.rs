//! Go's text/template: lexer, parser and evaluator.
//!
//! [`parse`] makes trees of a text; [`ast`] has their nodes, which print as templates. A [`Set`] has templates by name,
//! and an [`Interpreter`] executes them with [`Functions`].

pub mod ast;
mod builtins;
mod display;
mod error;
mod eval;
mod functions;
mod interpreter;
mod item;
mod lexer;
mod memo;
mod operand;
mod parse_error;
mod parser;
mod printing;
mod set;
#[cfg(test)]
mod tests;
mod trace;

pub use error::{ExecError, Place};
pub use functions::{Callable, Calling, Functions, Names};
pub use interpreter::{Interpreter, Limits, MissingKey, Options};
pub use parse_error::ParseError;
pub use parser::parse;
pub use set::Set;
pub use trace::{Event, Origin, Written};

/// A name as Go's `%q` prints it.
fn quoted(name: &str) -> String {
    govalue::strconv::quote(name.as_bytes())
}

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
