//! `eq`, `lt` and what follows from them.

use std::cmp::Ordering;
use std::rc::Rc;

use govalue::{Kind, Value, fmt};

use crate::operand::{Operand, scalar};

type Result = std::result::Result<bool, String>;

/// What can be compared with what.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Basic {
    Bool,
    Complex,
    Int,
    Float,
    String,
    Uint,
}

fn basic(kind: Kind) -> Option<Basic> {
    match kind {
        Kind::Bool => Some(Basic::Bool),
        Kind::Int | Kind::Int32 | Kind::Int64 => Some(Basic::Int),
        Kind::Uint8 | Kind::Uint64 => Some(Basic::Uint),
        Kind::Float64 => Some(Basic::Float),
        Kind::Complex128 => Some(Basic::Complex),
        Kind::String => Some(Basic::String),
        Kind::Invalid | Kind::Slice | Kind::Map | Kind::Struct | Kind::Ptr => None,
    }
}

/// Whether the first is equal to any of the others.
pub(super) fn eq(first: &Value, others: &[Operand]) -> Result {
    if others.is_empty() {
        return Err("missing argument for comparison".to_owned());
    }
    for other in others {
        if equal(first, &other.value)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn equal(first: &Value, other: &Value) -> Result {
    match (basic(first.kind()), basic(other.kind())) {
        (None, None) => equal_references(first, other),
        (Some(left), Some(right)) if left == right || is_integer(left) && is_integer(right) => {
            Ok(same(&scalar(first), &scalar(other)))
        }
        _ if first.is_nil() || other.is_nil() => Ok(false),
        _ => Err(incompatible(first, other)),
    }
}

fn is_integer(basic: Basic) -> bool {
    matches!(basic, Basic::Int | Basic::Uint)
}

fn incompatible(first: &Value, other: &Value) -> String {
    format!("incompatible types for comparison: {} and {}", first.type_name(), other.type_name())
}

#[expect(clippy::float_cmp, reason = "as Go compares")]
fn same(first: &Value, other: &Value) -> bool {
    match (first, other) {
        (Value::Bool(first), Value::Bool(other)) => first == other,
        (Value::String(first), Value::String(other)) => first == other,
        (Value::Float64(first), Value::Float64(other)) => first == other,
        (Value::Complex128(real, imaginary), Value::Complex128(other_real, other_imaginary)) => {
            real == other_real && imaginary == other_imaginary
        }
        _ => integer(first).zip(integer(other)).is_some_and(|(first, other)| first == other),
    }
}

/// An integer of any width and sign.
fn integer(value: &Value) -> Option<i128> {
    match value {
        Value::Int(number) | Value::Int64(number) => Some(i128::from(*number)),
        Value::Int32(number) => Some(i128::from(*number)),
        Value::Uint8(number) => Some(i128::from(*number)),
        Value::Uint64(number) => Some(i128::from(*number)),
        _ => None,
    }
}

/// Lists, maps, structs and pointers: only with nil, but for structs and pointers.
fn equal_references(first: &Value, other: &Value) -> Result {
    if first.is_nil() || other.is_nil() {
        return Ok(is_nil(first) && is_nil(other));
    }
    if first.kind() != other.kind() {
        return Err(format!(
            "non-comparable types {}: {}, {}: {}",
            shown(b"%s", first),
            first.type_name(),
            other.type_name(),
            shown(b"%v", other)
        ));
    }
    if is_nil(first) || is_nil(other) {
        return Ok(is_nil(first) && is_nil(other));
    }
    match (first, other) {
        (_, Value::List(_) | Value::Bytes(_) | Value::Map(_)) => {
            Err(format!("non-comparable type {}: {}", shown(b"%s", other), other.type_name()))
        }
        (Value::Object(left), Value::Object(right)) if Rc::ptr_eq(left, right) => Ok(true),
        (Value::Object(left), Value::Object(right)) if left.kind() == Kind::Struct => {
            let mut fields = left.fields().into_iter().zip(right.fields());
            let is_same_type = left.type_of().name == right.type_of().name;
            // What a struct shows stands for the fields that it hides, as those of a time.
            let is_same_shown = is_same_type && left.display() == right.display();
            Ok(is_same_shown && fields.all(|((_, left), (_, right))| equal(&left, &right).unwrap_or(false)))
        }
        (Value::Error(first), Value::Error(other)) => Ok(std::ptr::eq(first.as_ptr(), other.as_ptr())),
        _ => Ok(false),
    }
}

/// Nothing, or a list or a map that is nil.
fn is_nil(value: &Value) -> bool {
    match value {
        Value::List(list) => list.is_nil(),
        Value::Map(map) => map.is_nil(),
        other => other.is_nil(),
    }
}

fn shown(format: &[u8], value: &Value) -> String {
    String::from_utf8_lossy(&fmt::sprintf(format, std::slice::from_ref(value))).into_owned()
}

/// Whether the first comes before the other.
pub(super) fn lt(first: &Value, other: &Value) -> Result {
    let (Some(left), Some(right)) = (basic(first.kind()), basic(other.kind())) else {
        return Err("invalid type for comparison".to_owned());
    };
    if left != right && !(is_integer(left) && is_integer(right)) {
        return Err(incompatible(first, other));
    }
    match (scalar(first), scalar(other)) {
        (Value::Float64(first), Value::Float64(other)) => Ok(first < other),
        (Value::String(first), Value::String(other)) => Ok(first.cmp(&other) == Ordering::Less),
        (first, other) => match (integer(&first), integer(&other)) {
            (Some(first), Some(other)) => Ok(first < other),
            _ => Err("invalid type for comparison".to_owned()),
        },
    }
}

/// Whether the first comes before the other or is equal to it.
pub(super) fn le(first: &Value, other: &Value, others: &[Operand]) -> Result {
    Ok(lt(first, other)? || eq(first, others)?)
}
