//! Every address of the service.

use axum::Router;
use axum::routing::{delete, get};
use shared::api_docs::{self, BearerToken};
use shared::edge::SlashRoute;
use utoipa::OpenApi;

use crate::domain::Order;
use crate::routes::{admin, me, thoughts};
use crate::state::AppState;

pub(crate) fn routes(state: AppState) -> Router {
    Router::new()
        .slash_route("/api/me/thoughts/", get(me::list).post(me::post))
        .slash_route("/api/thoughts/", get(thoughts::search))
        .slash_route("/api/thoughts/{id}/", get(thoughts::get))
        .slash_route("/admin/thoughts/{id}/", delete(admin::delete))
        .merge(api_docs::routes(Api::openapi()))
        .with_state(state)
}

/// What `/openapi.json` says.
#[derive(OpenApi)]
#[openapi(
    info(title = "MyThoughts: thoughts", description = "What people wrote, and the search over it."),
    paths(me::list, me::post, thoughts::search, thoughts::get, admin::delete),
    components(schemas(Order)),
    modifiers(&BearerToken)
)]
pub struct Api;
