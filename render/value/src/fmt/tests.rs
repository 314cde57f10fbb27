#![allow(clippy::unwrap_used)]

use bstr::BString;
use proptest::prelude::*;

use super::*;
use crate::testing::{bytes, cases, value, values};
use crate::{List, Map};

fn differing(format: &[u8], operands: &[Value], want: Vec<u8>) -> Option<String> {
    let (want, got) = (BString::from(want), BString::from(sprintf(format, operands)));
    (got != want).then(|| format!("{:?} of {operands:?}\n  want {want:?}\n   got {got:?}", BString::from(format)))
}

fn assert_none(failures: &[String]) {
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn formats_print_what_go_prints() {
    let operands = values(&serde_json::from_str(include_str!("../../tests/operands.json")).unwrap());
    let mut failures = Vec::new();
    for case in cases(include_str!("../../tests/formats.json")) {
        for (operand, want) in operands.iter().zip(case["wants"].as_array().unwrap()) {
            failures.extend(differing(&bytes(&case["format"]), std::slice::from_ref(operand), bytes(want)));
        }
    }
    assert_none(&failures);
}

#[test]
fn directives_are_read_as_go_reads_them() {
    let cases = cases(include_str!("../../tests/sprintf_special.json"));
    let failures: Vec<_> = cases
        .iter()
        .filter_map(|case| differing(&bytes(&case["format"]), &values(&case["args"]), bytes(&case["want"])))
        .collect();
    assert_none(&failures);
}

#[test]
fn operands_without_a_format_print_what_go_prints() {
    for case in cases(include_str!("../../tests/sprint.json")) {
        let operands = values(&case["args"]);
        assert_eq!(BString::from(sprint(&operands)), bytes(&case["sprint"]), "{operands:?}");
        assert_eq!(BString::from(sprintln(&operands)), bytes(&case["sprintln"]), "{operands:?}");
        if let [operand] = operands.as_slice() {
            let mut out = b"before ".to_vec();
            print_value(&mut out, operand);
            assert_eq!(BString::from(out), [b"before ", &bytes(&case["sprint"])[..]].concat());
        }
    }
}

#[test]
fn a_map_within_itself_ends_with_the_limit() {
    let map = Map::new();
    map.insert("a", map.clone());
    map.insert("b", map.clone());
    let text = BString::from(sprint(&[map.clone().into()])).to_string();
    assert!(text.starts_with("map[a:map[a:"));
    assert!(text.contains("%!(NESTED OVER 10000 LEVELS)"));
    map.remove("a");
    map.remove("b");
}

#[test]
fn endless_output_ends_with_the_limit() {
    let wide = (0..60).fold(Value::from("x".repeat(1 << 16)), |value, _| List::new(vec![value.clone(), value]).into());
    let padded = sprintf("%1000000d".repeat(100).as_bytes(), &vec![Value::Int(1); 100]);
    for text in [sprint(&[wide]), padded] {
        assert!(text.ends_with(b"%!(OUTPUT OVER 64 MiB)"));
        assert!(text.len() <= MAX_OUTPUT + 100);
    }
}

proptest! {
    #[test]
    fn any_format_prints_something(format: Vec<u8>, number: i64, float: f64, text: Vec<u8>) {
        let list = List::new(vec![Value::Int(number), Value::Nil, Value::from(true)]);
        sprintf(&format, &[Value::Int(number), Value::Float64(float), Value::String(text.into()), list.into()]);
    }

    #[test]
    fn any_directive_prints_something(format in "(%[-+# 0]{0,3}(\\[[0-9]\\]|\\*|[0-9]{0,3})(\\.[0-9*]{0,3})?[a-zA-Z%]){0,4}", number: i64, float: f64, text: String) {
        let operands = [value(&serde_json::json!({"int": number.to_string()})), Value::Float64(float), text.into()];
        sprintf(format.as_bytes(), &operands);
    }
}
