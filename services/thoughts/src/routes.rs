//! The handlers: parse, call, show. A file for each resource.

pub(crate) mod admin;
pub(crate) mod me;
pub(crate) mod thoughts;

use axum::Json;
use axum::http::header::LINK;
use axum::response::{AppendHeaders, IntoResponse};

use crate::domain::{Page, Thought};

/// A page as JSON, with a `Link` to the next one if there is more.
fn list(mut thoughts: Vec<Thought>, page: Page, path: &str, search: Option<&str>) -> impl IntoResponse + use<> {
    let next = page.cut(&mut thoughts, |thought| thought.id);
    let link = next.map(|after| (LINK, page.next_link(path, search, after)));
    (AppendHeaders(link), Json(thoughts))
}

/// An id in a path: what is no number, or too large for one, names nothing.
fn id(text: &str) -> shared::Result<i64> {
    text.parse().map_err(|_| shared::Error::NotFound)
}
