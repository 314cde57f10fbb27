//! Quantities, as Kubernetes writes them: `100m`, `1.5Gi`, `2e3`.

use serde_json::Value;

/// An amount in billionths, the finest that Kubernetes tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quantity(i128);

const BILLION: i128 = 1_000_000_000;

impl Quantity {
    pub(crate) const fn whole(number: i128) -> Self {
        Self(number.saturating_mul(BILLION))
    }

    /// From a string or a number; none where it is no quantity.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Self::parse(text),
            Value::Number(number) => Self::parse(&number.to_string()),
            _ => None,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-'))).unwrap_or(text.len());
        let (number, suffix) = text.split_at_checked(end)?;
        // Billionths of the unit, by its numerator and denominator.
        let (numerator, denominator) = unit(suffix)?;
        let (mantissa, decimals) = mantissa(number)?;
        let (times, parts) =
            (numerator.checked_mul(BILLION)?, 10_i128.checked_pow(decimals)?.checked_mul(denominator)?);
        let common = greatest_common_divisor(times, parts);
        Some(Self(mantissa.checked_mul(times / common)? / (parts / common)))
    }

    /// In thousandths, rounded up.
    pub(crate) fn thousandths(self) -> i128 {
        const MILLION: i128 = 1_000_000;
        self.0.div_euclid(MILLION) + i128::from(self.0.rem_euclid(MILLION) > 0)
    }

    pub(crate) fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// So many hundredths of it.
    pub(crate) fn share(self, percent: i64) -> Option<Self> {
        self.0.checked_mul(i128::from(percent)).map(|hundredths| Self(hundredths / 100))
    }

    pub(crate) fn checked_mul(self, times: i64) -> Option<Self> {
        self.0.checked_mul(i128::from(times)).map(Self)
    }

    pub(crate) fn is_whole(self) -> bool {
        self.0 % BILLION == 0
    }

    pub(crate) fn is_positive(self) -> bool {
        self.0 > 0
    }
}

/// Of two numbers above zero.
fn greatest_common_divisor(one: i128, other: i128) -> i128 {
    if other == 0 { one } else { greatest_common_divisor(other, one % other) }
}

/// The digits without the point, and how many stand behind it.
fn mantissa(number: &str) -> Option<(i128, u32)> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{fraction}");
    Some((digits.parse().ok()?, u32::try_from(fraction.len()).ok()?))
}

fn unit(suffix: &str) -> Option<(i128, i128)> {
    let power = |base: i128, exponent: u32| Some((base.checked_pow(exponent)?, 1));
    match suffix {
        "n" => Some((1, BILLION)),
        "u" => Some((1, 1_000_000)),
        "m" => Some((1, 1000)),
        "" => Some((1, 1)),
        "k" => power(1000, 1),
        "M" => power(1000, 2),
        "G" => power(1000, 3),
        "T" => power(1000, 4),
        "P" => power(1000, 5),
        "E" => power(1000, 6),
        "Ki" => power(1024, 1),
        "Mi" => power(1024, 2),
        "Gi" => power(1024, 3),
        "Ti" => power(1024, 4),
        "Pi" => power(1024, 5),
        "Ei" => power(1024, 6),
        _ => exponent(suffix),
    }
}

fn exponent(suffix: &str) -> Option<(i128, i128)> {
    let exponent: i32 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    let power = 10_i128.checked_pow(exponent.unsigned_abs())?;
    Some(if exponent < 0 { (1, power) } else { (power, 1) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn amounts_compare_whatever_their_unit() {
        let quantity = |text: &str| Quantity::of(&Value::from(text)).unwrap();
        assert_eq!(quantity("0.1"), quantity("100m"));
        assert_eq!(quantity("1.125899906842623e+15"), quantity("1125899906842623"));
        assert_eq!(quantity("1Gi"), quantity("1024Mi"));
        assert_eq!(quantity("2e3"), quantity("2k"));
        assert_eq!(Quantity::of(&Value::from(0.5)), Some(quantity("500m")));
        assert!(quantity("1G") < quantity("1Gi"));
        assert!(!quantity("100m").is_whole());
    }

    #[test]
    fn what_is_no_quantity_has_no_amount() {
        for text in ["", "Mi", "1mi", "1 Gi", "1e400", "99999999999999999999999999999999999999999", "é", "1e"] {
            assert_eq!(Quantity::of(&Value::from(text)), None, "{text}");
        }
        assert_eq!(Quantity::of(&Value::Null), None);
    }
}
