//! Backslashes and classes in brackets.

use regex_syntax::hir::{ClassUnicode, Look};

use super::error::{Error, Kind};
use super::flags::check_utf8;
use super::group::Node;
use super::{Parser, class};

impl<'a> Parser<'a> {
    pub(super) fn backslash(&mut self) -> Result<(), Error> {
        let look = match self.rest {
            [_, b'A', ..] => Some(Look::Start),
            [_, b'z', ..] => Some(Look::End),
            [_, b'b', ..] => Some(Look::WordAscii),
            [_, b'B', ..] => Some(Look::WordAsciiNegate),
            [_, b'C', ..] => return Err(Error::new(Kind::InvalidEscape, br"\C")),
            [_, b'Q', ..] => return self.quoted(),
            _ => None,
        };
        if let Some(look) = look {
            return self.look(self.rest.get(2..).unwrap_or_default(), look);
        }
        if let Some(class) = self.class_escape()? {
            return self.push(Node::class(class));
        }
        let code = self.escape()?;
        self.literal(code)
    }

    /// `\Q`: all up to `\E` or the end stands for itself.
    fn quoted(&mut self) -> Result<(), Error> {
        self.rest = self.rest.get(2..).unwrap_or_default();
        loop {
            if let Some(rest) = self.rest.strip_prefix(br"\E") {
                self.rest = rest;
                return Ok(());
            }
            if self.rest.is_empty() {
                return Ok(());
            }
            let rune = self.rune()?;
            self.literal(u32::from(rune))?;
        }
    }

    /// `\d`, `\pL` and the like, if there is one here.
    fn class_escape(&mut self) -> Result<Option<ClassUnicode>, Error> {
        match self.rest {
            [b'\\', b'p' | b'P', ..] => self.unicode_class().map(Some),
            [b'\\', letter, rest @ ..] => {
                let class = class::perl(*letter, self.flags.fold);
                if class.is_some() {
                    self.rest = rest;
                }
                Ok(class)
            }
            _ => Ok(None),
        }
    }

    fn unicode_class(&mut self) -> Result<ClassUnicode, Error> {
        let start = self.rest;
        self.rest = start.get(2..).unwrap_or_default();
        let mut name = self.rest;
        if self.rune()? == '{' {
            let Some(end) = start.iter().position(|byte| *byte == b'}') else {
                check_utf8(start)?;
                return Err(Error::new(Kind::InvalidCharRange, start));
            };
            name = start.get(3..end).unwrap_or_default();
            check_utf8(name)?;
            self.rest = start.get(end + 1..).unwrap_or_default();
        } else {
            name = name.get(..name.len() - self.rest.len()).unwrap_or_default();
        }
        let mut negated = start.get(1) == Some(&b'P');
        if let Some(positive) = name.strip_prefix(b"^") {
            negated = !negated;
            name = positive;
        }
        let class = std::str::from_utf8(name).ok().and_then(|name| class::unicode(name, self.flags.fold));
        let mut class = class.ok_or_else(|| Error::new(Kind::InvalidCharRange, self.since(start)))?;
        if negated {
            class.negate();
        }
        Ok(class)
    }

    /// One character after a backslash.
    fn escape(&mut self) -> Result<u32, Error> {
        let start = self.rest;
        self.rest = start.get(1..).unwrap_or_default();
        if self.rest.is_empty() {
            return Err(Error::new(Kind::TrailingBackslash, b""));
        }
        let code = match self.rune()? {
            'a' => Some(0x07),
            'f' => Some(0x0C),
            'n' => Some(0x0A),
            'r' => Some(0x0D),
            't' => Some(0x09),
            'v' => Some(0x0B),
            'x' => self.hexadecimal()?,
            '0' => Some(self.octal(0)),
            digit @ '1'..='7' if matches!(self.rest, [b'0'..=b'7', ..]) => Some(self.octal(u32::from(digit) - 0x30)),
            other if other.is_ascii() && !other.is_ascii_alphanumeric() => Some(u32::from(other)),
            _ => None,
        };
        code.ok_or_else(|| Error::new(Kind::InvalidEscape, self.since(start)))
    }

