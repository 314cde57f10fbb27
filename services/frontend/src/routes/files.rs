//! The style sheet, the icon and the script.

use axum::extract::State;
use axum::http::Uri;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use shared::Error;

use crate::failure::Result;
use crate::state::AppState;

/// For good: an address with other content is another address.
const FOR_LONG: &str = "public, max-age=31536000, immutable";

pub(crate) async fn file(State(state): State<AppState>, address: Uri) -> Result<impl IntoResponse> {
    let asset = state.views.assets.find(address.path()).ok_or(Error::NotFound)?;
    Ok(([(CONTENT_TYPE, asset.content_type), (CACHE_CONTROL, FOR_LONG)], asset.content))
}
