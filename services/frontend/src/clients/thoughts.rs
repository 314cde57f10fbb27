//! The thoughts service.

use axum::http::StatusCode;
use chrono::NaiveDateTime;
use reqwest::{Method, RequestBuilder};
use serde::{Deserialize, Serialize};
use shared::edge::RequestId;

use super::backend::{Backend, Reply};
use super::link::next_after;
use crate::failure::{Failure, Result};

/// How many thoughts a page shows.
const PAGE: u32 = 50;

/// A thought, as the service shows it.
#[derive(Debug, Deserialize)]
pub(crate) struct Thought {
    pub(crate) username: String,
    pub(crate) text: String,
    pub(crate) timestamp: NaiveDateTime,
}

/// A page of thoughts, the newest first.
#[derive(Debug)]
pub(crate) struct ThoughtList {
    pub(crate) thoughts: Vec<Thought>,
    /// The id that older ones come after, if there are any.
    pub(crate) next: Option<i64>,
}

/// What became of a thought that somebody posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PostOutcome {
    /// It is stored.
    Stored,
    /// It is too long, or holds what is not allowed.
    NotAllowed,
}

/// Calls the service.
#[derive(Clone)]
pub(crate) struct ThoughtsClient(Backend);

#[derive(Serialize)]
struct ListQuery<'a> {
    order: &'static str,
    limit: u32,
    after: Option<i64>,
    search: Option<&'a str>,
}

impl<'a> ListQuery<'a> {
    fn new(after: Option<i64>, search: Option<&'a str>) -> Self {
        Self { order: "desc", limit: PAGE, after, search }
    }
}

impl ThoughtsClient {
    pub(crate) fn new(backend: Backend) -> Self {
        Self(backend)
    }

    /// Somebody's own thoughts.
    pub(crate) async fn own(&self, token: &str, id: &RequestId, after: Option<i64>) -> Result<ThoughtList> {
        let request = self.0.request(Method::GET, "/api/me/thoughts/", id).bearer_auth(token);
        self.list(request.query(&ListQuery::new(after, None))).await
    }

    /// Everybody's thoughts that hold the text.
    pub(crate) async fn search(&self, text: &str, id: &RequestId, after: Option<i64>) -> Result<ThoughtList> {
        let request = self.0.request(Method::GET, "/api/thoughts/", id);
        self.list(request.query(&ListQuery::new(after, Some(text)))).await
    }

    /// Stores a thought.
    pub(crate) async fn post(&self, token: &str, id: &RequestId, text: &str) -> Result<PostOutcome> {
        let request = self.0.request(Method::POST, "/api/me/thoughts/", id).bearer_auth(token);
        let read = |reply: &Reply| match reply.status {
            StatusCode::CREATED => Ok(PostOutcome::Stored),
            StatusCode::UNPROCESSABLE_ENTITY => Ok(PostOutcome::NotAllowed),
            StatusCode::UNAUTHORIZED => Err(Failure::SessionRefused),
            _ => Err(reply.unexpected()),
        };
        self.0.call(request.form(&[("text", text)]), read).await
    }

    async fn list(&self, request: RequestBuilder) -> Result<ThoughtList> {
        let read = |reply: &Reply| match reply.status {
            StatusCode::OK => Ok(ThoughtList { thoughts: reply.json()?, next: next_after(&reply.headers) }),
            StatusCode::UNAUTHORIZED => Err(Failure::SessionRefused),
            _ => Err(reply.unexpected()),
        };
        self.0.call(request, read).await
    }
}
