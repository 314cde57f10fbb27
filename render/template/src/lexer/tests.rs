//! The items of the cases in `tests/parse`, as Go's lexer gives them, and of any other bytes.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use govalue::strconv;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Item, Kind, Lexer};

const CASES: &str = include_str!("../../tests/parse/cases.txt");
const TOKENS: &str = include_str!("../../tests/parse/tokens.txt");

/// All items up to the end or an error, and the error.
fn items(text: &[u8], functions: &dyn Fn(&str) -> bool) -> (Vec<Item>, String) {
    let mut lexer = Lexer::new(text, functions);
    let mut items = Vec::new();
    loop {
        let item = lexer.next_item();
        items.push(item);
        if matches!(item.kind, Kind::Eof | Kind::Error) {
            return (items, lexer.error().to_owned());
        }
    }
}

fn listed(name: &str, text: &[u8]) -> String {
    let loop_functions = name.starts_with("function break");
    let (items, error) = items(text, &|name| loop_functions && matches!(name, "break" | "continue"));
    let mut out = format!("# {name}\n");
    let lexer = Lexer::new(text, &|_| false);
    for item in items {
        let Item { kind, pos, .. } = item;
        let line = lexer.line(pos);
        let value = if kind == Kind::Error { error.as_bytes() } else { lexer.value(item) };
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
        for item in items(&text, &|_| false).0 {
            prop_assert!(item.pos >= end);
            end = item.end;
            prop_assert!(end as usize <= text.len());
        }
    }
}
