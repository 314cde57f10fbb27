//! The functions that cases call.

use std::rc::Rc;

use gotemplate::{Callable, Calling, ExecError, Functions, Interpreter, Set};
use govalue::strconv::quote;
use govalue::{Function, List, Map, Type, Value, fmt};

pub(crate) fn functions() -> Functions {
    let mut functions = Functions::new();
    functions.extend(plain());
    functions.extend([("include", include()), ("tpl", tpl())]);
    functions
}

fn plain() -> Vec<(&'static str, Callable)> {
    let functions = vec![
        ("add", Function::variadic(&[Type::Int], |args| Ok(Value::Int(args.iter().map(int).sum())))),
        (
            "dddArg",
            Function::variadic(&[Type::Int, Type::String], |args| {
                let words = List::of(Type::String, args[1..].to_vec());
                Ok(bytes(fmt::sprint(&[args[0].clone(), words.into()])))
            }),
        ),
        ("die", Function::new(&[], |_| Err("die".to_owned()))),
        ("echo", Function::new(&[Type::Any], |args| Ok(args[0].clone()))),
        ("fail", Function::new(&[Type::String], |args| Err(args[0].as_string().unwrap().to_string()))),
        ("list", Function::variadic(&[Type::Any], |args| Ok(List::new(args.to_vec()).into()))),
        ("makemap", Function::variadic(&[Type::String], makemap)),
        (
            "mapOfThree",
            Function::new(&[], |_| {
                let map = Map::of(Type::Int);
                map.insert("three", Value::Int(3));
                Ok(map.into())
            }),
        ),
        ("needBool", Function::new(&[Type::Bool], |args| Ok(args[0].type_name().into()))),
        ("needFloat", Function::new(&[Type::Float64], |args| Ok(bytes(fmt::sprintf(b"float64 %v", args))))),
        ("needInt64", Function::new(&[Type::Int64], |args| Ok(bytes(fmt::sprintf(b"int64 %v", args))))),
        ("needList", Function::new(&[Type::AnyList], |args| Ok(length(args[0].as_list().unwrap().len())))),
        ("needMap", Function::new(&[Type::AnyMap], |args| Ok(length(args[0].as_map().map_or(0, Map::len))))),
        ("oneArg", Function::new(&[Type::String], |args| Ok(bytes(fmt::sprintf(b"oneArg=%s", args))))),
        ("returnInt", Function::new(&[], |_| Ok(Value::Int(7)))),
        (
            "twoArgs",
            Function::new(&[Type::String, Type::String], |args| Ok(bytes(fmt::sprintf(b"twoArgs=%s%s", args)))),
        ),
        ("typeOf", Function::new(&[Type::Any], |args| Ok(args[0].type_name().into()))),
        ("zeroArgs", Function::new(&[], |_| Ok("zeroArgs".into()))),
    ];
    functions.into_iter().map(|(name, function)| (name, function.into())).collect()
}

fn include() -> Callable {
    Calling::new(&[Type::String, Type::Any], |interpreter, args| {
        let name = args[0].as_string().unwrap().to_string();
        Ok(Value::String(interpreter.include(&name, args[1].clone())?))
    })
    .into()
}

fn tpl() -> Callable {
    Calling::new(&[Type::String, Type::Any], render).into()
}

fn render(interpreter: &mut Interpreter, args: &[Value]) -> Result<Value, ExecError> {
    let text = args[0].as_string().unwrap();
    let mut set = Set::layer(interpreter.set());
    let name = set.name().to_string();
    let tree = set
        .parse(&name, &**text, interpreter.functions())
        .map_err(|error| format!("cannot parse template {}: {error}", quote(text)))?;
    let result = interpreter.execute_tree(&Rc::new(set), &tree, args[1].clone());
    let message = || format!("error during tpl function execution for {}: ", quote(text));
    Ok(bytes(result.map_err(|error| ExecError::wrap(message(), error))?))
}

fn makemap(args: &[Value]) -> Result<Value, String> {
    if !args.len().is_multiple_of(2) {
        return Err("bad makemap".to_owned());
    }
    let map = Map::of(Type::String);
    for pair in args.chunks(2) {
        map.insert(pair[0].as_string().unwrap().clone(), pair[1].clone());
    }
    Ok(map.into())
}

fn int(value: &Value) -> i64 {
    if let Value::Int(number) = value { *number } else { panic!("{value:?}") }
}

fn length(len: usize) -> Value {
    Value::Int(i64::try_from(len).unwrap())
}

fn bytes(text: Vec<u8>) -> Value {
    Value::String(text.into())
}
