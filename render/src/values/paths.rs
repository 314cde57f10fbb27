//! Values by paths with dots.

use govalue::{Map, Value};

use crate::error::quote;

/// A key as a part of a path, as `--set` takes it: dots in it are escaped.
pub(crate) fn escaped(key: &str) -> String {
    key.replace('.', "\\.")
}

/// The table at a path. The error is Helm's text.
pub(crate) fn table_at(map: &Map, path: &str) -> Result<Map, String> {
    let mut table = map.clone();
    for name in path.split('.') {
        let Some(Value::Map(inner)) = table.get(name) else { return Err(format!("{} is not a table", quote(name))) };
        table = inner;
    }
    Ok(table)
}

/// The value at a path, if there is one and it is no table.
pub(crate) fn path_value(map: &Map, path: &str) -> Option<Value> {
    let found = match path.rsplit_once('.') {
        Some((table, key)) => table_at(map, table).ok()?.get(key),
        None => map.get(path),
    };
    found.filter(|value| value.as_map().is_none())
}
