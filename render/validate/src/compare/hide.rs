//! What a Secret holds is not shown: a difference may end in a log.

use serde_json::Value as Json;

use super::{Field, Path, Step};

/// Fields of a Secret whose texts are secret.
const SECRET: [&str; 2] = ["data", "stringData"];

/// Puts the length in the place of every secret text.
pub fn hide(kind: &str, field: &mut Field) {
    if kind != "Secret" {
        return;
    }
    let path = field.path.clone();
    for value in [&mut field.chart, &mut field.model].into_iter().flatten() {
        hide_at(&path, value);
    }
}

fn hide_at(path: &Path, value: &mut Json) {
    match path.0.first() {
        None => SECRET.iter().for_each(|key| value.get_mut(key).map_or((), texts)),
        Some(Step::Key(key)) if SECRET.contains(&key.as_str()) => texts(value),
        Some(_) => {}
    }
}

fn texts(value: &mut Json) {
    match value {
        Json::String(text) => *text = format!("({} characters)", text.chars().count()),
        Json::Object(map) => map.values_mut().for_each(texts),
        _ => {}
    }
}
