//! Go's expressions in the syntax of the `regex` crate.

use super::parser;

/// A class without characters is printed as an intersection, which not every reader of the syntax knows. Nothing comes
/// behind the end either.
const NOTHING: (&str, &str) = ("[a&&b]", r"(?:\z.)");

/// The crate refuses ASCII's `\B` in texts, where it could match inside of a character. The two differ beside letters
/// that are not ASCII.
const NO_BOUNDARY: (&str, &str) = (r"(?-u:\B)", r"\B");

/// A pattern of Go's, in the syntax of the `regex` crate.
///
/// # Errors
///
/// Fails with Go's text for a pattern that its `regexp.Compile` refuses.
pub fn translate(pattern: &str) -> Result<String, String> {
    let expression = parser::read(pattern.as_bytes()).map_err(|error| error.to_string())?;
    let printed = expression.hir.to_string();
    Ok([NOTHING, NO_BOUNDARY].iter().fold(printed, |printed, (from, to)| printed.replace(from, to)))
}
