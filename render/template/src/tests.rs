//! Sets, limits and traces.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::RefCell;
use std::rc::Rc;

use govalue::{Function, List, Map, Type, Value};

use crate::{Calling, Event, ExecError, Functions, Interpreter, Limits, Options, Origin, Set};

fn functions() -> Rc<Functions> {
    let mut functions = Functions::new();
    functions.insert("list", Function::variadic(&[Type::Any], |items| Ok(List::new(items.to_vec()).into())));
    functions.insert(
        "include",
        Calling::new(&[Type::String, Type::Any], |interpreter, args| {
            let name = args[0].as_string().unwrap().to_string();
            Ok(Value::String(interpreter.include(&name, args[1].clone())?))
        }),
    );
    Rc::new(functions)
}

/// A set of texts under their names.
fn set(texts: &[(&str, &str)]) -> Rc<Set> {
    let mut set = Set::new("root");
    for (name, text) in texts {
        set.parse(name, text.as_bytes(), &functions()).unwrap();
    }
    Rc::new(set)
}

fn execute(set: &Rc<Set>, name: &str, limits: Limits) -> Result<String, ExecError> {
    let mut interpreter = Interpreter::new(functions(), Options { limits, ..Options::default() });
    interpreter.execute(set, name, "dot".into()).map(|output| String::from_utf8(output).unwrap())
}

fn output(set: &Rc<Set>, name: &str) -> String {
    execute(set, name, Limits::default()).unwrap()
}

/// The error's text without the place.
fn limited(text: &str, limits: Limits) -> String {
    let error = execute(&set(&[("main", text)]), "main", limits).unwrap_err();
    error.chain().last().unwrap().message().to_owned()
}

#[test]
fn an_empty_definition_does_not_replace_another() {
    let cases: &[(&[&str], &str)] = &[
        (&["x", "y"], "y"),
        (&[""], ""),
        (&["", ""], ""),
        (&["{{.}}", "{{.}}"], "dot"),
        (&["{{/* a */}}", "{{/* b */}}"], ""),
        (&["{{.}}", ""], "dot"),
        (&["{{.}}", " \n{{/* c */}}"], "dot"),
        (&["", "{{.}}"], "dot"),
    ];
    for (texts, wanted) in cases {
        let texts: Vec<_> = texts.iter().map(|text| ("main", *text)).collect();
        assert_eq!(output(&set(&texts), "main"), *wanted, "{texts:?}");
    }
}

