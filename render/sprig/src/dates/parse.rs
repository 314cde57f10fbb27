//! Reading a time by a layout.

use super::Time;
use super::civil::{self, Civil, MONTHS, WEEKDAYS};
use super::duration::quote;
use super::layout::{self, Element, Offset};
use super::location::Location;

/// What was read so far.
#[derive(Default)]
struct Fields {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    year_day: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: u32,
    /// Set by `PM` (true) or `AM`.
    afternoon: Option<bool>,
    utc: bool,
    offset: Option<i64>,
    zone: Vec<u8>,
}

/// Why an element could not be read.
enum Problem {
    Bad,
    OutOfRange(&'static str),
}

type Read<'a, T> = Result<(T, &'a [u8]), Problem>;

/// Reads a time, in the local zone unless the text names one, as `time.ParseInLocation`. The error is Go's text.
pub(super) fn parse(layout: &[u8], text: &[u8]) -> Result<Time, String> {
    let cannot = |element: &[u8], rest: &[u8]| {
        let (text, layout, rest, element) = (quote(text), quote(layout), quote(rest), quote(element));
        format!("parsing time {text} as {layout}: cannot parse {rest} as {element}")
    };
    let wrong = |message: &str| format!("parsing time {}: {message}", quote(text));
    let mut fields = Fields::default();
    let (mut pattern, mut rest) = (layout, text);
    loop {
        let cut = layout::cut(pattern);
        rest = skip(rest, cut.prefix).map_err(|rest| cannot(cut.prefix, rest))?;
        let Some((element, element_text)) = cut.element else { break };
        pattern = cut.suffix;
        rest = match fields.read(element, rest, pattern) {
            Ok(left) => left,
            Err(Problem::Bad) => return Err(cannot(element_text, rest)),
            Err(Problem::OutOfRange(what)) => return Err(wrong(&format!("{what} out of range"))),
        };
    }
    if !rest.is_empty() {
        return Err(wrong(&format!("extra text: {}", quote(rest))));
    }
    fields.time().map_err(wrong)
}

/// Takes a literal off the text, a run of spaces for a run of spaces; the error is where it stopped.
fn skip<'a>(mut text: &'a [u8], mut literal: &[u8]) -> Result<&'a [u8], &'a [u8]> {
    while let Some((&byte, rest)) = literal.split_first() {
        if byte == b' ' {
            if text.first().is_some_and(|&first| first != b' ') {
                return Err(text);
            }
            literal = cut_spaces(literal);
            text = cut_spaces(text);
            continue;
        }
        text = text.strip_prefix(&[byte]).ok_or(text)?;
        literal = rest;
    }
    Ok(text)
}

fn cut_spaces(text: &[u8]) -> &[u8] {
    let spaces = text.iter().take_while(|&&byte| byte == b' ').count();
    text.get(spaces..).unwrap_or_default()
}

