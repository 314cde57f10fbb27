//! The types and kinds of values.

use govalue::{Function, Type, Value};

use crate::args::{any, bytes};

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        ("typeOf", Function::new(&[Type::Any], |args| Ok(any(args, 0).type_name().into()))),
        ("typeIs", is(|target, value| target == value.type_name().as_bytes())),
        ("typeIsLike", is(type_is_like)),
        ("kindOf", Function::new(&[Type::Any], |args| Ok(any(args, 0).kind().name().into()))),
        ("kindIs", is(|target, value| target == value.kind().name().as_bytes())),
        (
            "deepEqual",
            Function::new(&[Type::Any, Type::Any], |args| Ok(govalue::deep_equal(any(args, 0), any(args, 1)).into())),
        ),
    ]
}

fn is(matches: fn(&[u8], &Value) -> bool) -> Function {
    Function::new(&[Type::String, Type::Any], move |args| Ok(matches(bytes(args, 0), any(args, 1)).into()))
}

/// Whether it is of this type or a pointer to it.
fn type_is_like(target: &[u8], value: &Value) -> bool {
    let name = value.type_name().as_bytes();
    target == name || name.strip_prefix(b"*") == Some(target)
}
