//! Amounts of resources: `1`, `1000m` and `"1.0"` are one.

use serde_json::Value as Json;

/// Fields that hold a table of amounts.
const TABLES: [&str; 2] = ["requests", "limits"];
/// Suffixes with what they multiply by, in thousandths: as Kubernetes, which rounds up what is finer.
const SUFFIXES: [(&str, u128); 13] = [
    ("Ki", 1_000 << 10),
    ("Mi", 1_000 << 20),
    ("Gi", 1_000 << 30),
    ("Ti", 1_000 << 40),
    ("Pi", 1_000 << 50),
    ("Ei", 1_000 << 60),
    ("m", 1),
    ("k", 1_000_000),
    ("M", 1_000_000_000),
    ("G", 1_000_000_000_000),
    ("T", 1_000_000_000_000_000),
    ("P", 1_000_000_000_000_000_000),
    ("E", 1_000_000_000_000_000_000_000),
];

/// Writes every amount under `requests` and `limits` in thousandths.
pub(super) fn normalise(json: &mut Json) {
    match json {
        Json::Object(map) => {
            for (key, value) in map {
                if TABLES.contains(&key.as_str()) {
                    value.as_object_mut().into_iter().flatten().for_each(|(_, amount)| canonical(amount));
                }
                normalise(value);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(normalise),
        _ => {}
    }
}

fn canonical(amount: &mut Json) {
    let text = amount.as_str().map_or_else(|| amount.to_string(), str::to_owned);
    if let Some(thousandths) = thousandths(&text) {
        *amount = format!("{thousandths}m").into();
    }
}

/// None for what is no amount, or too big a one.
fn thousandths(text: &str) -> Option<u128> {
    let (number, factor) = SUFFIXES
        .iter()
        .find_map(|(suffix, factor)| Some((text.strip_suffix(suffix)?, *factor)))
        .unwrap_or((text, 1_000));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let scale = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let scaled: u128 = format!("{whole}{fraction}").parse().ok()?;
    Some(scaled.checked_mul(factor)?.div_ceil(scale))
}

#[cfg(test)]
mod tests {
    use super::thousandths;

    #[test]
    fn amounts_that_are_one_are_written_alike() {
        for same in [["1", "1000m"], ["1.5", "1500m"], ["1Gi", "1024Mi"], ["1k", "1000"], ["0.5Ki", "512"], ["0", "0m"]]
        {
            assert_eq!(thousandths(same[0]), thousandths(same[1]), "{same:?}");
        }
        assert_ne!(thousandths("1M"), thousandths("1Mi"));
        assert_eq!(thousandths("0.0001"), Some(1), "finer than a thousandth is rounded up");
        for none in ["", "m", "1x", ".", "-1", "1.2.3", "99999999999999999999999999999999999999E"] {
            assert_eq!(thousandths(none), None, "{none}");
        }
    }
}
