//! Trees, errors and printed nodes against those of Go's text/template/parse.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod dump;
mod limits;
mod properties;

use std::fmt::Write as _;

use gotemplate::{ParseError, ast::Tree, parse};
use govalue::strconv;

const CASES: &str = include_str!("cases.txt");
const TREES: &str = include_str!("trees.txt");
const BUILTINS: [&str; 19] = [
    "and", "call", "html", "index", "slice", "js", "len", "not", "or", "print", "printf", "println", "urlquery", "eq",
    "ge", "gt", "le", "lt", "ne",
];

fn parsed(name: &str, text: &[u8]) -> Result<Vec<Tree>, ParseError> {
    let loop_functions = name.starts_with("function break");
    parse(name, text, &|function| {
        BUILTINS.contains(&function) || (loop_functions && matches!(function, "break" | "continue"))
    })
}

/// What Go's side writes into `trees.txt`.
fn outcome(name: &str, text: &[u8]) -> String {
    let mut out = format!("# {name}\n");
    match parsed(name, text) {
        Err(error) => writeln!(out, "error {}", strconv::quote(error.to_string().as_bytes())).unwrap(),
        Ok(mut trees) => {
            trees.sort_by(|first, second| first.name.cmp(&second.name));
            for tree in &trees {
                let printed = strconv::quote(tree.to_string().as_bytes());
                let name = strconv::quote(tree.name.as_bytes());
                writeln!(out, "tree {name} empty={}\n{printed}", tree.is_empty()).unwrap();
                out.push_str(&dump::tree(tree));
            }
        }
    }
    out
}

#[test]
fn trees_and_errors_are_those_of_go() {
    let expected: Vec<_> = TREES.split_terminator("\n\n").collect();
    assert_eq!(expected.len(), CASES.lines().count());
    for (case, expected) in CASES.lines().zip(expected) {
        let (name, quoted) = case.split_once('\t').unwrap();
        let text = strconv::unquote(quoted.as_bytes()).unwrap();
        assert_eq!(outcome(name, &text).trim_end(), expected);
    }
}

#[test]
fn an_error_tells_its_place() {
    let error = parsed("a.yaml", b"one\n{{two}}").unwrap_err();
    let expected =
        ParseError { name: "a.yaml".to_owned(), line: 2, message: "function \"two\" not defined".to_owned() };
    assert_eq!(error, expected);
}

#[test]
fn a_tree_knows_where_it_stands() {
    let text = b"a{{define \"inner\"}}b{{end}}";
    let trees = parsed("outer", text).unwrap();
    assert_eq!(trees.iter().map(|tree| &*tree.name).collect::<Vec<_>>(), ["inner", "outer"]);
    assert!(trees.iter().all(|tree| &*tree.source.name == "outer" && *tree.source.text == *text));
}
