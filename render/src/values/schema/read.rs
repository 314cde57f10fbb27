//! The text of a schema.

use serde_json::Value as Json;

/// A schema from its text, with Helm's errors: it reads a schema as a stream, which has other words for its end.
pub(super) fn schema(text: &[u8]) -> Result<Json, String> {
    let valid = String::from_utf8_lossy(text.trim_ascii());
    serde_json::from_str(&govalue::json::paired(&valid)).map_err(|error| match govalue::json::unmarshal(text) {
        Err(error) => in_stream(text, error),
        Ok(_) => error.to_string(),
    })
}

fn in_stream(text: &[u8], error: String) -> String {
    if text.trim_ascii().is_empty() {
        return "EOF".to_owned();
    }
    if error.ends_with(AFTER) {
        return format!("invalid character {AFTER}");
    }
    if is_truncated(text, &error) { "unexpected EOF".to_owned() } else { error }
}

const AFTER: &str = "after top-level value";

/// Whether an error is at the end of a text: another byte there makes another error.
fn is_truncated(text: &[u8], error: &str) -> bool {
    let longer = [text, b"\x01"].concat();
    govalue::json::unmarshal(&longer).err().is_some_and(|other| other != error)
}
