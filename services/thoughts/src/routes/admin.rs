//! What administrators may do.

use axum::extract::State;
use axum::http::StatusCode;
use shared::database::Database;
use shared::{Admin, Result};

use super::Id;
use crate::db::thoughts;

/// Deletes a thought
#[utoipa::path(
    delete, path = "/admin/thoughts/{id}/", tag = "admin", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The thought's id")),
    responses(
        (status = 204, description = "It is gone, or was not there"),
        (status = 401, description = "No good bearer"),
        (status = 403, description = "Not an administrator")
    )
)]
pub(crate) async fn delete(_: Admin, Id(id): Id, State(database): State<Database>) -> Result<StatusCode> {
    if let Some(id) = id {
        thoughts::delete(&database, id).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
