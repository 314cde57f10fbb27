//! What a plain scalar means, by the rules of go-yaml v2: YAML 1.1 with some of 1.2.

/// A scalar's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Resolved {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    Timestamp,
    String,
}

impl Resolved {
    /// The short tag of its type.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Null => "!!null",
            Self::Bool(_) => "!!bool",
            Self::Int(_) | Self::Uint(_) => "!!int",
            Self::Float(_) => "!!float",
            Self::Timestamp => "!!timestamp",
            Self::String => "!!str",
        }
    }
}

/// What a text means. Whether it may be a timestamp is asked only where that is the answer to the question.
pub(crate) fn resolve(text: &str, timestamps: bool) -> Resolved {
    match text.as_bytes().first() {
        None => Resolved::Null,
        Some(b'+' | b'-' | b'0'..=b'9') => number(text, timestamps),
        Some(b'.') => match float_word(text) {
            Some(float) => Resolved::Float(float),
            None => float(text).map_or(Resolved::String, Resolved::Float),
        },
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => word(text),
        Some(_) => Resolved::String,
    }
}

fn word(text: &str) -> Resolved {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Resolved::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Resolved::Bool(false),
        "~" | "null" | "Null" | "NULL" => Resolved::Null,
        _ => Resolved::String,
    }
}

fn float_word(text: &str) -> Option<f64> {
    match text {
        ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

fn number(text: &str, timestamps: bool) -> Resolved {
    if let Some(float) = float_word(text) {
        return Resolved::Float(float);
    }
    if timestamps && crate::timestamp::is_timestamp(text) {
        return Resolved::Timestamp;
    }
    if text.contains('_') { plain_number(&text.replace('_', "")) } else { plain_number(text) }
}

fn plain_number(text: &str) -> Resolved {
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'-') => (Some(true), text.get(1..).unwrap_or_default()),
        Some(b'+') => (Some(false), text.get(1..).unwrap_or_default()),
        _ => (None, text),
    };
    if let Some(resolved) = magnitude(digits).and_then(|magnitude| integer(sign, magnitude)) {
        return resolved;
    }
    if let Some(float) = float(text) {
        return Resolved::Float(float);
    }
    match text.strip_prefix("0b") {
        Some(signed) if signed.starts_with(['+', '-']) => {
            i64::from_str_radix(signed, 2).map_or(Resolved::String, Resolved::Int)
        }
        _ => Resolved::String,
    }
}

/// The sign (negative or not) and the digits of an integer together, if 64 bits hold it. A sign allows no more
/// than 63.
fn integer(sign: Option<bool>, magnitude: u64) -> Option<Resolved> {
    match sign {
        Some(true) => 0_i64.checked_sub_unsigned(magnitude).map(Resolved::Int),
        Some(false) => i64::try_from(magnitude).ok().map(Resolved::Int),
        None => Some(i64::try_from(magnitude).map_or(Resolved::Uint(magnitude), Resolved::Int)),
    }
}

/// Digits with Go's prefixes for their base; a leading 0 alone means octal.
fn magnitude(digits: &str) -> Option<u64> {
    let (radix, digits) = match digits.as_bytes() {
        [b'0'] => (10, digits),
        [b'0', b'x' | b'X', _, ..] => (16, digits.get(2..)?),
        [b'0', b'o' | b'O', _, ..] => (8, digits.get(2..)?),
        [b'0', b'b' | b'B', _, ..] => (2, digits.get(2..)?),
        [b'0', ..] => (8, digits.get(1..)?),
        _ => (10, digits),
    };
    if digits.starts_with('+') {
        return None;
    }
    u64::from_str_radix(digits, radix).ok()
}

/// A decimal number with a fraction or an exponent, unless it is too large.
fn float(text: &str) -> Option<f64> {
    is_float(text).then(|| text.parse().ok()).flatten().filter(|float: &f64| float.is_finite())
}

fn is_float(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    exponent && digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty())
}
