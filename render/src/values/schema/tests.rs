#![allow(clippy::unwrap_used)]

use serde_json::{Value as Json, json};

use super::*;
use crate::values::coalesce;
use crate::{File, HelmVersion, Table};

/// What is said of values by a schema.
fn failure(schema: &str, values: &Json) -> String {
    validate(&Schema::new(schema.as_bytes()), values.as_object().unwrap().clone(), &Budget::default())
        .err()
        .unwrap_or_default()
}

#[test]
fn schemas_fail_in_helms_words() {
    let cases: Json = serde_json::from_str(include_str!("../../../tests/values/cases.json")).unwrap();
    let mut failures = Vec::new();
    for case in cases["schemas"].as_array().unwrap() {
        let schema = case["text"].as_str().map_or_else(|| case["schema"].to_string(), str::to_owned);
        let mut values = case["values"].clone();
        crate::values::floats(&mut values);
        let met = failure(&schema, &values);
        let wanted = case["error"].as_str().unwrap();
        if met != wanted {
            failures.push(format!("{schema} {values}\n  wanted {wanted:?}\n  met    {met:?}"));
        }
    }
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
}

/// Definitions, each of which is made with the next, and the last of all. The first is the schema.
fn definitions(count: usize, definition: impl Fn(Json) -> Json, last: Json) -> String {
    let next = |index: usize| json!({ "$ref": format!("#/$defs/d{}", index + 1) });
    let definitions = (0..count).map(|index| (format!("d{index}"), definition(next(index))));
    let definitions: Table = definitions.chain([(format!("d{count}"), last)]).collect();
    json!({ "$ref": "#/$defs/d0", "$defs": definitions }).to_string()
}

#[test]
fn what_costs_too_much_is_refused_by_its_limit() {
    let all = |next: Json| json!({ "allOf": [next, next] });
    let any = |next: Json| json!({ "anyOf": [next, next] });
    let letters: Vec<_> = (0..50_000).map(|index| format!("letter{index}")).collect();
    let many: Vec<_> = (0..5_000).map(|index| json!(format!("x{index}"))).collect();
    let patterns: Vec<_> = (0..500).map(|index| json!({ "pattern": format!("^\\pL{{100}}x{index}") })).collect();
    let deep = |depth: usize| format!("{}true{}", r#"{"not":"#.repeat(depth), "}".repeat(depth));
    for (schema, limit) in [
        (definitions(30, all, json!(true)), "more steps"),
        (definitions(30, any, json!(false)), "more steps"),
        (definitions(30, |next| json!({ "not": { "not": all(next) } }), json!(true)), "more steps"),
        (definitions(20_000, |next| next, json!(true)), "deeper than the maximum"),
        (json!({ "properties": { "a": { "items": { "enum": letters } } } }).to_string(), "more steps"),
        (
            json!({ "properties": { "a": { "items": { "allOf": patterns } } } }).to_string(),
            "expressions of schema are larger",
        ),
        (json!({ "pattern": r"\pL".repeat(100_000) }).to_string(), "expression too large"),
        (
            json!({ "properties": (0..20).map(|index| (index.to_string(), json!({"pattern": r"\pL".repeat(1_000 + index)})))
                .collect::<Table>() })
            .to_string(),
            "expressions of schema are larger",
        ),
        (json!({ "pattern": "((.{1000}){1000}){1000}" }).to_string(), "invalid repeat count"),
        (deep(1_000), "recursion limit exceeded"),
        (deep(100_000), "exceeded max depth"),
    ] {
        let met = failure(&schema, &json!({ "a": many }));
        assert!(met.contains(limit), "{limit}: {met}");
    }
}

#[test]
fn an_expression_with_endless_states_comes_to_an_end() {
    let pattern = (980..1000).map(|count| format!("^(a|b)*a(a|b){{{count}}}c$")).collect::<Vec<_>>().join("|");
    let schema = json!({ "properties": { "a": { "pattern": pattern } } }).to_string();
    let bits = (0_u64..).flat_map(|number| (0..20).map(move |bit| if number >> bit & 1 == 0 { 'a' } else { 'b' }));
    let met = failure(&schema, &json!({ "a": bits.take(1 << 20).collect::<String>() }));
    assert!(met.contains("more steps"), "{}", met.len());
}

#[test]
fn the_charts_of_a_tree_share_the_limits() {
    let schema = definitions(16, |next| json!({ "allOf": [next, next] }), json!(true));
    let mut files = vec![File::new("Chart.yaml", "apiVersion: v2\nname: top\nversion: 1.0.0\n")];
    for index in 10..100 {
        let chart = format!("apiVersion: v2\nname: sub{index}\nversion: 1.0.0\n");
        files.push(File::new(format!("charts/sub{index}/Chart.yaml"), chart));
        files.push(File::new(format!("charts/sub{index}/values.schema.json"), schema.clone()));
    }
    let chart = Chart::from_files(files).unwrap();
    let values = coalesce(&chart, &Table::new(), HelmVersion::V4).unwrap().values;
    let met = Demands::of(&chart, &values).failures();
    assert!(!met.contains("sub10:") && met.contains("sub99:\nchecking values takes more steps"), "{met}");
}

#[test]
fn charts_with_one_schema_compile_it_once() {
    let budget = Budget::default();
    let [first, second] = [0; 2].map(|_| Schema::new(br#"{"required": ["a"]}"#.as_slice()));
    let of = |schema: &Schema| std::ptr::from_ref(schema.compiled(&budget).unwrap());
    assert_eq!(of(&first), of(&second));
}
