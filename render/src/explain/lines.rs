//! Lines of YAML: where a line stands in what a value was written as, and where it was before it was indented.

use std::collections::HashSet;

use crate::values::escaped;

/// What a line begins with, and at which column.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Token {
    line: usize,
    column: usize,
    /// Nothing for an item of a list.
    key: Option<String>,
}

/// So many lines are looked at to see where the first one stood.
const LOOKED_AT: usize = 1000;

/// The path of a line in a text of YAML in block style: `.limits.cpu`, `[1].name`. Empty if it has none. `has` tells
/// which paths are in the value that was written.
pub(super) fn path(text: &str, line: usize, has: impl Fn(&str) -> bool) -> String {
    let as_is = Lines::new(text, line, None);
    let moved = moved(text).map(|column| Lines::new(text, line, Some(column)));
    let lines = moved.filter(|moved| moved.count(&has) > as_is.count(&has)).unwrap_or(as_is);
    lines.path(line)
}

/// The column of the first line before `trim` or its like took away what stood left of it alone, if they did.
fn moved(text: &str) -> Option<usize> {
    let mut columns = text.lines().filter(|line| !line.trim().is_empty()).map(indentation);
    let first = columns.next()?;
    columns.min().filter(|others| first < *others)
}

/// The lines of a text up to one.
struct Lines<'a> {
    all: Vec<&'a str>,
    tokens: Vec<Token>,
}

impl<'a> Lines<'a> {
    /// `first` is another column for the first line that is not blank.
    fn new(text: &'a str, last: usize, first: Option<usize>) -> Self {
        let all: Vec<&str> = text.lines().take(last + 1).collect();
        let top = all.iter().position(|line| !line.trim().is_empty()).unwrap_or_default();
        let tokens = all.iter().enumerate().flat_map(|(line, text)| {
            let column = first.filter(|_| line == top).unwrap_or_else(|| indentation(text));
            tokens(line, column, text.trim_start())
        });
        Self { tokens: tokens.collect(), all }
    }

    /// How many paths of the lines are some.
    fn count(&self, has: impl Fn(&str) -> bool) -> usize {
        let paths: HashSet<String> = (0..self.all.len().min(LOOKED_AT)).map(|line| self.path(line)).collect();
        paths.iter().filter(|path| !path.is_empty() && has(path)).count()
    }

    fn path(&self, line: usize) -> String {
        let end = self.tokens.partition_point(|token| token.line <= line);
        let own = self.all.get(line).copied().unwrap_or_default();
        let last = end.checked_sub(1).filter(|last| self.tokens.get(*last).is_some_and(|token| token.line == line));
        // A line without a key or an item goes on with what is above it, further left.
        let mut next = last.or_else(|| above(&self.tokens, end, inner_column(own), false));
        let mut parts = Vec::new();
        while let Some((place, token)) = next.and_then(|place| Some((place, self.tokens.get(place)?))) {
            parts.push(match &token.key {
                Some(key) => format!(".{}", escaped(key)),
                None => format!("[{}]", items_before(&self.tokens, place)),
            });
            next = above(&self.tokens, place, token.column, token.key.is_none());
        }
        parts.into_iter().rev().collect()
    }
}

/// What is left of this column a line is within: a bracket closes what begins at its own.
fn inner_column(line: &str) -> usize {
    indentation(line) + usize::from(line.trim_start().starts_with(['}', ']']))
}

/// The key or item that this column stands in. The items of a list may stand below their key.
fn above(all: &[Token], place: usize, column: usize, is_item: bool) -> Option<usize> {
    let is_above = |token: &Token| token.column < column || is_item && token.column == column && token.key.is_some();
    all.get(..place)?.iter().rposition(is_above)
}

fn items_before(all: &[Token], place: usize) -> usize {
    let column = all.get(place).map(|token| token.column).unwrap_or_default();
    let start = above(all, place, column, true).map_or(0, |above| above + 1);
    let between = all.get(start..place).unwrap_or_default();
    between.iter().filter(|token| token.column == column && token.key.is_none()).count()
}

/// The items and the key that a line begins with, which is given without the space before it.
fn tokens(line: usize, mut column: usize, mut rest: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    while let Some(after) = rest.strip_prefix('-').filter(|after| after.is_empty() || after.starts_with(' ')) {
        tokens.push(Token { line, column, key: None });
        column += rest.len() - after.trim_start().len();
        rest = after.trim_start();
    }
    let key = rest.split_once(": ").map(|(key, _)| key).or_else(|| rest.trim_end().strip_suffix(':'));
    tokens.extend(key.map(|key| Token { line, column, key: Some(key.trim_matches(['"', '\'']).to_owned()) }));
    tokens
}

