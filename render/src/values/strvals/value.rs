//! What stands behind the `=`.

use serde_json::Value as Json;

/// The value that a text stands for in `--set`.
pub(super) fn typed(text: String) -> Json {
    for (word, value) in [("true", Json::Bool(true)), ("false", Json::Bool(false)), ("null", Json::Null)] {
        if text.eq_ignore_ascii_case(word) {
            return value;
        }
    }
    if text == "0" {
        return Json::from(0);
    }
    if !text.starts_with('0')
        && let Ok(number) = text.parse::<i64>()
    {
        return Json::from(number);
    }
    Json::String(text)
}

/// Makes every number of JSON a float, as Go reads JSON.
pub(crate) fn floats(json: &mut Json) {
    match json {
        Json::Number(number) => {
            if let Some(float) = number.as_f64().and_then(serde_json::Number::from_f64) {
                *number = float;
            }
        }
        Json::Array(items) => items.iter_mut().for_each(floats),
        Json::Object(entries) => entries.values_mut().for_each(floats),
        _ => {}
    }
}

/// Go's name of a value's type, for the text of an error.
pub(super) fn go_type(json: &Json) -> &'static str {
    match json {
        Json::Null => "nil",
        Json::Bool(_) => "bool",
        Json::Number(number) if number.is_f64() => "float64",
        Json::Number(_) => "int64",
        Json::String(_) => "string",
        Json::Array(_) => "[]interface {}",
        Json::Object(_) => "map[string]interface {}",
    }
}
