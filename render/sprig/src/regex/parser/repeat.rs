//! `*`, `+`, `?` and `{2,5}`.

use regex_syntax::hir::{Hir, Repetition};

use super::Parser;
use super::error::{Error, Kind};
use super::group::Node;

/// So often may an expression be repeated by counts, nested ones multiplied.
const MAX_REPEATS: u64 = 1000;

/// The least and the greatest number of times.
type Counts = (u32, Option<u32>);

impl<'a> Parser<'a> {
    pub(super) fn operator(&mut self, last_repeat: Option<&'a [u8]>) -> Result<(), Error> {
        let start = self.rest;
        let counts = match start.first() {
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            _ => (0, Some(1)),
        };
        self.rest = start.get(1..).unwrap_or_default();
        self.repeat(start, counts, last_repeat, false)
    }

    /// A count, or a brace that is none and stands for itself.
    pub(super) fn counted(&mut self, last_repeat: Option<&'a [u8]>) -> Result<(), Error> {
        let start = self.rest;
        let Some((counts, rest)) = counts(start) else {
            self.rest = start.get(1..).unwrap_or_default();
            return self.literal(u32::from('{'));
        };
        self.rest = rest;
        let (least, greatest) = counts;
        let largest = greatest.unwrap_or(least);
        if least > largest || u64::from(largest) > MAX_REPEATS {
            return Err(Error::new(Kind::InvalidRepeatSize, self.since(start)));
        }
        self.repeat(start, counts, last_repeat, true)
    }

    fn repeat(
        &mut self,
        start: &'a [u8],
        (min, max): Counts,
        last_repeat: Option<&'a [u8]>,
        counted: bool,
    ) -> Result<(), Error> {
        let mut greedy = !self.flags.lazy;
        if let Some(rest) = self.rest.strip_prefix(b"?") {
            self.rest = rest;
            greedy = !greedy;
        }
        if let Some(last) = last_repeat {
            return Err(Error::new(Kind::InvalidRepeatOp, self.since(last)));
        }
        let Some(node) = self.group.pop() else {
            return Err(Error::new(Kind::MissingRepeatArgument, self.since(start)));
        };
        let times = u64::from(max.unwrap_or(min).max(1));
        let repeats = match max {
            _ if !counted => node.repeats,
            Some(0) => 1,
            _ => node.repeats.saturating_mul(times),
        };
        if counted && times >= 2 && repeats > MAX_REPEATS {
            return Err(Error::new(Kind::InvalidRepeatSize, self.since(start)));
        }
        let hir = Hir::repetition(Repetition { min, max, greedy, sub: Box::new(node.hir) });
        self.push(Node { hir, height: node.height + 1, repeats })?;
        self.last_repeat = Some(start);
        Ok(())
    }
}

/// The numbers in braces; one that is far too large is the largest. And what follows.
fn counts(text: &[u8]) -> Option<(Counts, &[u8])> {
    let (least, rest) = number(text.strip_prefix(b"{")?)?;
    let (greatest, rest) = match rest.strip_prefix(b",") {
        None => (Some(least), rest),
        Some(rest) if rest.starts_with(b"}") => (None, rest),
        Some(rest) => {
            let (greatest, rest) = number(rest)?;
            (Some(greatest), rest)
        }
    };
    Some(((least, greatest), rest.strip_prefix(b"}")?))
}

/// A number without leading zeros, and what follows.
fn number(text: &[u8]) -> Option<(u32, &[u8])> {
    let length = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(length);
    if digits.is_empty() || (digits.len() > 1 && digits.starts_with(b"0")) {
        return None;
    }
    let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
    Some((number.unwrap_or(u32::MAX), rest))
}