    /// Up to two more octal digits.
    fn octal(&mut self, first: u32) -> u32 {
        let mut code = first;
        for _ in 0..2 {
            let [digit @ b'0'..=b'7', rest @ ..] = self.rest else { break };
            code = code * 8 + u32::from(digit - b'0');
            self.rest = rest;
        }
        code
    }

    /// Two digits, or any number of them in braces.
    fn hexadecimal(&mut self) -> Result<Option<u32>, Error> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let first = self.rune()?;
        if first != '{' {
            let second = self.rune_or_end()?;
            return Ok(first.to_digit(16).zip(second.and_then(|digit| digit.to_digit(16))).map(|(x, y)| x * 16 + y));
        }
        let (mut code, mut digits) = (0, 0);
        while let Some(rune) = self.rune_or_end()? {
            if rune == '}' {
                return Ok((digits > 0).then_some(code));
            }
            let Some(digit) = rune.to_digit(16) else { break };
            code = code * 16 + digit;
            if code > u32::from(char::MAX) {
                break;
            }
            digits += 1;
        }
        Ok(None)
    }

    fn rune_or_end(&mut self) -> Result<Option<char>, Error> {
        if self.rest.is_empty() { Ok(None) } else { self.rune().map(Some) }
    }

    pub(super) fn bracket_class(&mut self) -> Result<(), Error> {
        let whole = self.rest;
        self.rest = whole.get(1..).unwrap_or_default();
        let negated = self.rest.first() == Some(&b'^');
        if negated {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
        let mut ranges = Vec::new();
        let mut first = true;
        // A bracket that comes first is a member.
        while first || self.rest.first() != Some(&b']') {
            first = false;
            let item = self.class_item(whole)?;
            self.take(size_of_val(item.ranges()))?;
            ranges.extend_from_slice(item.ranges());
        }
        self.rest = self.rest.get(1..).unwrap_or_default();
        let mut class = ClassUnicode::new(ranges);
        if negated {
            class.negate();
        }
        self.push(Node::class(class))
    }

    fn class_item(&mut self, whole: &'a [u8]) -> Result<ClassUnicode, Error> {
        if let Some(class) = self.posix_class()? {
            return Ok(class);
        }
        if let Some(class) = self.class_escape()? {
            return Ok(class);
        }
        let start = self.rest;
        let low = self.class_character(whole)?;
        let mut high = low;
        if let [b'-', next, ..] = self.rest
            && *next != b']'
        {
            self.rest = self.rest.get(1..).unwrap_or_default();
            high = self.class_character(whole)?;
            if high < low {
                return Err(Error::new(Kind::InvalidCharRange, self.since(start)));
            }
        }
        Ok(class::range(low, high, self.flags.fold))
    }

    /// `[:alpha:]`, if there is one here.
    fn posix_class(&mut self) -> Result<Option<ClassUnicode>, Error> {
        let start = self.rest;
        let Some(inner) = start.strip_prefix(b"[:") else { return Ok(None) };
        let Some(end) = inner.windows(2).position(|pair| pair == b":]") else { return Ok(None) };
        let (name, rest) = inner.split_at(end);
        self.rest = rest.get(2..).unwrap_or_default();
        let class = class::posix(name, self.flags.fold);
        class.map(Some).ok_or_else(|| Error::new(Kind::InvalidCharRange, self.since(start)))
    }

    fn class_character(&mut self, whole: &'a [u8]) -> Result<u32, Error> {
        match self.rest {
            [] => Err(Error::new(Kind::MissingBracket, whole)),
            [b'\\', ..] => self.escape(),
            _ => self.rune().map(u32::from),
        }
    }
}
