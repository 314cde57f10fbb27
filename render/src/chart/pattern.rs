//! Shell patterns by the rules of Go's `filepath.Match`.

/// A pattern that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BadPattern;

/// The characters of a pattern that do not stand for themselves.
const SPECIAL: [char; 4] = ['*', '?', '[', '\\'];

/// A pattern for a whole name: `*` stands for any run without `/`, `?` for one character but `/`, `[a-z]` and `[^a-z]`
/// for one of a class, `\` takes the next character as it is.
#[derive(Debug)]
pub(crate) struct Pattern {
    text: String,
    shape: Shape,
}

/// Most patterns are one of two sorts that are compared at once.
#[derive(Debug)]
enum Shape {
    /// The name itself.
    Literal,
    /// `*` and how the name ends.
    Ending,
    /// Anything else, with how many bytes at its beginning stand for themselves.
    Other { literal: usize },
}

impl Pattern {
    pub(crate) fn new(text: &str) -> Self {
        let shape = match (text.find(SPECIAL), text.strip_prefix('*')) {
            (None, _) => Shape::Literal,
            (_, Some(end)) if !end.contains(SPECIAL) => Shape::Ending,
            (Some(literal), _) => Shape::Other { literal },
        };
        Self { text: text.to_owned(), shape }
    }

    /// As in Go, a broken pattern is noticed only when the matching gets there.
    pub(crate) fn matches(&self, name: &str) -> Result<bool, BadPattern> {
        match self.shape {
            Shape::Literal => Ok(self.text == name),
            Shape::Ending => {
                let end = self.text.get(1..).unwrap_or_default();
                Ok(name.strip_suffix(end).is_some_and(|run| !run.contains('/')))
            }
            Shape::Other { .. } => matches(&self.text, name),
        }
    }

    /// Whether it matches; a broken one matches nothing. Names that begin otherwise are looked at no further.
    pub(crate) fn is_match(&self, name: &str) -> bool {
        let begins = match self.shape {
            Shape::Other { literal } => name.starts_with(self.text.get(..literal).unwrap_or_default()),
            Shape::Literal | Shape::Ending => true,
        };
        begins && self.matches(name).unwrap_or(false)
    }
}

fn matches(pattern: &str, name: &str) -> Result<bool, BadPattern> {
    let mut pattern: &[char] = &pattern.chars().collect::<Vec<_>>();
    let name = name.chars().collect::<Vec<_>>();
    let mut name = name.as_slice();
    while !pattern.is_empty() {
        let (star, chunk, rest) = scan_chunk(pattern);
        pattern = rest;
        if star && chunk.is_empty() {
            return Ok(!name.contains(&'/'));
        }
        let matched = match_chunk(chunk, name)?;
        if let Some(rest) = matched.filter(|rest| rest.is_empty() || !pattern.is_empty()) {
            name = rest;
            continue;
        }
        let Some(rest) = (if star { after_star(chunk, name, pattern.is_empty())? } else { None }) else {
            check(pattern)?;
            return Ok(false);
        };
        name = rest;
    }
    Ok(name.is_empty())
}

/// The rest of the name after the shortest run for `*` behind which the chunk matches.
fn after_star<'a>(chunk: &[char], name: &'a [char], last: bool) -> Result<Option<&'a [char]>, BadPattern> {
    for (index, &character) in name.iter().enumerate() {
        if character == '/' {
            break;
        }
        let Some(tail) = name.get(index + 1..) else { break };
        if let Some(rest) = match_chunk(chunk, tail)?
            && (rest.is_empty() || !last)
        {
            return Ok(Some(rest));
        }
    }
    Ok(None)
}

/// What is left of a pattern must be well-formed, even when the name failed before it.
fn check(mut pattern: &[char]) -> Result<(), BadPattern> {
    while !pattern.is_empty() {
        let (_, chunk, rest) = scan_chunk(pattern);
        match_chunk(chunk, &[])?;
        pattern = rest;
    }
    Ok(())
}

