//! Every call in cases/*.jsonl gives what the real sprig gave; see generate/README.md.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use govalue::{Function, List, Map, Str, Type, Value, fmt, json, strconv};
use serde_json::Value as Json;
use sprig::Environment;

type Functions = HashMap<&'static str, Function>;

#[test]
fn functions_give_what_sprig_gives() {
    let functions: HashMap<_, _> = sprig::functions(&Rc::new(Environment::new())).into_iter().collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut failures = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for line in fs::read_to_string(&path).unwrap().lines() {
            count += 1;
            let case: Json = serde_json::from_str(line).unwrap();
            if let Err(difference) = check(&functions, &case) {
                failures.push(format!("{} {}\n{difference}", case["function"], case["args"]));
            }
        }
    }
    assert!(count > 0, "there are no cases");
    assert!(failures.is_empty(), "{} of {count} calls differ:\n{}", failures.len(), failures.join("\n"));
}

fn check(functions: &Functions, case: &Json) -> Result<(), String> {
    let argument = |json| argument(functions, json);
    let args: Vec<Value> = case["args"].as_array().unwrap().iter().map(argument).collect();
    let result = match call(functions, case["function"].as_str().unwrap(), &args) {
        Ok(result) => result,
        Err(error) => return same("error", case["error"].as_str(), Some(&error)),
    };
    same("error", case["error"].as_str(), None)?;
    same("type", case["type"].as_str(), Some(result.type_name()))?;
    let text = strconv::quote(&fmt::sprint(std::slice::from_ref(&result)));
    same("text", case["text"].as_str(), Some(&text))?;
    let marshalled = json::marshal(&result).ok().map(|json| String::from_utf8(json).unwrap());
    same("json", case["json"].as_str(), marshalled.as_deref())?;
    if let Some(after) = case["after"].as_str() {
        let args = json::marshal(&List::new(args).into()).unwrap();
        same("arguments afterwards", Some(after), Some(&String::from_utf8(args).unwrap()))?;
    }
    Ok(())
}

/// Calls a function, or the method of the first argument if the name begins with a dot.
fn call(functions: &Functions, name: &str, args: &[Value]) -> Result<Value, String> {
    if let Some(name) = name.strip_prefix('.') {
        let (receiver, args) = args.split_first().unwrap();
        let Value::Object(object) = receiver else { panic!("{receiver:?} has no methods") };
        return (object.type_of().method(name).ok_or("no such method")?.call)(receiver, args);
    }
    (functions.get(name).ok_or("no such function")?.call)(args)
}

fn same(what: &str, expected: Option<&str>, actual: Option<&str>) -> Result<(), String> {
    if expected == actual {
        Ok(())
    } else {
        Err(format!("  {what}: expected {expected:?}\n  {what}: got      {actual:?}"))
    }
}

/// An argument from the JSON that generate/README.md tells of.
fn argument(functions: &Functions, json: &Json) -> Value {
    match json {
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => Value::Float64(number.as_f64().unwrap()),
        },
        Json::Array(items) => items.iter().map(|item| argument(functions, item)).collect::<List>().into(),
        Json::Object(entries) => match entries.iter().next() {
            Some((key, value)) if entries.len() == 1 && key.starts_with('$') => typed(functions, key, value),
            _ => entries.iter().map(|(key, value)| (key.as_str(), argument(functions, value))).collect::<Map>().into(),
        },
        json => govalue::from_json(json),
    }
}

fn typed(functions: &Functions, name: &str, value: &Json) -> Value {
    let octets = || value.as_array().unwrap().iter().map(|octet| u8::try_from(octet.as_u64().unwrap()).unwrap());
    let items = || value.as_array().unwrap().iter().map(|item| argument(functions, item)).collect::<Vec<Value>>();
    match name {
        "$uint32" => Value::Int(value.as_i64().unwrap()),
        "$call" => {
            let args = items();
            call(functions, args[0].as_string().unwrap().to_text().as_ref(), &args[1..]).unwrap()
        }
        "$int64" => Value::Int64(value.as_i64().unwrap()),
        "$uint64" => Value::Uint64(value.as_u64().unwrap()),
        "$float64" => Value::Float64(value.as_f64().unwrap()),
        "$bytes" => Value::Bytes(octets().collect()),
        "$raw" => Value::String(Str::from(octets().collect::<Vec<u8>>())),
        "$strings" => List::of(Type::String, items()).into(),
        "$ints" => List::of(Type::Int, items()).into(),
        "$stringMap" => {
            let map = Map::of(Type::String);
            for (key, text) in value.as_object().unwrap() {
                map.insert(key.as_str(), argument(functions, text));
            }
            map.into()
        }
        name => panic!("no such type: {name}"),
    }
}
