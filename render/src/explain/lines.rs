//! Lines of YAML: where a line stands in what a value was written as, and where it was before it was indented.

use crate::values::escaped;

/// What a line begins with, and at which column.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Token {
    line: usize,
    column: usize,
    /// Nothing for an item of a list.
    key: Option<String>,
}

/// The path of a line in a text of YAML in block style: `.limits.cpu`, `[1].name`. Empty if it has none.
pub(super) fn path(text: &str, line: usize) -> String {
    let all: Vec<Token> = text.lines().take(line + 1).enumerate().flat_map(|(line, text)| tokens(line, text)).collect();
    let own = text.lines().nth(line).unwrap_or_default();
    let Some(last) = all.last() else { return String::new() };
    // A line without a key or an item goes on with what is above it, further left.
    let mut next =
        if last.line == line { Some(all.len() - 1) } else { above(&all, all.len(), indentation(own), false) };
    let mut parts = Vec::new();
    while let Some((place, token)) = next.and_then(|place| Some((place, all.get(place)?))) {
        parts.push(match &token.key {
            Some(key) => format!(".{}", escaped(key)),
            None => format!("[{}]", items_before(&all, place)),
        });
        next = above(&all, place, token.column, token.key.is_none());
    }
    parts.into_iter().rev().collect()
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

fn tokens(line: usize, text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut column, mut rest) = (indentation(text), text.trim_start());
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
            assert_eq!(path(text, line), wanted, "line {line}");
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
