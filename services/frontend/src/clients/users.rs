//! The users service.

use anyhow::anyhow;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use reqwest::Method;
use serde::Deserialize;

use super::backend::{Backend, Reply};
use crate::failure::Result;
use crate::visitor::Visitor;

/// What became of a login.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum LoginOutcome {
    /// A right pair: the token.
    Token(String),
    /// Not a right pair.
    WrongPair,
    /// Too many wrong ones before; again after so many seconds.
    TooOften(u64),
}

/// Seconds to wait when the service does not say how many.
const DEFAULT_WAIT: u64 = 60;

/// Calls the service.
#[derive(Clone)]
pub(crate) struct UsersClient(Backend);

#[derive(Deserialize)]
struct Authorized {
    #[serde(rename = "Authorized")]
    authorized: String,
}

impl UsersClient {
    pub(crate) fn new(backend: Backend) -> Self {
        Self(backend)
    }

    /// Asks for a token, and says for which person's address: failed logins are counted by it.
    pub(crate) async fn log_in(&self, visitor: &Visitor, username: &str, password: &str) -> Result<LoginOutcome> {
        let request = self.0.request(Method::POST, "/api/login/", &visitor.request_id);
        let request = request.header("x-forwarded-for", visitor.address.to_string());
        self.0.call(request.form(&[("username", username), ("password", password)]), outcome).await
    }
}

fn outcome(reply: &Reply) -> Result<LoginOutcome> {
    match reply.status {
        StatusCode::OK => {
            let Authorized { authorized } = reply.json()?;
            let token =
                authorized.strip_prefix("Bearer ").ok_or_else(|| reply.nonsense(anyhow!("expected Bearer TOKEN")))?;
            Ok(LoginOutcome::Token(token.to_owned()))
        }
        StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::UNPROCESSABLE_ENTITY => {
            Ok(LoginOutcome::WrongPair)
        }
        StatusCode::TOO_MANY_REQUESTS => Ok(LoginOutcome::TooOften(wait(reply).unwrap_or(DEFAULT_WAIT))),
        _ => Err(reply.unexpected()),
    }
}

fn wait(reply: &Reply) -> Option<u64> {
    reply.headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()
}
