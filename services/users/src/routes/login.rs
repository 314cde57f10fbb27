//! Logging in.

use std::net::IpAddr;

use axum::Json;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap};
use serde::Serialize;
use shared::client_address::client_address;
use shared::{Body, Error, Result};
use utoipa::ToSchema;

use super::CredentialsBody;
use crate::db::users;
use crate::domain::{Credentials, User};
use crate::state::AppState;

/// The token, as a client puts it into its Authorization header.
#[derive(Serialize, ToSchema)]
pub(crate) struct Authorized {
    /// `Bearer TOKEN`
    #[serde(rename = "Authorized")]
    authorized: String,
}

/// A token for a name and its password
#[utoipa::path(
    post, path = "/api/login/", tag = "login",
    request_body(content((CredentialsBody = "application/x-www-form-urlencoded"), (CredentialsBody = "application/json"))),
    responses(
        (status = 200, description = "A token that is good for two days", body = Authorized),
        (status = 400, description = "A field is missing"),
        (status = 401, description = "A wrong pair"),
        (status = 429, description = "Too many failed logins; Retry-After says when to try again")
    )
)]
pub(crate) async fn log_in(
    State(state): State<AppState>,
    extensions: Extensions,
    headers: HeaderMap,
    Body(body): Body<CredentialsBody>,
) -> Result<Json<Authorized>> {
    let credentials = Credentials::parse(body.username, body.password)?;
    let address = client_address(&state.trusted_proxies, &extensions, &headers);
    let outcome = authenticate(&state, credentials, address).await;
    count(&state, &outcome);
    // signing takes half a millisecond of a core
    let token = tokio::task::block_in_place(|| state.signing.token(&outcome?).map_err(Error::Internal))?;
    Ok(Json(Authorized { authorized: format!("Bearer {token}") }))
}

/// The user whose name and password these are. Unknown names take as long as known ones.
async fn authenticate(state: &AppState, credentials: Credentials, address: IpAddr) -> Result<User> {
    let name = credentials.username.as_str();
    state.limits.check(name, address)?;
    let user = if credentials.can_be_a_user() { users::by_name(&state.database, name).await? } else { None };
    let turn = state.passwords.turn().await?;
    // others may have failed while this one waited
    state.limits.check(name, address)?;
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let right = state.passwords.verify(&turn, credentials.password, hash).await?;
    match user.filter(|_| right) {
        Some(user) => Ok(user),
        None => {
            state.limits.failed(&credentials.username, address)?;
            Err(Error::Unauthorized("wrong username or password"))
        }
    }
}

fn count(state: &AppState, outcome: &Result<User>) {
    let result = match outcome {
        Ok(_) => "ok",
        Err(Error::Unauthorized(_)) => "wrong",
        Err(Error::TooManyRequests(_)) => "limited",
        // the database was away: nobody was told right or wrong
        Err(_) => return,
    };
    state.logins.with_label_values(&[result]).inc();
}