impl Fields {
    /// Reads one element and gives what follows; `pattern` is the layout after it.
    fn read<'a>(&mut self, element: Element, text: &'a [u8], pattern: &[u8]) -> Result<&'a [u8], Problem> {
        let rest = match element {
            Element::LongYear | Element::Year => self.read_year(element, text)?,
            Element::LongMonth | Element::Month | Element::NumMonth | Element::ZeroMonth => {
                let (month, rest) = read_month(element, text)?;
                self.month = Some(month);
                rest
            }
            Element::LongWeekDay => name(&WEEKDAYS, usize::MAX, text)?.1,
            Element::WeekDay => name(&WEEKDAYS, 3, text)?.1,
            Element::Day | Element::UnderDay | Element::ZeroDay => {
                let text = if element == Element::UnderDay { text.strip_prefix(b" ").unwrap_or(text) } else { text };
                let (day, rest) = two_digits(text, element == Element::ZeroDay)?;
                self.day = Some(day);
                rest
            }
            Element::UnderYearDay | Element::ZeroYearDay => {
                let (day, rest) = read_year_day(element, text)?;
                self.year_day = Some(day);
                rest
            }
            Element::Hour => store(&mut self.hour, two_digits(text, false)?, 23, "hour")?,
            Element::Hour12 | Element::ZeroHour12 => {
                store(&mut self.hour, two_digits(text, element == Element::ZeroHour12)?, 12, "hour")?
            }
            Element::Minute | Element::ZeroMinute => {
                store(&mut self.minute, two_digits(text, element == Element::ZeroMinute)?, 59, "minute")?
            }
            Element::Second | Element::ZeroSecond => {
                let read = two_digits(text, element == Element::ZeroSecond)?;
                let rest = store(&mut self.second, read, 59, "second")?;
                self.read_unasked_fraction(rest, pattern)?
            }
            Element::UpperPm => self.read_half(text, b"PM", b"AM")?,
            Element::LowerPm => self.read_half(text, b"pm", b"am")?,
            Element::ZoneName => self.read_zone_name(text)?,
            Element::Offset(style) => self.read_offset(style, text)?,
            Element::Fraction { digits, .. } => self.read_fraction(text, digits + 1)?,
            Element::TrimmedFraction { .. } => match fraction_length(text) {
                Some(length) => self.read_fraction(text, length)?,
                None => text,
            },
        };
        Ok(rest)
    }

    fn read_year<'a>(&mut self, element: Element, text: &'a [u8]) -> Result<&'a [u8], Problem> {
        let long = element == Element::LongYear;
        if long && !text.first().is_some_and(u8::is_ascii_digit) {
            return Err(Problem::Bad);
        }
        let (digits, rest) = text.split_at_checked(if long { 4 } else { 2 }).ok_or(Problem::Bad)?;
        let year = signed_number(digits).ok_or(Problem::Bad)?;
        self.year = match year {
            year if long => year,
            year if year >= 69 => year + 1900,
            year => year + 2000,
        };
        Ok(rest)
    }

    /// A fraction after the seconds is read though the layout has none.
    fn read_unasked_fraction<'a>(&mut self, text: &'a [u8], pattern: &[u8]) -> Result<&'a [u8], Problem> {
        let next = layout::cut(pattern).element;
        if let Some((Element::Fraction { .. } | Element::TrimmedFraction { .. }, _)) = next {
            return Ok(text);
        }
        match fraction_length(text) {
            Some(length) => self.read_fraction(text, length),
            None => Ok(text),
        }
    }

    /// A separator and digits, of which nine count.
    fn read_fraction<'a>(&mut self, text: &'a [u8], length: usize) -> Result<&'a [u8], Problem> {
        let (fraction, rest) = text.split_at_checked(length).ok_or(Problem::Bad)?;
        let (separator, digits) = fraction.split_first().ok_or(Problem::Bad)?;
        if !matches!(separator, b'.' | b',') {
            return Err(Problem::Bad);
        }
        let digits = digits.get(..digits.len().min(9)).unwrap_or_default();
        let number = signed_number(digits).ok_or(Problem::Bad)?;
        let number = u32::try_from(number).map_err(|_| Problem::OutOfRange("fractional second"))?;
        let missing = u32::try_from(9 - digits.len()).unwrap_or_default();
        self.nanosecond = number * 10_u32.pow(missing);
        Ok(rest)
    }

    fn read_half<'a>(&mut self, text: &'a [u8], after: &[u8], before: &[u8]) -> Result<&'a [u8], Problem> {
        let (half, rest) = text.split_at_checked(2).ok_or(Problem::Bad)?;
        if half == after {
            self.afternoon = Some(true);
        } else if half == before {
            // After a `PM` an `AM` does not count.
            self.afternoon = self.afternoon.or(Some(false));
        } else {
            return Err(Problem::Bad);
        }
        Ok(rest)
    }

    fn read_zone_name<'a>(&mut self, text: &'a [u8]) -> Result<&'a [u8], Problem> {
        if let Some(rest) = text.strip_prefix(b"UTC") {
            self.utc = true;
            return Ok(rest);
        }
        let (zone, rest) = text.split_at(zone_name_length(text).ok_or(Problem::Bad)?);
        self.zone = zone.to_vec();
        Ok(rest)
    }

    fn read_offset<'a>(&mut self, style: Offset, text: &'a [u8]) -> Result<&'a [u8], Problem> {
        if style.z
            && let Some(rest) = text.strip_prefix(b"Z")
        {
            self.utc = true;
            return Ok(rest);
        }
        let (sign, mut rest) = text.split_first().ok_or(Problem::Bad)?;
        let needed = usize::from(style.parts) * 2 + if style.colons { usize::from(style.parts) - 1 } else { 0 };
        if rest.len() < needed {
            return Err(Problem::Bad);
        }
        let mut numbers = [0; 3];
        let mut bad = false;
        for (index, number) in numbers.iter_mut().enumerate().take(usize::from(style.parts)) {
            if style.colons && index > 0 {
                rest = rest.strip_prefix(b":").ok_or(Problem::Bad)?;
            }
            let (digits, left) = rest.split_at_checked(2).ok_or(Problem::Bad)?;
            if !bad {
                match two_digits(digits, true) {
                    Ok((value, _)) => *number = value,
                    Err(_) => bad = true,
                }
            }
            rest = left;
        }
        let [hours, minutes, seconds] = numbers;
        let parts = [(hours, 24, "hour"), (minutes, 60, "minute"), (seconds, 60, "second")];
        if let Some((_, _, part)) = parts.into_iter().rev().find(|(value, limit, _)| value > limit) {
            return Err(Problem::OutOfRange(match part {
                "hour" => "time zone offset hour",
                "minute" => "time zone offset minute",
                _ => "time zone offset second",
            }));
        }
        let offset = (hours * 60 + minutes) * 60 + seconds;
        self.offset = match sign {
            _ if bad => return Err(Problem::Bad),
            b'+' => Some(offset),
            b'-' => Some(-offset),
            _ => return Err(Problem::Bad),
        };
        Ok(rest)
    }

    /// The time that the fields make.
    fn time(mut self) -> Result<Time, &'static str> {
        match self.afternoon {
            Some(true) if self.hour < 12 => self.hour += 12,
            Some(false) if self.hour == 12 => self.hour = 0,
            _ => {}
        }
        let date = self.date()?;
        let seconds = self.hour * 3600 + self.minute * 60 + self.second;
        let at = |location| Time::at(date, seconds, self.nanosecond, location);
        if self.utc {
            return Ok(at(Location::Utc));
        }
        // Go keeps -1 for no offset at all.
        if let Some(offset) = self.offset.filter(|offset| *offset != -1) {
            if offset == 0 && self.zone.is_empty() {
                return Ok(at(Location::Local));
            }
            return Ok(at(Location::Fixed(self.zone.as_slice().into(), offset)));
        }
        if self.zone.is_empty() {
            return Ok(at(Location::Local));
        }
        let hours = self.zone.strip_prefix(b"GMT").filter(|rest| !rest.is_empty()).and_then(signed_number);
        let instant = at(Location::Utc);
        Ok(instant.within(Location::Fixed(self.zone.as_slice().into(), hours.unwrap_or_default() * 3600)))
    }

    fn date(&self) -> Result<Civil, &'static str> {
        let (month, day) = match self.year_day {
            Some(year_day) => self.month_and_day(year_day)?,
            None => (self.month.unwrap_or(1), self.day.unwrap_or(1)),
        };
        if day < 1 || day > civil::days_in(month, self.year) {
            return Err("day out of range");
        }
        Ok(Civil { year: self.year, month, day })
    }

    fn month_and_day(&self, year_day: i64) -> Result<(i64, i64), &'static str> {
        let last = if civil::is_leap(self.year) { 366 } else { 365 };
        if !(1..=last).contains(&year_day) {
            return Err("day-of-year out of range");
        }
        let Civil { month, day, .. } = civil::from_days(civil::to_days(self.year, 1, year_day));
        if self.month.is_some_and(|seen| seen != month) {
            return Err("day-of-year does not match month");
        }
        if self.day.is_some_and(|seen| seen != day) {
            return Err("day-of-year does not match day");
        }
        Ok((month, day))
    }
}

