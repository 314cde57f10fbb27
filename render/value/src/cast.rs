//! Conversions that never fail: those of `github.com/spf13/cast` that sprig's functions are built on.

use crate::{Kind, Str, Value, fmt, strconv};

/// `cast.ToInt64`: a string by the rules of [`strconv::parse_int`] with base 0 (`"0x10"` is 16, `"08"` nothing) after
/// `.0` at its end is cut, a float cut to its whole part, true 1; what is no number is 0.
pub fn to_int64(value: &Value) -> i64 {
    match value {
        Value::Int(number) | Value::Int64(number) => *number,
        Value::Int32(number) => i64::from(*number),
        Value::Uint8(number) => i64::from(*number),
        Value::Uint64(number) => number.cast_signed(),
        Value::Float64(number) => float_to_int64(*number),
        Value::Bool(value) => i64::from(*value),
        Value::String(text) => strconv::parse_int(trim_zero_decimal(text), 0, 0).unwrap_or(0),
        Value::Object(_) => calendar(value).unwrap_or(0),
        _ => 0,
    }
}

/// `cast.ToInt`: an `int` has 64 bits here, so it is the same number.
pub fn to_int(value: &Value) -> i64 {
    to_int64(value)
}

/// `cast.ToFloat64`: a string by the rules of [`strconv::parse_float`], true 1; what is no number is 0.
#[expect(clippy::cast_precision_loss, reason = "as Go converts")]
pub fn to_float64(value: &Value) -> f64 {
    match value {
        Value::Float64(number) => *number,
        Value::Uint64(number) => *number as f64,
        Value::String(text) => strconv::parse_float(text).unwrap_or(0.0),
        other => to_int64(other) as f64,
    }
}

/// sprig's `strval`, of `toString`, `cat`, `join` and others: strings, bytes and errors as they are, an object by its
/// `String` method, all else as `%v` (nil is `<nil>`).
pub fn strval(value: &Value) -> Str {
    match value {
        Value::String(text) | Value::Error(text) => text.clone(),
        Value::Bytes(bytes) => (**bytes).into(),
        other => fmt::sprint(std::slice::from_ref(other)).into(),
    }
}

/// Go's conversion of a float to an `int64` on amd64: what does not fit is the least number.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
pub fn float_to_int64(number: f64) -> i64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if (-LIMIT..LIMIT).contains(&number) { number as i64 } else { i64::MIN }
}

/// The only named integers that cast knows.
fn calendar(value: &Value) -> Option<i64> {
    match value {
        Value::Object(object) if object.kind() == Kind::Int => match value.type_name() {
            "time.Weekday" | "time.Month" => object.underlying().as_ref().map(to_int64),
            _ => None,
        },
        _ => None,
    }
}

/// A text without `.` and the zeros behind it, if it ends so.
fn trim_zero_decimal(text: &[u8]) -> &[u8] {
    let kept = text.iter().rposition(|byte| *byte != b'0').map_or(0, |last| last + 1);
    match text.get(..kept) {
        Some([whole @ .., b'.']) if kept < text.len() => whole,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp)]

    use super::*;
    use crate::{List, Map};

    /// As cast 1.7.0 converts.
    #[test]
    fn scalars_become_numbers() {
        let cases = [
            (Value::Nil, 0, 0.0),
            (Value::Bool(true), 1, 1.0),
            (Value::Bool(false), 0, 0.0),
            (Value::Int(7), 7, 7.0),
            (Value::Int64(-8), -8, -8.0),
            (Value::Int32(9), 9, 9.0),
            (Value::Uint8(3), 3, 3.0),
            (Value::Uint64(u64::MAX), -1, 18_446_744_073_709_551_615.0),
            (Value::Float64(1.9), 1, 1.9),
            (Value::Float64(-1.9), -1, -1.9),
            (Value::Float64(1e30), i64::MIN, 1e30),
            (Value::Float64(f64::NEG_INFINITY), i64::MIN, f64::NEG_INFINITY),
            (Value::Bytes([49].into()), 0, 0.0),
            (List::new(vec![Value::Int(1)]).into(), 0, 0.0),
        ];
        for (value, whole, float) in cases {
            assert_eq!((to_int64(&value), to_int(&value)), (whole, whole), "{value:?}");
            assert_eq!(to_float64(&value), float, "{value:?}");
        }
        assert_eq!(to_int64(&Value::Float64(f64::NAN)), i64::MIN);
    }

    /// As cast 1.7.0 converts.
    #[test]
    fn texts_become_numbers() {
        let cases = [
            ("", 0, 0.0),
            ("12", 12, 12.0),
            ("08", 0, 8.0),
            ("010", 8, 10.0),
            ("0x10", 16, 0.0),
            ("0b11", 3, 0.0),
            ("1_000", 1000, 1000.0),
            ("1.5", 0, 1.5),
            ("1.0", 1, 1.0),
            ("1.00", 1, 1.0),
            (".0", 0, 0.0),
            ("0.0", 0, 0.0),
            ("1.", 0, 1.0),
            ("-3.0", -3, -3.0),
            (" 1", 0, 0.0),
            ("1e3", 0, 1000.0),
            ("9223372036854775808", 0, 9_223_372_036_854_775_808.0),
            ("0x1p4", 0, 16.0),
            ("inf", 0, f64::INFINITY),
            ("abc", 0, 0.0),
            ("true", 0, 0.0),
        ];
        for (text, whole, float) in cases {
            assert_eq!(to_int64(&text.into()), whole, "{text}");
            assert_eq!(to_float64(&text.into()), float, "{text}");
        }
    }

    #[test]
    fn values_become_texts() {
        let map = Map::from_iter([("a", Value::Nil)]);
        let cases = [
            (Value::Nil, "<nil>"),
            (Value::from("a b"), "a b"),
            (Value::Bytes((*b"bytes").into()), "bytes"),
            (Value::Error("failed".into()), "failed"),
            (Value::Float64(1e6), "1e+06"),
            (map.into(), "map[a:<nil>]"),
        ];
        for (value, text) in cases {
            assert_eq!(strval(&value), text);
        }
    }
}
