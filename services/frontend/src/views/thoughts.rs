//! Pages with thoughts on them.

use chrono::SubsecRound;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::clients::{Thought, ThoughtList};

/// The most characters of a thought.
pub(crate) const MAX_LENGTH: usize = 250;

/// Thoughts on a page, and the way to older and newer ones.
#[derive(Debug, Serialize)]
pub(crate) struct ThoughtItems {
    thoughts: Vec<ThoughtItem>,
    empty: &'static str,
    older: Option<String>,
    newest: Option<String>,
}

/// A thought as it is shown.
#[derive(Debug, Serialize)]
struct ThoughtItem {
    author: Option<String>,
    text: String,
    datetime: String,
    time: String,
}

impl ThoughtItem {
    fn of(thought: Thought, with_author: bool) -> Self {
        Self {
            author: with_author.then_some(thought.username),
            text: thought.text,
            datetime: format!("{:?}Z", thought.timestamp.trunc_subsecs(0)),
            time: thought.timestamp.format("%-d %B %Y, %H:%M UTC").to_string(),
        }
    }
}

impl ThoughtItems {
    /// Somebody's own, on a page that begins after that id.
    fn own(list: ThoughtList, after: Option<i64>) -> Self {
        Self {
            thoughts: list.thoughts.into_iter().map(|thought| ThoughtItem::of(thought, false)).collect(),
            empty: "Nothing here yet.",
            older: list.next.map(|next| format!("/?after={next}")),
            newest: after.map(|_| "/".into()),
        }
    }

    /// Everybody's, found at this address, on a page that begins after that id.
    fn found(list: ThoughtList, address: &str, after: Option<i64>) -> Self {
        Self {
            thoughts: list.thoughts.into_iter().map(|thought| ThoughtItem::of(thought, true)).collect(),
            empty: "No results for your search",
            older: list.next.map(|next| format!("{address}&after={next}")),
            newest: after.map(|_| address.to_owned()),
        }
    }
}

/// Somebody's own thoughts, and the form for a new one.
#[derive(Debug, Serialize)]
pub(crate) struct OwnPage {
    #[serde(skip)]
    pub(crate) items: ThoughtItems,
    max_length: usize,
    text: String,
    message: Option<String>,
}

impl OwnPage {
    pub(crate) fn of(list: ThoughtList, after: Option<i64>) -> Self {
        let items = ThoughtItems::own(list, after);
        Self { items, max_length: MAX_LENGTH, text: String::new(), message: None }
    }

    /// The same with a text that was refused, to be mended.
    pub(crate) fn with_refused(mut self, text: String) -> Self {
        let length = text.chars().count();
        self.message = Some(if length > MAX_LENGTH {
            format!("This was not saved: a thought has at most {MAX_LENGTH} characters, this has {length}.")
        } else {
            "This was not saved: it holds a character that is not allowed.".into()
        });
        self.text = text;
        self
    }
}

/// Everybody's thoughts that hold a text.
#[derive(Debug, Serialize)]
pub(crate) struct SearchPage<'a> {
    pub(crate) search: &'a str,
    #[serde(skip)]
    pub(crate) items: ThoughtItems,
}

impl<'a> SearchPage<'a> {
    pub(crate) fn of(search: &'a str, list: ThoughtList, after: Option<i64>) -> Self {
        let address = format!("/search?search={}", utf8_percent_encode(search, NON_ALPHANUMERIC));
        Self { search, items: ThoughtItems::found(list, &address, after) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
    use super::*;

    fn list(next: Option<i64>) -> ThoughtList {
        let timestamp = "1962-05-11T11:53:41.279611".parse().unwrap();
        ThoughtList { thoughts: vec![Thought { username: "bruce".into(), text: "x".into(), timestamp }], next }
    }

    #[test]
    fn links_lead_to_older_thoughts_and_back() {
        let first = SearchPage::of("a&b c", list(Some(7)), None).items;
        assert_eq!(first.older.as_deref(), Some("/search?search=a%26b%20c&after=7"));
        assert_eq!(first.newest, None);
        let last = OwnPage::of(list(None), Some(7)).items;
        assert_eq!((last.older, last.newest.as_deref()), (None, Some("/")));
    }

    #[test]
    fn times_are_for_people_and_for_machines() {
        let items = OwnPage::of(list(None), None).items;
        assert_eq!(items.thoughts[0].time, "11 May 1962, 11:53 UTC");
        assert_eq!(items.thoughts[0].datetime, "1962-05-11T11:53:41Z");
    }

    #[test]
    fn a_refusal_says_what_is_wrong() {
        let message = |text: String| OwnPage::of(list(None), None).with_refused(text).message.unwrap();
        assert!(message("ä".repeat(251)).contains("at most 250 characters, this has 251"));
        assert!(message("a\0".into()).contains("not allowed"));
    }

    #[test]
    fn authors_are_named_where_they_differ() {
        assert_eq!(OwnPage::of(list(None), None).items.thoughts[0].author, None);
        assert_eq!(SearchPage::of("", list(None), None).items.thoughts[0].author.as_deref(), Some("bruce"));
    }
}