fn store<'a>(
    field: &mut i64,
    (number, rest): (i64, &'a [u8]),
    limit: i64,
    what: &'static str,
) -> Result<&'a [u8], Problem> {
    if number > limit {
        return Err(Problem::OutOfRange(what));
    }
    *field = number;
    Ok(rest)
}

fn read_month(element: Element, text: &[u8]) -> Read<'_, i64> {
    let named = |length| name(&MONTHS, length, text).map(|(index, rest)| (index + 1, rest));
    match element {
        Element::LongMonth => named(usize::MAX),
        Element::Month => named(3),
        _ => {
            let (month, rest) = two_digits(text, element == Element::ZeroMonth)?;
            if (1..=12).contains(&month) { Ok((month, rest)) } else { Err(Problem::OutOfRange("month")) }
        }
    }
}

fn read_year_day(element: Element, mut text: &[u8]) -> Read<'_, i64> {
    let fixed = element == Element::ZeroYearDay;
    if !fixed {
        for _ in 0..2 {
            text = text.strip_prefix(b" ").unwrap_or(text);
        }
    }
    let digits = text.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || fixed && digits != 3 {
        return Err(Problem::Bad);
    }
    let (number, rest) = text.split_at(digits);
    Ok((signed_number(number).unwrap_or_default(), rest))
}

