//! A person's own thoughts.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;
use shared::database::Database;
use shared::{Bearer, Body, Query, Result};
use utoipa::ToSchema;

use crate::db::thoughts::{self, NewThought};
use crate::domain::{Page, PageQuery, Thought, ThoughtText};

/// Own thoughts
#[utoipa::path(
    get, path = "/api/me/thoughts/", tag = "thoughts", security(("bearer" = [])), params(PageQuery),
    responses(
        (status = 200, description = "Own thoughts; a Link header with rel=\"next\" if there are more", body = [Thought]),
        (status = 401, description = "No good bearer")
    )
)]
pub(crate) async fn list(
    Bearer(claims): Bearer,
    Query(query): Query<PageQuery>,
    State(database): State<Database>,
) -> Result<impl IntoResponse> {
    let page = Page::parse(&query)?;
    let list = thoughts::of_user(&database, &claims.username, page).await?;
    Ok(super::list(list, page, "/api/me/thoughts/", None))
}

/// A thought that somebody posts.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewThoughtBody {
    /// 1 to 250 characters
    #[schema(value_type = String, max_length = 250)]
    text: Option<String>,
}

/// A new thought
#[utoipa::path(
    post, path = "/api/me/thoughts/", tag = "thoughts", security(("bearer" = [])),
    request_body(content((NewThoughtBody = "application/x-www-form-urlencoded"), (NewThoughtBody = "application/json"))),
    responses(
        (status = 201, description = "The stored thought", body = Thought),
        (status = 400, description = "No text"),
        (status = 401, description = "No good bearer"),
        (status = 422, description = "Over 250 characters, or with a NUL")
    )
)]
pub(crate) async fn post(
    Bearer(claims): Bearer,
    State(database): State<Database>,
    Body(body): Body<NewThoughtBody>,
) -> Result<impl IntoResponse> {
    let text = ThoughtText::parse(body.text.as_deref())?;
    let thought = thoughts::insert(&database, &NewThought::now(&claims.username, &text)).await?;
    Ok((StatusCode::CREATED, Json(thought)))
}
