//! What is wrong with a value: a tree, as Helm's library builds and prints it.

use serde_json::Value as Json;

use super::decimal::Decimal;
use super::text::{of, quoted};

/// So long may the text of all that is wrong be.
const MAX_TEXT: usize = 16 << 20;

/// A value that does not meet a schema.
pub(super) struct Failure<'a> {
    /// Where the value is, as a pointer.
    pub(super) at: String,
    pub(super) kind: Kind<'a>,
    pub(super) causes: Vec<Failure<'a>>,
}

/// Why a value does not meet a schema.
pub(super) enum Kind<'a> {
    /// Nobody asks why.
    Unsaid,
    /// Several causes; the whole has no words of its own if it is the outermost.
    Group,
    /// What a reference leads to. With one cause, the cause is told instead.
    Reference,
    AllOf,
    AnyOf,
    OneOf(Option<(usize, usize)>),
    Not,
    False,
    Cycle {
        /// Where the schema is that is reached twice, and the ways to it.
        place: String,
        ways: [String; 2],
    },
    Type {
        got: &'static str,
        want: super::node::Types,
    },
    Const(&'a Json),
    Enum(&'a [Json]),
    Format {
        got: &'a str,
        name: &'a str,
        why: String,
    },
    /// A count that is too small or too large, by the keyword.
    Count {
        keyword: &'static str,
        got: usize,
        want: u64,
    },
    /// A number that is out of its limits, by the keyword.
    Number {
        keyword: &'static str,
        got: Decimal,
        want: &'a Decimal,
    },
    Required(Vec<&'a str>),
    /// What a property demands.
    Dependency {
        property: &'a str,
        missing: Vec<&'a str>,
    },
    AdditionalProperties(Vec<&'a str>),
    PropertyName(&'a str),
    AdditionalItems(usize),
    UniqueItems(usize, usize),
    Contains,
    MinContains {
        got: Vec<usize>,
        want: u64,
    },
    MaxContains {
        got: Vec<usize>,
        want: u64,
    },
    Pattern {
        got: &'a str,
        want: &'a str,
    },
}

impl<'a> Failure<'a> {
    pub(super) fn new(at: String, kind: Kind<'a>) -> Self {
        Self { at, kind, causes: Vec::new() }
    }

    /// The causes of a group, or the failure itself.
    pub(super) fn ungrouped(self) -> Vec<Self> {
        if matches!(self.kind, Kind::Group) { self.causes } else { vec![self] }
    }
}

/// The lines for failures, without a line feed at the end. Too many of them are cut off, which is said.
pub(super) fn lines(failures: &[Failure<'_>]) -> String {
    let mut text = String::new();
    for failure in failures {
        print(failure, 0, &mut text);
    }
    if text.len() > MAX_TEXT {
        text.push_str("- …: more is wrong than the maximum of ");
        text.push_str(&MAX_TEXT.to_string());
        text.push_str(" bytes\n");
    }
    text.truncate(text.trim_end_matches('\n').len());
    text
}

fn print(failure: &Failure<'_>, depth: usize, text: &mut String) {
    if text.len() > MAX_TEXT {
        return;
    }
    let is_hidden = matches!(failure.kind, Kind::Reference) && failure.causes.len() == 1;
    let mut inner = depth;
    if !is_hidden {
        text.push_str(&"  ".repeat(depth));
        for part in ["- at ", &quoted(&failure.at), ": ", &of(&failure.kind), "\n"] {
            text.push_str(part);
        }
        inner += 1;
    }
    for cause in &failure.causes {
        govalue::grow(|| print(cause, inner, text));
    }
}
