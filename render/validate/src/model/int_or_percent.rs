//! Numbers that may be a share: `1` or `25%`.

use serde_json::Value;

/// A number or a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IntOrPercent {
    /// `1`
    Int(i64),
    /// `25%`
    Percent(i64),
}

impl IntOrPercent {
    /// None if it is neither, which the schema tells.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => number.as_i64().map(Self::Int),
            Value::String(text) => text.strip_suffix('%')?.parse().ok().map(Self::Percent),
            _ => None,
        }
    }

    /// Of this total, rounded up, as for disruption budgets and `maxSurge`.
    pub(crate) fn of_total_up(self, total: i64) -> i64 {
        match self {
            Self::Int(number) => number,
            Self::Percent(percent) => {
                let share = i128::from(percent) * i128::from(total);
                i64::try_from(share.div_euclid(100) + i128::from(share.rem_euclid(100) > 0)).unwrap_or(i64::MAX)
            }
        }
    }

    /// Of this total, rounded down, as for `maxUnavailable` of an update.
    pub(crate) fn of_total_down(self, total: i64) -> i64 {
        match self {
            Self::Int(number) => number,
            Self::Percent(percent) => {
                i64::try_from((i128::from(percent) * i128::from(total)).div_euclid(100)).unwrap_or(i64::MAX)
            }
        }
    }

    pub(crate) fn is_zero(self) -> bool {
        matches!(self, Self::Int(0) | Self::Percent(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_up() {
        assert_eq!(IntOrPercent::Percent(50).of_total_up(3), 2);
        assert_eq!(IntOrPercent::Percent(100).of_total_up(3), 3);
        assert_eq!(IntOrPercent::Percent(1).of_total_up(3), 1);
        assert_eq!(IntOrPercent::Percent(0).of_total_up(3), 0);
        assert_eq!(IntOrPercent::Percent(50).of_total_down(3), 1);
        assert_eq!(IntOrPercent::Percent(i64::MAX).of_total_up(i64::MAX), i64::MAX);
    }

    #[test]
    fn it_is_a_number_or_a_percentage() {
        assert_eq!(IntOrPercent::of(&Value::from(2)), Some(IntOrPercent::Int(2)));
        assert_eq!(IntOrPercent::of(&Value::from("25%")), Some(IntOrPercent::Percent(25)));
        assert_eq!(IntOrPercent::of(&Value::from("25")), None);
    }
}
