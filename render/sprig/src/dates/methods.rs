//! The methods of times and durations.

use govalue::cast::to_int64;
use govalue::{Method, NamedType, Str, Type, Value};

use super::location::Location;
use super::scalars::Named;
use super::{Duration, Time};
use crate::args::{any, bytes, int};
use crate::objects::{downcast, expect, object};

pub(super) static TIME: NamedType = NamedType { name: "time.Time", methods: TIME_METHODS };
pub(super) static DURATION: NamedType = NamedType { name: "time.Duration", methods: DURATION_METHODS };

type Call = fn(&Value, &[Value]) -> Result<Value, String>;

const TIME_PARAM: &[Type] = &[Type::Named("time.Time")];
const DURATION_PARAM: &[Type] = &[Type::Named("time.Duration")];
const INT_64: i64 = 1_000_000_000;

const fn method(name: &'static str, params: &'static [Type], call: Call) -> Method {
    Method { name, params, variadic: false, call }
}

fn time(value: &Value) -> Result<&Time, String> {
    expect(value)
}

/// A duration, or the plain number that stands for one.
fn duration(args: &[Value]) -> Duration {
    downcast(any(args, 0)).copied().unwrap_or_else(|| Duration(to_int64(any(args, 0))))
}

fn whole(number: i64) -> Value {
    Value::Int(number)
}

/// Nanoseconds since 1970 in units of so many; what does not fit wraps around.
fn unix_in(time: &Time, unit: i64) -> Value {
    let per_second = INT_64 / unit;
    let rest = i64::from(time.nanosecond()) / unit;
    Value::Int64(time.unix().wrapping_mul(per_second).wrapping_add(rest))
}

fn compared(receiver: &Value, args: &[Value]) -> Result<std::cmp::Ordering, String> {
    Ok(time(receiver)?.compare(time(any(args, 0))?))
}

const TIME_METHODS: &[Method] = &[
    method("Add", DURATION_PARAM, |receiver, args| Ok(object(time(receiver)?.add(duration(args))))),
    method("AddDate", &[Type::Int, Type::Int, Type::Int], |receiver, args| {
        Ok(object(time(receiver)?.add_date(int(args, 0), int(args, 1), int(args, 2))))
    }),
    method("After", TIME_PARAM, |receiver, args| Ok(compared(receiver, args)?.is_gt().into())),
    method("Before", TIME_PARAM, |receiver, args| Ok(compared(receiver, args)?.is_lt().into())),
    method("Compare", TIME_PARAM, |receiver, args| Ok(whole(compared(receiver, args)? as i64))),
    method("Day", &[], |receiver, _| Ok(whole(time(receiver)?.date().day))),
    method("Equal", TIME_PARAM, |receiver, args| Ok(compared(receiver, args)?.is_eq().into())),
    method("Format", &[Type::String], |receiver, args| Ok(Str::from(time(receiver)?.format(bytes(args, 0))).into())),
    method("Hour", &[], |receiver, _| Ok(whole(time(receiver)?.wall().1 / 3600))),
    method("In", &[Type::Named("*time.Location")], |receiver, args| {
        Ok(object(time(receiver)?.within(expect::<Location>(any(args, 0))?.clone())))
    }),
    method("IsDST", &[], |receiver, _| {
        let time = time(receiver)?;
        Ok(time.location().is_dst(time.unix()).into())
    }),
    method("IsZero", &[], |receiver, _| Ok(time(receiver)?.is_zero().into())),
    method("Local", &[], |receiver, _| Ok(object(time(receiver)?.within(Location::Local)))),
    method("Location", &[], |receiver, _| Ok(object(time(receiver)?.location().clone()))),
    method("Minute", &[], |receiver, _| Ok(whole(time(receiver)?.wall().1 / 60 % 60))),
    method("Month", &[], |receiver, _| Ok(object(Named::Month(time(receiver)?.date().month)))),
    method("Nanosecond", &[], |receiver, _| Ok(whole(i64::from(time(receiver)?.nanosecond())))),
    method("Round", DURATION_PARAM, |receiver, args| Ok(object(time(receiver)?.truncate(duration(args), true)))),
    method("Second", &[], |receiver, _| Ok(whole(time(receiver)?.wall().1 % 60))),
    method("String", &[], |receiver, _| Ok(govalue::Object::display(time(receiver)?).unwrap_or_default().into())),
    method("Sub", TIME_PARAM, |receiver, args| Ok(object(time(receiver)?.sub(time(any(args, 0))?)))),
    method("Truncate", DURATION_PARAM, |receiver, args| Ok(object(time(receiver)?.truncate(duration(args), false)))),
    method("UTC", &[], |receiver, _| Ok(object(time(receiver)?.within(Location::Utc)))),
    method("Unix", &[], |receiver, _| Ok(Value::Int64(time(receiver)?.unix()))),
    method("UnixMicro", &[], |receiver, _| Ok(unix_in(time(receiver)?, 1_000))),
    method("UnixMilli", &[], |receiver, _| Ok(unix_in(time(receiver)?, 1_000_000))),
    method("UnixNano", &[], |receiver, _| Ok(unix_in(time(receiver)?, 1))),
    method("Weekday", &[], |receiver, _| {
        let weekday = i64::try_from(time(receiver)?.weekday()).unwrap_or_default();
        Ok(object(Named::Weekday(weekday)))
    }),
    method("Year", &[], |receiver, _| Ok(whole(time(receiver)?.date().year))),
    method("YearDay", &[], |receiver, _| Ok(whole(time(receiver)?.year_day()))),
];

fn span(value: &Value) -> Result<Duration, String> {
    expect::<Duration>(value).copied()
}

const DURATION_METHODS: &[Method] = &[
    method("Abs", &[], |receiver, _| Ok(object(Duration(span(receiver)?.0.saturating_abs())))),
    method("Hours", &[], |receiver, _| Ok(Value::Float64(span(receiver)?.hours()))),
    method("Microseconds", &[], |receiver, _| Ok(Value::Int64(span(receiver)?.0 / 1_000))),
    method("Milliseconds", &[], |receiver, _| Ok(Value::Int64(span(receiver)?.0 / 1_000_000))),
    method("Minutes", &[], |receiver, _| Ok(Value::Float64(span(receiver)?.minutes()))),
    method("Nanoseconds", &[], |receiver, _| Ok(Value::Int64(span(receiver)?.0))),
    method("Round", DURATION_PARAM, |receiver, args| Ok(object(span(receiver)?.round(duration(args))))),
    method("Seconds", &[], |receiver, _| Ok(Value::Float64(span(receiver)?.seconds()))),
    method("String", &[], |receiver, _| Ok(span(receiver)?.text().into())),
    method("Truncate", DURATION_PARAM, |receiver, args| Ok(object(span(receiver)?.truncate(duration(args))))),
];
