//! Logging out.

use axum::Extension;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};

use crate::csrf::check_site;
use crate::failure::{EndSession, Result};

/// Ends the session, unless a page of another site asks for it.
pub(crate) async fn log_out(headers: HeaderMap) -> Result<impl IntoResponse> {
    check_site(&headers)?;
    Ok((Extension(EndSession), Redirect::to("/login/")))
}
