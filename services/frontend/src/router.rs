//! Every address of the service.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post};
use shared::edge::SlashRoute;

use crate::routes::{files, login, logout, nothing, search, thoughts};
use crate::state::AppState;
use crate::{headers, hosts, visitor};

pub(crate) fn routes(state: AppState) -> Router {
    let known_hosts = from_fn_with_state(state.hosts.clone(), hosts::check);
    let pages = Router::new()
        .route("/", get(thoughts::own))
        .slash_route("/thoughts/", get(thoughts::own))
        .slash_route("/thoughts/new/", post(thoughts::post))
        .slash_route("/login/", get(login::form).post(login::log_in))
        .slash_route("/logout/", get(logout::log_out))
        .slash_route("/search/", get(search::search))
        .route("/{*path}", any(nothing::not_found))
        .method_not_allowed_fallback(nothing::method_not_allowed)
        .layer(known_hosts.clone())
        .layer(from_fn_with_state(state.clone(), visitor::visit));
    let files = Router::new().route("/static/{version}/{file}", get(files::file)).layer(known_hosts);
    pages.merge(files).layer(from_fn(headers::protect)).with_state(state)
}
