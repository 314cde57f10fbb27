//! Maps: reading, changing in place, choosing, merging and copying.

mod merge;

use std::collections::HashSet;

use govalue::cast::strval;
use govalue::{Function, List, Map, Str, Type, Value};

use crate::args::{any, bytes, map};

const TOO_FEW: &str = "dig needs at least three arguments";
const MAP_KEY: &[Type] = &[Type::AnyMap, Type::String];

pub(crate) fn functions() -> Vec<(&'static str, Function)> {
    let mut functions = merge::functions();
    functions.extend(single());
    functions.extend(choosing());
    functions.extend(copying());
    functions
}

fn single() -> Vec<(&'static str, Function)> {
    vec![
        ("dict", Function::variadic(&[Type::Any], |args| Ok(dict(args)))),
        ("get", Function::new(MAP_KEY, |args| Ok(map(args, 0).get(bytes(args, 1)).unwrap_or_else(|| "".into())))),
        ("set", Function::new(&[Type::AnyMap, Type::String, Type::Any], set)),
        ("unset", Function::new(MAP_KEY, |args| Ok(unset(args)))),
        ("hasKey", Function::new(MAP_KEY, |args| Ok(map(args, 0).contains(bytes(args, 1)).into()))),
        ("dig", Function::variadic(&[Type::Any], dig)),
    ]
}

fn choosing() -> Vec<(&'static str, Function)> {
    vec![
        ("pluck", Function::variadic(&[Type::String, Type::AnyMap], |args| Ok(pluck(args)))),
        ("keys", Function::variadic(&[Type::AnyMap], |args| Ok(keys(args)))),
        ("values", Function::new(&[Type::AnyMap], |args| Ok(values(&map(args, 0))))),
        ("pick", Function::variadic(MAP_KEY, |args| Ok(pick(args)))),
        ("omit", Function::variadic(MAP_KEY, |args| Ok(omit(args)))),
    ]
}

fn copying() -> Vec<(&'static str, Function)> {
    let copy = || Function::new(&[Type::Any], |args| deep_copy(any(args, 0)));
    vec![("deepCopy", copy()), ("mustDeepCopy", copy())]
}

fn deep_copy(value: &Value) -> Result<Value, String> {
    if value.is_nil() {
        return Err("reflect: call of reflect.Value.Type on zero Value".into());
    }
    govalue::deep_copy(value)
}

/// A map of keys and values in turn; a last key alone has an empty text.
fn dict(args: &[Value]) -> Value {
    let entries = Map::new();
    for pair in args.chunks(2) {
        let key = strval(any(pair, 0));
        entries.insert(key, pair.get(1).cloned().unwrap_or_else(|| "".into()));
    }
    entries.into()
}

fn set(args: &[Value]) -> Result<Value, String> {
    let given = any(args, 0);
    if given.is_nil() || given.as_map().is_some_and(Map::is_nil) {
        return Err("assignment to entry in nil map".into());
    }
    let map = map(args, 0);
    map.put(bytes(args, 1), any(args, 2).clone());
    Ok(map.into())
}

fn unset(args: &[Value]) -> Value {
    if any(args, 0).is_nil() {
        return Map::nil(Type::Any).into();
    }
    let map = map(args, 0);
    map.remove(bytes(args, 1));
    map.into()
}

fn pluck(args: &[Value]) -> Value {
    let key = bytes(args, 0);
    args.iter().skip(1).filter_map(Value::as_map).filter_map(|map| map.get(key)).collect::<List>().into()
}

/// The keys of all maps, of each in the order of their bytes; Go's own order is by chance.
fn keys(args: &[Value]) -> Value {
    let keys = args.iter().filter_map(Value::as_map).flat_map(|map| map.borrow().keys().cloned().collect::<Vec<_>>());
    List::of_strings(keys).into()
}

/// The values in the order of their keys; Go's own order is by chance.
fn values(map: &Map) -> Value {
    map.borrow().values().cloned().collect::<List>().into()
}

fn pick(args: &[Value]) -> Value {
    let map = map(args, 0);
    let keys = args.iter().skip(1).filter_map(Value::as_string);
    keys.filter_map(|key| Some((key.clone(), map.get(&**key)?))).collect::<Map>().into()
}

fn omit(args: &[Value]) -> Value {
    let omitted: HashSet<_> = args.iter().skip(1).filter_map(Value::as_string).collect();
    let kept = map(args, 0).entries().into_iter().filter(|(key, _)| !omitted.contains(key));
    kept.collect::<Map>().into()
}

/// Follows keys through nested maps; the last argument is the map, the last but one what is given if a key is missing.
fn dig(args: &[Value]) -> Result<Value, String> {
    let [keys @ .., default, map] = args else { return Err(TOO_FEW.into()) };
    if keys.is_empty() {
        return Err(TOO_FEW.into());
    }
    let mut found: Value = as_plain_map(map)?.clone().into();
    let keys = keys.iter().map(as_key).collect::<Result<Vec<_>, _>>()?;
    for key in keys {
        match as_plain_map(&found)?.get(&**key) {
            Some(value) => found = value,
            None => return Ok(default.clone()),
        }
    }
    Ok(found)
}

fn as_plain_map(value: &Value) -> Result<&Map, String> {
    let plain = value.as_map().filter(|map| map.element() == Type::Any && map.type_of().is_none());
    plain.ok_or_else(|| conversion(value, Type::AnyMap))
}

fn as_key(value: &Value) -> Result<&Str, String> {
    value.as_string().ok_or_else(|| conversion(value, Type::String))
}

/// What Go says of a value that has not the type it should have.
fn conversion(value: &Value, wanted: Type) -> String {
    let given = if value.is_nil() { "nil" } else { value.type_name() };
    format!("interface conversion: interface {{}} is {given}, not {}", wanted.name())
}
