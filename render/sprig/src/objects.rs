//! Values of named types as functions and methods get them and give them.

use std::rc::Rc;

use govalue::{Object, Value};

/// A value of a named type.
pub(crate) fn object(object: impl Object + 'static) -> Value {
    Value::Object(Rc::new(object))
}

/// What the value really is, if it is of this named type.
pub(crate) fn downcast<T: 'static>(value: &Value) -> Option<&T> {
    if let Value::Object(object) = value { object.as_any().downcast_ref() } else { None }
}

/// The receiver of a method, or an argument of a named type.
pub(crate) fn expect<T: 'static>(value: &Value) -> Result<&T, String> {
    downcast(value).ok_or_else(|| format!("unexpected value of type {}", value.type_name()))
}
