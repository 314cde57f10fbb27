//! How templates print values: as fmt does, but for what is missing and for pointers.

use govalue::{Kind, Value, fmt};

/// What is printed for no value.
const NO_VALUE: &str = "<no value>";

/// Appends a value as an action prints it.
pub(crate) fn print(out: &mut Vec<u8>, value: &Value) {
    if value.is_nil() {
        return out.extend_from_slice(NO_VALUE.as_bytes());
    }
    if let Value::Object(object) = value
        && let Some(text) = object.pointer_display()
    {
        return out.extend_from_slice(text.as_bytes());
    }
    let start = out.len();
    fmt::print_value(out, value);
    if is_plain_pointer(value) && out.get(start) == Some(&b'&') {
        out.remove(start);
    }
}

/// Whether what a pointer points to is printed in its place.
fn is_plain_pointer(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.kind() == Kind::Ptr && object.display().is_none(),
        _ => false,
    }
}

/// What fmt ends a text with that it has cut off.
const CUT: &[u8] = b"%!(OUTPUT OVER 64 MiB)";

/// Whether a text that was printed is longer than may be.
pub(crate) fn is_too_long(text: &[u8]) -> bool {
    text.len() > fmt::MAX_OUTPUT || text.ends_with(CUT)
}

/// The error of a text that is too long.
pub(crate) fn too_long() -> String {
    format!("exceeded maximum size of a text ({} bytes)", fmt::MAX_OUTPUT)
}