#[test]
fn a_later_text_replaces_a_template() {
    let texts = [("a", r#"{{define "t"}}foo{{end}}{{template "t"}}"#), ("b", r#"{{define "t"}}bar{{end}}"#)];
    assert_eq!(output(&set(&texts), "a"), "bar");
    let block = [("a", r#"({{block "inner" .}}bar({{.}}){{end}})"#), ("b", r#"{{define "inner"}}foo{{end}}"#)];
    assert_eq!(output(&set(&block[..1]), "a"), "(bar(dot))");
    assert_eq!(output(&set(&block), "a"), "(foo)");
}

#[test]
fn a_layer_sees_what_is_below_and_changes_nothing_there() {
    let below = set(&[("main", r#"{{template "t"}}"#), ("t", "old")]);
    let mut layer = Set::layer(&below);
    layer.parse("t", &b"new"[..], &functions()).unwrap();
    let layer = Rc::new(layer);
    assert_eq!(output(&layer, "main"), "new");
    assert_eq!(output(&below, "main"), "old");
}

#[test]
fn the_text_that_was_parsed_is_executed_though_it_replaced_nothing() {
    let below = set(&[("root", "old")]);
    let mut layer = Set::layer(&below);
    let tree = layer.parse("root", &b"  "[..], &functions()).unwrap();
    let mut interpreter = Interpreter::new(functions(), Options::default());
    assert_eq!(interpreter.execute_tree(&Rc::new(layer), &tree, Value::Nil).unwrap(), b"  ");
}

#[test]
fn an_unknown_template_is_an_error_without_a_place() {
    let error = execute(&set(&[]), "nope", Limits::default()).unwrap_err();
    assert_eq!(error.to_string(), r#"template: no template "nope" associated with template "root""#);
    assert!(error.place().is_none());
}

#[test]
fn an_error_tells_the_places_from_the_outside_in() {
    let set = set(&[("a", "x\n {{include \"b\" .}}"), ("b", "\n\n{{.x}}")]);
    let error = execute(&set, "a", Limits::default()).unwrap_err();
    let place = error.place().unwrap();
    assert_eq!((&*place.parse_name, place.line(), place.column(), &*place.node), ("a", 2, 3, r#"include "b" ."#));
    let inner = error.innermost().unwrap();
    assert_eq!((&*inner.template, inner.line(), inner.column(), &*inner.node), ("b", 3, 2, ".x"));
    assert_eq!(&*inner.source, b"\n\n{{.x}}");
}

#[test]
fn endless_templates_end() {
    let limits = Limits { depth: 2000, calls: 300, ..Limits::default() };
    let text = r#"{{template "main" .}}"#;
    assert_eq!(limited(text, limits), "exceeded maximum template depth (2000)");
    let text = r#"{{include "main" .}}"#;
    assert_eq!(limited(text, limits), "exceeded maximum depth of template calls (300)");
}

#[test]
fn the_greatest_depths_do_not_exhaust_the_stack() {
    let text = r#"{{template "main" .}}"#;
    assert_eq!(limited(text, Limits::default()), "exceeded maximum template depth (100000)");
    let text = r#"{{if true}}{{with .}}{{printf (include "main" .)}}{{end}}{{end}}"#;
    assert_eq!(limited(text, Limits::default()), "exceeded maximum depth of template calls (10000)");
    let parens = 9_000;
    let text = format!("{{{{{}.{}}}}}", "(".repeat(parens), ")".repeat(parens));
    assert_eq!(output(&set(&[("main", &text)]), "main"), "dot");
}

#[test]
fn endless_loops_end() {
    let limits = Limits { steps: 1000, bytes: 10_000, ..Limits::default() };
    assert_eq!(limited("{{range 9223372036854775807}}{{end}}", limits), "exceeded maximum number of steps (1000)");
    assert_eq!(limited("{{range 999}}0123456789012345{{end}}", limits), "exceeded maximum number of steps (1000)");
    let text = r#"{{range 99}}{{printf "%200d" .}}{{end}}"#;
    assert_eq!(limited(text, limits), "exceeded maximum size of text, lists and maps (10000 bytes)");
    let text = r#"{{$x := "0123456789"}}{{range 30}}{{$x = print $x $x}}{{end}}"#;
    let limits = Limits { steps: 10_000, ..limits };
    assert_eq!(limited(text, limits), "exceeded maximum size of text, lists and maps (10000 bytes)");
}

#[test]
fn lists_that_functions_make_are_counted() {
    let limits = Limits { bytes: 10_000, ..Limits::default() };
    let text = r"{{range 99}}{{$x := list 1 2 3 4}}{{end}}";
    assert_eq!(limited(text, limits), "exceeded maximum size of text, lists and maps (10000 bytes)");
}

#[test]
fn text_that_functions_are_given_is_counted() {
    let limits = Limits { steps: 1000, ..Limits::default() };
    let text = r#"{{$x := printf "%800d" 1}}{{range 20}}{{$y := len (html $x)}}{{end}}"#;
    assert_eq!(limited(text, limits), "exceeded maximum number of steps (1000)");
    let text = r#"{{$x := printf "%800d" 1}}{{range 20}}{{$y := eq $x $x}}{{end}}"#;
    assert_eq!(limited(text, limits), "exceeded maximum number of steps (1000)");
}

#[test]
fn a_search_among_many_variables_is_counted() {
    let limits = Limits { steps: 10_000, ..Limits::default() };
    let text = format!("{{{{$first := 1}}}}{}{}", "{{$x := 1}}".repeat(3000), "{{$first}}".repeat(1000));
    assert_eq!(limited(&text, limits), "exceeded maximum number of steps (10000)");
}

#[test]
fn a_text_that_is_too_long_is_an_error() {
    let wanted = "exceeded maximum size of a text (67108864 bytes)";
    let text = r#"{{$x := list (printf "%100000d" 1)}}{{range 10}}{{$x = list $x $x}}{{end}}"#;
    assert_eq!(limited(&format!("{text}{{{{$x}}}}"), Limits::default()), wanted);
    assert_eq!(limited(&format!("{text}{{{{html $x}}}}"), Limits::default()), wanted);
    assert_eq!(limited(&format!("{text}{{{{printf \"%v\" $x}}}}"), Limits::default()), wanted);
    let text = r#"{{$x := printf "%1000000d" 1}}{{range 5}}{{$x = print $x $x}}{{end}}{{print $x $x $x}}"#;
    assert_eq!(limited(text, Limits::default()), wanted);
}

#[test]
fn a_trace_tells_which_node_wrote_what() {
    let set = set(&[("main", r#"ab{{template "t" .}}{{include "t" 1}}{{""}}"#), ("t", "<{{.}}>")]);
    let told = Rc::new(RefCell::new(Vec::new()));
    let mut interpreter = Interpreter::new(functions(), Options::default());
    let log = Rc::clone(&told);
    let mut calls = 0;
    interpreter.trace(move |event| {
        match event {
            Event::Begin { .. } => calls += 1,
            Event::End { .. } => calls -= 1,
            Event::Written(written) => {
                log.borrow_mut().push((written.tree.name.to_string(), written.pos, written.bytes, calls));
            }
            _ => {}
        }
        Origin::default()
    });
    interpreter.execute(&set, "main", "dot".into()).unwrap();
    let wanted = [
        ("main", 0, 0..2, 1),
        ("t", 0, 2..3, 1),
        ("t", 3, 3..6, 1),
        ("t", 6, 6..7, 1),
        ("t", 0, 0..1, 2),
        ("t", 3, 1..2, 2),
        ("t", 6, 2..3, 2),
        ("main", 22, 7..10, 1),
        ("main", 39, 10..10, 1),
    ];
    let wanted: Vec<_> =
        wanted.into_iter().map(|(name, pos, bytes, calls)| (name.to_owned(), pos, bytes, calls)).collect();
    assert_eq!(*told.borrow(), wanted);
}

/// What is told of the writes of a template: texts with the keys and functions that they come from.
fn origins(main: &str) -> Vec<(String, String)> {
    let set = set(&[("main", main), ("t", "<{{.}}>")]);
    let (told, log) = (Rc::new(RefCell::new(Vec::new())), Rc::new(RefCell::new(vec![String::new()])));
    let mut interpreter = Interpreter::new(functions(), Options::default());
    let writes = Rc::clone(&told);
    interpreter.trace(move |event| {
        let mut names = log.borrow_mut();
        let name = |origin: Origin| names[origin.0 as usize].clone();
        let made = match event {
            Event::Read { origin, key, .. } => {
                format!(
                    "{}.{}",
                    name(origin),
                    String::from_utf8_lossy(&govalue::fmt::sprint(std::slice::from_ref(key)))
                )
            }
            Event::Called { name: function, origins, .. } => {
                format!("{function}({})", origins.iter().map(|origin| name(*origin)).collect::<Vec<_>>().join(","))
            }
            Event::Assigned { origin } => format!("set({})", name(origin)),
            Event::Branch { origin, .. } => {
                writes.borrow_mut().push(("branch".to_owned(), name(origin)));
                return Origin::default();
            }
            Event::Written(written) if written.origin != Origin::default() => {
                writes.borrow_mut().push((String::from_utf8_lossy(written.text).into_owned(), name(written.origin)));
                return Origin::default();
            }
            _ => return Origin::default(),
        };
        names.push(made);
        Origin(u32::try_from(names.len() - 1).unwrap())
    });
    let dot: Map = [("a", Value::from("x")), ("b", List::new(vec!["y".into()]).into()), ("n", Value::Int(1))]
        .into_iter()
        .collect();
    interpreter.execute(&set, "main", dot.into()).unwrap();
    told.take()
}

#[test]
fn a_trace_follows_values() {
    let one = |text: &str, origin: &str| vec![(text.to_owned(), origin.to_owned())];
    for (main, text, origin) in [
        ("{{.a}}", "x", ".a"),
        ("{{$v := .n}}{{$v}}", "1", ".n"),
        ("{{$v := 2}}{{$v = .n}}{{$v}}", "1", "set(.n)"),
        ("{{printf \"%s%d\" .a .n}}", "x1", "printf(,.a,.n)"),
        ("{{.n | printf \"%d\" }}", "1", "printf(,.n)"),
        ("{{(index .b 0)}}", "y", "index(.b,)"),
        ("{{or .missing .a .n}}", "x", "or(.missing,.a)"),
        ("{{and .n .a}}", "x", "and(.n,.a)"),
        ("{{template \"t\" .a}}", "x", ".a"),
    ] {
        assert_eq!(origins(main), one(text, origin), "{main}");
    }
    let branch = |origin: &str| ("branch".to_owned(), origin.to_owned());
    assert_eq!(origins("{{with .a}}{{.}}{{end}}"), [branch(".a"), ("x".to_owned(), ".a".to_owned())]);
    // What a branch would have set depends on it; what it declares itself does not come out.
    for (main, wanted) in [
        ("{{$v := .n}}{{if .a}}{{else}}{{$v = 2}}{{end}}{{$v}}", "set(.n)"),
        ("{{$v := .n}}{{if .a}}{{else}}{{with $v}}{{$v = 2}}{{end}}{{end}}{{$v}}", "set(.n)"),
        ("{{$v := .n}}{{if .a}}{{else}}{{$v := 1}}{{$v = 2}}{{end}}{{$v}}", ".n"),
        ("{{$v := .n}}{{if .a}}{{else}}{{with $v := 1}}{{$v = 2}}{{end}}{{end}}{{$v}}", ".n"),
    ] {
        assert_eq!(origins(main), [branch(".a"), ("1".to_owned(), wanted.to_owned())], "{main}");
    }
    let element = [("0".to_owned(), ".b.0".to_owned()), ("y".to_owned(), ".b.0".to_owned())];
    assert_eq!(origins("{{range $i, $e := .b}}{{$i}}{{$e}}{{end}}"), [vec![branch(".b")], element.to_vec()].concat());
    let inner = [("x".to_owned(), ".a".to_owned()), ("<x>".to_owned(), "include(,.a)".to_owned())];
    assert_eq!(origins("{{include \"t\" .a}}"), inner);
}

#[test]
fn a_trace_tells_which_way_a_template_went() {
    let text = "{{if .}}a{{else if true}}b{{end}}{{range 2}}c{{end}}{{with and true . 3}}{{else}}d{{$x := 1}}{{end}}";
    let (told, set) = (Rc::new(RefCell::new(Vec::new())), set(&[("main", text)]));
    let mut interpreter = Interpreter::new(functions(), Options::default());
    let log = Rc::clone(&told);
    interpreter.trace(move |event| {
        let (tree, pos, what) = match event {
            Event::Node { tree, pos } => (tree, pos, "node".to_owned()),
            Event::Decided { tree, pos, is_taken } => (tree, pos, is_taken.to_string()),
            Event::Called { tree, pos, name, arguments, .. } => (tree, pos, format!("{name} of {}", arguments.len())),
            _ => return Origin::default(),
        };
        assert_eq!(&*tree.source.name, "main");
        log.borrow_mut().push(format!("{what} at {}", &text[pos..pos + 3]));
        Origin::default()
    });
    interpreter.execute(&set, "main", "".into()).unwrap();
    let wanted = [
        "node at .}}",
        "false at .}}",
        "node at tru",
        "true at tru",
        "node at b{{",
        "node at 2}}",
        "true at 2}}",
        "node at c{{",
        "node at c{{",
        "node at and",
        "and of 2 at and",
        "false at and",
        "node at d{{",
        "node at $x ",
    ];
    assert_eq!(*told.borrow(), wanted);
}

#[test]
fn an_own_function_replaces_one_of_go() {
    let mut functions = Functions::new();
    functions.insert("len", Function::new(&[Type::String], |_| Ok("mine".into())));
    let functions = Rc::new(functions);
    let mut set = Set::new("root");
    set.parse("main", &br#"{{len "x"}}"#[..], &functions).unwrap();
    let mut interpreter = Interpreter::new(functions, Options::default());
    assert_eq!(interpreter.execute(&Rc::new(set), "main", Value::Nil).unwrap(), b"mine");
}

/// Pieces of which templates are put together, sensible or not.
const PIECES: &[&str] = &[
    "{{",
    "}}",
    "{{end}}",
    "{{else}}",
    "{{if ",
    "{{with ",
    "{{range ",
    "{{range $i, $e := ",
    "{{$x := ",
    "{{$x = ",
    "$x",
    "$e",
    "$",
    ".",
    ".a",
    ".l.b",
    "(",
    ")",
    "|",
    " ",
    "nil",
    "true",
    "3",
    "-1",
    "9223372036854775807",
    "1.5",
    "2i",
    "'c'",
    "\"s\"",
    "index ",
    "slice ",
    "len ",
    "eq ",
    "lt ",
    "and ",
    "or ",
    "not ",
    "call ",
    "print ",
    "printf ",
    "html ",
    "js ",
    "urlquery ",
    "list ",
    "include ",
    "\"main\" ",
    "{{template \"main\" .}}",
    "{{break}}",
    "{{continue}}",
    "\"%d %[3]*s\" ",
    "text",
];

proptest::proptest! {
    #[test]
    fn nothing_that_parses_panics(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..12)) {
        for text in [pieces.concat(), format!("{{{{{}}}}}", pieces.join(" "))] {
            let mut set = Set::new("root");
            if set.parse("main", text.as_bytes(), &functions()).is_ok() {
                let limits = Limits { depth: 20, calls: 20, steps: 1000, bytes: 10_000 };
                let mut interpreter = Interpreter::new(functions(), Options { limits, ..Options::default() });
                let list = Value::from(List::new(vec![Value::Nil, Value::Float64(1.0), "s".into()]));
                let dot: govalue::Map = [("a", Value::from("s")), ("l", list)].into_iter().collect();
                let _ = interpreter.execute(&Rc::new(set), "main", dot.into());
            }
        }
    }
}
