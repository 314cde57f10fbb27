//! Repeating, indenting, shortening and wrapping. All of it counts bytes.

use bstr::ByteSlice;
use govalue::{Function, Type, Value};

use crate::args::{any, bytes, check_size, int, string};

const INT_STRING: &[Type] = &[Type::Int, Type::String];
const ELLIPSIS: &[u8] = b"...";

pub(super) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        ("repeat", Function::new(INT_STRING, |args| repeat(bytes(args, 1), int(args, 0)).map(string))),
        ("indent", Function::new(INT_STRING, |args| indent("indent", b"", args))),
        ("nindent", Function::new(INT_STRING, |args| indent("nindent", b"\n", args))),
        ("abbrev", Function::new(INT_STRING, |args| Ok(abbrev(args)))),
        ("abbrevboth", Function::new(&[Type::Int, Type::Int, Type::String], |args| Ok(abbrev_both(args)))),
        ("wrap", Function::new(INT_STRING, |args| wrap("wrap", bytes(args, 1), int(args, 0), b"", false))),
        (
            "wrapWith",
            Function::new(&[Type::Int, Type::String, Type::String], |args| {
                wrap("wrapWith", bytes(args, 2), int(args, 0), bytes(args, 1), true)
            }),
        ),
    ]
}

fn repeat(text: &[u8], count: i64) -> Result<Vec<u8>, String> {
    let count = usize::try_from(count).map_err(|_| "strings: negative Repeat count".to_owned())?;
    let size = text.len().checked_mul(count).filter(|size| isize::try_from(*size).is_ok());
    if size.is_none() {
        return Err("strings: Repeat output length overflow".into());
    }
    check_size("repeat", size)?;
    Ok(text.repeat(count))
}

/// Puts so many spaces before every line.
fn indent(name: &str, before: &[u8], args: &[Value]) -> Result<Value, String> {
    let text = bytes(args, 1);
    let spaces = int(args, 0);
    let lines = text.find_iter("\n").count() + 1;
    let padding = usize::try_from(spaces).unwrap_or_default().checked_mul(lines);
    let size = padding.and_then(|padding| padding.checked_add(before.len() + text.len()));
    check_size(name, size)?;
    let pad = repeat(b" ", spaces)?;
    let mut out = Vec::with_capacity(size.unwrap_or_default());
    out.extend_from_slice(before);
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        out.extend_from_slice(&pad);
        out.extend_from_slice(line);
    }
    if text.is_empty() || text.ends_with(b"\n") {
        out.extend_from_slice(&pad);
    }
    Ok(string(out))
}

fn abbrev(args: &[Value]) -> Value {
    if int(args, 0) < 4 { any(args, 1).clone() } else { abbreviate(any(args, 1), bytes(args, 1), 0, int(args, 0)) }
}

fn abbrev_both(args: &[Value]) -> Value {
    let (left, right) = (int(args, 0), int(args, 1));
    let too_narrow = right < 4 || (left > 0 && right < 7);
    if too_narrow { any(args, 2).clone() } else { abbreviate(any(args, 2), bytes(args, 2), left, right) }
}

/// Shortens a text to this width, at least 4, such that the byte at `offset` stays. Widths below 7 have no room for that.
fn abbreviate(whole: &Value, text: &[u8], offset: i64, width: i64) -> Value {
    let width = usize::try_from(width).unwrap_or_default();
    if text.len() <= width {
        return whole.clone();
    }
    let room = width.saturating_sub(ELLIPSIS.len());
    let offset = usize::try_from(offset).unwrap_or_default().min(text.len() - room);
    if offset <= 4 {
        return string([start(text, room), ELLIPSIS].concat());
    }
    if width < 7 {
        return "".into();
    }
    if offset + room >= text.len() {
        return string([ELLIPSIS, end(text, room)].concat());
    }
    let middle = text.get(offset..).unwrap_or_default();
    string([ELLIPSIS, start(middle, room - ELLIPSIS.len()), ELLIPSIS].concat())
}

fn start(text: &[u8], size: usize) -> &[u8] {
    text.get(..size).unwrap_or(text)
}

fn end(text: &[u8], size: usize) -> &[u8] {
    text.get(text.len().saturating_sub(size)..).unwrap_or(text)
}

/// Breaks a text into lines of this width at its spaces; a longer word is cut, or stands out.
fn wrap(name: &str, text: &[u8], width: i64, newline: &[u8], cut: bool) -> Result<Value, String> {
    let width = usize::try_from(width).unwrap_or_default().max(1);
    let newline = if newline.is_empty() { b"\n" } else { newline };
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while rest.len() > width {
        if let Some(after) = rest.strip_prefix(b" ") {
            rest = after;
            continue;
        }
        let Some((line, after)) = first_line(rest, width, cut) else { break };
        out.extend_from_slice(line);
        out.extend_from_slice(newline);
        check_size(name, Some(out.len()))?;
        rest = after;
    }
    out.extend_from_slice(rest);
    Ok(string(out))
}

/// The first line of a text that is longer than the width, and what follows; none if nothing can be parted.
fn first_line(text: &[u8], width: usize, cut: bool) -> Option<(&[u8], &[u8])> {
    let window = text.get(..=width)?;
    match window.rfind_byte(b' ') {
        Some(space) => Some((text.get(..space)?, text.get(space + 1..)?)),
        None if cut => text.split_at_checked(width),
        None => {
            let space = width + text.get(width..)?.find_byte(b' ')?;
            Some((text.get(..space)?, text.get(space + 1..)?))
        }
    }
}
