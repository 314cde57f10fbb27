//! `time.Duration`.

use std::any::Any;

use govalue::{Kind, NamedType, Object, Value};

use super::methods::DURATION;

const SECOND: u64 = 1_000_000_000;

/// A span of time in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(pub i64);

impl Duration {
    /// Reads `1h15m30.5s`, as `time.ParseDuration`. The error is Go's text.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        parse(text).map_err(|problem| format!("time: {problem} {}", quote(text)))
    }

    /// So many seconds; what does not fit wraps around.
    pub(super) fn from_seconds(seconds: i64) -> Self {
        Self(seconds.wrapping_mul(1_000_000_000))
    }

    /// In units of so many nanoseconds, with the fraction.
    fn fraction_of(self, unit: i64) -> f64 {
        let (whole, rest) = (self.0 / unit, self.0 % unit);
        #[expect(clippy::cast_precision_loss, reason = "as Go computes it")]
        let (whole, rest, unit) = (whole as f64, rest as f64, unit as f64);
        whole + rest / unit
    }

    /// As a number of seconds.
    pub fn seconds(self) -> f64 {
        self.fraction_of(1_000_000_000)
    }

    /// As a number of minutes.
    pub fn minutes(self) -> f64 {
        self.fraction_of(60_000_000_000)
    }

    /// As a number of hours.
    pub fn hours(self) -> f64 {
        self.fraction_of(3_600_000_000_000)
    }

    /// Towards zero to a multiple of the step.
    #[must_use]
    pub fn truncate(self, step: Self) -> Self {
        if step.0 <= 0 { self } else { Self(self.0 - self.0 % step.0) }
    }

    /// To the nearest multiple of the step, halves away from zero, within what a duration holds.
    #[must_use]
    pub fn round(self, step: Self) -> Self {
        if step.0 <= 0 {
            return self;
        }
        let (this, step) = (i128::from(self.0), i128::from(step.0));
        let rest = (this % step).abs();
        let down = this.abs() - rest;
        let rounded = if rest + rest < step { down } else { down + step };
        let limit = if this < 0 { i64::MIN } else { i64::MAX };
        Self(i64::try_from(rounded * this.signum()).unwrap_or(limit))
    }

    /// As `String()`: `1h15m30.5s`.
    pub fn text(self) -> String {
        let amount = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        if amount >= SECOND {
            let seconds = amount / SECOND;
            let rest = decimal(seconds % 60, amount % SECOND, 9);
            return match (seconds / 3600, seconds / 60 % 60) {
                (0, 0) => format!("{sign}{rest}s"),
                (0, minutes) => format!("{sign}{minutes}m{rest}s"),
                (hours, minutes) => format!("{sign}{hours}h{minutes}m{rest}s"),
            };
        }
        match amount {
            0 => "0s".to_owned(),
            1..1_000 => format!("{sign}{amount}ns"),
            1_000..1_000_000 => format!("{sign}{}µs", decimal(amount / 1_000, amount % 1_000, 3)),
            _ => format!("{sign}{}ms", decimal(amount / 1_000_000, amount % 1_000_000, 6)),
        }
    }
}

/// A number with so many decimal places, without zeros at its end.
fn decimal(whole: u64, fraction: u64, places: usize) -> String {
    let text = format!("{whole}.{fraction:0places$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The error lacks the text that was read.
fn parse(text: &[u8]) -> Result<Duration, String> {
    const INVALID: &str = "invalid duration";
    let (negative, mut rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] | rest => (false, rest),
    };
    if rest == b"0" {
        return Ok(Duration(0));
    }
    if rest.is_empty() {
        return Err(INVALID.to_owned());
    }
    let mut sum = 0_u64;
    while !rest.is_empty() {
        let (amount, left) = part(rest)?;
        sum = sum.checked_add(amount).filter(|sum| *sum <= 1 << 63).ok_or(INVALID)?;
        rest = left;
    }
    match (negative, i64::try_from(sum)) {
        (true, _) => Ok(Duration(0_i64.wrapping_sub_unsigned(sum))),
        (false, Ok(sum)) => Ok(Duration(sum)),
        (false, Err(_)) => Err(INVALID.to_owned()),
    }
}

/// One number and its unit; gives nanoseconds and what follows.
fn part(text: &[u8]) -> Result<(u64, &[u8]), String> {
    const INVALID: &str = "invalid duration";
    if !matches!(text.first(), Some(b'.' | b'0'..=b'9')) {
        return Err(INVALID.to_owned());
    }
    let (digits, rest) = split_digits(text);
    let whole = digits
        .iter()
        .try_fold(0_u64, |sum, digit| sum.checked_mul(10)?.checked_add(u64::from(digit - b'0')))
        .filter(|whole| *whole <= 1 << 63)
        .ok_or(INVALID)?;
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] => split_digits(rest),
        rest => (&[][..], rest),
    };
    if digits.is_empty() && fraction.is_empty() {
        return Err(INVALID.to_owned());
    }
    let end = rest.iter().position(|byte| matches!(byte, b'.' | b'0'..=b'9')).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    if name.is_empty() {
        return Err("missing unit in duration".to_owned());
    }
    let unit = unit(name).ok_or_else(|| format!("unknown unit {} in duration", quote(name)))?;
    let amount = whole.checked_mul(unit).filter(|amount| *amount <= 1 << 63).ok_or(INVALID)?;
    let amount = amount.checked_add(nanoseconds(fraction, unit)).filter(|amount| *amount <= 1 << 63);
    Ok((amount.ok_or(INVALID)?, rest))
}

fn split_digits(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len()))
}

fn unit(name: &[u8]) -> Option<u64> {
    let unit = match std::str::from_utf8(name).ok()? {
        "ns" => 1,
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => SECOND,
        "m" => 60 * SECOND,
        "h" => 3600 * SECOND,
        _ => return None,
    };
    Some(unit)
}

/// The fraction of a unit that these decimals say; digits beyond 63 bits do not count.
fn nanoseconds(digits: &[u8], unit: u64) -> u64 {
    let (mut value, mut scale) = (0_u64, 1.0_f64);
    for digit in digits {
        let next = value * 10 + u64::from(digit - b'0');
        if value > ((1 << 63) - 1) / 10 || next > 1 << 63 {
            break;
        }
        value = next;
        scale *= 10.0;
    }
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "as Go computes it"
    )]
    let nanoseconds = (value as f64 * (unit as f64 / scale)) as u64;
    nanoseconds
}

/// As package time quotes: all bytes outside of ASCII as `\x…`.
pub(super) fn quote(text: &[u8]) -> String {
    let mut quoted = String::from('"');
    for &byte in text {
        match byte {
            b'"' | b'\\' => quoted.extend(['\\', char::from(byte)]),
            b' '..=0x7f => quoted.push(char::from(byte)),
            _ => quoted.extend(format!("\\x{byte:02x}").chars()),
        }
    }
    quoted.push('"');
    quoted
}

impl Object for Duration {
    fn type_of(&self) -> &'static NamedType {
        &DURATION
    }

    fn kind(&self) -> Kind {
        Kind::Int64
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::Int64(self.0))
    }

    fn display(&self) -> Option<String> {
        Some(self.text())
    }

    fn to_json(&self) -> Result<Value, String> {
        Ok(Value::Int64(self.0))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
