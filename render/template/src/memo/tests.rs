#![allow(clippy::unwrap_used)]

use std::cell::Cell;
use std::rc::Rc;

use govalue::{Function, Map, Type, Value, effects};
use proptest::prelude::*;

use crate::{Calling, Event, Functions, Interpreter, Limits, Options, Origin, Set};

/// `include`; `set`, `dict` and `get` as sprig has them; `count`, which tells how often it was called so far, but does not
/// tell that it has an effect; and `next`, which tells that.
fn functions() -> Rc<Functions> {
    let mut functions = Functions::new();
    let any: &[Type] = &[Type::Any];
    functions.insert(
        "include",
        Calling::new(&[Type::String, Type::Any], |interpreter, args| {
            let name = args[0].as_string().unwrap().to_string();
            Ok(interpreter.include(&name, args[1].clone())?.into())
        }),
    );
    functions.insert(
        "set",
        Function::new(&[Type::AnyMap, Type::String, Type::Any], |args| {
            args[0].as_map().unwrap().put(args[1].as_string().unwrap().clone(), args[2].clone());
            Ok("".into())
        }),
    );
    functions.insert(
        "get",
        Function::new(&[Type::AnyMap, Type::String], |args| {
            Ok(args[0].as_map().unwrap().get(&**args[1].as_string().unwrap()).unwrap_or("none".into()))
        }),
    );
    functions.insert(
        "dict",
        Function::variadic(any, |args| {
            let pairs = args.chunks_exact(2).map(|pair| (pair[0].as_string().unwrap().clone(), pair[1].clone()));
            Ok(pairs.collect::<Map>().into())
        }),
    );
    for (name, tells) in [("count", false), ("next", true)] {
        let calls = Rc::new(Cell::new(0));
        functions.insert(
            name,
            Function::new(&[], move |_| {
                if tells {
                    effects::outside();
                }
                calls.set(calls.get() + 1);
                Ok(Value::Int(calls.get()))
            }),
        );
    }
    Rc::new(functions)
}

