//! A chart is untrusted: what would take endless time or memory is an error instead.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::rc::Rc;
use std::time::{Duration, Instant};

use govalue::{List, Map, Value, meter};
use sprig::Environment;

fn call(name: &str, args: &[Value]) -> Result<Value, String> {
    let functions = sprig::functions(&Rc::new(Environment::new()));
    let (_, function) = functions.into_iter().find(|(known, _)| *known == name).expect("a known function");
    (function.call)(args)
}

fn error(name: &str, args: &[Value]) -> String {
    call(name, args).expect_err("an error")
}

#[test]
fn results_are_of_limited_size() {
    let large = "x".repeat(1 << 20);
    let too_large = |name: &str| format!("{name}: the result is larger than 64 MiB");
    for (name, args) in [
        ("repeat", vec![Value::Int(65), large.clone().into()]),
        ("indent", vec![Value::Int(1 << 40), "a".into()]),
        ("nindent", vec![Value::Int(1 << 26), "a".into()]),
        ("replace", vec!["x".into(), large.clone().into(), large.clone().into()]),
        ("replace", vec!["".into(), large.clone().into(), large.clone().into()]),
        ("join", vec![large.clone().into(), vec![Value::from("a"); 70].into_iter().collect::<List>().into()]),
        ("wrapWith", vec![Value::Int(1), large.clone().into(), large.clone().into()]),
        ("regexReplaceAll", vec!["x".into(), large.clone().into(), large.clone().into()]),
        ("cat", vec![large.clone().into(); 65]),
        ("quote", vec![large.clone().into(); 65]),
        ("squote", vec![large.clone().into(); 65]),
        ("randAlphaNum", vec![Value::Int(1 << 40)]),
        ("randAscii", vec![Value::Int(i64::MAX)]),
        ("randBytes", vec![Value::Int(1 << 40)]),
        ("b64enc", vec!["x".repeat((32 << 20) + 1).into()]),
    ] {
        assert_eq!(error(name, &args), too_large(name));
    }
}

#[test]
fn lists_are_of_limited_length() {
    for (name, args) in [
        ("until", vec![Value::Int(i64::MAX)]),
        ("until", vec![Value::Int(i64::MIN)]),
        ("untilStep", vec![Value::Int(i64::MIN), Value::Int(i64::MAX), Value::Int(1)]),
        ("seq", vec![Value::Int(1 << 40)]),
    ] {
        let error = error(name, &args);
        assert!(error.starts_with(&format!("{name}: the list has more than ")), "{error}");
    }
}

#[test]
fn joined_lists_are_of_limited_length() {
    let list = call("until", &[Value::Int(1 << 20)]).unwrap();
    assert!(error("concat", &vec![list; 3]).starts_with("concat: the list has more than "));
}

#[test]
fn texts_that_are_read_have_a_limited_number_of_values() {
    let text = Value::from(format!("[{}0]", "[],".repeat(2_000_000)));
    assert_eq!(error("mustFromJson", &[text]), "json: the text has more than the limit of 2000000 values");
}

#[test]
fn what_is_nested_too_deeply_is_not_copied() {
    let list = |inner: Value| Value::from(std::iter::once(inner).collect::<List>());
    let deep = (0..10_100).fold(Value::Nil, |inner, _| list(inner));
    assert!(error("mustDeepCopy", &[deep]).contains("limit of 10000 levels"));
}

#[test]
fn many_characters_are_trimmed_in_short_time() {
    let all: String = ('\u{4e00}'..'\u{9fff}').collect();
    let text = "\u{9ffe}".repeat(1 << 19);
    let trimmed = call("trimAll", &[all.into(), text.into()]).unwrap();
    assert!(trimmed.as_string().is_some_and(|text| text.is_empty()));
}

#[test]
fn parts_are_of_limited_number() {
    let large = Value::from(",".repeat(3 << 20));
    for (name, args) in [
        ("splitList", vec![",".into(), large.clone()]),
        ("split", vec!["".into(), large.clone()]),
        ("splitn", vec![",".into(), Value::Int(1 << 40), large.clone()]),
    ] {
        let error = error(name, &args);
        assert!(error.starts_with("split: the list has more than "), "{error}");
    }
    for name in ["regexFindAll", "regexSplit"] {
        let error = error(name, &[",".into(), large.clone(), Value::Int(-1)]);
        assert!(error.starts_with("regular expression: the list has more than "), "{error}");
    }
}

#[test]
fn what_takes_long_is_counted() {
    meter::take();
    call("derivePassword", &[Value::Int(1), "pin".into(), "p".into(), "u".into(), "s".into()]).unwrap();
    assert!(meter::take() >= 2 << 20);
}

#[test]
fn a_chart_may_have_keys_by_the_dozen() {
    meter::take();
    for _ in 0..200 {
        call("genPrivateKey", &["ed25519".into()]).unwrap();
    }
    assert!(meter::take() < 64 << 20);
}

