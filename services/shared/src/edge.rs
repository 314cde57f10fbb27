//! What happens to every request at a service's edge: an id, limits, a count, a log line, and the
//! replies that no route gives.

use std::time::{Duration, Instant};

use anyhow::anyhow;
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use tower_http::catch_panic::CatchPanicLayer;

use crate::error::{Cause, Error};
use crate::metrics::Metrics;

/// A request's id: taken over from the caller or made, replied, logged, and passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub HeaderValue);

/// The header that carries it.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How long a client has for its body.
#[derive(Clone, Copy, Debug)]
pub struct RequestTimeout(pub Duration);

impl Default for RequestTimeout {
    fn default() -> Self {
        Self(Duration::from_secs(10))
    }
}

/// What the edge needs to know of its service.
#[derive(Clone)]
pub struct Edge {
    /// `thoughts`, `users` or `frontend`.
    pub service: &'static str,
    /// Where replies are counted.
    pub metrics: Metrics,
    /// How long a client has for its body.
    pub request_timeout: Duration,
    /// What is sent as `Server`: the service and its version.
    pub server: HeaderValue,
}

impl Edge {
    /// The edge of a service of this workspace's version.
    pub fn new(service: &'static str, metrics: Metrics, request_timeout: Duration) -> anyhow::Result<Self> {
        let server = format!("mythoughts-{service}/{}", env!("CARGO_PKG_VERSION")).parse()?;
        Ok(Self { service, metrics, request_timeout, server })
    }
}

/// A handler may take this long beyond the request's own arrival before the client is told 503.
const REPLY_TIMEOUT: Duration = Duration::from_secs(30);

/// Puts the edge around a service's routes.
pub fn around(routes: Router, edge: Edge) -> Router {
    routes
        .route("/health", get(async || "OK"))
        .fallback(async || Error::NotFound)
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(edge, at_edge))
}

/// Serves a path that ends in `/` also without it, at once: no redirect that would lose a body.
pub trait SlashRoute {
    /// As `Router::route`, for both forms of the path.
    #[must_use]
    fn slash_route(self, path: &str, methods: MethodRouter<Self::State>) -> Self
    where
        Self: Sized;
    /// The router's state.
    type State;
}

impl<S: Clone + Send + Sync + 'static> SlashRoute for Router<S> {
    type State = S;

    fn slash_route(self, path: &str, methods: MethodRouter<S>) -> Self {
        self.route(path.trim_end_matches('/'), methods.clone()).route(path, methods)
    }
}

async fn at_edge(State(edge): State<Edge>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers());
    let method = request.method().clone();
    // a made-up path must not become a label: only routes are counted by name
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or("none", |path| canonical(path.as_str()));
    request.extensions_mut().insert(RequestTimeout(edge.request_timeout));
    request.extensions_mut().insert(id.clone());

    let reply = tokio::time::timeout(edge.request_timeout + REPLY_TIMEOUT, next.run(request)).await;
    let mut response = reply.unwrap_or_else(|_| late());
    let duration = started.elapsed();
    log(&Line { service: edge.service, id: &id, method: known(&method), route, duration }, &response);
    edge.metrics.count(route, known(&method), response.status().as_u16(), duration);
    response.headers_mut().insert(REQUEST_ID, id.0);
    response.headers_mut().insert(header::SERVER, edge.server);
    response
}

/// What the log tells of a request.
struct Line<'a> {
    service: &'static str,
    id: &'a RequestId,
    method: &'a str,
    route: &'a str,
    duration: Duration,
}

/// One line a request, without a span, which would cost more than the line; the cause of a 5xx is logged here and
/// nowhere else.
fn log(line: &Line<'_>, response: &Response) {
    let Line { service, method, route, .. } = *line;
    let request_id = line.id.0.to_str().unwrap_or_default();
    let status = response.status().as_u16();
    let duration_ms = line.duration.as_secs_f64() * 1e3;
    match response.extensions().get::<Cause>() {
        Some(Cause(cause)) => {
            let error = format!("{cause:#}");
            tracing::error!(service, request_id, method, route, status, duration_ms, error, "request failed");
        }
        None => tracing::info!(service, request_id, method, route, status, duration_ms, "request"),
    }
}

fn late() -> Response {
    Error::Unavailable("this takes too long", anyhow!("no reply within {REPLY_TIMEOUT:?}")).into_response()
}

#[expect(clippy::needless_pass_by_value, reason = "as the layer calls it")]
fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default();
    Error::Internal(anyhow!("a handler panicked: {text}")).into_response()
}

/// Both forms of a path are one route.
fn canonical(path: &str) -> &str {
    path.strip_suffix('/').filter(|path| !path.is_empty()).unwrap_or(path)
}

/// Methods are the client's to invent, and labels are not.
fn known(method: &axum::http::Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "PATCH" | "OPTIONS") => known,
        _ => "other",
    }
}

fn request_id(headers: &HeaderMap) -> RequestId {
    let fits = |value: &&HeaderValue| {
        (1..=64).contains(&value.len())
            && value.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
    };
    let made = || HeaderValue::from_str(&format!("{:032x}", rand::random::<u128>()));
    let id = headers.get(REQUEST_ID).filter(fits).cloned().map_or_else(made, Ok);
    RequestId(id.unwrap_or_else(|_| HeaderValue::from_static("none")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use axum::http::StatusCode;
    use tower::ServiceExt;

    async fn reply(request: axum::http::request::Builder) -> Response {
        let routes = Router::new()
            .slash_route("/things/", get(async || "things"))
            .route("/panic", get(async || -> &'static str { panic!("oh") }));
        let edge = Edge::new("sample", Metrics::new().unwrap(), Duration::from_secs(1)).unwrap();
        around(routes, edge).oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn both_forms_of_a_path_are_served() {
        for path in ["/things/", "/things", "/health"] {
            assert_eq!(reply(Request::get(path)).await.status(), StatusCode::OK, "{path}");
        }
    }

    #[tokio::test]
    async fn what_no_route_answers_is_answered_all_the_same() {
        assert_eq!(reply(Request::get("/nothing")).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(reply(Request::get("/panic")).await.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let refused = reply(Request::post("/things/")).await;
        assert_eq!(refused.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(refused.headers()[header::ALLOW], "GET,HEAD");
    }

    #[tokio::test]
    async fn a_request_id_is_taken_over_if_it_is_harmless() {
        let given = reply(Request::get("/things").header(REQUEST_ID, "abc-1")).await;
        assert_eq!(given.headers()[REQUEST_ID], "abc-1");
        let made = reply(Request::get("/things").header(REQUEST_ID, "a\"b")).await;
        assert_eq!(made.headers()[REQUEST_ID].len(), 32);
    }
}
