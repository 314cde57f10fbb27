#![allow(clippy::unwrap_used)]

use bstr::BString;
use proptest::prelude::*;

use super::*;
use crate::testing::{bytes, cases, value};
use crate::{Type, deep_equal, fmt};

#[test]
fn values_are_written_as_go_writes_them() {
    for case in cases(include_str!("../../tests/marshal.json")) {
        let value = value(&case["value"]);
        let written = [marshal(&value), marshal_unescaped(&value), marshal_indent(&value, "> ", "  ")];
        for (got, form) in written.into_iter().zip(["want", "unescaped", "indented"]) {
            match case["error"].as_str() {
                Some(error) => assert_eq!(got.unwrap_err(), error, "{case}"),
                None => assert_eq!(BString::from(got.unwrap()), case[form].as_str().unwrap(), "{case}"),
            }
        }
    }
}

#[test]
fn texts_are_read_as_go_reads_them() {
    for case in cases(include_str!("../../tests/unmarshal.json")) {
        let text = bytes(&case["text"]);
        let error = case["error"].as_str().unwrap_or_default();
        match unmarshal(&text) {
            Err(got) => assert_eq!(got, error, "{case}"),
            Ok(got) => {
                assert_eq!("", error, "{case}");
                // Not by equality alone, which tells -0 from 0 no more than Go does.
                let want = value(&case["want"]);
                assert!(deep_equal(&got, &want), "{case}: {got:?}");
                assert_eq!(fmt::sprint(&[got]), fmt::sprint(&[want]));
            }
        }
        let map = unmarshal_into(&Map::new(), &text).err().unwrap_or_default();
        assert_eq!(map, case["map"].as_str().unwrap(), "{case}");
        let list = unmarshal_list(&text).err().unwrap_or_default();
        assert_eq!(list, case["list"].as_str().unwrap(), "{case}");
    }
}

#[test]
fn a_cycle_is_an_error() {
    let map = Map::new();
    map.insert("a", map.clone());
    let error = marshal(&map.clone().into()).unwrap_err();
    assert_eq!(error, "json: unsupported value: encountered a cycle via map[string]interface {}");
    map.insert("a", List::new(vec![Value::Int(1), map.clone().into()]));
    assert!(marshal(&map.clone().into()).unwrap_err().contains("encountered a cycle via "));
    map.remove("a");
}

#[test]
fn limits_are_named() {
    let deep = (0..20_000).fold(Value::Nil, |value, _| List::new(vec![value]).into());
    assert_eq!(marshal(&deep).unwrap_err(), "json: nesting exceeds the limit of 10000 levels");
    let wide = (0..60).fold(Value::from("x".repeat(1 << 16)), |value, _| List::new(vec![value.clone(), value]).into());
    assert_eq!(marshal(&wide).unwrap_err(), "json: output exceeds the limit of 64 MiB");
}

fn any_value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Nil),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_filter("a number", |number| number.is_finite()).prop_map(Value::Float64),
        any::<String>().prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(|items| List::new(items).into()),
            prop::collection::vec((any::<String>(), inner), 0..8)
                .prop_map(|items| items.into_iter().collect::<Map>().into()),
        ]
    })
}

proptest! {
    #[test]
    fn a_value_is_read_back(value in any_value()) {
        for text in [marshal(&value), marshal_unescaped(&value), marshal_indent(&value, "", "\t")] {
            prop_assert!(deep_equal(&unmarshal(&text.unwrap()).unwrap(), &value));
        }
    }

    #[test]
    fn any_text_is_read(text: Vec<u8>) {
        let _ = unmarshal(&text);
    }

    #[test]
    fn anything_like_json_is_read(text in "[\\[\\]{}\",:0-9a-z\\\\ .eE+-]{0,60}") {
        let _ = unmarshal(text.as_bytes());
    }
}

#[test]
fn a_nil_slice_is_null_and_not_an_empty_one() {
    let (nil, empty) = (Value::from(List::nil(Type::Any)), Value::from(List::new(Vec::new())));
    assert_eq!(marshal(&nil).unwrap(), b"null");
    assert_eq!(marshal(&empty).unwrap(), b"[]");
    assert!(!deep_equal(&nil, &empty));
    assert!(deep_equal(&nil, &nil.clone()));
    assert_eq!(fmt::sprintf(b"%v %#v", &[nil.clone(), nil]), b"[] []interface {}(nil)");
}
