//! What somebody looks for.

use super::thought::{ThoughtText, fold, one_line_end};

/// A case-folded text to be found inside case-folded texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search(String);

impl Search {
    /// Folds what was typed; an empty one finds every thought.
    pub fn new(text: &str) -> Self {
        Self(fold(&one_line_end(text)))
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Every thought is found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// No thought is found: none holds a NUL, which databases refuse, or is so long. Folding makes up to three characters of one.
    pub fn is_hopeless(&self) -> bool {
        self.0.contains('\0') || self.length() > 3 * ThoughtText::MAX
    }

    /// How many characters it has.
    pub fn length(&self) -> usize {
        self.0.chars().count()
    }

    /// Parts that every text holds which holds this one: of one, two, three or five characters, as many as there are,
    /// side by side; the last two may overlap.
    pub fn grams(&self) -> Vec<String> {
        let characters: Vec<char> = self.0.chars().collect();
        let size = match characters.len() {
            short @ 0..3 => short.max(1),
            3 | 4 => 3,
            _ => 5,
        };
        let last = characters.len().checked_sub(size).map(|start| &characters[start..]);
        let parts = characters.chunks_exact(size).chain(last.filter(|_| !characters.len().is_multiple_of(size)));
        parts.map(|part| part.iter().collect()).collect()
    }

    /// A pattern for `LIKE … ESCAPE '\'`, in which `%`, `_` and `\` are plain characters.
    pub fn like_pattern(&self) -> String {
        let mut pattern = String::from("%");
        for character in self.0.chars() {
            if matches!(character, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(character);
        }
        pattern.push('%');
        pattern
    }

    /// A phrase of SQLite's FTS5, in which every character is plain.
    pub fn fts_phrase(&self) -> String {
        format!("\"{}\"", self.0.replace('"', "\"\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_hold_plain_characters() {
        assert_eq!(Search::new(r"50%_\A").like_pattern(), r"%50\%\_\\a%");
        assert_eq!(Search::new("say \"X\"").fts_phrase(), "\"say \"\"x\"\"\"");
    }

    #[test]
    fn what_no_thought_can_hold_is_hopeless() {
        for (text, hopeless) in [("a".repeat(750), false), ("a".repeat(751), true), ("a\0".into(), true)] {
            assert_eq!(Search::new(&text).is_hopeless(), hopeless, "{} characters", text.len());
        }
    }

    #[test]
    fn grams_are_as_long_as_they_can_be() {
        for (text, grams) in [
            ("", vec![]),
            ("ä", vec!["ä"]),
            ("a😀", vec!["a😀"]),
            ("abc", vec!["abc"]),
            ("abcd", vec!["abc", "bcd"]),
            ("abcde", vec!["abcde"]),
            ("abcdefg", vec!["abcde", "cdefg"]),
            ("abcdefghij", vec!["abcde", "fghij"]),
        ] {
            assert_eq!(Search::new(text).grams(), grams, "{text}");
        }
    }
}
