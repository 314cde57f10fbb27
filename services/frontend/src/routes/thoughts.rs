//! Somebody's own thoughts.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::QueryOrError;
use crate::clients::PostOutcome;
use crate::failure::Result;
use crate::form::Form;
use crate::state::AppState;
use crate::views::{MAX_LENGTH, OwnPage, View};
use crate::visitor::Visitor;

pub(crate) async fn own(
    State(state): State<AppState>,
    Extension(visitor): Extension<Arc<Visitor>>,
    query: QueryOrError,
) -> Result<Response> {
    let session = visitor.session()?;
    let after = query?.0.after()?;
    let list = state.thoughts.own(&session.token, &visitor.request_id, after).await?;
    state.views.page(&visitor, &View::Own(OwnPage::of(list, after)))
}

/// A thought that somebody posts.
#[derive(Deserialize)]
pub(crate) struct NewThought {
    #[serde(default)]
    text: String,
}

pub(crate) async fn post(
    State(state): State<AppState>,
    Extension(visitor): Extension<Arc<Visitor>>,
    Form(NewThought { text }): Form<NewThought>,
) -> Result<Response> {
    let token = &visitor.session()?.token;
    // a browser sends two characters where a person typed one line end
    let text = text.replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Ok(Redirect::to("/").into_response());
    }
    let stored = if text.chars().count() > MAX_LENGTH {
        PostOutcome::NotAllowed
    } else {
        state.thoughts.post(token, &visitor.request_id, &text).await?
    };
    match stored {
        PostOutcome::Stored => Ok(Redirect::to("/").into_response()),
        PostOutcome::NotAllowed => {
            let list = state.thoughts.own(token, &visitor.request_id, None).await?;
            let page = state.views.page(&visitor, &View::Own(OwnPage::of(list, None).with_refused(text)))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}
