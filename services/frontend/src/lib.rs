//! The frontend: the pages that people see. It owns no data and holds no secret.
//!
//! A request goes [`router`] → `visitor` (who is it?) → `routes` → `clients` (what do the backends say?)
//! → `views` and back as a page. Any `?` ends in `failure`, which becomes a page of its own.

mod assets;
mod clients;
pub mod config;
mod cookies;
mod csrf;
mod failure;
mod form;
mod headers;
pub mod hosts;
pub mod router;
mod routes;
mod state;
mod views;
mod visitor;

use std::sync::Arc;

use shared::Running;
use shared::edge::Edge;
use shared::keys::Verifier;
use shared::metrics::Metrics;
use shared::server::Server;

pub use config::Config;
use state::AppState;

/// Starts the frontend; its backends and the keys may come later.
pub async fn start(config: Config) -> anyhow::Result<Running> {
    let metrics = Metrics::new()?;
    let verifier = Arc::new(Verifier::new(config.keys.clone()).await?);
    let state = AppState::new(&config, Arc::clone(&verifier), &metrics)?;
    Server {
        listen: config.listen,
        operations_listen: config.operations_listen,
        edge: Edge::new("frontend", metrics, config.common.request_timeout)?,
        readiness: state.readiness(),
        reload: state.reload(),
        routes: router::routes(state),
        tasks: vec![Box::pin(verifier.keep_fresh())],
    }
    .start(&config.common)
    .await
}
