//! What must hold for any input.

#![allow(clippy::unwrap_used)]

use govalue::{List, Map, Value};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

/// Without U+2028: go-yaml does not read back its own `|` in front of one.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}",
        "[a-z0-9 .:#\\-\\n'\"]{0,20}",
        "[0-9.eExob_+:\\-]{1,8}",
        "[\\t\\r\\n \\u{a0}-\\u{200}\\u{1f600}]{0,6}",
    ]
}

/// A key. `<<` is written as it stands, also by Go's library, and so is read back as a merge.
fn key() -> impl Strategy<Value = String> {
    text().prop_filter("this key is a merge", |text| text != "<<")
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Nil),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_filter("JSON has no such numbers", |number| number.is_finite()).prop_map(Value::Float64),
        (-1_000_000..1_000_000_i32).prop_map(|number| Value::Float64(f64::from(number))),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(|items| List::new(items).into()),
            proptest::collection::vec((key(), inner), 0..6).prop_map(|entries| Value::from(Map::from_iter(entries))),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(value in value()) {
        // The line break that Helm cuts off may belong to the last string.
        let yaml = goyaml::to_yaml(&value).unwrap() + "\n";
        let back = goyaml::from_yaml(yaml.as_bytes()).unwrap();
        prop_assert!(govalue::deep_equal(&value, &back), "{yaml}\n{value:?}\n{back:?}");
    }

    #[test]
    fn any_value_can_be_written_prettily(value in value()) {
        prop_assert!(goyaml::to_yaml_pretty(&value).is_ok());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = goyaml::from_yaml(&bytes);
        let _ = goyaml::from_toml(&bytes, &|_, _, _| None);
    }

    #[test]
    fn any_signs_are_read_or_refused(text in "[\\[\\]{}:,?&*!|>'\"%#\\-ab \\n\\t<~0-9.]{0,60}") {
        let _ = goyaml::from_yaml(text.as_bytes());
        let _ = goyaml::from_toml(text.as_bytes(), &|_, _, _| None);
    }

    #[test]
    fn any_value_becomes_toml_or_an_error(value in value()) {
        let _ = goyaml::to_toml(&value);
    }
}

/// For `go run . -check FILE` in tests/generate, which reads with the real library what is written here:
/// `GOYAML_WRITTEN=FILE cargo test -p goyaml --test properties -- --ignored`
#[test]
#[ignore = "writes a file for the real library"]
fn write_random_values() {
    let mut runner = TestRunner::new(Config::default());
    let mut lines = Vec::new();
    for _ in 0..20_000 {
        let value = value().new_tree(&mut runner).unwrap().current();
        let yaml = goyaml::to_yaml(&value).unwrap();
        lines.extend_from_slice(b"{\"value\":");
        lines.extend_from_slice(&govalue::json::marshal(&value).unwrap());
        lines.extend_from_slice(b",\"yaml\":");
        lines.extend_from_slice(&govalue::json::marshal(&yaml.into()).unwrap());
        lines.extend_from_slice(b"}\n");
    }
    std::fs::write(std::env::var_os("GOYAML_WRITTEN").unwrap(), lines).unwrap();
}

#[test]
fn deep_and_wide_texts_end() {
    for open in ["[", "{a: ", "- ", "? ", "a:\n "] {
        let _ = goyaml::from_yaml(open.repeat(9_000).as_bytes());
        let _ = goyaml::from_yaml(open.repeat(20_000).as_bytes());
    }
    let error = goyaml::from_yaml("[".repeat(10_001).as_bytes()).unwrap_err().to_string();
    assert_eq!(error, "error converting YAML to JSON: yaml: exceeded max depth of 10000");
    let nested = "[".repeat(1_001) + &"]".repeat(1_001);
    let error = goyaml::from_yaml(nested.as_bytes()).unwrap_err().to_string();
    assert_eq!(error, "error converting YAML to JSON: yaml: values are nested deeper than the limit of 1000 levels");
}

#[test]
fn a_long_text_with_many_aliases_is_an_error() {
    let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), "*a, ".repeat(100));
    let error = goyaml::from_yaml(text.as_bytes()).unwrap_err().to_string();
    assert!(error.ends_with("aliases stand for more than the limit of 67108864 bytes"), "{error}");
}

#[test]
fn a_map_that_holds_itself_is_an_error() {
    let map = Map::new();
    map.insert("a", map.clone());
    let value = Value::from(map.clone());
    assert!(goyaml::to_yaml(&value).is_err());
    assert!(goyaml::to_yaml_pretty(&value).is_err());
    govalue::meter::take();
    assert!(goyaml::to_toml(&value).is_err());
    assert!(govalue::meter::take() >= 1 << 20, "what was written before counts");
    map.remove("a");
}

#[test]
fn texts_of_many_values_are_errors() {
    let list = format!("[{}0]", "0,".repeat(2_000_000));
    let error = goyaml::from_yaml(list.as_bytes()).unwrap_err().to_string();
    assert!(error.ends_with("yaml: the document has more than the limit of 2000000 nodes"), "{error}");
    let toml = |text: &str| goyaml::from_toml(text.as_bytes(), &|_, _, _| None).unwrap_err().to_string();
    let error = toml(&format!("a = {list}"));
    assert_eq!(error, "toml: line 1 (last key \"a\"): the text has more than the limit of 2000000 values");
    let error = toml(&"[[a]]\n".repeat(1_000_001));
    assert!(error.ends_with("the text has more than the limit of 1000000 tables"), "{error}");
    let error = toml(&format!("a = {}", "[".repeat(1_001)));
    assert!(error.ends_with("values are nested deeper than the limit of 1000 levels"), "{error}");
    let error = toml(&format!("{}a = 1", "a.".repeat(1_001)));
    assert!(error.ends_with("tables are nested deeper than the limit of 1000 levels"), "{error}");
}
