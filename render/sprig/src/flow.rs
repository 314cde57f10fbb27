//! `fail` and `hello`.

use govalue::{Function, Type};

use crate::args;

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        ("fail", Function::new(&[Type::String], |args| Err(bstr::BStr::new(args::bytes(args, 0)).to_string()))),
        ("hello", Function::new(&[], |_| Ok("Hello!".into()))),
    ]
}