fn indentation(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Which lines of a text became a line of what a function made of it: the one at the same place if nothing but space and
/// quotes were changed, or else those that are alike.
pub(super) fn before(inner: &str, outer: &str, line: usize) -> Vec<usize> {
    let kept = |text: &str| -> Vec<(usize, String)> {
        let lines = text.lines().enumerate().map(|(place, line)| (place, line.trim().replace(['"', '\''], "")));
        lines.filter(|(_, line)| !line.is_empty()).collect()
    };
    let (inner, outer_lines) = (kept(inner), kept(outer));
    let is_same =
        inner.len() == outer_lines.len() && inner.iter().zip(&outer_lines).all(|(one, other)| one.1 == other.1);
    if is_same {
        let place = outer_lines.iter().position(|(place, _)| *place == line);
        return place.and_then(|place| inner.get(place)).map(|(place, _)| *place).into_iter().collect();
    }
    let wanted = outer.lines().nth(line).unwrap_or_default().trim().replace(['"', '\''], "");
    let find = |is_alike: &dyn Fn(&str) -> bool| -> Vec<usize> {
        inner.iter().filter(|(_, line)| is_alike(line)).map(|(place, _)| *place).collect()
    };
    let equal = find(&|line| line == wanted);
    if !equal.is_empty() || wanted.is_empty() {
        return equal;
    }
    let parts = find(&|line| line.contains(&wanted) || wanted.contains(line));
    if parts.is_empty() && inner.len() == 1 { find(&|_| true) } else { parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_path() {
        let text = "\n    a:\n      b: 1\n    list:\n    - x: 1\n      y:\n        z: 1\n    - x: 2\n      long: one\n        two\n    - - p\n      - q\n    \"k\": {}";
        for (line, wanted) in [
            (0, ""),
            (1, ".a"),
            (2, ".a.b"),
            (3, ".list"),
            (4, ".list[0].x"),
            (6, ".list[0].y.z"),
            (7, ".list[1].x"),
            (9, ".list[1].long"),
            (10, ".list[2][0]"),
            (11, ".list[2][1]"),
            (12, ".k"),
        ] {
            assert_eq!(path(text, line, |_| true), wanted, "line {line}");
        }
    }

    #[test]
    fn a_trimmed_first_line_stands_where_the_others_do() {
        let known = [".a", ".a.b", ".b", ".c", ".c.d", "[0].x", "[0].y", "[1].x", "[1].y", ".e"];
        for (text, wanted) in [
            ("a:\n      b: 1\n    b: 2\n    c:\n      d: 1", vec![".a", ".a.b", ".b", ".c", ".c.d"]),
            ("\n  b: 1\n    c:\n      d: 1", vec!["", ".b", ".c", ".c.d"]),
            ("- x: 1\n    y: 2\n  - x: 3\n    y: 4", vec!["[0].x", "[0].y", "[1].x", "[1].y"]),
            // These are as they were written.
            ("a:\n  b: 1", vec![".a", ".a.b"]),
            ("e: long\n  text: of\n  lines", vec![".e", ".e.text", ".e"]),
        ] {
            let found: Vec<String> =
                (0..wanted.len()).map(|line| path(text, line, |path| known.contains(&path))).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn a_bracket_closes_the_key_above_it() {
        let text = "{\n  \"a\": 1,\n  \"c\": {\n    \"d\": [\n      4\n    ]\n  }\n}";
        for (line, wanted) in [(4, ".c.d"), (5, ".c.d"), (6, ".c"), (7, "")] {
            assert_eq!(path(text, line, |_| true), wanted, "line {line}");
        }
    }

    #[test]
    fn a_line_is_found_where_it_was_before() {
        for (inner, outer, line, wanted) in [
            ("\na: 1\nb: 1\n", "\n    a: 1\n    b: 1", 2, vec![2]),
            ("x\nx", "  x\n  x", 1, vec![1]),
            ("a: 1\nb: 1\n", "b: 1", 0, vec![1]),
            ("b: \"1\"\na: 'x'\n", "a: x\nb: 1", 0, vec![1]),
            ("release-name-shop", "release-na", 0, vec![0]),
            ("a\nb\n", "7d8f", 0, vec![]),
        ] {
            assert_eq!(before(inner, outer, line), wanted, "{inner:?} {outer:?}");
        }
    }
}
