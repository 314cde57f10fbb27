//! A value with where it came from, as it is shown.

use govalue::{List, Map, Value, json};
use render::values::{Source, Sourced};

use super::Failure;

/// `values/production.yaml, over 1 of values.yaml`
pub(super) fn note(sourced: &Sourced) -> Result<String, Failure> {
    let mut note = sourced.origin.as_deref().unwrap_or("Helm").to_owned();
    if let Some(Source { origin, value, .. }) = sourced.over.first() {
        let value = flow(&govalue::from_json(value))?;
        note.extend([", over ", &value, " of ", origin]);
    }
    if sourced.is_unknown {
        note.push_str(", unknown to the chart's values.yaml");
    }
    Ok(note)
}

/// A value in one line, which is YAML too.
pub(super) fn flow(value: &Value) -> Result<String, Failure> {
    if matches!(value, Value::Map(_) | Value::List(_)) {
        return Ok(String::from_utf8_lossy(&json::marshal(value)?).into_owned());
    }
    let text = goyaml::to_yaml(value)?;
    if text.contains('\n') { Ok(String::from_utf8_lossy(&json::marshal(value)?).into_owned()) } else { Ok(text) }
}

/// For programs.
pub(super) fn object(sourced: &Sourced) -> Value {
    let origin = |origin: Option<&str>| origin.map_or(Value::Nil, Value::from);
    let over = sourced.over.iter().map(|source| {
        let value = govalue::from_json(&source.value);
        Value::from([("origin", origin(Some(&source.origin))), ("value", value)].into_iter().collect::<Map>())
    });
    let fields = [
        ("path", sourced.path.as_str().into()),
        ("value", sourced.value.clone()),
        ("origin", origin(sourced.origin.as_deref())),
        ("over", over.collect::<List>().into()),
        ("unknown", sourced.is_unknown.into()),
    ];
    Value::from(fields.into_iter().collect::<Map>())
}

/// JSON with indentation and a line end.
pub(super) fn printed(value: &Value) -> Result<Vec<u8>, Failure> {
    let mut text = json::marshal_indent(value, "", "  ")?;
    text.push(b'\n');
    Ok(text)
}
