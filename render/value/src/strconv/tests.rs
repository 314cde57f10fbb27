#![allow(clippy::unwrap_used)]

use std::borrow::Cow;

use bstr::BString;
use proptest::prelude::*;

use super::*;
use crate::testing::{bytes, cases};

fn float(hex: &serde_json::Value) -> f64 {
    f64::from_bits(u64::from_str_radix(hex.as_str().unwrap(), 16).unwrap())
}

#[test]
fn floats_are_written_as_go_writes_them() {
    for case in cases(include_str!("../../tests/format_float.json")) {
        let form = case["form"].as_str().unwrap().as_bytes()[0];
        let precision = usize::try_from(case["precision"].as_i64().unwrap()).ok();
        assert_eq!(format_float(float(&case["bits"]), form, precision), case["want"].as_str().unwrap(), "{case}");
    }
}

/// What a reading gave, and the text of its error.
fn outcome<T: ToString>(read: Result<T, NumError>) -> (Option<String>, String) {
    match read {
        Ok(value) => (Some(value.to_string()), String::new()),
        Err(error) => (None, error.to_string()),
    }
}

fn check(case: &serde_json::Value, (got, error): (Option<String>, String)) {
    assert_eq!(BString::from(error), bytes(&case["error"]), "{case}");
    if let Some(got) = got {
        assert_eq!(got, case["want"].as_str().unwrap(), "{case}");
    }
}

#[test]
fn integers_are_read_as_go_reads_them() {
    for case in cases(include_str!("../../tests/parse_int.json")) {
        let text = bytes(&case["text"]);
        let bits = case["bits"].as_i64().unwrap();
        let width = u32::try_from(bits.abs()).unwrap();
        check(
            &case,
            match u32::try_from(case["base"].as_i64().unwrap()) {
                Err(_) => outcome(atoi(&text)),
                Ok(base) if bits > 0 => outcome(parse_int(&text, base, width)),
                Ok(base) => outcome(parse_uint(&text, base, width)),
            },
        );
    }
}

#[test]
fn floats_are_read_as_go_reads_them() {
    for case in cases(include_str!("../../tests/parse_float.json")) {
        match parse_float(&bytes(&case["text"])) {
            Ok(number) if number.is_nan() => assert!(float(&case["want"]).is_nan(), "{case}"),
            read => check(&case, outcome(read.map(|number| format!("{:016x}", number.to_bits())))),
        }
    }
}

#[test]
fn truths_are_read_as_go_reads_them() {
    for case in cases(include_str!("../../tests/parse_bool.json")) {
        check(&case, outcome(parse_bool(&bytes(&case["text"]))));
    }
}

#[test]
fn strings_are_quoted_as_go_quotes_them() {
    for case in cases(include_str!("../../tests/quote.json")) {
        let text = bytes(&case["text"]);
        assert_eq!(quote(&text), case["quote"].as_str().unwrap());
        assert_eq!(quote_to_ascii(&text), case["ascii"].as_str().unwrap());
        assert_eq!(can_backquote(&text), case["backquote"].as_bool().unwrap(), "{case}");
    }
}

#[test]
fn literals_are_unquoted_as_go_unquotes_them() {
    for case in cases(include_str!("../../tests/unquote.json")) {
        let want = (case["error"] == "").then(|| bytes(&case["want"]));
        assert_eq!(unquote(&bytes(&case["literal"])).map(Cow::into_owned), want, "{case}");
    }
}

#[test]
fn characters_are_counted_as_go_counts_them() {
    for (text, count) in
        [(&b""[..], 0), (b"abc", 3), ("h\u{e9}\u{1f600}".as_bytes(), 3), (b"\xe2\x82", 2), (b"a\xff\xffb", 4)]
    {
        assert_eq!(rune_count(text), count);
    }
}

proptest! {
    #[test]
    fn a_float_is_read_back(number in any::<f64>().prop_filter("a number", |number| number.is_finite())) {
        for form in *b"egfx" {
            let text = format_float(number, form, None);
            prop_assert_eq!(parse_float(text.as_bytes()).unwrap().to_bits(), number.to_bits());
        }
    }

    #[test]
    fn a_quoted_string_is_read_back(text: Vec<u8>) {
        prop_assert_eq!(unquote(quote(&text).as_bytes()).map(Cow::into_owned), Some(text.clone()));
        prop_assert_eq!(unquote(quote_to_ascii(&text).as_bytes()).map(Cow::into_owned), Some(text.clone()));
    }

    #[test]
    fn any_text_is_read(text: Vec<u8>, base in 0_u32..40, bits in 0_u32..70) {
        let _ = (parse_int(&text, base, bits), parse_uint(&text, base, bits), parse_float(&text), unquote(&text));
    }

    #[test]
    fn anything_like_a_float_is_read(text in "[+-]?(0x)?[0-9a-f_.]{0,20}([ep][+-]?[0-9_]{0,6})?") {
        let _ = parse_float(text.as_bytes());
    }
}
