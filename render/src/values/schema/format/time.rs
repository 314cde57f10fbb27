//! Points in time and spans of time.

use govalue::strconv;
use sprig::Time;

use super::{Check, ensure, quoted};

pub(super) fn date(text: &str) -> Result<(), String> {
    Time::parse(b"2006-01-02", text.as_bytes()).map(drop)
}

pub(super) fn date_time(text: &str) -> Result<(), String> {
    ensure(text.len() >= 20, "less than 20 characters long")?;
    let bytes = text.as_bytes();
    ensure(matches!(bytes.get(10), Some(b't' | b'T')), "11th character must be t or T")?;
    date(text.get(..10).unwrap_or_default()).map_err(|error| format!("invalid date element: {error}"))?;
    time(text.get(11..).unwrap_or_default()).map_err(|error| format!("invalid time element: {error}"))
}

pub(super) fn time(text: &str) -> Result<(), String> {
    ensure(text.len() >= 9, "less than 9 characters long")?;
    let bytes = text.as_bytes();
    let has_colons = bytes.get(2) == Some(&b':') && bytes.get(5) == Some(&b':');
    ensure(has_colons, "missing colon in correct place")?;
    let (clock, rest) = text.split_at_checked(8).ok_or("invalid hour/min/sec")?;
    let numbers = numbers(clock, "hour/min/sec", "")?;
    let [hour, minute, second] = numbers[..] else { return Err("missing hour/min/sec".into()) };
    ensure(hour <= 23 && minute <= 59 && second <= 60, "hour/min/sec out of range")?;
    let offset = offset(after_fraction(rest)?)?;
    let minutes = hour * 60 + minute - offset;
    let minutes = if minutes < 0 { minutes + 24 * 60 } else { minutes };
    ensure(second < 60 || minutes == 23 * 60 + 59, "invalid leap second")
}

fn after_fraction(text: &str) -> Result<&str, String> {
    let Some(fraction) = text.strip_prefix('.') else { return Ok(text) };
    let rest = fraction.trim_start_matches(|digit: char| digit.is_ascii_digit());
    ensure(rest.len() < fraction.len(), "no digits in second fraction")?;
    Ok(rest)
}

/// The minutes that a clock is ahead.
fn offset(text: &str) -> Result<i64, String> {
    if text == "z" || text == "Z" {
        return Ok(0);
    }
    ensure(text.len() == 6, "offset must be 6 characters long")?;
    let sign = match text.bytes().next() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return Err("offset must begin with plus/minus".into()),
    };
    let clock = text.get(1..).unwrap_or_default();
    ensure(clock.as_bytes().get(2) == Some(&b':'), "missing colon in offset in correct place")?;
    let numbers = numbers(clock, "hour/min", " in offset")?;
    let [hour, minute] = numbers[..] else { return Err("invalid hour/min in offset".into()) };
    ensure(hour <= 23 && minute <= 59, "hour/min in offset out of range")?;
    Ok(sign * (hour * 60 + minute))
}

fn numbers(clock: &str, what: &str, place: &str) -> Result<Vec<i64>, String> {
    let count = if place.is_empty() { 3 } else { 2 };
    let number = |part: &str| {
        let number = strconv::atoi(part.as_bytes()).map_err(|_| format!("invalid {what}{place}"))?;
        ensure(number >= 0, &format!("non-positive {what}{place}"))?;
        Ok(number)
    };
    clock.splitn(count, ':').map(number).collect()
}

pub(super) fn duration(text: &str) -> Result<(), String> {
    let text = text.strip_prefix('P').ok_or("must start with P")?;
    ensure(!text.is_empty(), "nothing after P")?;
    if let Some(weeks) = text.strip_suffix('W') {
        ensure(!weeks.is_empty(), "no number in week")?;
        return ensure(weeks.bytes().all(|digit| digit.is_ascii_digit()), "invalid week");
    }
    for (index, part) in text.split('T').enumerate() {
        ensure(index == 0 || !part.is_empty(), "no time elements")?;
        let units = ["YMD", "HMS"].get(index).copied().ok_or("more than one T")?;
        elements(part, units)?;
    }
    Ok(())
}

/// Numbers with units, each unit once and in this order.
fn elements(mut text: &str, all: &str) -> Result<(), String> {
    let mut units = all;
    while !text.is_empty() {
        let rest = text.trim_start_matches(|digit: char| digit.is_ascii_digit());
        ensure(rest.len() < text.len(), "missing number")?;
        // A unit is one byte, whatever it is a part of.
        let unit = char::from(*rest.as_bytes().first().ok_or("missing unit")?);
        let Some((_, left)) = units.split_once(unit) else {
            let (words, unit) = (if all.contains(unit) { " out of order" } else { "" }, quoted(unit));
            return Err(if words.is_empty() { format!("invalid unit {unit}") } else { format!("unit {unit}{words}") });
        };
        units = left;
        text = rest.get(1..).unwrap_or_default();
    }
    Ok(())
}

pub(super) fn period(text: &str) -> Result<(), String> {
    let (start, end) = text.split_once('/').ok_or("missing slash")?;
    let is_duration = |part: &str| part.starts_with('P');
    let named = |check: Check, part: &str, name: &str| check(part).map_err(|error| format!("invalid {name}: {error}"));
    if is_duration(start) {
        named(duration, start, "start duration")?;
        return named(date_time, end, "end date-time");
    }
    named(date_time, start, "start date-time")?;
    if is_duration(end) { named(duration, end, "end duration") } else { named(date_time, end, "end date-time") }
}
