//! The operations address: `/livez`, `/readyz` and `/metrics`, apart from what people call.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::future::BoxFuture;
use tokio::sync::watch;

use crate::metrics::Metrics;
use crate::server::Phase;

/// Says whether the service can do its work: an error tells what it waits for.
pub type Readiness = Arc<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

#[derive(Clone)]
struct Operations {
    readiness: Readiness,
    metrics: Metrics,
    phase: watch::Receiver<Phase>,
}

pub(crate) fn router(readiness: Readiness, metrics: Metrics, phase: watch::Receiver<Phase>) -> Router {
    Router::new()
        .route("/livez", get(async || "OK"))
        .route("/readyz", get(readyz))
        .route("/metrics", get(expose))
        .with_state(Operations { readiness, metrics, phase })
}

async fn readyz(State(operations): State<Operations>) -> Response {
    let ready = operations.ready().await;
    operations.metrics.set_ready(ready.is_ok());
    match ready {
        Ok(()) => "OK".into_response(),
        Err(waits_for) => (StatusCode::SERVICE_UNAVAILABLE, waits_for).into_response(),
    }
}

impl Operations {
    /// An error says what keeps the service from its work.
    async fn ready(&self) -> Result<(), String> {
        if *self.phase.borrow() != Phase::Serving {
            return Err("stopping".into());
        }
        (self.readiness)().await
    }
}

async fn expose(State(operations): State<Operations>) -> Response {
    match operations.metrics.text() {
        Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response(),
        Err(error) => crate::Error::Internal(error).into_response(),
    }
}
