#![allow(clippy::unwrap_used)]

use serde_json::Value as Json;

use super::*;
use crate::values::to_map;

/// What is known to differ: the library does not know these formats in draft 7, tells less of a name with two
/// dependencies, and does not compare an outer schema with that of the draft.
const DIFFERENT: [&str; 4] = [
    r#"{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"format":"uuid"}}} {"a":"x"}"#,
    r#"{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"format":"duration"}}} {"a":"x"}"#,
    r#"{"dependentRequired":{"b":["c"]},"dependentSchemas":{"b":{"required":["d"]},"c":{"required":["d"]}}} {"b":1.0}"#,
    r##"{"$ref":"#/x","x":{"pattern":"["}} {"a":1.0}"##,
];

#[test]
fn schemas_fail_in_helms_words() {
    let cases: Json = serde_json::from_str(include_str!("../../../tests/values/cases.json")).unwrap();
    let (mut failures, mut different) = (Vec::new(), Vec::new());
    for case in cases["schemas"].as_array().unwrap() {
        let schema = case["text"].as_str().map_or_else(|| case["schema"].to_string(), str::to_owned);
        let mut values = case["values"].clone();
        crate::values::floats(&mut values);
        let met =
            validate(&Schema::new(schema.as_bytes()), &to_map(values.as_object().unwrap())).err().unwrap_or_default();
        let wanted = case["error"].as_str().unwrap();
        let case = format!("{schema} {values}");
        if met == wanted {
            continue;
        }
        if DIFFERENT.contains(&case.as_str()) {
            different.push(case);
        } else {
            failures.push(format!("{case}\n  wanted {wanted:?}\n  met    {met:?}"));
        }
    }
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(different.len(), DIFFERENT.len(), "only these still differ: {different:#?}");
}
