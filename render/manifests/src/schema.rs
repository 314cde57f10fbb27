//! `values.schema.json`, made from the types.

use schemars::Schema;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::Value as Json;

use crate::Values;

/// The text of `values.schema.json`.
pub(crate) fn text() -> String {
    format!("{:#}\n", generate().to_value())
}

/// The schema of [`Values`], in draft 2020-12.
pub(crate) fn generate() -> Schema {
    let mut schema = schemars::schema_for!(Values);
    RecursiveTransform(without_widths).transform(&mut schema);
    schema
}

/// One list of words, so that the message for another names them all; what each means goes into the description.
pub(crate) fn plain_enum(schema: &mut Schema) {
    let Some(Json::Array(variants)) = schema.remove("oneOf") else { return };
    let description = schema.get("description").and_then(Json::as_str).unwrap_or_default();
    let means: Vec<_> = variants
        .iter()
        .map(|variant| format!("{}: {}", text_of(variant, "const"), text_of(variant, "description")))
        .collect();
    let description = format!("{description}. {}", means.join(". "));
    let words: Json = variants.iter().filter_map(|variant| variant.get("const").cloned()).collect();
    schema.insert("description".into(), description.into());
    schema.insert("type".into(), "string".into());
    schema.insert("enum".into(), words);
}

fn text_of<'a>(variant: &'a Json, key: &str) -> &'a str {
    variant.get(key).and_then(Json::as_str).unwrap_or_default()
}

/// `uint32` and its like are Rust's, not JSON Schema's.
fn without_widths(schema: &mut Schema) {
    schema.remove("format");
}
