//! The items of the cases in `tests/parse`, as Go's lexer gives them, and of any other bytes.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use govalue::strconv;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Item, Items, Kind};

const CASES: &str = include_str!("../../tests/parse/cases.txt");
const TOKENS: &str = include_str!("../../tests/parse/tokens.txt");

fn listed(name: &str, text: &[u8]) -> String {
    let loop_functions = name.starts_with("function break");
    let items = Items::of(text, &|name| loop_functions && matches!(name, "break" | "continue"));
    let mut out = format!("# {name}\n");
    for item in &items.all {
        let Item { kind, pos, .. } = *item;
        let line = items.line(pos);
        let value = if kind == Kind::Error { items.error().as_bytes() } else { items.value(*item) };
        writeln!(out, "{kind:?} {pos}:{line} {}", strconv::quote(value)).unwrap();
    }
    out
}

#[test]
fn items_are_those_of_go() {
    let expected: Vec<_> = TOKENS.split_terminator("\n\n").collect();
    assert_eq!(expected.len(), CASES.lines().count());
    for (case, expected) in CASES.lines().zip(expected) {
        let (name, quoted) = case.split_once('\t').unwrap();
        let text = strconv::unquote(quoted.as_bytes()).unwrap();
        assert_eq!(listed(name, &text).trim_end(), expected);
    }
}

const PIECES: [&[u8]; 23] = [
    b"{{",
    b"}}",
    b"{{- ",
    b" -}}",
    b"/*",
    b"*/",
    b"\n",
    b" ",
    b"\"",
    b"`",
    b"'",
    b"\\",
    b"(",
    b")",
    b".",
    b"$",
    b"0x",
    b"1",
    b"i",
    b"+",
    b"if",
    b"\xff",
    "é".as_bytes(),
];

proptest! {
    #[test]
    fn any_bytes_have_items_in_order(pieces in vec(select(&PIECES), 0..40)) {
        let text = pieces.concat();
        let mut end = 0;
        for item in Items::of(&text, &|_| false).all {
            prop_assert!(item.pos >= end);
            end = item.end;
            prop_assert!(end as usize <= text.len());
        }
    }
}
