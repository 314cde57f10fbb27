//! Lists: their parts, changed copies, and what they contain. Every function that can fail has a `must` twin, and
//! both fail alike, since a panic within a function is an error of the template.

mod bag;
mod numbers;
mod parts;
mod sets;

use govalue::{Function, List, Type, Value};

use crate::args::{any, check_items, elements, items, not_a_slice};
use crate::strings::to_strings;

const ANY: &[Type] = &[Type::Any];

/// A function by its names.
type Named = (&'static [&'static str], Function);

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    let named = [changed(), parts::functions(), sets::functions()].into_iter().flatten();
    let mut functions: Vec<_> =
        named.flat_map(|(names, function)| names.iter().map(move |name| (*name, function.clone()))).collect();
    functions.extend(numbers::functions());
    functions
}

fn changed() -> Vec<Named> {
    vec![
        (&["list", "tuple"], Function::variadic(ANY, |args| Ok(list(args)))),
        (&["append", "push", "mustAppend", "mustPush"], Function::new(&[Type::Any, Type::Any], push)),
        (&["prepend", "mustPrepend"], Function::new(&[Type::Any, Type::Any], prepend)),
        (&["concat"], Function::variadic(ANY, concat)),
        (&["reverse", "mustReverse"], Function::new(ANY, reverse)),
        (&["sortAlpha"], Function::new(ANY, |args| Ok(sort_alpha(any(args, 0))))),
    ]
}

fn list(items: &[Value]) -> Value {
    List::new(items.to_vec()).into()
}

/// Go's nil slice, which some functions give for nothing.
fn nil() -> Value {
    List::nil(Type::Any).into()
}

fn push(args: &[Value]) -> Result<Value, String> {
    Ok(list(&[&*items(any(args, 0), "push on")?, &[any(args, 1).clone()]].concat()))
}

fn prepend(args: &[Value]) -> Result<Value, String> {
    Ok(list(&[&[any(args, 1).clone()], &*items(any(args, 0), "prepend on")?].concat()))
}

fn concat(lists: &[Value]) -> Result<Value, String> {
    let mut all = Vec::new();
    for list in lists {
        let kind = || not_a_slice(list, "Cannot concat type ") + if list.is_nil() { "" } else { " as list" };
        let items = elements(list).ok_or_else(kind)?;
        check_items("concat", all.len().checked_add(items.len()))?;
        all.extend_from_slice(&items);
    }
    Ok(if all.is_empty() { nil() } else { List::new(all).into() })
}

fn reverse(args: &[Value]) -> Result<Value, String> {
    Ok(items(any(args, 0), "find reverse on")?.iter().rev().cloned().collect::<List>().into())
}

/// The elements as strings in the order of their bytes; anything else as the only string.
fn sort_alpha(value: &Value) -> Value {
    if value.is_nil() {
        // Unlike `toStrings`, this makes a text even of nil.
        return List::of_strings(["<nil>"]).into();
    }
    let mut strings = to_strings(value);
    strings.sort_by(|left, right| left.as_string().cmp(&right.as_string()));
    List::of(Type::String, strings).into()
}
