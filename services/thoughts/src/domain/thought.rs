//! A thought and its text.

use chrono::NaiveDateTime;
use icu_casemap::CaseMapper;
use serde::{Serialize, Serializer};
use shared::error::{Error, Result};
use utoipa::ToSchema;

/// A stored thought, as every reply shows it.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, diesel::Queryable, diesel::QueryableByName, diesel::Selectable,
)]
#[diesel(table_name = crate::db::schema::thoughts)]
pub struct Thought {
    /// Rises with every thought.
    pub id: i64,
    /// Who wrote it.
    pub username: String,
    /// What they wrote.
    pub text: String,
    /// When, in UTC.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, example = "1962-05-11T11:53:41.279611")]
    pub timestamp: NaiveDateTime,
}

/// ISO 8601 without a zone, always with microseconds.
fn iso<S: Serializer>(timestamp: &NaiveDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&timestamp.format("%Y-%m-%dT%H:%M:%S%.6f"))
}

/// A text that may be stored: 1 to [`ThoughtText::MAX`] characters, no NUL, lines that end in `\n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThoughtText(String);

impl ThoughtText {
    /// Characters (Unicode scalar values), not bytes.
    pub const MAX: usize = 250;

    /// Checks what was sent: 400 without a text, 422 with one that is not allowed.
    pub fn parse(text: Option<&str>) -> Result<Self> {
        let text = text.filter(|text| !text.is_empty()).ok_or(Error::BadRequest("text is missing".into()))?;
        let text = one_line_end(text);
        let length = text.chars().count();
        if length > Self::MAX {
            return Err(Error::Unprocessable(
                format!("text has {length} characters, {} are allowed", Self::MAX).into(),
            ));
        }
        if text.contains('\0') {
            return Err(Error::Unprocessable("text holds a NUL character".into()));
        }
        Ok(Self(text))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A browser's form sends `\r\n` where a person typed one line end.
pub(super) fn one_line_end(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Full Unicode case folding: two texts that differ in case alone fold to the same.
pub fn fold(text: &str) -> String {
    CaseMapper::new().fold_string(text).into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        for character in ["a", "ä", "語", "😀"] {
            assert!(ThoughtText::parse(Some(&character.repeat(250))).is_ok());
            assert_eq!(ThoughtText::parse(Some(&character.repeat(251))).unwrap_err().status(), 422);
        }
    }

    #[test]
    fn a_line_end_counts_and_is_kept_as_one_character() {
        let text = format!("{}\r\nb\rc", "a".repeat(246));
        assert_eq!(ThoughtText::parse(Some(&text)).unwrap().as_str().chars().count(), 250);
        assert_eq!(ThoughtText::parse(Some("a\r\n\r\nb")).unwrap().as_str(), "a\n\nb");
    }

    #[test]
    fn nothing_is_no_text_and_nul_is_not_allowed() {
        assert_eq!(ThoughtText::parse(None).unwrap_err().status(), 400);
        assert_eq!(ThoughtText::parse(Some("")).unwrap_err().status(), 400);
        assert_eq!(ThoughtText::parse(Some("a\0b")).unwrap_err().status(), 422);
    }

    #[test]
    fn texts_that_differ_in_case_fold_to_the_same() {
        for (one, other) in [("STRASSE", "straße"), ("ΟΔΟΣ", "οδος"), ("ÄÖÜ", "äöü"), ("ЖУК", "жук"), ("Ǆ", "ǆ")]
        {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }
}
