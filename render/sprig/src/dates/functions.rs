//! The functions that templates call.

use std::rc::Rc;

use govalue::{Function, Str, Type, Value};

use super::location::Location;
use super::parse::parse;
use super::{Duration, Time};
use crate::Environment;
use crate::args::{any, bytes, text};
use crate::numbers::atoi;
use crate::objects::{downcast, expect, object};

const TIME: Type = Type::Named("time.Time");
const ANY: &[Type] = &[Type::Any];
const HTML_DATE: &[u8] = b"2006-01-02";

type Call = fn(&Environment, &[Value]) -> Result<Value, String>;

/// Name, parameters and what it does.
const TABLE: &[(&str, &[Type], Call)] = &[
    ("now", &[], |env, _| Ok(object(env.now()))),
    ("ago", ANY, |env, args| Ok(ago(env, any(args, 0)).text().into())),
    ("date", &[Type::String, Type::Any], |env, args| Ok(date(env, bytes(args, 0), any(args, 1), "Local"))),
    ("dateInZone", IN_ZONE, |env, args| Ok(date_in_zone(env, args))),
    ("date_in_zone", IN_ZONE, |env, args| Ok(date_in_zone(env, args))),
    ("htmlDate", ANY, |env, args| Ok(date(env, HTML_DATE, any(args, 0), "Local"))),
    ("htmlDateInZone", &[Type::Any, Type::String], |env, args| Ok(date(env, HTML_DATE, any(args, 0), &text(args, 1)))),
    ("dateModify", MODIFY, |_, args| modify(args).or_else(|_| Ok(any(args, 1).clone()))),
    ("date_modify", MODIFY, |_, args| modify(args).or_else(|_| Ok(any(args, 1).clone()))),
    ("mustDateModify", MODIFY, |_, args| modify(args)),
    ("must_date_modify", MODIFY, |_, args| modify(args)),
    ("duration", ANY, |_, args| Ok(seconds(any(args, 0)).text().into())),
    ("durationRound", ANY, |env, args| Ok(rounded(span(env, any(args, 0))).into())),
    ("toDate", &[Type::String, Type::String], |_, args| {
        Ok(object(parse(bytes(args, 0), bytes(args, 1)).unwrap_or_else(|_| Time::zero())))
    }),
    ("mustToDate", &[Type::String, Type::String], |_, args| Ok(object(parse(bytes(args, 0), bytes(args, 1))?))),
    ("unixEpoch", &[TIME], |_, args| Ok(downcast::<Time>(any(args, 0)).map_or(0, Time::unix).to_string().into())),
];

const IN_ZONE: &[Type] = &[Type::String, Type::Any, Type::String];
const MODIFY: &[Type] = &[Type::String, TIME];

pub(crate) fn functions(env: &Rc<Environment>) -> Vec<(&'static str, Function)> {
    let function = |&(name, params, call): &(&'static str, &'static [Type], Call)| {
        let env = Rc::clone(env);
        (name, Function::new(params, move |args| call(&env, args)))
    };
    TABLE.iter().map(function).collect()
}

/// A time, or seconds since 1970; `int32` only where Go's function knows it.
fn instant(value: &Value, int32: bool) -> Option<Time> {
    match value {
        Value::Int(seconds) | Value::Int64(seconds) => Some(Time::local(*seconds, 0)),
        Value::Int32(seconds) if int32 => Some(Time::local(i64::from(*seconds), 0)),
        value => downcast::<Time>(value).cloned(),
    }
}

/// What is neither a time nor a whole number counts as now; an unknown zone is UTC.
fn date(env: &Environment, layout: &[u8], value: &Value, zone: &str) -> Value {
    let time = instant(value, true).unwrap_or_else(|| env.now());
    let location = Location::load(zone).unwrap_or(Location::Utc);
    Str::from(time.within(location).format(layout)).into()
}

fn date_in_zone(env: &Environment, args: &[Value]) -> Value {
    date(env, bytes(args, 0), any(args, 1), &text(args, 2))
}

/// How long ago it was, in whole seconds.
fn ago(env: &Environment, value: &Value) -> Duration {
    let now = env.now();
    let time = instant(value, false).unwrap_or_else(|| now.clone());
    now.sub(&time).round(Duration::from_seconds(1))
}

fn modify(args: &[Value]) -> Result<Value, String> {
    let duration = Duration::parse(bytes(args, 0))?;
    let time = expect::<Time>(any(args, 1))?;
    Ok(object(time.add(duration)))
}

fn seconds(value: &Value) -> Duration {
    match value {
        Value::String(text) => Duration::from_seconds(atoi(text)),
        Value::Int64(seconds) => Duration::from_seconds(*seconds),
        _ => Duration(0),
    }
}

/// The span that a text, a number of nanoseconds or a time in the past stands for.
fn span(env: &Environment, value: &Value) -> Duration {
    match value {
        Value::String(text) => Duration::parse(text).unwrap_or(Duration(0)),
        Value::Int64(nanoseconds) => Duration(*nanoseconds),
        value => downcast::<Time>(value).map_or(Duration(0), |time| env.now().sub(time)),
    }
}

/// In the largest unit of which there is more than one, without a sign.
fn rounded(duration: Duration) -> String {
    const SECOND: u64 = 1_000_000_000;
    const DAY: u64 = 24 * 3600 * SECOND;
    const UNITS: [(u64, &str); 6] =
        [(365 * DAY, "y"), (30 * DAY, "mo"), (DAY, "d"), (3600 * SECOND, "h"), (60 * SECOND, "m"), (SECOND, "s")];
    let amount = duration.0.unsigned_abs();
    let unit = UNITS.iter().find(|(unit, _)| amount > *unit);
    unit.map_or_else(|| "0s".to_owned(), |(unit, name)| format!("{}{name}", amount / unit))
}
