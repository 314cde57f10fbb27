//! The handlers: parse, call, show. A file for each resource.

pub(crate) mod admin;
pub(crate) mod me;
pub(crate) mod thoughts;

use axum::Json;
use axum::extract::{FromRequestParts, Path};
use axum::http::header::LINK;
use axum::http::request::Parts;
use axum::response::{AppendHeaders, IntoResponse};

use shared::Error;

use crate::domain::{Page, Thought};

/// A page as JSON, with a `Link` to the next one if there is more.
fn list(mut thoughts: Vec<Thought>, page: Page, path: &str, search: Option<&str>) -> impl IntoResponse + use<> {
    let next = page.cut(&mut thoughts, |thought| thought.id);
    let link = next.map(|after| (LINK, page.next_link(path, search, after)));
    (AppendHeaders(link), Json(thoughts))
}

/// The id in a path; `None` for a number past 64 bits, which nothing has. What is no number is not found.
pub(crate) struct Id(Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let text = path.map_err(|_| Error::NotFound)?.0;
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Error::NotFound);
        }
        Ok(Self(text.parse().ok()))
    }
}
