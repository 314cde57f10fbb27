//! Every failure of a request, and the reply that it becomes.

use std::borrow::Cow;
use std::sync::Arc;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// What a handler gives.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request has no ordinary reply. The text is for the client; a cause is for the log.
#[derive(Debug)]
pub enum Error {
    /// 400: the request cannot be understood, or lacks something.
    BadRequest(Cow<'static, str>),
    /// 401: no bearer, or one that is refused.
    Unauthorized(&'static str),
    /// 403: known, but not allowed.
    Forbidden(&'static str),
    /// 404: there is nothing of that name.
    NotFound,
    /// 405: not with this method.
    MethodNotAllowed,
    /// 408: the client sends too slowly.
    TooSlow,
    /// 409: it is there already.
    Conflict(Cow<'static, str>),
    /// 413: the body is too large.
    TooLarge,
    /// 415: the body is of a type that is not read here.
    UnsupportedMediaType,
    /// 422: well-formed, but not allowed.
    Unprocessable(Cow<'static, str>),
    /// 429: too often; try again after so many seconds.
    TooManyRequests(u64),
    /// 503: something this service needs does not answer; the cause is logged.
    Unavailable(&'static str, anyhow::Error),
    /// 500: a fault of ours; the cause is logged.
    Internal(anyhow::Error),
}

/// The cause of a 5xx, carried by the response to the place that logs.
#[derive(Clone, Debug)]
pub struct Cause(pub Arc<anyhow::Error>);

/// Seconds after which a client may try again when something is away.
const RETRY_AFTER: u64 = 1;

impl Error {
    /// The status of the reply.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unprocessable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(..) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What the client is told.
    pub fn message(&self) -> &str {
        match self {
            Self::BadRequest(text) | Self::Conflict(text) | Self::Unprocessable(text) => text,
            Self::Unauthorized(text) | Self::Forbidden(text) | Self::Unavailable(text, _) => text,
            Self::NotFound => "not found",
            Self::MethodNotAllowed => "method not allowed",
            Self::TooSlow => "the request took too long to arrive",
            Self::TooLarge => "the body is too large",
            Self::UnsupportedMediaType => "the body must be application/x-www-form-urlencoded or application/json",
            Self::TooManyRequests(_) => "too many failed attempts, try again later",
            Self::Internal(_) => "internal error",
        }
    }

    fn header(&self) -> Option<(header::HeaderName, HeaderValue)> {
        match self {
            Self::Unauthorized(_) => Some((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            Self::TooManyRequests(seconds) => Some((header::RETRY_AFTER, (*seconds).into())),
            Self::Unavailable(..) => Some((header::RETRY_AFTER, RETRY_AFTER.into())),
            // what is left of the body is not read, so the connection cannot go on
            Self::TooSlow | Self::TooLarge => Some((header::CONNECTION, HeaderValue::from_static("close"))),
            _ => None,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(json!({ "message": self.message() }))).into_response();
        if let Some((name, value)) = self.header() {
            response.headers_mut().insert(name, value);
        }
        if let Self::Unavailable(_, cause) | Self::Internal(cause) = self {
            response.extensions_mut().insert(Cause(Arc::new(cause)));
        }
        response
    }
}

impl From<anyhow::Error> for Error {
    fn from(cause: anyhow::Error) -> Self {
        Self::Internal(cause)
    }
}

#[cfg(feature = "backend")]
impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::Error::{DatabaseError, NotFound};
        match error {
            NotFound => Self::NotFound,
            // a server that is stopping, restarting or overloaded answers with many codes
            error @ DatabaseError(..) => Self::Unavailable("the database does not answer", error.into()),
            error => Self::Internal(error.into()),
        }
    }
}

#[cfg(feature = "backend")]
impl From<diesel_async::pooled_connection::bb8::RunError> for Error {
    fn from(error: diesel_async::pooled_connection::bb8::RunError) -> Self {
        Self::Unavailable("the database does not answer", error.into())
    }
}
