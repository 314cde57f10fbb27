//! Decimal numbers of any size, as the `…f` functions compute with.

use num_bigint::{BigInt, Sign};

/// How many digits a quotient has after the point.
const DIVISION_PRECISION: i64 = 16;

/// `value` times ten to the power of `exponent`.
#[derive(Clone, Debug)]
pub(super) struct Decimal {
    value: BigInt,
    exponent: i64,
}

impl TryFrom<f64> for Decimal {
    type Error = String;

    /// The shortest decimal that reads back as this number.
    fn try_from(number: f64) -> Result<Self, String> {
        if !number.is_finite() {
            let name = match number {
                number if number.is_nan() => "NaN",
                number if number > 0.0 => "+Inf",
                _ => "-Inf",
            };
            return Err(format!("Cannot create a Decimal from {name}"));
        }
        let text = format!("{number:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let places = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let value = digits.replace('.', "").parse().unwrap_or_default();
        let exponent: i64 = exponent.parse().unwrap_or_default();
        Ok(Self { value, exponent: exponent - i64::try_from(places).unwrap_or_default() })
    }
}

impl Decimal {
    #[expect(clippy::unnecessary_wraps, reason = "one shape for all operations")]
    pub(super) fn add(&self, other: &Self) -> Result<Self, String> {
        let exponent = self.exponent.min(other.exponent);
        Ok(Self { value: self.at(exponent) + other.at(exponent), exponent })
    }

    #[expect(clippy::unnecessary_wraps, reason = "one shape for all operations")]
    pub(super) fn sub(&self, other: &Self) -> Result<Self, String> {
        let exponent = self.exponent.min(other.exponent);
        Ok(Self { value: self.at(exponent) - other.at(exponent), exponent })
    }

    #[expect(clippy::unnecessary_wraps, reason = "one shape for all operations")]
    pub(super) fn mul(&self, other: &Self) -> Result<Self, String> {
        Ok(Self { value: &self.value * &other.value, exponent: self.exponent + other.exponent })
    }

    /// The quotient with 16 digits after the point, halves away from zero.
    pub(super) fn div(&self, other: &Self) -> Result<Self, String> {
        if other.value.sign() == Sign::NoSign {
            return Err("decimal division by 0".to_owned());
        }
        let shift = self.exponent - other.exponent + DIVISION_PRECISION;
        let (dividend, divisor) = if shift < 0 {
            (self.value.clone(), &other.value * ten_to(-shift))
        } else {
            (&self.value * ten_to(shift), other.value.clone())
        };
        let mut value = &dividend / &divisor;
        let remainder = &dividend % &divisor;
        if remainder.magnitude() * 2_u32 >= *divisor.magnitude() {
            value += if dividend.sign() == divisor.sign() { 1 } else { -1 };
        }
        Ok(Self { value, exponent: -DIVISION_PRECISION })
    }

    /// The nearest `float64`.
    pub(super) fn to_f64(&self) -> f64 {
        format!("{}e{}", self.value, self.exponent).parse().unwrap_or_default()
    }

    /// The value that goes with a smaller exponent.
    fn at(&self, exponent: i64) -> BigInt {
        &self.value * ten_to(self.exponent - exponent)
    }
}

fn ten_to(power: i64) -> BigInt {
    BigInt::from(10).pow(u32::try_from(power).unwrap_or_default())
}
