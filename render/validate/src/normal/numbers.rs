//! Numbers: Helm has every one as a float.

use serde_json::{Number, Value as Json};

/// Floats without a fraction as integers.
pub fn with_whole_numbers(value: Json) -> Json {
    match value {
        Json::Number(number) => Json::Number(whole(&number).unwrap_or(number)),
        Json::Array(items) => items.into_iter().map(with_whole_numbers).collect(),
        Json::Object(map) => map.into_iter().map(|(key, value)| (key, with_whole_numbers(value))).collect(),
        other => other,
    }
}

fn whole(number: &Number) -> Option<Number> {
    let float = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0)?;
    format!("{float:.0}").parse::<i64>().ok().map(Number::from)
}
