//! Numbers as they are written: a tenth is a tenth, so that 0.3 is three times as much.

use std::cmp::Ordering;
use std::fmt;

use govalue::strconv::format_float;
use num_bigint::BigInt;
use serde_json::Value as Json;

/// Digits, and the power of ten that they are multiplied by.
#[derive(Clone, Debug)]
pub(super) struct Decimal {
    digits: BigInt,
    exponent: i32,
}

impl Decimal {
    /// The number that a value is.
    pub(super) fn of(json: &Json) -> Option<Self> {
        let number = json.as_number()?;
        if let Some(whole) = number.as_i64() {
            return Some(Self { digits: whole.into(), exponent: 0 });
        }
        if let Some(whole) = number.as_u64() {
            return Some(Self { digits: whole.into(), exponent: 0 });
        }
        let text = format_float(number.as_f64()?, b'e', None);
        let (mantissa, exponent) = text.split_once('e')?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let places = i32::try_from(fraction.len()).ok()?;
        let digits = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { digits, exponent: exponent.parse::<i32>().ok()? - places })
    }

    /// Whether this is a multiple of the other. Nothing is one of zero.
    pub(super) fn is_multiple_of(&self, other: &Self) -> bool {
        let (own, other) = self.aligned(other);
        other != BigInt::ZERO && own % other == BigInt::ZERO
    }

    pub(super) fn is_whole(&self) -> bool {
        self.is_multiple_of(&Self { digits: 1.into(), exponent: 0 })
    }

    /// The number, if it counts something.
    pub(super) fn to_count(&self) -> Option<u64> {
        if !self.is_whole() {
            return None;
        }
        let (own, one) = self.aligned(&Self { digits: 1.into(), exponent: 0 });
        (own / one).try_into().ok()
    }

    pub(super) fn to_f64(&self) -> f64 {
        format!("{}e{}", self.digits, self.exponent).parse().unwrap_or_default()
    }

    /// The digits of both with the same power of ten.
    fn aligned(&self, other: &Self) -> (BigInt, BigInt) {
        let least = self.exponent.min(other.exponent);
        let digits = |number: &Self| &number.digits * BigInt::from(10).pow(number.exponent.abs_diff(least));
        (digits(self), digits(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (own, other) = self.aligned(other);
        own.cmp(&other)
    }
}

impl fmt::Display for Decimal {
    /// The same text for equal numbers.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.digits.to_string();
        let digits = text.trim_end_matches('0');
        if digits.is_empty() {
            return formatter.write_str("0");
        }
        // The nulls that were cut off count in the exponent.
        let cut = i64::try_from(text.len() - digits.len()).unwrap_or_default();
        write!(formatter, "{digits}e{}", i64::from(self.exponent) + cut)
    }
}
