//! Reading a time by a layout.

mod scan;

use self::scan::{
    Problem, fraction_length, name, read_month, read_year_day, signed_number, store, two_digits, zone_name_length,
};
use super::Time;
use super::civil::{self, Civil, WEEKDAYS};
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
