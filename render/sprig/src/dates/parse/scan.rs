//! The pieces of a time's text: numbers, names of months and days, abbreviations of zones.

use crate::dates::civil::MONTHS;
use crate::dates::layout::Element;

/// Why an element could not be read.
pub(super) enum Problem {
    Bad,
    OutOfRange(&'static str),
}

pub(super) type Read<'a, T> = Result<(T, &'a [u8]), Problem>;

pub(super) fn store<'a>(
    field: &mut i64,
    (number, rest): (i64, &'a [u8]),
    limit: i64,
    what: &'static str,
) -> Result<&'a [u8], Problem> {
    if number > limit {
        return Err(Problem::OutOfRange(what));
    }
    *field = number;
    Ok(rest)
}

pub(super) fn read_month(element: Element, text: &[u8]) -> Read<'_, i64> {
    let named = |length| name(&MONTHS, length, text).map(|(index, rest)| (index + 1, rest));
    match element {
        Element::LongMonth => named(usize::MAX),
        Element::Month => named(3),
        _ => {
            let (month, rest) = two_digits(text, element == Element::ZeroMonth)?;
            if (1..=12).contains(&month) { Ok((month, rest)) } else { Err(Problem::OutOfRange("month")) }
        }
    }
}

pub(super) fn read_year_day(element: Element, mut text: &[u8]) -> Read<'_, i64> {
    let fixed = element == Element::ZeroYearDay;
    if !fixed {
        for _ in 0..2 {
            text = text.strip_prefix(b" ").unwrap_or(text);
        }
    }
    let digits = text.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || fixed && digits != 3 {
        return Err(Problem::Bad);
    }
    let (number, rest) = text.split_at(digits);
    Ok((signed_number(number).unwrap_or_default(), rest))
}

/// The place of the name, of which so many letters count, that a text starts with in any case.
pub(super) fn name<'a>(names: &[&str], letters: usize, text: &'a [u8]) -> Read<'a, i64> {
    for (index, name) in (0..).zip(names) {
        let name = name.as_bytes();
        let length = name.len().min(letters);
        if let (Some(name), Some((start, rest))) = (name.get(..length), text.split_at_checked(length))
            && start.eq_ignore_ascii_case(name)
        {
            return Ok((index, rest));
        }
    }
    Err(Problem::Bad)
}

/// One or two digits, or exactly two.
pub(super) fn two_digits(text: &[u8], fixed: bool) -> Read<'_, i64> {
    match text {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] => {
            Ok((i64::from(tens - b'0') * 10 + i64::from(ones - b'0'), rest))
        }
        [ones @ b'0'..=b'9', rest @ ..] if !fixed => Ok((i64::from(ones - b'0'), rest)),
        _ => Err(Problem::Bad),
    }
}

/// A short number with or without a sign, and nothing else; no digits at all are 0.
pub(super) fn signed_number(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    let number = digits.iter().try_fold(0_i64, |sum, byte| {
        let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
        sum.checked_mul(10)?.checked_add(digit)
    })?;
    Some(if negative { -number } else { number })
}

/// The length of a separator and at least one digit.
pub(super) fn fraction_length(text: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(b".").or_else(|| text.strip_prefix(b","))?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0).then_some(digits + 1)
}

/// The length of what looks like the abbreviation of a zone.
pub(super) fn zone_name_length(text: &[u8]) -> Option<usize> {
    if text.len() < 3 {
        return None;
    }
    if text.starts_with(b"ChST") || text.starts_with(b"MeST") {
        return Some(4);
    }
    if let Some(rest) = text.strip_prefix(b"GMT") {
        return Some(3 + signed_hours_length(rest).unwrap_or_default());
    }
    if matches!(text.first(), Some(b'+' | b'-')) {
        return signed_hours_length(text);
    }
    let letters = text.iter().take(6).take_while(|byte| byte.is_ascii_uppercase()).count();
    match letters {
        3 => Some(3),
        4 if text.get(3) == Some(&b'T') || text.starts_with(b"WITA") => Some(4),
        5 if text.get(4) == Some(&b'T') => Some(5),
        _ => None,
    }
}

/// The length of a sign and a number up to 23.
fn signed_hours_length(text: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(b"+").or_else(|| text.strip_prefix(b"-"))?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let hours = signed_number(rest.get(..digits)?)?;
    (digits > 0 && hours <= 23).then_some(digits + 1)
}
