//! A layout: the reference time, 2006-01-02 15:04:05, as the user wants to see it.

/// An element of a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    LongMonth,
    Month,
    NumMonth,
    ZeroMonth,
    LongWeekDay,
    WeekDay,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    UpperPm,
    LowerPm,
    ZoneName,
    Offset(Offset),
    /// A fraction of a second with all its digits.
    Fraction {
        digits: usize,
        separator: u8,
    },
    /// A fraction of a second without zeros at its end.
    TrimmedFraction {
        digits: usize,
        separator: u8,
    },
}

/// How an offset from UTC is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offset {
    /// `Z` for UTC itself.
    pub(super) z: bool,
    pub(super) colons: bool,
    /// `-07`, `-0700` or `-070000`.
    pub(super) parts: u8,
}

/// A layout cut at its first element.
pub(super) struct Cut<'a> {
    pub(super) prefix: &'a [u8],
    /// The element and its text, if there is one.
    pub(super) element: Option<(Element, &'a [u8])>,
    pub(super) suffix: &'a [u8],
}

/// Longer texts first where one starts with another.
const TABLE: &[(&str, Element)] = &[
    ("January", Element::LongMonth),
    ("Monday", Element::LongWeekDay),
    ("MST", Element::ZoneName),
    ("01", Element::ZeroMonth),
    ("02", Element::ZeroDay),
    ("03", Element::ZeroHour12),
    ("04", Element::ZeroMinute),
    ("05", Element::ZeroSecond),
    ("06", Element::Year),
    ("002", Element::ZeroYearDay),
    ("15", Element::Hour),
    ("1", Element::NumMonth),
    ("2006", Element::LongYear),
    ("2", Element::Day),
    ("_2", Element::UnderDay),
    ("__2", Element::UnderYearDay),
    ("3", Element::Hour12),
    ("4", Element::Minute),
    ("5", Element::Second),
    ("PM", Element::UpperPm),
    ("pm", Element::LowerPm),
    ("-070000", offset(false, false, 3)),
    ("-07:00:00", offset(false, true, 3)),
    ("-0700", offset(false, false, 2)),
    ("-07:00", offset(false, true, 2)),
    ("-07", offset(false, false, 1)),
    ("Z070000", offset(true, false, 3)),
    ("Z07:00:00", offset(true, true, 3)),
    ("Z0700", offset(true, false, 2)),
    ("Z07:00", offset(true, true, 2)),
    ("Z07", offset(true, false, 1)),
];

const fn offset(z: bool, colons: bool, parts: u8) -> Element {
    Element::Offset(Offset { z, colons, parts })
}

/// Cuts a layout at its first element.
pub(super) fn cut(layout: &[u8]) -> Cut<'_> {
    for start in 0..layout.len() {
        let (prefix, rest) = layout.split_at(start);
        // `_2006` is an underscore before a year.
        if rest.starts_with(b"_2006") {
            let (prefix, rest) = layout.split_at(start + 1);
            return at(prefix, rest, Element::LongYear, 4);
        }
        if let Some((element, length)) = element(rest) {
            return at(prefix, rest, element, length);
        }
    }
    Cut { prefix: layout, element: None, suffix: &[] }
}

fn at<'a>(prefix: &'a [u8], rest: &'a [u8], element: Element, length: usize) -> Cut<'a> {
    let (text, suffix) = rest.split_at(length.min(rest.len()));
    Cut { prefix, element: Some((element, text)), suffix }
}

/// The element that a text starts with, and its length.
fn element(text: &[u8]) -> Option<(Element, usize)> {
    match text.first()? {
        b'J' | b'M' | b'0'..=b'5' | b'_' | b'P' | b'p' | b'-' | b'Z' => {}
        b'.' | b',' => return fraction(text),
        _ => return None,
    }
    let listed = TABLE.iter().find(|(name, _)| text.starts_with(name.as_bytes()));
    if let Some((name, element)) = listed {
        return Some((*element, name.len()));
    }
    // Not the start of a word such as Month or Janitor.
    let short = [("Jan", Element::Month), ("Mon", Element::WeekDay)];
    short.into_iter().find_map(|(name, element)| {
        let rest = text.strip_prefix(name.as_bytes())?;
        (!rest.first().is_some_and(u8::is_ascii_lowercase)).then_some((element, name.len()))
    })
}

/// `.000` or `,999`: digits that are all alike and end there.
fn fraction(text: &[u8]) -> Option<(Element, usize)> {
    let (&separator, rest) = text.split_first()?;
    let first = *rest.first().filter(|&&digit| digit == b'0' || digit == b'9')?;
    let digits = rest.iter().take_while(|&&byte| byte == first).count();
    if rest.get(digits).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let element = match first {
        b'0' => Element::Fraction { digits, separator },
        _ => Element::TrimmedFraction { digits, separator },
    };
    Some((element, digits + 1))
}
