//! JSON, as Go's package encoding/json reads and writes it.

mod marshal;
#[cfg(test)]
mod tests;
mod text;
mod unmarshal;

use serde_json::Value as Json;

use crate::{List, Map, Value};

pub use marshal::{MAX_OUTPUT, marshal, marshal_indent, marshal_unescaped};
pub use text::{json_text, paired};
pub use unmarshal::{unmarshal, unmarshal_into, unmarshal_list};

/// How deep the lists and maps may be nested that are read or written.
pub const MAX_DEPTH: usize = 10_000;

/// How many values a text may have that is read: each takes far more memory than its text.
pub const MAX_VALUES: usize = 2_000_000;

/// A value of JSON as a template sees it: whole numbers as `int64`, the rest as `float64`, all maps new.
///
/// Numbers that come from YAML are floats already: its reader makes them so.
pub fn from_json(json: &Json) -> Value {
    match json {
        Json::Null => Value::Nil,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => Value::Int64(number),
            (None, Some(number)) => Value::Uint64(number),
            (None, None) => Value::Float64(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => text::bytes_of(text).into(),
        Json::Array(items) => deeper(|| items.iter().map(from_json).collect::<List>().into()),
        Json::Object(entries) => {
            deeper(|| entries.iter().map(|(key, value)| (key.as_str(), from_json(value))).collect::<Map>().into())
        }
    }
}

/// Goes a level deeper, on a new piece of stack when there is little left.
fn deeper<T>(walk: impl FnOnce() -> T) -> T {
    crate::grow(walk)
}
