//! What somebody looks for.

use super::thought::{fold, one_line_end};

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

    /// No thought is found: none holds a NUL, and databases refuse it.
    pub fn is_hopeless(&self) -> bool {
        self.0.contains('\0')
    }

    /// How many characters it has.
    pub fn length(&self) -> usize {
        self.0.chars().count()
    }

    /// Whether an index of trigrams of letters and digits helps, in a database of any locale.
    pub fn has_trigram(&self) -> bool {
        self.0.as_bytes().windows(3).any(|window| window.iter().all(u8::is_ascii_alphanumeric))
    }

    /// The pairs of characters next to each other; of a single character, itself.
    pub fn short_grams(&self) -> Vec<String> {
        let characters: Vec<char> = self.0.chars().collect();
        characters.windows(characters.len().min(2)).map(|pair| pair.iter().collect()).collect()
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
    fn short_grams_are_pairs_or_the_one_character() {
        assert_eq!(Search::new("a😀b").short_grams(), ["a😀", "😀b"]);
        assert_eq!(Search::new("ä").short_grams(), ["ä"]);
    }

    #[test]
    fn trigrams_are_of_ascii_letters_and_digits() {
        for (text, has) in [("abc", true), ("x a1b", true), ("ab!cd", false), ("äöü", false), ("", false)] {
            assert_eq!(Search::new(text).has_trigram(), has, "{text}");
        }
    }
}
