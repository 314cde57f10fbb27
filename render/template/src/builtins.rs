//! Go's own functions.

mod compare;
mod escape;
mod index;

use govalue::{Kind, Type, Value, fmt};

use crate::operand::{Operand, indirect_name};
use crate::printing;

/// A function that every template has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Builtin {
    And,
    Call,
    Eq,
    Ge,
    Gt,
    Html,
    Index,
    Js,
    Le,
    Len,
    Lt,
    Ne,
    Not,
    Or,
    Print,
    Printf,
    Println,
    Slice,
    Urlquery,
}

/// What a builtin takes.
pub(crate) enum Parameters {
    /// Values of types, the last for any number of arguments.
    Typed(&'static [Type]),
    /// Go's `reflect.Value`: anything, even no value.
    Operands { fixed: usize, variadic: bool },
}

type Result = std::result::Result<Operand, String>;

impl Builtin {
    /// The builtin of this name.
    pub(crate) fn find(name: &str) -> Option<Self> {
        Some(match name {
            "and" => Self::And,
            "call" => Self::Call,
            "eq" => Self::Eq,
            "ge" => Self::Ge,
            "gt" => Self::Gt,
            "html" => Self::Html,
            "index" => Self::Index,
            "js" => Self::Js,
            "le" => Self::Le,
            "len" => Self::Len,
            "lt" => Self::Lt,
            "ne" => Self::Ne,
            "not" => Self::Not,
            "or" => Self::Or,
            "print" => Self::Print,
            "printf" => Self::Printf,
            "println" => Self::Println,
            "slice" => Self::Slice,
            "urlquery" => Self::Urlquery,
            _ => return None,
        })
    }

    /// Whether it takes the longer the longer a text is that it is given.
    pub(crate) fn reads_text(self) -> bool {
        matches!(self, Self::Eq | Self::Ge | Self::Gt | Self::Le | Self::Lt | Self::Ne)
    }

    /// What it takes.
    pub(crate) fn parameters(self) -> Parameters {
        match self {
            Self::Printf => Parameters::Typed(&[Type::String, Type::Any]),
            Self::Html | Self::Js | Self::Print | Self::Println | Self::Urlquery => Parameters::Typed(&[Type::Any]),
            Self::And | Self::Call | Self::Eq | Self::Index | Self::Or | Self::Slice => {
                Parameters::Operands { fixed: 1, variadic: true }
            }
            Self::Len | Self::Not => Parameters::Operands { fixed: 1, variadic: false },
            Self::Ge | Self::Gt | Self::Le | Self::Lt | Self::Ne => Parameters::Operands { fixed: 2, variadic: false },
        }
    }

    /// The text that a builtin with typed parameters makes of them.
    pub(crate) fn text(self, values: &[Value]) -> Vec<u8> {
        match self {
            Self::Html => escape::html(&plain(values)),
            Self::Js => escape::js(&plain(values)),
            Self::Urlquery => escape::url_query(&plain(values)),
            Self::Println => fmt::sprintln(values),
            Self::Printf => match values.split_first() {
                Some((Value::String(format), operands)) => fmt::sprintf(format, operands),
                _ => Vec::new(),
            },
            _ => fmt::sprint(values),
        }
    }

    /// What a builtin gives that takes operands, or its error. `callee` is the first argument's node.
    pub(crate) fn call(self, mut operands: Vec<Operand>, callee: impl FnOnce() -> Option<String>) -> Result {
        let first = if operands.is_empty() { Operand::default() } else { operands.remove(0) };
        let rest = operands.as_slice();
        let second = rest.first().map_or(&Value::Nil, |operand| &operand.value);
        let truth = |truth| Ok(Operand::concrete(Value::Bool(truth)));
        match self {
            Self::Index => index::index(first, rest),
            Self::Slice => index::slice(&first.value, rest),
            Self::Len => index::len(&first.value),
            Self::Not => truth(!first.value.is_true()),
            Self::Eq => truth(compare::eq(&first.value, rest)?),
            Self::Ne => truth(!compare::eq(&first.value, rest)?),
            Self::Lt => truth(compare::lt(&first.value, second)?),
            Self::Le => truth(compare::le(&first.value, second, rest)?),
            Self::Gt => truth(!compare::le(&first.value, second, rest)?),
            Self::Ge => truth(!compare::lt(&first.value, second)?),
            _ => Err(cannot_call(&first.value, callee())),
        }
    }
}

/// No value here is a function.
fn cannot_call(value: &Value, callee: Option<String>) -> String {
    if value.is_nil() {
        return "call of nil".to_owned();
    }
    let name = value.type_name();
    let callee = match (callee, value) {
        (Some(node), _) => node,
        (None, Value::String(text)) => text.to_string(),
        (None, _) => format!("<{name} Value>"),
    };
    format!("non-function {callee} of type {name}")
}

/// The arguments of an escaper as one text: each printed as actions print, with the spaces of `print`.
fn plain(values: &[Value]) -> Vec<u8> {
    let mut text = Vec::new();
    let mut after_text = true;
    for value in values {
        let is_text = value.is_nil() || value.kind() == Kind::String;
        if !is_text && !after_text {
            text.push(b' ');
        }
        printing::print(&mut text, value);
        if text.len() > fmt::MAX_OUTPUT {
            break;
        }
        after_text = is_text;
    }
    text
}

/// The name of the type of an operand that was followed to its end.
fn type_name(value: &Value) -> &'static str {
    indirect_name(value)
}