/// The place of the name, of which so many letters count, that a text starts with in any case.
fn name<'a>(names: &[&str], letters: usize, text: &'a [u8]) -> Read<'a, i64> {
    for (index, name) in (0..).zip(names) {
        let name = name.as_bytes();
        let length = name.len().min(letters);
        if let (Some(name), Some((start, rest))) = (name.get(..length), text.split_at_checked(length))
            && start.eq_ignore_ascii_case(name)
        {
            return Ok((index, rest));
        }
    }
    Err(Problem::Bad)
}

/// One or two digits, or exactly two.
fn two_digits(text: &[u8], fixed: bool) -> Read<'_, i64> {
    match text {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] => {
            Ok((i64::from(tens - b'0') * 10 + i64::from(ones - b'0'), rest))
        }
        [ones @ b'0'..=b'9', rest @ ..] if !fixed => Ok((i64::from(ones - b'0'), rest)),
        _ => Err(Problem::Bad),
    }
}

/// A short number with or without a sign, and nothing else; no digits at all are 0.
fn signed_number(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    let number = digits.iter().try_fold(0_i64, |sum, byte| {
        let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
        sum.checked_mul(10)?.checked_add(digit)
    })?;
    Some(if negative { -number } else { number })
}

/// The length of a separator and at least one digit.
fn fraction_length(text: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(b".").or_else(|| text.strip_prefix(b","))?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0).then_some(digits + 1)
}

/// The length of what looks like the abbreviation of a zone.
fn zone_name_length(text: &[u8]) -> Option<usize> {
    if text.len() < 3 {
        return None;
    }
    if text.starts_with(b"ChST") || text.starts_with(b"MeST") {
        return Some(4);
    }
    if let Some(rest) = text.strip_prefix(b"GMT") {
        return Some(3 + signed_hours_length(rest).unwrap_or_default());
    }
    if matches!(text.first(), Some(b'+' | b'-')) {
        return signed_hours_length(text);
    }
    let letters = text.iter().take(6).take_while(|byte| byte.is_ascii_uppercase()).count();
    match letters {
        3 => Some(3),
        4 if text.get(3) == Some(&b'T') || text.starts_with(b"WITA") => Some(4),
        5 if text.get(4) == Some(&b'T') => Some(5),
        _ => None,
    }
}

/// The length of a sign and a number up to 23.
fn signed_hours_length(text: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(b"+").or_else(|| text.strip_prefix(b"-"))?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let hours = signed_number(rest.get(..digits)?)?;
    (digits > 0 && hours <= 23).then_some(digits + 1)
}
