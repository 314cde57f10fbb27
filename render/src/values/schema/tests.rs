#![allow(clippy::unwrap_used)]

use serde_json::Value as Json;

use super::*;
use crate::values::to_map;

/// What is known to differ: the library tells less of these keywords, does not know these formats in draft 7, or has
/// other words for a broken expression.
const DIFFERENT: [&str; 8] = [
    "{\"additionalProperties\":false}",
    "\"contains\"",
    "\"dependentRequired\"",
    "\"dependencies\":{\"a\":[",
    "\"uuid\"",
    "\"duration\"",
    "\"regex\"",
    "\"pattern\":\"[\"",
];

#[test]
fn schemas_fail_in_helms_words() {
    let cases: Json = serde_json::from_str(include_str!("../../../tests/values/cases.json")).unwrap();
    let mut failures = Vec::new();
    for case in cases["schemas"].as_array().unwrap() {
        let schema = case["schema"].to_string();
        let mut values = case["values"].clone();
        crate::values::floats(&mut values);
        let met = validate(schema.as_bytes(), &to_map(values.as_object().unwrap())).err().unwrap_or_default();
        let wanted = case["error"].as_str().unwrap();
        if met != wanted && !DIFFERENT.iter().any(|known| schema.contains(known)) {
            failures.push(format!("{schema} {values}\n  wanted {wanted:?}\n  met    {met:?}"));
        }
    }
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
}
