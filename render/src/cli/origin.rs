//! A value with where it came from, as it is shown.

use std::fmt::Write;

use govalue::{List, Map, Value, json};
use render::values::{Source, Sourced};

use super::Failure;

/// A line: `web.port: 90  # values/production.yaml, over 80 of values.yaml`.
pub(super) fn line(sourced: &Sourced) -> Result<String, Failure> {
    let value = sourced.value.as_ref().map(flow).transpose()?.unwrap_or_default();
    let space = if value.is_empty() { "" } else { " " };
    Ok(format!("{}:{space}{value}  # {}", sourced.path, note(sourced, flow)?))
}

/// As [`line`], for a value that a template read: not all of a long one. `default` is what the template took instead.
pub(super) fn short_line(sourced: &Sourced, default: Option<&Value>) -> Result<String, Failure> {
    let value = sourced.value.as_ref().map(short).transpose()?.unwrap_or_default();
    let space = if value.is_empty() { "" } else { " " };
    let mut line = format!("{}:{space}{value}  # {}", sourced.path, note(sourced, short)?);
    if let Some(default) = default {
        write!(line, ", so the template's default {} is taken", short(default)?)?;
    }
    Ok(line)
}

fn short(value: &Value) -> Result<String, Failure> {
    const LENGTH: usize = 100;
    let text = flow(value)?;
    Ok(match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    })
}

/// `values/production.yaml, over 80 of values.yaml`
fn note(sourced: &Sourced, show: fn(&Value) -> Result<String, Failure>) -> Result<String, Failure> {
    let mut note = match (&sourced.value, sourced.origin.as_deref()) {
        (Some(_), origin) => origin.unwrap_or("Helm").to_owned(),
        (None, None) => "not set".to_owned(),
        (None, Some(origin)) if sourced.over.is_empty() => format!("null in {origin}"),
        (None, Some(origin)) => format!("removed by {origin}"),
    };
    if let Some(Source { origin, value, .. }) = sourced.over.first() {
        let value = show(&govalue::from_json(value))?;
        note.extend([", over ", &value, " of ", origin]);
    }
    if sourced.is_unknown {
        note.push_str(", unknown to the chart's values.yaml");
    }
    Ok(note)
}

/// A value in one line, which is YAML too.
fn flow(value: &Value) -> Result<String, Failure> {
    if matches!(value, Value::Map(_) | Value::List(_)) {
        return Ok(String::from_utf8_lossy(&json::marshal(value)?).into_owned());
    }
    let text = goyaml::to_yaml(value)?;
    if text.contains('\n') { Ok(String::from_utf8_lossy(&json::marshal(value)?).into_owned()) } else { Ok(text) }
}

/// For programs.
pub(super) fn object(sourced: &Sourced) -> Map {
    let origin = |origin: Option<&str>| origin.map_or(Value::Nil, Value::from);
    let over = sourced.over.iter().map(|source| {
        let value = govalue::from_json(&source.value);
        Value::from([("origin", origin(Some(&source.origin))), ("value", value)].into_iter().collect::<Map>())
    });
    let fields = [
        ("path", sourced.path.as_str().into()),
        ("set", sourced.value.is_some().into()),
        ("value", sourced.value.clone().unwrap_or(Value::Nil)),
        ("origin", origin(sourced.origin.as_deref())),
        ("over", over.collect::<List>().into()),
        ("unknown", sourced.is_unknown.into()),
    ];
    fields.into_iter().collect()
}

/// JSON with indentation and a line end.
pub(super) fn printed(value: &Value) -> Result<Vec<u8>, Failure> {
    let mut text = json::marshal_indent(value, "", "  ")?;
    text.push(b'\n');
    Ok(text)
}
