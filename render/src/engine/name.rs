//! A release's name from a template.

use std::rc::Rc;

use bstr::ByteSlice;
use gotemplate::{Functions, Interpreter, Set};
use govalue::{Function, Str, Type, Value};
use sprig::Environment;

use super::text;
use crate::Error;

/// A release's name from a template, as `--name-template` takes it: without a chart, with all of sprig's functions, also those
/// that charts lack. `variable` gives the value of an environment variable.
pub fn name_from(template: &str, variable: impl Fn(&str) -> Option<String> + 'static) -> Result<String, Error> {
    let mut functions = Functions::new();
    functions.extend(sprig::functions(&Rc::new(Environment::new().with_dns(true))));
    let one = Rc::new(move |name: &[u8]| variable(&name.to_str_lossy()).unwrap_or_default());
    let all = Rc::clone(&one);
    functions.insert("env", Function::new(&[Type::String], move |args| Ok(one(&text(args, 0)).into())));
    functions.insert(
        "expandenv",
        Function::new(&[Type::String], move |args| Ok(Str::from(expand(&text(args, 0), &*all)).into())),
    );
    let mut set = Set::new("name-template");
    let tree = set
        .parse("name-template", template.as_bytes(), &functions)
        .map_err(|error| Error::Values(error.to_string()))?;
    let mut interpreter = Interpreter::new(Rc::new(functions), gotemplate::Options::default());
    let name =
        interpreter.execute_tree(&Rc::new(set), &tree, Value::Nil).map_err(|error| Error::Values(error.to_string()))?;
    Ok(String::from_utf8_lossy(&name).into_owned())
}

/// `os.Expand`: `$name` and `${name}`; what is neither stays, and braces that are wrong go.
fn expand(text: &[u8], value: &impl Fn(&[u8]) -> String) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(dollar) = rest.find_byte(b'$') {
        let (before, after) = (rest.get(..dollar).unwrap_or_default(), rest.get(dollar + 1..).unwrap_or_default());
        out.extend_from_slice(before);
        let (name, length) = shell_name(after);
        match (name, length) {
            (b"", 0) => out.push(b'$'),
            (b"", _) => {}
            (name, _) => out.extend_from_slice(value(name).as_bytes()),
        }
        rest = after.get(length..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    out
}

/// The name behind a dollar, and how much of the text it takes.
fn shell_name(text: &[u8]) -> (&[u8], usize) {
    match text {
        [b'{', name, b'}', ..] if is_special(*name) => (text.get(1..2).unwrap_or_default(), 3),
        [b'{', rest @ ..] => match rest.find_byte(b'}') {
            Some(0) => (b"", 2),
            Some(end) => (rest.get(..end).unwrap_or_default(), end + 2),
            None => (b"", 1),
        },
        [name, ..] if is_special(*name) => (text.get(..1).unwrap_or_default(), 1),
        _ => {
            let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
            let end = text.iter().position(|byte| !is_name(byte)).unwrap_or(text.len());
            (text.get(..end).unwrap_or_default(), end)
        }
    }
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'*' | b'#' | b'$' | b'@' | b'!' | b'?' | b'-' | b'0'..=b'9')
}
