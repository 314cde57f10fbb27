//! Every address of the service.

use axum::Router;
use axum::routing::{get, post};
use shared::api_docs::{self, BearerToken};
use shared::edge::SlashRoute;
use utoipa::OpenApi;

use crate::routes::{admin, jwks, login};
use crate::state::AppState;

pub(crate) fn routes(state: AppState) -> Router {
    Router::new()
        .slash_route("/api/login/", post(login::log_in))
        .slash_route("/admin/users/", post(admin::create))
        .route("/.well-known/jwks.json", get(jwks::publish))
        .merge(api_docs::routes(Api::openapi()))
        .with_state(state)
}

/// What `/openapi.json` says.
#[derive(OpenApi)]
#[openapi(
    info(title = "MyThoughts: users", description = "Who may log in, and the tokens that say so."),
    paths(login::log_in, admin::create, jwks::publish),
    modifiers(&BearerToken)
)]
pub struct Api;
