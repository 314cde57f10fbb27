//! Defaults for what is empty, choices, and JSON.

use govalue::{Function, Type, Value, json};

use crate::args::{any, bytes, string};

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    let mut functions = json_functions();
    functions.extend([
        ("default", Function::variadic(&[Type::Any, Type::Any], |args| Ok(default(args)))),
        ("empty", Function::new(&[Type::Any], |args| Ok(is_empty(any(args, 0)).into()))),
        ("coalesce", Function::variadic(&[Type::Any], |args| Ok(coalesce(args)))),
        ("all", Function::variadic(&[Type::Any], |args| Ok((!args.iter().any(is_empty)).into()))),
        ("any", Function::variadic(&[Type::Any], |args| Ok((!args.iter().all(is_empty)).into()))),
        ("ternary", Function::new(&[Type::Any, Type::Any, Type::Bool], |args| Ok(ternary(args)))),
    ]);
    functions
}

fn json_functions() -> Vec<(&'static str, Function)> {
    vec![
        ("fromJson", Function::new(&[Type::String], |args| Ok(json::unmarshal(bytes(args, 0)).unwrap_or(Value::Nil)))),
        ("mustFromJson", Function::new(&[Type::String], |args| json::unmarshal(bytes(args, 0)))),
        ("toJson", lenient(json::marshal)),
        ("mustToJson", strict(json::marshal)),
        ("toPrettyJson", lenient(to_pretty_json)),
        ("mustToPrettyJson", strict(to_pretty_json)),
        ("toRawJson", strict(json::marshal_unescaped)),
        ("mustToRawJson", strict(json::marshal_unescaped)),
    ]
}

/// A marshaller whose errors are an empty text.
fn lenient(marshal: fn(&Value) -> Result<Vec<u8>, String>) -> Function {
    Function::new(&[Type::Any], move |args| Ok(string(marshal(any(args, 0)).unwrap_or_default())))
}

fn strict(marshal: fn(&Value) -> Result<Vec<u8>, String>) -> Function {
    Function::new(&[Type::Any], move |args| marshal(any(args, 0)).map(string))
}

fn to_pretty_json(value: &Value) -> Result<Vec<u8>, String> {
    json::marshal_indent(value, "", "  ")
}

/// Whether it is the zero value of its type; a struct and a pointer never are.
pub(crate) fn is_empty(value: &Value) -> bool {
    !value.is_true()
}

fn default(args: &[Value]) -> Value {
    let given = args.get(1).filter(|given| !is_empty(given));
    given.unwrap_or(any(args, 0)).clone()
}

fn coalesce(values: &[Value]) -> Value {
    values.iter().find(|value| !is_empty(value)).cloned().unwrap_or(Value::Nil)
}

fn ternary(args: &[Value]) -> Value {
    any(args, usize::from(!any(args, 2).is_true())).clone()
}
