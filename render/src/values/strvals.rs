//! `--set` and its relatives: `a.b[0].c=value,d={x,y}`.

mod parser;
mod value;

use crate::{HelmVersion, Table};

pub(super) use parser::MAX_ELEMENTS;
pub(crate) use value::floats;

/// How a value is read.
pub(super) enum Mode<'a> {
    /// `--set`: numbers, booleans and null are recognised.
    Typed,
    /// `--set-string`: a text.
    Text,
    /// `--set-json`: JSON.
    Json,
    /// `--set-file`: the name of a file, whose text this gives.
    File(&'a mut dyn FnMut(&str) -> Result<String, String>),
    /// `--set-literal`: a text that ends at the end, without escapes.
    Literal,
}

/// Reads assignments and makes them in `values`, with so many more elements of lists. The error is Helm's text, without what
/// the flag adds.
pub(super) fn parse_into<'a>(
    text: &'a str,
    mode: Mode<'a>,
    version: HelmVersion,
    elements: &'a mut usize,
    values: &mut Table,
) -> Result<(), String> {
    parser::Parser::new(text, mode, version, elements).parse(values)
}
