//! The thoughts service: what people wrote, and the search over it.
//!
//! A request goes [`router`] → `routes` → [`domain`] (parsed once into types) → [`db`] and back as JSON.

pub mod config;
pub mod db;
pub mod domain;
pub mod router;
mod routes;
mod sample_data;
mod state;

use std::sync::Arc;

use shared::Running;
use shared::database::Database;
use shared::edge::Edge;
use shared::keys::Verifier;
use shared::metrics::Metrics;
use shared::server::Server;

pub use config::Config;
use state::AppState;

/// Starts the service; the database and the keys may come later.
pub async fn start(config: Config) -> anyhow::Result<Running> {
    let metrics = Metrics::new()?;
    let database = Database::new(&config.database, "thoughts")?;
    database.register_metrics(&metrics)?;
    let verifier = Arc::new(Verifier::new(config.keys).await?);
    let state = AppState { database, verifier };

    let keys = Arc::clone(&state.verifier).keep_fresh();
    let preparation = prepare(state.database.clone(), config.sample_data);
    Server {
        listen: config.listen,
        operations_listen: config.operations_listen,
        edge: Edge::new("thoughts", metrics, config.common.request_timeout)?,
        readiness: state.readiness(),
        reload: state.reload(),
        routes: router::routes(state),
        tasks: vec![Box::pin(keys), Box::pin(preparation)],
    }
    .start(&config.common)
    .await
}

async fn prepare(database: Database, sample_data: bool) {
    let seed = async || if sample_data { sample_data::load(&database).await } else { Ok(()) };
    database.prepare(db::MIGRATIONS, seed).await;
}
