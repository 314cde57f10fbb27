//! Regular expressions as Go's `regexp` has them.
//!
//! The pattern is read by Go's grammar, with Go's errors; the matching is that of the `regex` crate, which like Go's
//! prefers the leftmost match and takes linear time.
//!
//! ```
//! assert_eq!(sprig::regex::translate("^[[:digit:]]$")?, r"(?:\A[0-9]\z)");
//! # Ok::<(), String>(())
//! ```

mod class;
mod matches;
mod names;
mod parser;
mod replace;
mod translate;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use govalue::{Function, List, Type, Value, strconv};
use regex_automata::meta;

use crate::args::{any, bytes, int, part, string};
use crate::runes;

pub use translate::translate;

const PATTERN_TEXT: &[Type] = &[Type::String, Type::String];
const PATTERN_TEXT_COUNT: &[Type] = &[Type::String, Type::String, Type::Int];
const PATTERN_TEXT_TEXT: &[Type] = &[Type::String, Type::String, Type::String];

/// So many compiled expressions are kept: a chart uses few, many times.
const KEPT: usize = 200;

/// A compiled expression.
pub(super) struct Regex {
    program: meta::Regex,
    /// The names of its groups, the whole match among them; an empty one for a group without a name.
    names: Vec<String>,
}

/// What became of a pattern.
type Compiled = Result<Rc<Regex>, String>;

thread_local! {
    static COMPILED: RefCell<HashMap<Vec<u8>, Compiled>> = RefCell::default();
}

/// How an error of the pattern is told.
type Explain = fn(&[u8], &str) -> String;

/// What is done with the expression, the text and all arguments.
type Use = fn(&Regex, &[u8], &[Value]) -> Result<Value, String>;

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        ("regexMatch", Function::new(PATTERN_TEXT, |args| Ok(is_match(args).unwrap_or_default().into()))),
        ("mustRegexMatch", Function::new(PATTERN_TEXT, |args| is_match(args).map(Value::from))),
        ("regexFind", function(PATTERN_TEXT, as_panic, |regex, text, args| Ok(find(regex, text, args)))),
        ("mustRegexFind", function(PATTERN_TEXT, as_error, |regex, text, args| Ok(find(regex, text, args)))),
        ("regexFindAll", function(PATTERN_TEXT_COUNT, as_panic, find_all)),
        ("mustRegexFindAll", function(PATTERN_TEXT_COUNT, as_error, find_all)),
        ("regexSplit", function(PATTERN_TEXT_COUNT, as_panic, split)),
        ("mustRegexSplit", function(PATTERN_TEXT_COUNT, as_error, split)),
        ("regexReplaceAll", function(PATTERN_TEXT_TEXT, as_panic, replace_all)),
        ("mustRegexReplaceAll", function(PATTERN_TEXT_TEXT, as_error, replace_all)),
        ("regexReplaceAllLiteral", function(PATTERN_TEXT_TEXT, as_panic, replace_all_literal)),
        ("mustRegexReplaceAllLiteral", function(PATTERN_TEXT_TEXT, as_error, replace_all_literal)),
        ("regexQuoteMeta", Function::new(&[Type::String], |args| Ok(string(quote_meta(bytes(args, 0)))))),
    ]
}

fn function(params: &'static [Type], explain: Explain, call: Use) -> Function {
    Function::new(params, move |args| {
        let pattern = bytes(args, 0);
        let regex = compile(pattern).map_err(|error| explain(pattern, &error))?;
        call(&regex, bytes(args, 1), args)
    })
}

fn as_error(_: &[u8], error: &str) -> String {
    error.to_owned()
}

/// What `regexp.MustCompile` panics with.
fn as_panic(pattern: &[u8], error: &str) -> String {
    let quoted = if strconv::can_backquote(pattern) {
        format!("`{}`", bstr::BStr::new(pattern))
    } else {
        strconv::quote(pattern)
    };
    format!("regexp: Compile({quoted}): {error}")
}

fn compile(pattern: &[u8]) -> Compiled {
    COMPILED.with_borrow_mut(|compiled| {
        if let Some(regex) = compiled.get(pattern) {
            return regex.clone();
        }
        let regex = parser::parse(pattern).map_err(|error| error.to_string()).map(Rc::new);
        if compiled.len() >= KEPT {
            compiled.clear();
        }
        compiled.insert(pattern.to_vec(), regex.clone());
        regex
    })
}

fn is_match(args: &[Value]) -> Result<bool, String> {
    Ok(compile(bytes(args, 0))?.program.is_match(bytes(args, 1)))
}

fn find(regex: &Regex, text: &[u8], args: &[Value]) -> Value {
    let found = regex.program.find(text).and_then(|found| text.get(found.range()));
    part(any(args, 1), found.unwrap_or_default())
}

fn find_all(regex: &Regex, text: &[u8], args: &[Value]) -> Result<Value, String> {
    let found = matches::find_all(regex, text, int(args, 2))?;
    Ok(strings(found.into_iter().map(|range| text.get(range).unwrap_or_default())))
}

fn split(regex: &Regex, text: &[u8], args: &[Value]) -> Result<Value, String> {
    if int(args, 2) == 0 {
        return Ok(List::nil(Type::String).into());
    }
    Ok(List::of_strings(matches::split(regex, bytes(args, 0), text, int(args, 2))?.into_iter().map(string)).into())
}

fn replace_all(regex: &Regex, text: &[u8], args: &[Value]) -> Result<Value, String> {
    let template = replace::Template::new(bytes(args, 2));
    replace::replace_all(regex, text, &template).map(|replaced| replaced.map_or_else(|| any(args, 1).clone(), string))
}

fn replace_all_literal(regex: &Regex, text: &[u8], args: &[Value]) -> Result<Value, String> {
    let template = replace::Template::literal(bytes(args, 2));
    replace::replace_all(regex, text, &template).map(|replaced| replaced.map_or_else(|| any(args, 1).clone(), string))
}

/// The parts as a `[]string`, which is nil if there is none.
fn strings<'a>(parts: impl ExactSizeIterator<Item = &'a [u8]>) -> Value {
    if parts.len() == 0 { List::nil(Type::String).into() } else { List::of_strings(parts.map(string)).into() }
}

fn quote_meta(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for &byte in text {
        if br"\.+*?()|[]{}^$".contains(&byte) {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out
}

/// Where the rune after this place ends; past the end of the text, one further.
fn next_place(text: &[u8], place: usize) -> usize {
    place + runes::decode(text.get(place..).unwrap_or_default()).1.max(1)
}
