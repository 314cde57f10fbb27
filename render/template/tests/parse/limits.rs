//! Deep nesting: as far as it is allowed it parses, prints and is dropped; then it is an error.

use crate::parsed;

fn message(text: &str) -> String {
    parsed("t", text.as_bytes()).expect_err("too deep").message
}

fn assert_prints_itself(text: &str) {
    let trees = parsed("t", text.as_bytes()).expect("deep, but not too deep");
    assert_eq!(trees.last().unwrap().to_string(), text);
}

#[test]
fn parentheses_nest_as_deep_as_in_go() {
    let nested = |depth| format!("{{{{{}1{}}}}}", "(".repeat(depth), ")".repeat(depth));
    assert_prints_itself(&nested(10_000));
    assert_eq!(message(&nested(10_001)), "max expression depth exceeded");
    assert_eq!(message(&format!("{{{{{}", "(".repeat(1_000_000))), "max expression depth exceeded");
}

#[test]
fn controls_nest_deep() {
    let nested = |depth| format!("{}{}", "{{if 1}}".repeat(depth), "{{end}}".repeat(depth));
    assert_prints_itself(&nested(10_000));
    assert_eq!(message(&nested(10_001)), "max control depth exceeded: 10000");
    assert_eq!(message(&"{{range .}}".repeat(1_000_000)), "max control depth exceeded: 10000");
    assert_eq!(message(&"{{block `b` .}}".repeat(1_000_000)), "max control depth exceeded: 10000");
}

#[test]
fn chains_of_else_if_are_nested() {
    let chain = |length| format!("{{{{if 1}}}}{}{{{{end}}}}", "{{else if 1}}".repeat(length));
    assert!(parsed("t", chain(9_999).as_bytes()).is_ok());
    assert_eq!(message(&chain(10_000)), "max control depth exceeded: 10000");
}

#[test]
fn an_error_in_the_depth_drops_what_was_parsed() {
    assert_eq!(message(&"{{if (((1)))}}".repeat(9_999)), "unexpected EOF");
    assert_eq!(message(&"{{with 1}}{{else with 1}}".repeat(5_000)), "unexpected EOF");
}
