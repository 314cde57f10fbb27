//! What administrators may do.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use shared::{Admin, Body, Result};

use super::CredentialsBody;
use crate::db::users::{self, NewUser};
use crate::domain::{Credentials, UserView};
use crate::state::AppState;

/// A new user
#[utoipa::path(
    post, path = "/admin/users/", tag = "admin", security(("bearer" = [])),
    request_body(content((CredentialsBody = "application/x-www-form-urlencoded"), (CredentialsBody = "application/json"))),
    responses(
        (status = 201, description = "The new user", body = UserView),
        (status = 400, description = "A field is missing"),
        (status = 401, description = "No good bearer"),
        (status = 403, description = "Not an administrator"),
        (status = 409, description = "The name is taken"),
        (status = 422, description = "Over 50 characters, or with a NUL")
    )
)]
pub(crate) async fn create(
    _: Admin,
    State(state): State<AppState>,
    Body(body): Body<CredentialsBody>,
) -> Result<(StatusCode, Json<UserView>)> {
    let credentials = Credentials::parse(body.username, body.password)?.for_a_new_user()?;
    let hash = state.passwords.hash(credentials.password).await?;
    let user = users::insert(&state.database, &NewUser::now(&credentials.username, &hash, false)).await?;
    Ok((StatusCode::CREATED, Json(user.into())))
}
