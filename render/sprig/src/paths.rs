//! Parts of slash-separated paths. Helm runs on Linux here, so `os…` functions are the same.

use govalue::{Function, Str, Type, Value};

use crate::args::bytes;

const STRING: &[Type] = &[Type::String];

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    let text = |part: fn(&[u8]) -> Vec<u8>| {
        Function::new(STRING, move |args| Ok(Value::String(Str::from(part(bytes(args, 0))))))
    };
    let is_abs = || Function::new(STRING, |args| Ok(Value::Bool(bytes(args, 0).starts_with(b"/"))));
    vec![
        ("base", text(base)),
        ("dir", text(dir)),
        ("clean", text(clean)),
        ("ext", text(ext)),
        ("isAbs", is_abs()),
        ("osBase", text(base)),
        ("osDir", text(dir)),
        ("osClean", text(clean)),
        ("osExt", text(ext)),
        ("osIsAbs", is_abs()),
    ]
}

fn base(path: &[u8]) -> Vec<u8> {
    if path.is_empty() {
        return b".".to_vec();
    }
    let end = path.iter().rposition(|&byte| byte != b'/').map_or(0, |last| last + 1);
    let trimmed = path.get(..end).unwrap_or_default();
    let name = trimmed.rsplit(|&byte| byte == b'/').next().unwrap_or_default();
    if name.is_empty() { b"/".to_vec() } else { name.to_vec() }
}

fn dir(path: &[u8]) -> Vec<u8> {
    let end = path.iter().rposition(|&byte| byte == b'/').map_or(0, |last| last + 1);
    clean(path.get(..end).unwrap_or_default())
}

fn ext(path: &[u8]) -> Vec<u8> {
    let name = path.rsplit(|&byte| byte == b'/').next().unwrap_or_default();
    let dot = name.iter().rposition(|&byte| byte == b'.');
    dot.and_then(|dot| name.get(dot..)).unwrap_or_default().to_vec()
}

/// The shortest path that means the same, as Go's `path.Clean` gives it.
pub fn clean(path: &[u8]) -> Vec<u8> {
    let rooted = path.starts_with(b"/");
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in path.split(|&byte| byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => match parts.last() {
                Some(&last) if last != b".." => {
                    parts.pop();
                }
                _ if rooted => {}
                _ => parts.push(part),
            },
            part => parts.push(part),
        }
    }
    let mut cleaned = if rooted { b"/".to_vec() } else { Vec::new() };
    cleaned.extend(parts.join(&b'/'));
    if cleaned.is_empty() { b".".to_vec() } else { cleaned }
}
