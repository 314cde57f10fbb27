//! Numbers, dates and truths.

use govalue::Value;
use govalue::strconv::{Reason, parse_float, parse_int, quote};
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::ReadTime;
use super::text::{Fault, Read, Text, quoted};

/// The layouts of dates and times, and the zones of those that name none.
const LAYOUTS: [(&str, Option<&str>); 7] = [
    ("2006-01-02T15:04:05.999999999Z07:00", None),
    ("2006-01-02T15:04:05.999999999", Some("datetime-local")),
    ("2006-01-02", Some("date-local")),
    ("15:04:05.999999999", Some("time-local")),
    ("2006-01-02T15:04Z07:00", None),
    ("2006-01-02T15:04", Some("datetime-local")),
    ("15:04", Some("time-local")),
];

const NO_DIGIT: &str = "floats must start with a digit, not '.'";

impl Text<'_> {
    /// A value that is no string, no list and no table.
    pub(super) fn scalar(&mut self, time: ReadTime<'_>) -> Read<Value> {
        let start = self.at();
        match self.next()? {
            Some('0'..='9') => self.number_or_time(start, time),
            Some('+' | '-') => self.signed(start),
            Some('.') => Err(self.fault(NO_DIGIT)),
            Some(rune @ ('i' | 'n')) => self.special_or_word(start, rune),
            Some(rune) if is_letter(rune) => {
                self.go_back(start);
                self.word()
            }
            None => Err(self.fault("unexpected EOF; expected value")),
            rune => {
                let message = format!("expected value but found {} instead", quoted(rune));
                Err(if rune == Some('\n') { self.fault_before(message) } else { self.fault(message) })
            }
        }
    }

    /// `inf` or `nan`; anything else is a word, of which those letters that the two have in common are read already.
    fn special_or_word(&mut self, start: usize, first: char) -> Read<Value> {
        let mut last = self.at() - first.len_utf8();
        for rest in [['n', 'f'], ['a', 'n']] {
            let before = self.at();
            if self.accept(rest[0])? {
                last = before;
                if self.accept(rest[1])? {
                    return self.float(start);
                }
            }
        }
        self.go_back(last);
        self.word()
    }

    fn word(&mut self) -> Read<Value> {
        let start = self.at();
        self.skip(is_letter)?;
        match self.since(start) {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            other => Err(self.fault(format!("expected value but found {} instead", quote(other.as_bytes())))),
        }
    }

    fn signed(&mut self, start: usize) -> Read<Value> {
        match self.next()? {
            Some(rune @ ('i' | 'n')) => {
                let rest = if rune == 'i' { ['n', 'f'] } else { ['a', 'n'] };
                if self.accept(rest[0])? && self.accept(rest[1])? {
                    return self.float(start);
                }
                Err(self.fault(format!("invalid float: '{}'", self.since(start))))
            }
            Some('.') => Err(self.fault(NO_DIGIT)),
            Some('0') if matches!(self.peek()?, Some('b' | 'o' | 'x')) => {
                let letter = self.peek()?.unwrap_or_default();
                let sign = self.since(start);
                Err(self.fault(format!("cannot use sign with non-decimal numbers: '{sign}{letter}'")))
            }
            Some('0'..='9') => self.decimal(start),
            rune => Err(self.fault(format!("expected a digit but got {}", quoted(rune)))),
        }
    }

    /// After the first digit.
    fn number_or_time(&mut self, start: usize, time: ReadTime<'_>) -> Read<Value> {
        if self.since(start) == "0" {
            match self.peek()? {
                Some('b') => return self.of_base(start, "a binary", |rune| rune.is_digit(2)),
                Some('o') => return self.of_base(start, "an octal", |rune| rune.is_digit(8)),
                Some('x') => return self.of_base(start, "a hexadecimal", |rune| rune.is_ascii_hexdigit()),
                // A time has two digits at least.
                Some('-' | ':') => return self.integer(start),
                _ => {}
            }
        }
        self.skip(|rune| rune.is_ascii_digit())?;
        if matches!(self.peek()?, Some('-' | ':')) {
            return self.time(start, time);
        }
        self.decimal(start)
    }

    fn of_base(&mut self, start: usize, name: &str, is_digit: fn(char) -> bool) -> Read<Value> {
        self.next()?;
        let first = self.peek()?;
        if !first.is_some_and(is_digit) {
            let (prefix, first) = (self.since(start), first.unwrap_or_default());
            return Err(self.fault(format!("not {name} number: '{prefix}{first}'")));
        }
        self.skip(|rune| is_digit(rune) || rune == '_')?;
        self.integer(start)
    }

    fn decimal(&mut self, start: usize) -> Read<Value> {
        self.skip(|rune| rune.is_ascii_digit() || rune == '_')?;
        if !matches!(self.peek()?, Some('.' | 'e' | 'E')) {
            return self.integer(start);
        }
        self.skip(|rune| rune.is_ascii_digit() || matches!(rune, '_' | '.' | '-' | '+' | 'e' | 'E'))?;
        self.float(start)
    }

    fn integer(&self, start: usize) -> Read<Value> {
        let text = self.since(start);
        let invalid = |why: &str| self.fault(format!("Invalid integer {}: {why}", quote(text.as_bytes())));
        if !are_underscores_between_digits(text) {
            return Err(invalid("underscores must be surrounded by digits"));
        }
        if has_leading_zero(text) {
            return Err(invalid("cannot have leading zeroes"));
        }
        let number = parse_int(text.as_bytes(), 0, 64);
        number.map(Value::Int64).map_err(|_| self.fault(format!("{text} is out of range for int64")))
    }

    fn float(&self, start: usize) -> Read<Value> {
        let text = self.since(start);
        let invalid = |why: &str| self.fault(format!("Invalid float {}: {why}", quote(text.as_bytes())));
        let mut parts = text.split(['.', 'e', 'E']).filter(|part| !part.is_empty());
        if !parts.clone().all(are_underscores_between_digits) {
            return Err(invalid("underscores must be surrounded by digits"));
        }
        if parts.next().is_some_and(has_leading_zero) {
            return Err(invalid("cannot have leading zeroes"));
        }
        let is_bare_point = |part: &str| !part.starts_with(|rune: char| rune.is_ascii_digit());
        if text.split('.').skip(1).any(is_bare_point) {
            return Err(invalid("'.' must be followed by one or more digits"));
        }
        let digits = text.replace('_', "");
        let unsigned = digits.strip_prefix(['+', '-']).filter(|rest| *rest == "nan").unwrap_or(&digits);
        match parse_float(unsigned.as_bytes()) {
            Ok(number) if digits == "-nan" => Ok(Value::Float64(-number)),
            Ok(number) => Ok(Value::Float64(number)),
            Err(error) if error.reason == Reason::Range => {
                Err(self.fault(format!("{text} is out of range for float64")))
            }
            Err(_) => Err(self.fault(format!("Invalid float value: {}", quote(text.as_bytes())))),
        }
    }

    fn time(&mut self, start: usize, time: ReadTime<'_>) -> Read<Value> {
        self.skip(|rune| rune.is_ascii_digit() || "-:Tt .Zz+".contains(rune))?;
        let text = self.since(start).trim_matches(' ').replace('z', "Z").replace(['t', ' '], "T");
        let invalid = || -> Fault { self.fault(format!("invalid datetime: {}", quote(text.as_bytes()))) };
        let read = LAYOUTS.iter().find_map(|(layout, zone)| Some((layout, time(layout, &text, *zone)?)));
        let (layout, value) = read.ok_or_else(invalid)?;
        if lacks_leading_zero(&text, layout) { Err(invalid()) } else { Ok(value) }
    }
}

fn is_letter(rune: char) -> bool {
    rune.general_category_group() == GeneralCategoryGroup::Letter
}

fn are_underscores_between_digits(text: &str) -> bool {
    let mut after_digit = matches!(text, "nan" | "+nan" | "-nan" | "inf" | "+inf" | "-inf");
    if after_digit {
        return true;
    }
    for byte in text.bytes() {
        if byte == b'_' && !after_digit {
            return false;
        }
        after_digit = byte.is_ascii_hexdigit();
    }
    after_digit
}

fn has_leading_zero(text: &str) -> bool {
    match text.as_bytes() {
        [b'0', second, ..] => !matches!(second, b'b' | b'o' | b'x'),
        [b'-' | b'+', b'0', _, ..] => true,
        _ => false,
    }
}

/// Go reads a time whose numbers lack a leading zero, so that the separators are not where the layout has them.
fn lacks_leading_zero(text: &str, layout: &str) -> bool {
    let separators = layout.bytes().enumerate().take_while(|(_, byte)| !matches!(byte, b'.' | b'Z'));
    let mut separators = separators.filter(|(_, byte)| !byte.is_ascii_digit());
    separators.any(|(at, byte)| text.as_bytes().get(at) != Some(&byte))
}
