//! Writing a time by a layout.

use std::io::Write;

use super::Time;
use super::civil::{self, Civil, MONTHS, WEEKDAYS};
use super::layout::{self, Element, Offset};

/// What a layout can show of a time.
struct Parts {
    date: Civil,
    year_day: i64,
    weekday: usize,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: u32,
    zone: Vec<u8>,
    offset: i64,
}

/// The time as the layout shows it.
pub(super) fn format(time: &Time, layout: &[u8]) -> Vec<u8> {
    let parts = Parts::of(time);
    let mut output = Vec::with_capacity(layout.len() + 10);
    let mut rest = layout;
    loop {
        let cut = layout::cut(rest);
        output.extend_from_slice(cut.prefix);
        let Some((element, _)) = cut.element else { return output };
        parts.write(&mut output, element);
        rest = cut.suffix;
    }
}

impl Parts {
    fn of(time: &Time) -> Self {
        let (zone, offset) = time.zone();
        let (days, seconds) = time.wall();
        let date = civil::from_days(days);
        Self {
            date,
            year_day: time.year_day(),
            weekday: time.weekday(),
            hour: seconds / 3600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
            nanosecond: time.nanosecond(),
            zone,
            offset,
        }
    }

    fn write(&self, output: &mut Vec<u8>, element: Element) {
        let month = MONTHS.get(usize::try_from(self.date.month - 1).unwrap_or_default()).copied().unwrap_or_default();
        let weekday = WEEKDAYS.get(self.weekday).copied().unwrap_or_default();
        let hour12 = if self.hour % 12 == 0 { 12 } else { self.hour % 12 };
        match element {
            Element::LongMonth => output.extend(month.bytes()),
            Element::Month => output.extend(month.bytes().take(3)),
            Element::NumMonth => number(output, self.date.month, 0),
            Element::ZeroMonth => number(output, self.date.month, 2),
            Element::LongWeekDay => output.extend(weekday.bytes()),
            Element::WeekDay => output.extend(weekday.bytes().take(3)),
            Element::Day => number(output, self.date.day, 0),
            Element::UnderDay => write(output, format_args!("{:2}", self.date.day)),
            Element::ZeroDay => number(output, self.date.day, 2),
            Element::UnderYearDay => write(output, format_args!("{:3}", self.year_day)),
            Element::ZeroYearDay => number(output, self.year_day, 3),
            Element::Hour => number(output, self.hour, 2),
            Element::Hour12 => number(output, hour12, 0),
            Element::ZeroHour12 => number(output, hour12, 2),
            Element::Minute => number(output, self.minute, 0),
            Element::ZeroMinute => number(output, self.minute, 2),
            Element::Second => number(output, self.second, 0),
            Element::ZeroSecond => number(output, self.second, 2),
            Element::LongYear => number(output, self.date.year, 4),
            Element::Year => number(output, self.date.year.abs() % 100, 2),
            Element::UpperPm => output.extend(if self.hour >= 12 { b"PM" } else { b"AM" }),
            Element::LowerPm => output.extend(if self.hour >= 12 { b"pm" } else { b"am" }),
            Element::ZoneName if self.zone.is_empty() => {
                self.write_offset(output, Offset { z: false, colons: false, parts: 2 });
            }
            Element::ZoneName => output.extend(&self.zone),
            Element::Offset(style) => self.write_offset(output, style),
            Element::Fraction { digits, separator } => {
                output.push(separator);
                output.extend(self.fraction().bytes().take(digits));
            }
            Element::TrimmedFraction { digits, separator } => self.write_trimmed(output, digits, separator),
        }
    }

    fn write_offset(&self, output: &mut Vec<u8>, style: Offset) {
        if style.z && self.offset == 0 {
            output.push(b'Z');
            return;
        }
        let minutes = self.offset / 60;
        output.push(if minutes < 0 { b'-' } else { b'+' });
        number(output, minutes.abs() / 60, 2);
        // What is less than a minute west of UTC keeps its sign here, as in Go.
        let seconds = if minutes < 0 { -self.offset } else { self.offset } % 60;
        for part in [minutes.abs() % 60, seconds].into_iter().take(usize::from(style.parts) - 1) {
            if style.colons {
                output.push(b':');
            }
            number(output, part, 2);
        }
    }

    fn fraction(&self) -> String {
        format!("{:09}", self.nanosecond)
    }

    fn write_trimmed(&self, output: &mut Vec<u8>, digits: usize, separator: u8) {
        if self.nanosecond == 0 {
            return;
        }
        let fraction = self.fraction();
        let shown = fraction.get(..digits.min(9)).unwrap_or_default().trim_end_matches('0');
        if !shown.is_empty() {
            output.push(separator);
            output.extend(shown.bytes());
        }
    }
}

/// Writes a number with zeros in front up to the width, which the sign does not count in.
fn number(output: &mut Vec<u8>, number: i64, width: usize) {
    let sign = if number < 0 { "-" } else { "" };
    write(output, format_args!("{sign}{:0width$}", number.unsigned_abs()));
}

fn write(output: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    // Writing to memory does not fail.
    let _ = output.write_fmt(text);
}
