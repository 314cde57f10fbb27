//! A value while it is worked with, and what Go's reflection knows of its type.

use crate::Origin;
use govalue::{Kind, List, Map, Method, Type, Value};

/// A value with whether Go holds it as an `interface {}`: an element of a YAML map or list. Errors name that type
/// rather than what is inside.
///
/// [`Value::Invalid`] is Go's zero `reflect.Value`; [`Value::Nil`] is a nil interface.
#[derive(Clone, Debug, Default)]
pub(crate) struct Operand {
    pub(crate) value: Value,
    pub(crate) boxed: bool,
    /// Where a tracer says that it comes from.
    pub(crate) origin: Origin,
}

impl Operand {
    /// What `reflect.ValueOf` gives: nil is no value.
    pub(crate) fn concrete(value: Value) -> Self {
        let value = if value.is_nil() { Value::Invalid } else { value };
        Self { value, boxed: false, origin: Origin::default() }
    }

    /// An element of a list or map of such elements, or a function's result.
    pub(crate) fn of(element: Type, value: Value) -> Self {
        Self { value, boxed: element == Type::Any, origin: Origin::default() }
    }

    /// Without the interface around it: what a pipeline makes of a command's value.
    pub(crate) fn unboxed(self) -> Self {
        Self::concrete(self.value).from(self.origin)
    }

    /// The same value with where it comes from.
    pub(crate) fn from(self, origin: Origin) -> Self {
        Self { origin, ..self }
    }

    /// The name of its static type.
    pub(crate) fn type_name(&self) -> &'static str {
        if self.boxed || matches!(self.value, Value::Nil) { Type::Any.name() } else { self.value.type_name() }
    }
}

/// The value that a variable of this type has before it is set. A nil list is an empty one; a nil map is no empty one,
/// as nothing can be put into it.
pub(crate) fn zero(ty: Type) -> Value {
    match ty {
        Type::Any | Type::AnyMap | Type::Error | Type::Named(_) => Value::Nil,
        Type::Bool => Value::Bool(false),
        Type::Int => Value::Int(0),
        Type::Int64 => Value::Int64(0),
        Type::Float64 => Value::Float64(0.0),
        Type::String => "".into(),
        Type::Bytes => Value::Bytes([].into()),
        Type::AnyList => List::new(Vec::new()).into(),
        Type::StringList => List::of(Type::String, Vec::new()).into(),
        Type::StringMap => Map::of(Type::String).into(),
    }
}

/// Whether nil is a value of this type.
pub(crate) fn can_be_nil(ty: Type) -> bool {
    match ty {
        Type::Any | Type::Bytes | Type::AnyList | Type::StringList | Type::AnyMap | Type::StringMap | Type::Error => {
            true
        }
        Type::Named(name) => name.starts_with('*'),
        Type::Bool | Type::Int | Type::Int64 | Type::Float64 | Type::String => false,
    }
}

/// Whether a value is of a type, or a pointer to it.
pub(crate) fn is_assignable(value: &Value, ty: Type) -> bool {
    match (value, ty) {
        (_, Type::Any)
        | (Value::Bool(_), Type::Bool)
        | (Value::Int(_), Type::Int)
        | (Value::Int64(_), Type::Int64)
        | (Value::Float64(_), Type::Float64)
        | (Value::String(_), Type::String)
        | (Value::Bytes(_), Type::Bytes)
        | (Value::Error(_), Type::Error) => true,
        (Value::List(list), Type::AnyList) => list.element() == Type::Any,
        (Value::List(list), Type::StringList) => list.element() == Type::String,
        (Value::Map(map), Type::AnyMap) => map.element() == Type::Any,
        (Value::Map(map), Type::StringMap) => map.element() == Type::String,
        (value, Type::Named(name)) => {
            value.type_name() == name || value.kind() == Kind::Ptr && indirect_name(value) == name
        }
        _ => false,
    }
}

/// The name of a value's type, or of what it points to.
pub(crate) fn indirect_name(value: &Value) -> &'static str {
    let name = value.type_name();
    name.strip_prefix('*').unwrap_or(name)
}

/// The method of this name.
pub(crate) fn method(value: &Value, name: &str) -> Option<&'static Method> {
    match value {
        Value::Map(map) => map.type_of()?.method(name),
        Value::List(list) => list.type_of()?.method(name),
        Value::Object(object) => object.type_of().method(name),
        _ => None,
    }
}

/// The plain scalar of a named one, every other value as it is.
pub(crate) fn scalar(value: &Value) -> Value {
    match value {
        Value::Object(object) => object.underlying().unwrap_or_else(|| value.clone()),
        other => other.clone(),
    }
}
