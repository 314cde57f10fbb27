//! Arithmetic: whole numbers as `int64`, fractions through decimals.

mod decimal;

use std::rc::Rc;

use govalue::cast::{to_float64, to_int, to_int64};
use govalue::{Function, Type, Value};

use crate::Environment;
use crate::args::{any, bytes, int};
use decimal::Decimal;

const ANY: &[Type] = &[Type::Any];
const ANY_ANY: &[Type] = &[Type::Any, Type::Any];
const DIVIDE_BY_ZERO: &str = "runtime error: integer divide by zero";

pub(crate) fn functions(env: &Rc<Environment>) -> Vec<(&'static str, Function)> {
    let mut functions = whole();
    functions.extend(fractions());
    functions.extend(conversions());
    let env = Rc::clone(env);
    functions.push(("randInt", Function::new(&[Type::Int, Type::Int], move |args| rand_int(&env, args))));
    functions
}

fn whole() -> Vec<(&'static str, Function)> {
    vec![
        ("add1", Function::new(ANY, |args| Ok(Value::Int64(to_int64(any(args, 0)).wrapping_add(1))))),
        ("add", Function::variadic(ANY, |args| Ok(Value::Int64(fold(0, args, i64::wrapping_add))))),
        ("sub", Function::new(ANY_ANY, |args| Ok(Value::Int64(pair(args, i64::wrapping_sub))))),
        ("div", Function::new(ANY_ANY, |args| divide(args, i64::wrapping_div))),
        ("mod", Function::new(ANY_ANY, |args| divide(args, i64::wrapping_rem))),
        ("mul", Function::variadic(ANY_ANY, |args| Ok(over_first(args, i64::wrapping_mul)))),
        ("max", Function::variadic(ANY_ANY, |args| Ok(over_first(args, i64::max)))),
        ("biggest", Function::variadic(ANY_ANY, |args| Ok(over_first(args, i64::max)))),
        ("min", Function::variadic(ANY_ANY, |args| Ok(over_first(args, i64::min)))),
    ]
}

fn fractions() -> Vec<(&'static str, Function)> {
    vec![
        ("add1f", Function::new(ANY, |args| decimals(any(args, 0), &[Value::Int(1)], Decimal::add))),
        ("addf", Function::variadic(ANY, |args| decimals(&Value::Int(0), args, Decimal::add))),
        ("subf", Function::variadic(ANY_ANY, |args| decimals_over_first(args, Decimal::sub))),
        ("divf", Function::variadic(ANY_ANY, |args| decimals_over_first(args, Decimal::div))),
        ("mulf", Function::variadic(ANY_ANY, |args| decimals_over_first(args, Decimal::mul))),
        ("maxf", Function::variadic(ANY_ANY, |args| Ok(floats(args, max)))),
        ("minf", Function::variadic(ANY_ANY, |args| Ok(floats(args, min)))),
        ("ceil", Function::new(ANY, |args| Ok(Value::Float64(to_float64(any(args, 0)).ceil())))),
        ("floor", Function::new(ANY, |args| Ok(Value::Float64(to_float64(any(args, 0)).floor())))),
        ("round", Function::variadic(&[Type::Any, Type::Int, Type::Float64], |args| Ok(Value::Float64(round(args))))),
    ]
}

fn conversions() -> Vec<(&'static str, Function)> {
    vec![
        ("atoi", Function::new(&[Type::String], |args| Ok(Value::Int(atoi(bytes(args, 0)))))),
        ("int", Function::new(ANY, |args| Ok(Value::Int(to_int(any(args, 0)))))),
        ("int64", Function::new(ANY, |args| Ok(Value::Int64(to_int64(any(args, 0)))))),
        ("float64", Function::new(ANY, |args| Ok(Value::Float64(to_float64(any(args, 0)))))),
        ("toDecimal", Function::new(ANY, |args| Ok(Value::Int64(to_decimal(any(args, 0)))))),
    ]
}

fn fold(start: i64, numbers: &[Value], operation: fn(i64, i64) -> i64) -> i64 {
    numbers.iter().fold(start, |sum, number| operation(sum, to_int64(number)))
}

fn over_first(args: &[Value], operation: fn(i64, i64) -> i64) -> Value {
    Value::Int64(fold(to_int64(any(args, 0)), args.get(1..).unwrap_or_default(), operation))
}

fn pair(args: &[Value], operation: fn(i64, i64) -> i64) -> i64 {
    operation(to_int64(any(args, 0)), to_int64(any(args, 1)))
}

