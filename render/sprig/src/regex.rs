//! Regular expressions as Go's `regexp` has them.
//!
//! The pattern is read by Go's grammar, with Go's errors; the matching is that of the `regex` crate, which like Go's
//! prefers the leftmost match and takes linear time.

mod automaton;
mod class;
mod matcher;
mod matches;
mod names;
mod parser;
mod program;
mod replace;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use govalue::{Function, List, Type, Value, strconv};

use crate::args::{any, bytes, int, part, string};

use program::Regex;

pub use matcher::{Matcher, Pattern};

const PATTERN_TEXT: &[Type] = &[Type::String, Type::String];
const PATTERN_TEXT_COUNT: &[Type] = &[Type::String, Type::String, Type::Int];
const PATTERN_TEXT_TEXT: &[Type] = &[Type::String, Type::String, Type::String];

/// So much memory may the compiled expressions take that are kept: a chart uses few, many times.
const MAX_KEPT: usize = 128 << 20;

/// So much memory does a pattern take that is none.
const REFUSED: usize = 1 << 10;

/// What became of a pattern.
type Compiled = Result<Rc<Regex>, String>;

/// What became of the patterns of a thread, and the memory that it takes.
#[derive(Default)]
struct Kept {
    patterns: HashMap<Vec<u8>, Compiled>,
    size: usize,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// How an error of the pattern is told.
type Explain = fn(&[u8], &str) -> String;

/// What is done with the expression, the text and all arguments.
type Use = fn(&Regex, &[u8], &[Value]) -> Result<Value, String>;

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        ("regexMatch", Function::new(PATTERN_TEXT, is_match)),
        ("mustRegexMatch", Function::new(PATTERN_TEXT, must_match)),
        ("regexFind", function(PATTERN_TEXT, as_panic, find)),
        ("mustRegexFind", function(PATTERN_TEXT, as_error, find)),
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
    KEPT.with_borrow_mut(|kept| {
        if let Some(regex) = kept.patterns.get(pattern) {
            return regex.clone();
        }
        let regex = parser::parse(pattern).map_err(|error| error.to_string()).map(Rc::new);
        let size = pattern.len() + regex.as_ref().map_or(REFUSED, |regex| regex.size());
        if kept.size + size > MAX_KEPT {
            *kept = Kept::default();
        }
        kept.size += size;
        kept.patterns.insert(pattern.to_vec(), regex.clone());
        regex
    })
}

/// An expression that is none matches nothing.
fn is_match(args: &[Value]) -> Result<Value, String> {
    compile(bytes(args, 0)).map_or(Ok(false), |regex| regex.is_match(bytes(args, 1))).map(Value::from)
}

fn must_match(args: &[Value]) -> Result<Value, String> {
    compile(bytes(args, 0))?.is_match(bytes(args, 1)).map(Value::from)
}

fn find(regex: &Regex, text: &[u8], args: &[Value]) -> Result<Value, String> {
    let found = matches::Matches::new(regex, text).next()?.and_then(|found| text.get(found));
    Ok(part(any(args, 1), found.unwrap_or_default()))
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
