//! What a Secret holds is not shown: a difference may end in a log.

use serde_json::Value as Json;

use super::{Field, Path, Step};

/// Fields of a Secret whose texts are secret.
const SECRET: [&str; 2] = ["data", "stringData"];

/// Puts the length in the place of every secret text of an object of this kind. Of two that differ, the new one is told
/// as another one.
pub fn hide(kind: &str, field: &mut Field) {
    if kind != "Secret" {
        return;
    }
    let differs = field.meant.take().is_some() || field.old != field.new;
    for value in [&mut field.old, &mut field.new].into_iter().flatten() {
        hide_at(&field.path, value);
    }
    if let Some(Json::String(new)) = field.new.as_mut().filter(|new| differs && field.old.as_ref() == Some(&**new)) {
        *new = new.replace("characters", "other characters").replace("no text", "no text, but another");
    }
}

fn hide_at(path: &Path, value: &mut Json) {
    match path.0.first() {
        None => SECRET.iter().for_each(|key| value.get_mut(key).map_or((), texts)),
        Some(Step::Key(key)) if SECRET.contains(&key.as_str()) => texts(value),
        Some(_) => {}
    }
}

/// Whatever stands there, as what is no text is no less secret.
fn texts(value: &mut Json) {
    match value {
        Json::Object(map) => map.values_mut().for_each(texts),
        Json::Array(items) => items.iter_mut().for_each(texts),
        Json::String(text) => *text = format!("({} characters)", text.chars().count()),
        Json::Number(_) | Json::Bool(_) => *value = "(no text)".into(),
        Json::Null => {}
    }
}
