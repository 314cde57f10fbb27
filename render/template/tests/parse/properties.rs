//! What holds for any text.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::parsed;

const OPERANDS: [&str; 18] = [
    ".",
    ".A",
    ".A.b",
    "$",
    "$x",
    "$x.y",
    "1",
    "-1.5e3",
    "1+2i",
    "'a'",
    "`raw`",
    r#""q\n""#,
    "true",
    "nil",
    "print",
    "(print 1).X",
    "(.A | len)",
    "print.X",
];
/// What stands before a pipeline.
const BEGINNINGS: [&str; 11] = [
    "",
    "if ",
    "with ",
    "range ",
    "$x := ",
    "$x = ",
    "range $x, $y := ",
    "else if ",
    "else with ",
    "template `t` ",
    "block `b` ",
];
/// Actions without one.
const WORDS: [&str; 5] = ["else", "end", "break", "continue", "define `d`"];

/// Actions, wrong ones among them, and texts that no action can run into.
fn pieces() -> impl Strategy<Value = Vec<String>> {
    let pipeline = (vec(select(&OPERANDS), 1..4), select(&[" ", " | "]))
        .prop_map(|(operands, separator)| operands.join(separator));
    let with_pipeline =
        (select(&BEGINNINGS), pipeline).prop_map(|(beginning, pipeline)| beginning.to_owned() + &pipeline);
    let piece = prop_oneof![
        4 => with_pipeline.prop_map(|action| format!("{{{{{action}}}}}")),
        1 => select(&WORDS).prop_map(|action| format!("{{{{{action}}}}}")),
        3 => Just("{{end}}".to_owned()),
        1 => "[ \n]?\\{\\{- /\\* [a-z]* \\*/ -\\}\\}[ \n]?",
        2 => "[a-z }\n-]{0,5}",
    ];
    vec(piece, 0..30)
}

/// A whole template, made by closing what is open.
fn template() -> impl Strategy<Value = String> {
    pieces().prop_map(|pieces| {
        let mut open = 0_usize;
        let mut out = String::from("{{$x := 1}}");
        for piece in pieces {
            let inner = piece.trim_start_matches("{{");
            if piece == "{{end}}" {
                if open == 0 {
                    continue;
                }
                open -= 1;
            }
            if ["if ", "with ", "range ", "block ", "define "].iter().any(|keyword| inner.starts_with(keyword)) {
                open += 1;
            }
            out.push_str(&piece);
        }
        out + &"{{end}}".repeat(open)
    })
}

/// Parses what a tree prints as, with the trees that it was defined with.
fn assert_round_trip(text: &[u8]) -> Result<(), TestCaseError> {
    let Ok(trees) = parsed("t", text) else {
        return Ok(());
    };
    for tree in &trees {
        let printed = tree.to_string();
        // What another tree declared is not there for this one; its own variables are.
        let again = parsed(&tree.name, printed.as_bytes());
        let again = again.map_err(|error| TestCaseError::fail(format!("{printed}: {error}")))?;
        prop_assert_eq!(again.last().map(ToString::to_string), Some(printed));
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_parse_or_are_an_error(text in vec(any::<u8>(), 0..200)) {
        drop(parsed("t", &text));
        drop(parsed("t", &[b"{{", text.as_slice()].concat()));
    }

    #[test]
    fn pieces_in_any_order_parse_or_are_an_error(pieces in pieces()) {
        assert_round_trip(pieces.concat().as_bytes())?;
    }

    #[test]
    fn what_is_printed_parses_to_the_same(text in template()) {
        assert_round_trip(text.as_bytes())?;
    }
}