/// Splits off the stars at the start and what follows them up to the next star.
fn scan_chunk(pattern: &[char]) -> (bool, &[char], &[char]) {
    let stars = pattern.iter().take_while(|&&character| character == '*').count();
    let pattern = pattern.get(stars..).unwrap_or_default();
    let (mut in_class, mut escaped) = (false, false);
    let end = pattern.iter().position(|&character| {
        if escaped {
            escaped = false;
            return false;
        }
        match character {
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '*' => return !in_class,
            _ => {}
        }
        false
    });
    let (chunk, rest) = pattern.split_at(end.unwrap_or(pattern.len()));
    (stars > 0, chunk, rest)
}

/// Matches a chunk without stars at the start of a name; gives what is left of the name.
fn match_chunk<'a>(mut chunk: &[char], mut name: &'a [char]) -> Result<Option<&'a [char]>, BadPattern> {
    let mut failed = false;
    while let Some((&first, rest)) = chunk.split_first() {
        failed |= name.is_empty();
        let met = name.first().copied();
        let fits;
        (fits, chunk) = match first {
            '[' => class(rest, met.unwrap_or_default())?,
            '?' => (met != Some('/'), rest),
            '\\' => {
                let (&literal, rest) = rest.split_first().ok_or(BadPattern)?;
                (met == Some(literal), rest)
            }
            literal => (met == Some(literal), rest),
        };
        failed |= !fits;
        if !failed {
            name = name.get(1..).unwrap_or_default();
        }
    }
    Ok((!failed).then_some(name))
}

/// Reads a class behind its `[`; gives whether a character is in it, and the pattern behind it.
fn class(mut pattern: &[char], met: char) -> Result<(bool, &[char]), BadPattern> {
    let negated = pattern.first() == Some(&'^');
    if negated {
        pattern = pattern.get(1..).unwrap_or_default();
    }
    let mut found = false;
    let mut ranges = 0;
    loop {
        if let Some((']', rest)) = pattern.split_first()
            && ranges > 0
        {
            return Ok((found != negated, rest));
        }
        let (low, rest) = class_member(pattern)?;
        pattern = rest;
        let mut high = low;
        if let Some(('-', rest)) = pattern.split_first() {
            (high, pattern) = class_member(rest)?;
        }
        found |= (low..=high).contains(&met);
        ranges += 1;
    }
}

fn class_member(pattern: &[char]) -> Result<(char, &[char]), BadPattern> {
    let (&first, rest) = pattern.split_first().ok_or(BadPattern)?;
    let (member, rest) = match first {
        '-' | ']' => return Err(BadPattern),
        '\\' => rest.split_first().map(|(&member, rest)| (member, rest)).ok_or(BadPattern)?,
        member => (member, rest),
    };
    if rest.is_empty() { Err(BadPattern) } else { Ok((member, rest)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_go() {
        for (pattern, name, wanted) in [
            ("abc", "abc", Ok(true)),
            ("*", "abc", Ok(true)),
            ("*", "a/b", Ok(false)),
            ("*.md", "a.md", Ok(true)),
            ("*.md", ".md", Ok(true)),
            ("*.md", "a/b.md", Ok(false)),
            ("*/b", "a/b", Ok(true)),
            ("*/b", "a/c/b", Ok(false)),
            ("a*/b", "abc/b", Ok(true)),
            ("a*b*c", "axbxbxc", Ok(true)),
            ("a*b?c*x", "abxbbxdbxebxczzx", Ok(true)),
            ("a*b?c*x", "abxbbxdbxebxczzy", Ok(false)),
            ("*x", "xxx", Ok(true)),
            ("ab[c]", "abc", Ok(true)),
            ("ab[^e-g]", "abc", Ok(true)),
            ("a[!-\\-]b", "a-b", Ok(true)),
            ("a\\*b", "a*b", Ok(true)),
            ("a?b", "a/b", Ok(false)),
            ("[a-ζ]*", "α", Ok(true)),
            ("*[a-ζ]", "A", Ok(false)),
            ("[]a]", "]", Err(BadPattern)),
            ("[-]", "-", Err(BadPattern)),
            ("[", "a", Err(BadPattern)),
            ("a[", "ab", Err(BadPattern)),
            ("[^bc", "a", Err(BadPattern)),
            ("a[", "x", Err(BadPattern)),
            ("a/b[", "x", Err(BadPattern)),
        ] {
            assert_eq!(Pattern::new(pattern).matches(name), wanted, "{pattern} {name}");
        }
    }
}
