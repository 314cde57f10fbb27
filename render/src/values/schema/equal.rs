//! Equality of values: numbers are equal if they are as large.

use std::collections::HashMap;

use govalue::grow;
use serde_json::Value as Json;

use super::decimal::Decimal;

/// Whether two values are equal.
pub(super) fn equal(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one_number), Json::Number(other_number)) => {
            one_number == other_number || Decimal::of(one) == Decimal::of(other)
        }
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| grow(|| equal(one, other)))
        }
        (Json::Object(one), Json::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| grow(|| equal(one, other))))
        }
        _ => one == other,
    }
}

/// The first two items that are equal.
pub(super) fn duplicates(items: &[Json]) -> Option<(usize, usize)> {
    let mut seen = HashMap::new();
    for (second, item) in items.iter().enumerate() {
        if let Some(first) = seen.insert(canonical(item), second) {
            return Some((first, second));
        }
    }
    None
}

/// A text that equal values have in common.
fn canonical(json: &Json) -> String {
    match json {
        Json::Number(_) => Decimal::of(json).map(|number| number.to_string()).unwrap_or_default(),
        Json::Array(items) => {
            format!("[{}]", items.iter().map(|item| grow(|| canonical(item))).collect::<Vec<_>>().join(","))
        }
        Json::Object(entries) => {
            let mut entries: Vec<_> =
                entries.iter().map(|(key, value)| format!("{key:?}:{}", grow(|| canonical(value)))).collect();
            entries.sort();
            format!("{{{}}}", entries.join(","))
        }
        other => other.to_string(),
    }
}

/// So many scalars, keys and texts' bytes are in a value, counted roughly.
pub(super) fn size(json: &Json) -> usize {
    1 + match json {
        Json::String(text) => text.len() / 64,
        Json::Array(items) => items.iter().map(|item| grow(|| size(item))).sum(),
        Json::Object(entries) => entries.iter().map(|(key, value)| key.len() / 64 + grow(|| size(value))).sum(),
        _ => 0,
    }
}
