//! `index`, `slice` and `len`.

use govalue::{List, Map, Value};

use super::{Result, type_name};
use crate::operand::{Operand, scalar, zero};

/// What is at the given places: of a list, a map, a string.
pub(super) fn index(item: Operand, indexes: &[Operand]) -> Result {
    if item.value.is_nil() {
        return Err("index of untyped nil".to_owned());
    }
    let mut item = item;
    for index in indexes {
        item = match scalar(&item.value) {
            Value::Invalid | Value::Nil => return Err("index of nil pointer".to_owned()),
            Value::List(list) => {
                let at = position(&index.value, list.len())?;
                let value = list.get(at).cloned().ok_or("reflect: slice index out of range")?;
                Operand::of(list.element(), value)
            }
            Value::Bytes(bytes) => byte(&bytes, &index.value, "slice")?,
            Value::String(text) => byte(&text, &index.value, "string")?,
            Value::Map(map) => entry(&map, &index.value)?,
            other => return Err(format!("can't index item of type {}", type_name(&other))),
        };
    }
    Ok(item)
}

fn byte(bytes: &[u8], index: &Value, of: &str) -> Result {
    let byte = bytes.get(position(index, bytes.len())?).ok_or_else(|| format!("reflect: {of} index out of range"))?;
    Ok(Operand::concrete(Value::Uint8(*byte)))
}

fn entry(map: &Map, key: &Value) -> Result {
    match key {
        Value::String(key) => {
            let element = map.element();
            Ok(Operand::of(element, map.get(&**key).unwrap_or_else(|| zero(element))))
        }
        Value::Invalid | Value::Nil => Err("value is nil; should be of type string".to_owned()),
        other => Err(format!("value has type {}; should be string", other.type_name())),
    }
}

/// A part of a list or a string: from one place up to another.
pub(super) fn slice(item: &Value, indexes: &[Operand]) -> Result {
    let item = scalar(item);
    let len = match &item {
        Value::Invalid | Value::Nil => return Err("slice of untyped nil".to_owned()),
        _ if indexes.len() > 3 => return Err(format!("too many slice indexes: {}", indexes.len())),
        Value::String(_) if indexes.len() == 3 => return Err("cannot 3-index slice a string".to_owned()),
        Value::String(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(list) => list.len(),
        other => return Err(format!("can't slice item of type {}", type_name(other))),
    };
    let mut bounds = [0, len, len];
    for (bound, index) in bounds.iter_mut().zip(indexes) {
        *bound = position(&index.value, len)?;
    }
    let [from, to, end] = bounds;
    match [(from, to), (to, end)].into_iter().find(|(low, high)| low > high) {
        Some((low, high)) => Err(format!("invalid slice index: {low} > {high}")),
        None => Ok(Operand::concrete(part(&item, from, to))),
    }
}

fn part(item: &Value, from: usize, to: usize) -> Value {
    match item {
        Value::String(text) => Value::String(text.get(from..to).unwrap_or_default().into()),
        Value::Bytes(bytes) => Value::Bytes(bytes.get(from..to).unwrap_or_default().into()),
        Value::List(list) => {
            let items = list.get(from..to).unwrap_or_default().to_vec();
            let part = List::of(list.element(), items);
            list.type_of().map_or_else(|| part.clone(), |named| part.clone().named(named)).into()
        }
        other => other.clone(),
    }
}

/// How many elements, keys or bytes there are.
pub(super) fn len(item: &Value) -> Result {
    let len = match scalar(item) {
        Value::Invalid => return Err("reflect: call of reflect.Value.Type on zero Value".to_owned()),
        Value::Nil => return Err("len of nil pointer".to_owned()),
        Value::String(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(list) => list.len(),
        Value::Map(map) => map.len(),
        other => return Err(format!("len of type {}", type_name(&other))),
    };
    Ok(Operand::concrete(Value::Int(i64::try_from(len).unwrap_or(i64::MAX))))
}

/// An index, which may be the length itself: what is there is asked later.
fn position(index: &Value, len: usize) -> std::result::Result<usize, String> {
    let number = match scalar(index) {
        Value::Int(number) | Value::Int64(number) => number,
        Value::Int32(number) => i64::from(number),
        Value::Uint8(number) => i64::from(number),
        Value::Uint64(number) => number.cast_signed(),
        Value::Invalid | Value::Nil => return Err("cannot index slice/array with nil".to_owned()),
        _ => return Err(format!("cannot index slice/array with type {}", index.type_name())),
    };
    usize::try_from(number).ok().filter(|place| *place <= len).ok_or_else(|| format!("index out of range: {number}"))
}
