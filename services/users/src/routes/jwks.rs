//! The public keys.

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;

use crate::state::AppState;

/// The public keys that check tokens
#[utoipa::path(
    get, path = "/.well-known/jwks.json", tag = "keys",
    responses((status = 200, description = "The public keys that check tokens (RFC 7517)", body = serde_json::Value))
)]
pub(crate) async fn publish(State(state): State<AppState>) -> impl IntoResponse {
    // after a rotation a client must see the new key at once
    ([(CACHE_CONTROL, "no-cache")], Json(state.signing.jwks()))
}