#[test]
fn maps_that_contain_themselves_are_not_merged_for_ever() {
    let looped = || {
        let map = Map::new();
        map.insert("a", map.clone());
        map.insert("b", map.clone());
        Value::from(map)
    };
    let start = Instant::now();
    for name in ["merge", "mustMergeOverwrite"] {
        let error = error(name, &[looped(), looped()]);
        assert_eq!(error, "merge: maps of more than 1000 levels or 2000000 entries");
    }
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn many_different_elements_are_told_apart_in_short_time() {
    let numbers = call("until", &[Value::Int(100_000)]).unwrap();
    let lists = call("chunk", &[Value::Int(1), numbers.clone()]).unwrap();
    let start = Instant::now();
    for list in [numbers, lists] {
        let unique = call("uniq", &[list]).unwrap();
        assert_eq!(unique.as_list().map(|list| list.len()), Some(100_000));
    }
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn expressions_may_be_nested_only_so_deep() {
    let nested = |depth: usize| Value::from(format!("{}a{}", "(".repeat(depth), ")".repeat(depth)));
    assert!(call("mustRegexMatch", &[nested(900), "a".into()]).unwrap().is_true());
    for depth in [1001, 100_000] {
        let error = error("mustRegexMatch", &[nested(depth), "a".into()]);
        assert!(error.starts_with("error parsing regexp: expression nests too deeply: `(((("), "{error}");
    }
}

#[test]
fn searches_that_look_at_a_text_again_and_again_come_to_an_end() {
    let text = Value::from("a".repeat(100_000));
    let again = "a*b|a";
    for (name, args) in [
        ("regexFindAll", vec![again.into(), text.clone(), Value::Int(-1)]),
        ("mustRegexFindAll", vec!["(?:a*b)?".into(), text.clone(), Value::Int(1 << 40)]),
        ("regexSplit", vec![again.into(), text.clone(), Value::Int(90_000)]),
        ("mustRegexReplaceAll", vec![r"((((a?)?)?)?){90}".into(), text.clone(), "${1}".into()]),
        ("regexReplaceAllLiteral", vec![again.into(), text, "".into()]),
    ] {
        let expected = "regular expression: the search takes more than the limit of 268435456 steps";
        assert_eq!(error(name, &args), expected, "{name}");
    }
}

#[test]
fn expressions_with_endless_states_come_to_an_end() {
    let mut seed = 1_u64;
    let text: String = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        if seed >> 63 == 0 { 'a' } else { 'b' }
    })
    .take(1 << 20)
    .collect();
    for name in ["regexMatch", "mustRegexFind"] {
        let error = error(name, &["(?:a|b)*a(?:a|b){1000}c".into(), text.as_str().into()]);
        assert_eq!(error, "regular expression: the search takes more than the limit of 268435456 steps");
    }
}

#[test]
fn groups_may_take_only_so_much_memory() {
    let pattern = "(a)?".repeat(5000);
    let error = error("regexReplaceAll", &[pattern.into(), "a".into(), "$1".into()]);
    assert_eq!(error, "regular expression: the groups take more than the limit of 64 MiB");
}

#[test]
fn searches_are_counted() {
    let text = Value::from("a".repeat(1 << 20));
    let taken = |name: &str, args: &[Value]| {
        meter::take();
        call(name, args).unwrap();
        meter::take()
    };
    assert!(taken("regexMatch", &["b".into(), text.clone()]) >= 1 << 20);
    assert!(taken("regexReplaceAll", &["(a)b".into(), text, "$1".into()]) >= 1 << 20);
}

#[test]
fn what_is_read_of_an_expression_is_counted() {
    let taken = |pattern: String| {
        meter::take();
        let outcome = call("mustRegexMatch", &[pattern.into(), "x".into()]);
        (meter::take(), outcome)
    };
    let (letters, outcome) = taken(r"\pL".repeat(100));
    assert!(letters >= 400 << 10 && outcome.is_ok(), "{letters}");
    for refused in [r"\pL".repeat(100_000), format!("[{}]", r"\pL".repeat(100_000))] {
        let (letters, outcome) = taken(refused);
        assert!(letters >= 32 << 20, "{letters}");
        assert!(outcome.unwrap_err().starts_with("error parsing regexp: expression too large: `"));
    }
}

#[test]
fn a_class_of_many_characters_is_read_in_short_time() {
    let scattered: String = (0x1_0000..0x9_0000).step_by(2).filter_map(char::from_u32).collect();
    let start = Instant::now();
    let pattern = format!("[{scattered}]");
    assert!(call("mustRegexMatch", &[pattern.into(), "\u{20002}".into()]).unwrap().is_true());
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_few_matches_of_many_are_found_at_once() {
    let text = Value::from("a".repeat(100_000));
    let found = call("regexFindAll", &["a*b|a".into(), text, Value::Int(3)]).unwrap();
    assert_eq!(found.as_list().map(|list| list.len()), Some(3));
}

#[test]
fn expressions_may_be_only_so_large() {
    let pattern = r"(\pL{1000}){1}".repeat(200);
    let error = error("mustRegexMatch", &[pattern.as_str().into(), "a".into()]);
    assert_eq!(error, format!("error parsing regexp: expression too large: `{pattern}`"));
}
