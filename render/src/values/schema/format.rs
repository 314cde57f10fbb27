//! Why a text is not of a format, for the formats that charts use.

use serde_json::Value as Json;

use super::text::quoted;

/// The failure of `format`.
pub(super) fn failure(format: &str, met: &Json) -> String {
    let text = met.as_str().unwrap_or_default();
    format!("{} is not valid {format}: {}", quoted(text), reason(format, text))
}

/// The first thing that Helm's library finds wrong.
fn reason(format: &str, text: &str) -> String {
    match format {
        "regex" => sprig::regex::translate(text).err().unwrap_or_else(|| "invalid".into()),
        "email" if !text.contains('@') => "missing @".into(),
        "ipv4" => ipv4(text).into(),
        "ipv6" if !text.contains(':') => "missing colon".into(),
        "uri" | "iri" => "relative url".into(),
        "hostname" => hostname(text),
        "uuid" if text.split('-').count() != 5 => "must have 5 elements".into(),
        "date-time" if text.len() < 20 => "less than 20 characters long".into(),
        "date" => date(text),
        "time" if text.len() < 9 => "less than 9 characters long".into(),
        "duration" if !text.starts_with('P') => "must start with P".into(),
        "json-pointer" if !text.starts_with('/') => "not starting with /".into(),
        _ => "invalid".into(),
    }
}

fn ipv4(text: &str) -> &'static str {
    let parts: Vec<&str> = text.split('.').collect();
    if parts.len() != 4 {
        return "expected four decimals";
    }
    if parts.iter().any(|part| part.len() > 1 && part.starts_with('0')) {
        return "leading zeros";
    }
    "decimal must be between 0 and 255"
}

fn hostname(text: &str) -> String {
    if text.len() > 253 {
        return "more than 253 characters long".into();
    }
    for label in text.split('.') {
        if label.is_empty() || label.len() > 63 {
            return "label must be 1 to 63 characters long".into();
        }
        if label.starts_with('-') {
            return "label starts with hyphen".into();
        }
        if label.ends_with('-') {
            return "label ends with hyphen".into();
        }
        if let Some(other) = label.chars().find(|other| !other.is_ascii_alphanumeric() && *other != '-') {
            return format!("invalid character {other:?}");
        }
    }
    "invalid".into()
}

/// As Go's `time.Parse` says it, for texts of the right shape.
fn date(text: &str) -> String {
    let month = text.get(5..7).and_then(|month| month.parse::<u8>().ok());
    let part = if month.is_some_and(|month| (1..=12).contains(&month)) { "day" } else { "month" };
    format!("parsing time {text:?}: {part} out of range")
}
