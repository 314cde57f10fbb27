//! `time.Time`.

use std::any::Any;
use std::cmp::Ordering;

use govalue::{Kind, NamedType, Object, Value};

use super::civil::{self, Civil};
use super::location::Location;
use super::methods::TIME;
use super::{Duration, format, parse};

const SECONDS_OF_DAY: i64 = 86_400;
const NANOSECONDS: i128 = 1_000_000_000;

/// Seconds from the zero time, the start of year 1, to 1970.
const ZERO_TIME: i64 = -62_135_596_800;

/// An instant and the zone in which it is shown.
#[derive(Clone, Debug)]
pub struct Time {
    seconds: i64,
    nanoseconds: u32,
    monotonic: Option<i64>,
    location: Location,
}

impl Time {
    /// So many seconds and nanoseconds after the start of 1970, in UTC.
    pub fn utc(seconds: i64, nanoseconds: u32) -> Self {
        Self { seconds, nanoseconds, monotonic: None, location: Location::Utc }
    }

    /// Reads a time by one of Go's layouts, in the local zone, which is UTC, unless the text names one, as
    /// `time.ParseInLocation`.
    ///
    /// The error is Go's text: `parsing time "2026-13-01": month out of range`.
    pub fn parse(layout: &[u8], text: &[u8]) -> Result<Self, String> {
        parse::parse(layout, text)
    }

    /// The same instant in a zone of this name, so many seconds east of UTC.
    #[must_use]
    pub fn in_zone(&self, name: &str, offset: i64) -> Self {
        self.within(Location::Fixed(name.as_bytes().into(), offset))
    }

    pub(crate) fn local(seconds: i64, nanoseconds: u32) -> Self {
        Self { location: Location::Local, ..Self::utc(seconds, nanoseconds) }
    }

    /// The zero time: the start of year 1.
    pub(super) fn zero() -> Self {
        Self::utc(ZERO_TIME, 0)
    }

    pub(crate) fn with_monotonic(self, nanoseconds: i64) -> Self {
        Self { monotonic: Some(nanoseconds), ..self }
    }

    /// The same instant in another zone.
    pub(super) fn within(&self, location: Location) -> Self {
        Self { location, monotonic: None, ..self.clone() }
    }

    /// The instant at which clocks of a zone show this.
    pub(super) fn at(date: Civil, seconds_of_day: i64, nanoseconds: u32, location: Location) -> Self {
        let days = civil::to_days(date.year, date.month, date.day);
        let wall = days.wrapping_mul(SECONDS_OF_DAY).wrapping_add(seconds_of_day);
        let (_, guess) = location.lookup(wall);
        let (_, offset) = location.lookup(wall.wrapping_sub(guess));
        Self { seconds: wall.wrapping_sub(offset), nanoseconds, monotonic: None, location }
    }

    /// Seconds since the start of 1970, as `Unix()`.
    pub fn unix(&self) -> i64 {
        self.seconds
    }

    pub(super) fn nanosecond(&self) -> u32 {
        self.nanoseconds
    }

    pub(super) fn location(&self) -> &Location {
        &self.location
    }

    /// The zone's abbreviation and its offset at this instant.
    pub(super) fn zone(&self) -> (Vec<u8>, i64) {
        self.location.lookup(self.seconds)
    }

    /// Days since 1970 and seconds of the day, as clocks there show.
    pub(super) fn wall(&self) -> (i64, i64) {
        let (_, offset) = self.zone();
        let local = self.seconds.saturating_add(offset);
        (local.div_euclid(SECONDS_OF_DAY), local.rem_euclid(SECONDS_OF_DAY))
    }

    pub(super) fn date(&self) -> Civil {
        civil::from_days(self.wall().0)
    }

    /// 1 to 366.
    pub(super) fn year_day(&self) -> i64 {
        let days = self.wall().0;
        days - civil::to_days(civil::from_days(days).year, 1, 1) + 1
    }