fn divide(args: &[Value], operation: fn(i64, i64) -> i64) -> Result<Value, String> {
    if to_int64(any(args, 1)) == 0 { Err(DIVIDE_BY_ZERO.to_owned()) } else { Ok(Value::Int64(pair(args, operation))) }
}

type Operation = fn(&Decimal, &Decimal) -> Result<Decimal, String>;

/// Applies the operation to decimals, from left to right.
fn decimals(first: &Value, rest: &[Value], operation: Operation) -> Result<Value, String> {
    let mut result = Decimal::try_from(to_float64(first))?;
    for operand in rest {
        result = operation(&result, &Decimal::try_from(to_float64(operand))?)?;
    }
    Ok(Value::Float64(result.to_f64()))
}

fn decimals_over_first(args: &[Value], operation: Operation) -> Result<Value, String> {
    decimals(any(args, 0), args.get(1..).unwrap_or_default(), operation)
}

fn floats(args: &[Value], choose: fn(f64, f64) -> f64) -> Value {
    let numbers = args.iter().map(to_float64);
    Value::Float64(numbers.reduce(choose).unwrap_or_default())
}

/// As `math.Max`: not a number wins over all but +Inf, and 0 over -0.
fn max(left: f64, right: f64) -> f64 {
    if left == f64::INFINITY || right == f64::INFINITY {
        f64::INFINITY
    } else if left.is_nan() || right.is_nan() {
        f64::NAN
    } else if left > right || (left >= right && right.is_sign_negative()) {
        left
    } else {
        right
    }
}

/// As `math.Min`: not a number wins over all but -Inf, and -0 over 0.
fn min(left: f64, right: f64) -> f64 {
    -max(-left, -right)
}

/// Rounds to so many decimal places; the fraction from which on it rounds up is a half unless given.
fn round(args: &[Value]) -> f64 {
    let threshold = if let Value::Float64(threshold) = any(args, 2) { *threshold } else { 0.5 };
    let factor = power_of_ten(int(args, 1));
    let digits = factor * to_float64(any(args, 0));
    let fraction = if digits.is_infinite() { f64::NAN } else { digits.fract() };
    (if fraction >= threshold { digits.ceil() } else { digits.floor() }) / factor
}

/// 10 to this power by repeated squaring, with the very rounding errors of `math.Pow`.
fn power_of_ten(exponent: i64) -> f64 {
    if exponent == 0 || exponent == 1 {
        return if exponent == 0 { 1.0 } else { 10.0 };
    }
    if exponent.unsigned_abs() > 400 {
        return if exponent > 0 { f64::INFINITY } else { 0.0 };
    }
    let (mut result, mut result_exponent) = (1.0_f64, 0_i32);
    // 10 as a fraction of at least a half, times a power of two.
    let (mut square, mut square_exponent) = (0.625_f64, 4_i32);
    let mut bits = exponent.unsigned_abs();
    while bits != 0 {
        if bits & 1 == 1 {
            result *= square;
            result_exponent += square_exponent;
        }
        square *= square;
        square_exponent *= 2;
        if square < 0.5 {
            square += square;
            square_exponent -= 1;
        }
        bits >>= 1;
    }
    if exponent < 0 {
        result = 1.0 / result;
        result_exponent = -result_exponent;
    }
    scale(result, result_exponent)
}

/// `number` times a power of two, in two steps, so that neither power is out of range before the result is.
fn scale(number: f64, exponent: i32) -> f64 {
    let half = exponent / 2;
    number * 2.0_f64.powi(half) * 2.0_f64.powi(exponent - half)
}

fn to_decimal(value: &Value) -> i64 {
    govalue::strconv::parse_int(&govalue::fmt::sprint(std::slice::from_ref(value)), 8, 64).unwrap_or_default()
}

/// The number that a text holds; 0 if it holds none, the nearest if it is out of range.
pub(crate) fn atoi(text: &[u8]) -> i64 {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return 0;
    }
    let amount = digits.iter().fold(0_i128, |sum, digit| (sum * 10 + i128::from(digit - b'0')).min(1 << 64));
    let number = if negative { -amount } else { amount };
    let limit = if negative { i64::MIN } else { i64::MAX };
    i64::try_from(number).unwrap_or(limit)
}

fn rand_int(env: &Environment, args: &[Value]) -> Result<Value, String> {
    let (low, high) = (int(args, 0), int(args, 1));
    let width = high.wrapping_sub(low);
    match u64::try_from(width) {
        Ok(width) if width > 0 => {
            let offset = i64::try_from(env.random_below(width)).unwrap_or_default();
            Ok(Value::Int(low.wrapping_add(offset)))
        }
        _ => Err("invalid argument to Intn".to_owned()),
    }
}
