//! Splitting into parts.

use bstr::ByteSlice;
use govalue::{Function, List, Map, Type, Value};

use crate::args::{MAX_ITEMS, bytes, check_items, int, string};
use crate::runes;

pub(super) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        (
            "split",
            Function::new(&[Type::String, Type::String], |args| {
                Ok(numbered(&split(bytes(args, 1), bytes(args, 0), -1)?))
            }),
        ),
        (
            "splitn",
            Function::new(&[Type::String, Type::Int, Type::String], |args| {
                Ok(numbered(&split(bytes(args, 2), bytes(args, 0), int(args, 1))?))
            }),
        ),
        (
            "splitList",
            Function::new(&[Type::String, Type::String], |args| {
                let parts = split(bytes(args, 1), bytes(args, 0), -1)?;
                Ok(List::of(Type::String, parts.into_iter().map(string).collect()).into())
            }),
        ),
    ]
}

/// The parts with the keys `_0`, `_1` and so on.
fn numbered(parts: &[&[u8]]) -> Value {
    let map = Map::of(Type::String);
    for (index, part) in parts.iter().enumerate() {
        map.insert(format!("_{index}"), string(*part));
    }
    map.into()
}

/// `strings.SplitN`: at most so many parts, all if the number is negative; an empty separator parts the runes.
fn split<'a>(text: &'a [u8], separator: &[u8], count: i64) -> Result<Vec<&'a [u8]>, String> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let wanted = count.min(MAX_ITEMS + 1);
    let parts = match (wanted, separator) {
        (0, _) => Vec::new(),
        (wanted, []) => explode(text, wanted),
        (wanted, separator) => text.splitn_str(wanted, separator).collect(),
    };
    check_items("split", Some(parts.len()))?;
    Ok(parts)
}

fn explode(text: &[u8], count: usize) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() && parts.len() + 1 < count {
        let (rune, after) = runes::split_first(rest);
        parts.push(rune);
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}
