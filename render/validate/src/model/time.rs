//! Times in settings.

/// Whole seconds of `20`, `20s`, `1m`, `1h` or `500ms`, rounded up; none for anything else.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    let number: i64 = number.parse().ok()?;
    match unit {
        "" | "s" => Some(number),
        "ms" => Some(number / 1000 + i64::from(number % 1000 > 0)),
        "m" => number.checked_mul(60),
        "h" => number.checked_mul(3600),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn times_have_units() {
        assert_eq!(["20", "20s", "1500ms", "2m", "1h"].map(seconds), [20, 20, 2, 120, 3600].map(Some));
        assert_eq!(["", "s", "1d", "-1", "99999999999999999999", "9999999999999999h"].map(seconds), [None; 6]);
    }
}
