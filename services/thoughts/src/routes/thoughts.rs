//! Everybody's thoughts.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Deserialize;
use shared::database::Database;
use shared::{Error, Query, Result};
use utoipa::IntoParams;

use super::Id;
use crate::db::thoughts;
use crate::domain::{Page, PageQuery, Search, Thought};

/// What a search asks for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// Text that a thought holds, whatever the case; empty: all
    #[serde(default)]
    search: String,
    #[serde(flatten)]
    #[param(ignore)]
    page: PageQuery,
}

/// Searches everybody's thoughts
#[utoipa::path(
    get, path = "/api/thoughts/", tag = "thoughts", params(SearchQuery, PageQuery),
    responses((status = 200, description = "Thoughts that hold the text; a Link header with rel=\"next\" if there are more", body = [Thought]))
)]
pub(crate) async fn search(
    Query(query): Query<SearchQuery>,
    State(database): State<Database>,
) -> Result<impl IntoResponse> {
    let page = Page::parse(&query.page)?;
    let found = thoughts::search(&database, &Search::new(&query.search), page).await?;
    let searched = Some(query.search.as_str()).filter(|text| !text.is_empty());
    Ok(super::list(found, page, "/api/thoughts/", searched))
}

/// One thought
#[utoipa::path(
    get, path = "/api/thoughts/{id}/", tag = "thoughts", params(("id" = i64, Path, description = "The thought's id")),
    responses((status = 200, description = "The thought", body = Thought), (status = 404, description = "There is none"))
)]
pub(crate) async fn get(Id(id): Id, State(database): State<Database>) -> Result<Json<Thought>> {
    Ok(Json(thoughts::get(&database, id.ok_or(Error::NotFound)?).await?))
}
