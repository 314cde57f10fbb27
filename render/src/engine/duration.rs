//! Helm 4's functions of durations.

use std::rc::Rc;

use govalue::{Function, Type, Value, strconv};
use sprig::Duration;

use super::any;

const ANY: &[Type] = &[Type::Any];
const ANY_ANY: &[Type] = &[Type::Any, Type::Any];
const SECOND: i64 = 1_000_000_000;

pub(super) fn functions() -> Vec<(&'static str, Function)> {
    vec![
        ("mustToDuration", Function::new(ANY, |arguments| read(&any(arguments, 0)).map(value))),
        ("durationSeconds", float(Duration::seconds)),
        ("durationMilliseconds", whole(1_000_000)),
        ("durationMicroseconds", whole(1_000)),
        ("durationNanoseconds", whole(1)),
        ("durationMinutes", float(Duration::minutes)),
        ("durationHours", float(Duration::hours)),
        ("durationDays", float(|duration| duration.hours() / 24.0)),
        ("durationWeeks", float(|duration| duration.hours() / 24.0 / 7.0)),
        ("durationRoundTo", to_multiple(Duration::round)),
        ("durationTruncateTo", to_multiple(Duration::truncate)),
    ]
}

fn value(duration: Duration) -> Value {
    Value::Object(Rc::new(duration))
}

/// What is no duration counts as nothing.
fn float(part: impl Fn(Duration) -> f64 + 'static) -> Function {
    Function::new(ANY, move |arguments| Ok(Value::Float64(read(&any(arguments, 0)).map_or(0.0, &part))))
}

fn whole(unit: i64) -> Function {
    Function::new(ANY, move |arguments| {
        Ok(Value::Int64(read(&any(arguments, 0)).map_or(0, |duration| duration.0 / unit)))
    })
}

/// What is no duration counts as nothing; a step that is none changes nothing.
fn to_multiple(round: impl Fn(Duration, Duration) -> Duration + 'static) -> Function {
    Function::new(ANY_ANY, move |arguments| {
        let Ok(duration) = read(&any(arguments, 0)) else { return Ok(value(Duration(0))) };
        let step = read(&any(arguments, 1));
        Ok(value(step.map_or(duration, |step| round(duration, step))))
    })
}

/// A duration, a text such as `1h2m` or `2.5`, or a number of seconds.
fn read(given: &Value) -> Result<Duration, String> {
    match given {
        Value::Nil | Value::Invalid => Err("invalid duration".into()),
        Value::String(text) => read_text(&text.to_text()),
        Value::Int(seconds) | Value::Int64(seconds) => whole_seconds(*seconds),
        Value::Int32(seconds) => whole_seconds((*seconds).into()),
        Value::Uint8(seconds) => whole_seconds((*seconds).into()),
        Value::Uint64(seconds) => {
            i64::try_from(*seconds).map_err(|_| overflow(&seconds.to_string())).and_then(whole_seconds)
        }
        Value::Float64(seconds) => float_seconds(*seconds),
        other => match other {
            Value::Object(object) if object.as_any().is::<Duration>() => {
                Ok(object.as_any().downcast_ref().copied().unwrap_or(Duration(0)))
            }
            other => Err(format!("unsupported duration type {}", other.type_name())),
        },
    }
}

fn read_text(given: &str) -> Result<Duration, String> {
    let text = given.trim();
    if text.is_empty() {
        return Err("empty duration".into());
    }
    Duration::parse(text.as_bytes()).or_else(|_| match strconv::parse_float(text.as_bytes()) {
        Ok(seconds) => float_seconds(seconds),
        Err(_) => Err(format!("could not parse duration {}", strconv::quote(given.as_bytes()))),
    })
}

fn whole_seconds(seconds: i64) -> Result<Duration, String> {
    seconds.checked_mul(SECOND).map(Duration).ok_or_else(|| overflow(&seconds.to_string()))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "as Go converts, within the bounds checked"
)]
fn float_seconds(seconds: f64) -> Result<Duration, String> {
    let text = || strconv::format_float(seconds, b'g', None);
    if !seconds.is_finite() {
        return Err(format!("invalid duration seconds: {}", text()));
    }
    if seconds.abs() > i64::MAX as f64 / SECOND as f64 {
        return Err(overflow(&text()));
    }
    Ok(Duration((seconds * SECOND as f64) as i64))
}

fn overflow(seconds: &str) -> String {
    format!("duration seconds overflow: {seconds}")
}