/// What the template `main` gives, with a map of a few maps for its dot. Whoever is told of each step gets no step
/// answered by what was given before.
fn output(texts: &[(&str, &str)], is_traced: bool) -> Result<String, String> {
    let mut set = Set::new("root");
    for (name, text) in texts {
        set.parse(name, text.as_bytes(), &functions()).unwrap();
    }
    let limits = Limits { calls: 1_000, ..Limits::default() };
    let mut interpreter = Interpreter::new(functions(), Options { limits, ..Options::default() });
    if is_traced {
        interpreter.trace(|_: Event<'_>| Origin::default());
    }
    let map = |name: &str| Value::from([(name, Value::from(name))].into_iter().collect::<Map>());
    let dot: Map = [("a", map("x")), ("b", map("y")), ("c", "text".into())].into_iter().collect();
    let later = Map::later(Type::Any, || vec![("z".into(), Map::new().into())]);
    dot.insert("later", later);
    let output = interpreter.execute(&Rc::new(set), "main", dot.into());
    output.map(|output| String::from_utf8(output).unwrap()).map_err(|error| error.to_string())
}

/// Of two includes, what the second gives: 1 if the template was not executed again.
fn second(between: &str, dot: &str, body: &str) -> String {
    let main = format!("{{{{$ignored := include `x` {dot}}}}}{between}{{{{include `x` {dot}}}}}");
    output(&[("main", &main), ("x", &format!("{{{{count}}}}{body}"))], false).unwrap()
}

#[test]
fn the_same_call_gives_what_it_gave() {
    for dot in [".", ".a", "nil", "1", "`text`", "(dict `root` . `name` `n`)", "(dict)"] {
        assert_eq!(second("", dot, ""), "1", "{dot}");
    }
    assert_eq!(second("{{$new := dict}}{{set $new `k` 1}}", ".", ""), "1");
    assert_eq!(second("", ".", "{{$new := dict}}{{set $new `k` 1}}{{get $new `k`}}"), "11");
}

#[test]
fn another_dot_is_another_call() {
    for (dot, other) in [
        (".", ".a"),
        (".a", ".b"),
        ("1", "`1`"),
        ("1", "1.0"),
        ("nil", "`nil`"),
        ("(dict)", "(dict `k` nil)"),
        ("(dict `k` `v`)", "(dict `k` `w`)"),
        ("(dict `kk` `v`)", "(dict `k` `kv`)"),
        ("(dict `k` .a)", "(dict `k` .b)"),
    ] {
        let main = format!("{{{{include `x` {dot}}}}} {{{{include `x` {other}}}}}");
        assert_eq!(output(&[("main", &main), ("x", "{{count}}")], false).unwrap(), "1 2", "{dot} {other}");
    }
}

#[test]
fn after_a_change_a_template_is_executed_again() {
    for change in ["{{set . `c` 1}}", "{{set .a `x` 1}}", "{{set .b `x` 1}}", "{{include `change` .}}"] {
        let main = format!("{{{{include `x` .}}}}{change}{{{{include `x` .}}}}");
        let texts = [("main", main.as_str()), ("x", "{{count}}"), ("change", "{{set .a `x` 1}}")];
        assert_eq!(output(&texts, false).unwrap(), "12", "{change}");
    }
    assert_eq!(second("", "(dict `new` (dict))", ""), "2");
    assert_eq!(second("", ".", "{{set .a `x` 1}}"), "2");
    assert_eq!(second("", "(dict `root` .)", "{{set . `x` 1}}"), "2");
    assert_eq!(second("", ".", "{{include `y` .}}{{define `y`}}{{set .a `x` 1}}{{end}}"), "2");
    assert_eq!(second("", ".", "{{if next}}{{end}}"), "2");
}

#[test]
fn another_set_has_other_templates() {
    let mut interpreter = Interpreter::new(functions(), Options::default());
    let mut output = |text: &str| {
        let mut set = Set::new("root");
        set.parse("main", "{{include `x` .}}".as_bytes(), &functions()).unwrap();
        set.parse("x", text.as_bytes(), &functions()).unwrap();
        String::from_utf8(interpreter.execute(&Rc::new(set), "main", "dot".into()).unwrap()).unwrap()
    };
    assert_eq!([output("one"), output("two")], ["one", "two"]);
}

#[test]
fn recursion_ends_where_it_would() {
    let texts = |depth: usize| {
        let down = "{{if .n}}{{$rest := slice .n 1}}{{include `x` (dict `n` $rest)}}{{end}}";
        let (short, long) = ("n".repeat(600), "n".repeat(depth));
        (format!("{{{{include `x` (dict `n` `{short}`)}}}}{{{{include `x` (dict `n` `{long}`)}}}}"), down)
    };
    for (depth, fails) in [(700, false), (998, false), (999, true), (1_300, true)] {
        let (main, down) = texts(depth);
        for is_traced in [false, true] {
            assert_eq!(output(&[("main", &main), ("x", down)], is_traced).is_err(), fails, "{depth}");
        }
    }
}

/// Statements of templates that read, change and include. `$m` is a map of their own.
const STATEMENTS: &[&str] = &[
    "{{get . `c`}}",
    "{{with get . `a`}}{{.}}{{end}}",
    "{{set . `c` `changed`}}",
    "{{set . `new` (dict `k` .c)}}",
    "{{with get . `a`}}{{if ne (printf `%T` .) `string`}}{{set . `x` `changed`}}{{end}}{{end}}",
    "{{with get . `new`}}{{if ne (printf `%T` .) `string`}}{{set . `k` `again`}}{{end}}{{end}}",
    "{{with get . `later`}}{{.}}{{end}}",
    "{{$m := dict `c` `mine`}}{{set $m `c` `other`}}{{include `q` $m}}",
    "{{$m := dict `c` `mine` `a` .a}}{{include `q` $m}}{{set . `new` $m}}{{set $m `c` `later`}}",
    "{{include `p` (dict `c` `1`)}}",
    "{{include `q` (dict `c` 1)}}",
    "{{include `p` (dict `c` `1` `a` .a)}}",
    "{{include `p` (dict `c` `1` `a` (dict `x` 1))}}",
    "{{include `q` .}}",
    "{{include `q` .}}",
    "{{include `r` .}}",
    "{{include `r` .}}",
    "{{with get . `a`}}{{if ne (printf `%T` .) `string`}}{{include `r` .}}{{end}}{{end}}",
    "{{next}}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// No template includes itself: `p` includes `q` and `r`, `q` includes `r`.
    #[test]
    fn what_was_given_before_is_what_would_be_given(
        main in prop::collection::vec(prop::sample::select(STATEMENTS), 1..10),
        p in prop::collection::vec(prop::sample::select(STATEMENTS), 0..5),
        q in prop::collection::vec(prop::sample::select(STATEMENTS), 0..5),
        r in prop::collection::vec(prop::sample::select(STATEMENTS), 0..4),
    ) {
        let without = |statements: &[&str], names: &[&str]| -> String {
            let calls = |text: &&&str| !names.iter().any(|name| text.contains(&format!("include `{name}`")));
            statements.iter().filter(calls).copied().collect()
        };
        let (p, q, r) = (without(&p, &["p"]), without(&q, &["p", "q"]), without(&r, &["p", "q", "r"]));
        let texts = [("main", main.concat()), ("p", p), ("q", q), ("r", r)];
        let texts = texts.each_ref().map(|(name, text)| (*name, text.as_str()));
        prop_assert_eq!(output(&texts, false), output(&texts, true));
    }
}
