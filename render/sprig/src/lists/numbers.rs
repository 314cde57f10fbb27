//! Lists of numbers.

use govalue::{Function, List, Type, Value};

use crate::args::{check_items, int};

pub(super) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        ("until", Function::new(&[Type::Int], |args| until(int(args, 0)))),
        (
            "untilStep",
            Function::new(&[Type::Int, Type::Int, Type::Int], |args| {
                Ok(ints(steps("untilStep", int(args, 0), int(args, 1), int(args, 2))?))
            }),
        ),
        ("seq", Function::variadic(&[Type::Int], seq)),
    ]
}

fn until(count: i64) -> Result<Value, String> {
    Ok(ints(steps("until", 0, count, if count < 0 { -1 } else { 1 })?))
}

fn ints(numbers: impl Iterator<Item = i64>) -> Value {
    List::of(Type::Int, numbers.map(Value::Int).collect()).into()
}

/// The numbers from `start` on that are before `end`. A step that leads away from it gives none.
fn steps(function: &str, start: i64, end: i64, step: i64) -> Result<impl Iterator<Item = i64>, String> {
    let distance = if (end < start) == (step < 0) { end.abs_diff(start) } else { 0 };
    let count = if step == 0 { 0 } else { distance.div_ceil(step.unsigned_abs()) };
    check_items(function, usize::try_from(count).ok())?;
    Ok((0..count).scan(start, move |next, _| Some(std::mem::replace(next, next.wrapping_add(step)))))
}

/// The numbers of the shell's `seq`, as a text: to an end, from a start to an end, or by a step.
fn seq(params: &[Value]) -> Result<Value, String> {
    let (start, step, end) = match params.len() {
        1 => (1, None, int(params, 0)),
        2 => (int(params, 0), None, int(params, 1)),
        3 => (int(params, 0), Some(int(params, 1)), int(params, 2)),
        _ => return Ok("".into()),
    };
    let direction = if end < start { -1 } else { 1 };
    let step = step.unwrap_or(direction);
    if direction < 0 && step > 0 {
        return Ok("".into());
    }
    let numbers = steps("seq", start, end.wrapping_add(direction), step)?;
    let mut out = String::new();
    for number in numbers {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&number.to_string());
    }
    Ok(out.into())
}
