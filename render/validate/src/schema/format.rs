//! Texts with a form: quantities, times, base64, names.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Whether a text is a quantity: `0.5`, `100m`, `1Gi`, `1e3`.
pub(in crate::schema) fn is_quantity(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let end =
        unsigned.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(unsigned.len());
    let (number, suffix) = unsigned.split_at(end);
    let is_number = number.bytes().filter(|byte| *byte == b'.').count() <= 1 && number != "." && !number.is_empty();
    is_number && is_suffix(suffix)
}

fn is_suffix(suffix: &str) -> bool {
    const UNITS: [&str; 16] = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    let is_exponent = || {
        let digits = suffix.strip_prefix(['e', 'E']).unwrap_or_default();
        let digits = digits.strip_prefix(['+', '-']).unwrap_or(digits);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    UNITS.contains(&suffix) || is_exponent()
}

/// Whether a text is base64 as Go reads it: line breaks do not count.
pub(in crate::schema) fn is_base64(text: &str) -> bool {
    let bytes: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    STANDARD.decode(bytes).is_ok()
}

/// Whether a text is a time of RFC 3339: `2026-11-21T23:00:00Z`.
pub(in crate::schema) fn is_time(text: &str) -> bool {
    let shape: String =
        text.chars().map(|character| if character.is_ascii_digit() { '0' } else { character }).collect();
    let Some(rest) = shape.strip_prefix("0000-00-00T00:00:00") else { return false };
    let rest = rest.strip_prefix('.').map_or(rest, |fraction| fraction.trim_start_matches('0'));
    matches!(rest, "Z" | "+00:00" | "-00:00")
}

/// What is wrong with a label of RFC 1123, if anything is.
pub(in crate::schema) fn label(text: &str) -> Option<String> {
    const WANTED: &str = "small letters, digits and '-', with a letter or digit at both ends";
    too_long(text, 63).or_else(|| (!is_label(text)).then(|| format!("wanted {WANTED}")))
}

/// What is wrong with a subdomain of RFC 1123, if anything is.
pub(in crate::schema) fn subdomain(text: &str) -> Option<String> {
    const WANTED: &str = "small letters, digits, '-' and '.', with a letter or digit at both ends of each part";
    too_long(text, 253).or_else(|| (!text.split('.').all(is_label)).then(|| format!("wanted {WANTED}")))
}

/// What is wrong with a label of RFC 1035, which begins with a letter.
pub(in crate::schema) fn label_1035(text: &str) -> Option<String> {
    let begins = text.starts_with(|character: char| character.is_ascii_lowercase());
    label(text).or_else(|| (!begins).then(|| "wanted a small letter at the beginning".to_owned()))
}

/// What is wrong with a part of a path, as names of roles are.
pub(in crate::schema) fn path_segment(text: &str) -> Option<String> {
    let is_bad = matches!(text, "." | "..") || text.contains(['/', '%']);
    is_bad.then(|| "wanted neither '/' nor '%'".to_owned())
}

/// What is wrong with the name of a port (RFC 6335).
pub(in crate::schema) fn port_name(text: &str) -> Option<String> {
    let has_letter = text.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_name = is_label(text) && has_letter && !text.contains("--");
    too_long(text, 15)
        .or_else(|| (!is_name).then(|| "wanted small letters, digits and single '-', and at least one letter".into()))
}

/// What is wrong with a key of a ConfigMap or Secret.
pub(in crate::schema) fn data_key(text: &str) -> Option<String> {
    let is_key = !text.is_empty() && text.bytes().all(is_inner) && text != "." && !text.starts_with("..");
    too_long(text, 253).or_else(|| (!is_key).then(|| "wanted letters, digits, '-', '_' and '.'".into()))
}

/// What is wrong with a label's key, or an annotation's: a name, with a subdomain and a slash before it or not.
pub(in crate::schema) fn qualified_name(text: &str) -> Option<String> {
    let (prefix, name) = text.split_once('/').map_or((None, text), |(prefix, name)| (Some(prefix), name));
    let problem = too_long(name, 63).or_else(|| (!is_name(name)).then(|| format!("wanted {NAME}")));
    problem.or_else(|| prefix.and_then(subdomain).map(|problem| format!("before the '/': {problem}")))
}

/// What is wrong with a label's value.
pub(in crate::schema) fn label_value(text: &str) -> Option<String> {
    too_long(text, 63).or_else(|| (!text.is_empty() && !is_name(text)).then(|| format!("wanted {NAME}")))
}

const NAME: &str = "letters, digits, '-', '_' and '.', with a letter or digit at both ends";

fn is_name(text: &str) -> bool {
    let is_end = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    is_end(text.bytes().next()) && is_end(text.bytes().last()) && text.bytes().all(is_inner)
}

fn is_inner(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

fn is_label(text: &str) -> bool {
    let is_end = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    is_end(text.bytes().next()) && is_end(text.bytes().last()) && text.bytes().all(is_inner)
}

pub(in crate::schema) fn too_long(text: &str, most: usize) -> Option<String> {
    (text.len() > most).then(|| format!("wanted at most {most} characters, met {}", text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities() {
        for text in ["0", "1", "+1", "-0.5", ".5", "5.", "100m", "1Gi", "1e3", "1E-3", "1E", "12k", "3n"] {
            assert!(is_quantity(text), "{text}");
        }
        for text in ["", ".", "m", "1 Gi", "1gb", "1.2.3", "1K", "1e", "--1", "0x10", "1GiB"] {
            assert!(!is_quantity(text), "{text}");
        }
    }

    #[test]
    fn times() {
        assert!(is_time("2026-11-21T23:00:00Z") && is_time("2026-11-21T23:00:00.25+01:00"));
        assert!(!is_time("2026-11-21") && !is_time("2026-11-21 23:00:00Z"));
    }

    #[test]
    fn names() {
        assert_eq!(label("web-1"), None);
        assert_eq!(label(&"a".repeat(64)).as_deref(), Some("wanted at most 63 characters, met 64"));
        for text in ["", "-a", "a-", "A", "a.b", "a_b"] {
            assert!(label(text).is_some(), "{text}");
        }
        assert!(subdomain("a.b-c.1").is_none() && subdomain("a..b").is_some());
        assert!(label_1035("1a").is_some() && path_segment("system:a").is_none() && path_segment("a/b").is_some());
        assert!(port_name("http-2").is_none() && port_name("8080").is_some() && port_name("a--b").is_some());
        assert!(qualified_name("app.kubernetes.io/name").is_none() && qualified_name("a/b/c").is_some());
        assert!(label_value("").is_none() && label_value("a b").is_some() && label_value("A_1.b").is_none());
        assert!(data_key(".env").is_none() && data_key("..a").is_some() && data_key("a/b").is_some());
    }
}
