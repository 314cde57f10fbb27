//! Patterns for paths, by the rules of `github.com/gobwas/glob` with `/` for a separator.

use regex::bytes::Regex;

/// A pattern: `*` and `?` stand for anything but a separator, `**` for anything, `[a-c]` and `[!a-c]` for one
/// character, `{a,b}` for either, and a backslash takes away a sign's meaning.
#[derive(Debug)]
pub(super) struct Glob(Option<Regex>);

impl Glob {
    /// A pattern that is none matches everything, as `.Files.Glob` does then.
    pub(super) fn new(pattern: &str) -> Self {
        Self(expression(pattern).and_then(|expression| Regex::new(&expression).ok()))
    }

    /// Whether the whole path is of the pattern.
    pub(super) fn matches(&self, path: &[u8]) -> bool {
        self.0.as_ref().is_none_or(|expression| expression.is_match(path))
    }
}

/// The regular expression; nothing if brackets or braces do not close.
fn expression(pattern: &str) -> Option<String> {
    let mut expression = String::from("(?s)^");
    let mut characters = pattern.chars().peekable();
    let mut braces = 0_u32;
    while let Some(character) = characters.next() {
        match character {
            '*' => {
                let any = characters.next_if_eq(&'*').is_some();
                while characters.next_if_eq(&'*').is_some() {}
                expression.push_str(if any { ".*" } else { "[^/]*" });
            }
            '?' => expression.push_str("[^/]"),
            '[' => expression.push_str(&class(&mut characters)?),
            '{' => {
                braces += 1;
                expression.push_str("(?:");
            }
            '}' if braces > 0 => {
                braces -= 1;
                expression.push(')');
            }
            ',' if braces > 0 => expression.push('|'),
            '\\' => push_literal(&mut expression, characters.next()?),
            other => push_literal(&mut expression, other),
        }
    }
    expression.push('$');
    (braces == 0).then_some(expression)
}

fn class(characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<String> {
    let mut class = String::from(if characters.next_if_eq(&'!').is_some() { "[^" } else { "[" });
    let mut empty = true;
    loop {
        match characters.next()? {
            ']' if !empty => break,
            '-' if !empty && characters.peek() != Some(&']') => class.push('-'),
            '\\' => push_literal(&mut class, characters.next()?),
            other => push_literal(&mut class, other),
        }
        empty = false;
    }
    class.push(']');
    Some(class)
}

fn push_literal(expression: &mut String, character: char) {
    expression.push_str(&regex::escape(character.encode_utf8(&mut [0; 4])));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_match_as_in_gobwas_glob() {
        for (pattern, path, wanted) in [
            ("*.yaml", "a.yaml", true),
            ("*.yaml", "a/b.yaml", false),
            ("**.yaml", "a/b.yaml", true),
            ("config/**", "config/a/b", true),
            ("config/*", "config/a/b", false),
            ("a?c", "abc", true),
            ("a?c", "a/c", false),
            ("[a-c].txt", "b.txt", true),
            ("[!a-c].txt", "b.txt", false),
            ("{a,b}*.txt", "b1.txt", true),
            ("{a,b}*.txt", "c.txt", false),
            ("a\\*", "a*", true),
            ("a\\*", "ab", false),
            ("a.c", "abc", false),
        ] {
            assert_eq!(Glob::new(pattern).matches(path.as_bytes()), wanted, "{pattern} {path}");
        }
    }

    #[test]
    fn what_is_no_pattern_matches_everything() {
        assert!(Glob::new("[a").matches(b"x/y"));
        assert!(Glob::new("{a").matches(b"x"));
    }
}
