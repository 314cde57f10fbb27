//! What administrators may do.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use shared::database::Database;
use shared::{Admin, Result};

use crate::db::thoughts;

#[utoipa::path(
    delete, path = "/admin/thoughts/{id}/", tag = "admin", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The thought's id")),
    responses(
        (status = 204, description = "It is gone, or was not there"),
        (status = 401, description = "No good bearer"),
        (status = 403, description = "Not an administrator")
    )
)]
pub(crate) async fn delete(_: Admin, Path(id): Path<String>, State(database): State<Database>) -> Result<StatusCode> {
    // a number that no id can be was not there either
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(shared::Error::NotFound);
    }
    if let Ok(id) = id.parse() {
        thoughts::delete(&database, id).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
