//! Logging in.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;
use shared::Error;
use shared::claims::now;

use crate::clients::{LoginOutcome, USERS};
use crate::cookies;
use crate::failure::{Failure, Result};
use crate::form::Form;
use crate::state::AppState;
use crate::views::{LoginPage, View};
use crate::visitor::Visitor;

const WRONG_PAIR: &str = "Invalid login/password, please try again.";
const TOO_OFTEN: &str = "Too many failed attempts, please try again later.";

/// No user's name or password is nearly so long, in bytes; encoded, both fit into what the service reads.
const HOPELESS: usize = 4_096;

pub(crate) async fn form(
    State(state): State<AppState>,
    Extension(visitor): Extension<Arc<Visitor>>,
) -> Result<Response> {
    state.views.page(&visitor, &View::Login(LoginPage::default()))
}

/// What somebody logs in with.
#[derive(Deserialize)]
pub(crate) struct Credentials {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
}

pub(crate) async fn log_in(
    State(state): State<AppState>,
    Extension(visitor): Extension<Arc<Visitor>>,
    Form(Credentials { username, password }): Form<Credentials>,
) -> Result<Response> {
    let outcome = if username.len().max(password.len()) > HOPELESS {
        LoginOutcome::WrongPair
    } else {
        state.users.log_in(&visitor, &username, &password).await?
    };
    let again =
        |message| state.views.page(&visitor, &View::Login(LoginPage { username: &username, message: Some(message) }));
    match outcome {
        LoginOutcome::Token(token) => open_session(&state, &visitor, &token).await,
        LoginOutcome::WrongPair => again(WRONG_PAIR),
        LoginOutcome::TooOften(seconds) => {
            let wait = AppendHeaders([(RETRY_AFTER, seconds.to_string())]);
            Ok((StatusCode::TOO_MANY_REQUESTS, wait, again(TOO_OFTEN)?).into_response())
        }
    }
}

/// Sets the cookie, for as long as the token is good.
async fn open_session(state: &AppState, visitor: &Visitor, token: &str) -> Result<Response> {
    let claims = state.verifier.verify(token).await.map_err(|error| match error {
        Error::Unavailable(_, cause) => Failure::Down(USERS, cause),
        error => Failure::Nonsense(USERS, anyhow::anyhow!("answered with a token that does not hold: {error:?}")),
    })?;
    let left = Duration::try_from_secs_f64(claims.exp - now()).unwrap_or_default();
    let cookie = cookies::session(token, left.as_secs(), visitor.secure);
    Ok((AppendHeaders(cookie.map(|cookie| (SET_COOKIE, cookie))), Redirect::to("/")).into_response())
}