    /// 0 is Sunday.
    pub(super) fn weekday(&self) -> usize {
        usize::try_from((self.wall().0 + 4).rem_euclid(7)).unwrap_or_default()
    }

    /// The time as the layout shows it, as `Format`.
    pub fn format(&self, layout: &[u8]) -> Vec<u8> {
        format::format(self, layout)
    }

    pub(crate) fn add(&self, duration: Duration) -> Self {
        let sum = self.instant() + i128::from(duration.0);
        let seconds = i64::try_from(sum.div_euclid(NANOSECONDS)).unwrap_or_default();
        let nanoseconds = u32::try_from(sum.rem_euclid(NANOSECONDS)).unwrap_or_default();
        let monotonic = self.monotonic.and_then(|reading| reading.checked_add(duration.0));
        Self { seconds, nanoseconds, monotonic, location: self.location.clone() }
    }

    /// From the other time to this one, at most what a duration holds.
    pub(super) fn sub(&self, other: &Self) -> Duration {
        let difference = match (self.monotonic, other.monotonic) {
            (Some(this), Some(other)) => i128::from(this) - i128::from(other),
            _ => self.instant() - other.instant(),
        };
        let limit = if difference < 0 { i64::MIN } else { i64::MAX };
        Duration(i64::try_from(difference).unwrap_or(limit))
    }

    /// So many calendar years, months and days later.
    pub(super) fn add_date(&self, years: i64, months: i64, days: i64) -> Self {
        let date = self.date();
        let date = Civil {
            year: date.year.wrapping_add(years),
            month: date.month.wrapping_add(months),
            day: date.day.wrapping_add(days),
        };
        Self::at(date, self.wall().1, self.nanoseconds, self.location.clone())
    }

    /// The last multiple of the step since the zero time, or the nearest one.
    pub(super) fn truncate(&self, step: Duration, nearest: bool) -> Self {
        let plain = Self { monotonic: None, ..self.clone() };
        if step.0 <= 0 {
            return plain;
        }
        let since_zero = self.instant() - i128::from(ZERO_TIME) * NANOSECONDS;
        let remainder = i64::try_from(since_zero.rem_euclid(i128::from(step.0))).unwrap_or_default();
        if nearest && remainder >= step.0 - remainder {
            plain.add(Duration(step.0 - remainder))
        } else {
            plain.add(Duration(-remainder))
        }
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        match (self.monotonic, other.monotonic) {
            (Some(this), Some(other)) => this.cmp(&other),
            _ => self.instant().cmp(&other.instant()),
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.seconds == ZERO_TIME && self.nanoseconds == 0
    }

    /// Nanoseconds since 1970.
    pub(super) fn instant(&self) -> i128 {
        i128::from(self.seconds) * NANOSECONDS + i128::from(self.nanoseconds)
    }

    /// As `MarshalJSON`: RFC 3339, which has four digits for a year.
    pub(super) fn rfc3339(&self) -> Result<String, String> {
        if !(0..=9999).contains(&self.date().year) {
            return Err("Time.MarshalJSON: year outside of range [0,9999]".to_owned());
        }
        Ok(self.format_text("2006-01-02T15:04:05.999999999Z07:00"))
    }

    pub(super) fn format_text(&self, layout: &str) -> String {
        String::from_utf8_lossy(&self.format(layout.as_bytes())).into_owned()
    }

    fn monotonic_text(&self) -> String {
        let Some(reading) = self.monotonic else { return String::new() };
        let sign = if reading < 0 { '-' } else { '+' };
        let amount = reading.unsigned_abs();
        format!(" m={sign}{}.{:09}", amount / 1_000_000_000, amount % 1_000_000_000)
    }
}

impl Object for Time {
    fn type_of(&self) -> &'static NamedType {
        &TIME
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn display(&self) -> Option<String> {
        Some(self.format_text("2006-01-02 15:04:05.999999999 -0700 MST") + &self.monotonic_text())
    }

    fn to_json(&self) -> Result<Value, String> {
        Ok(self.rfc3339()?.into())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
