//! The users service: who may log in, and the tokens that say so.
//!
//! A request goes [`router`] → `routes` → [`domain`] (parsed once into types) → [`db`] and back as JSON.
//! This service alone holds the private key; the others check tokens by its JWKS.

pub mod config;
pub mod db;
pub mod domain;
mod first_users;
mod login_limits;
mod passwords;
pub mod router;
mod routes;
mod signing;
mod state;

use std::sync::Arc;

use shared::Running;
use shared::database::Database;
use shared::edge::Edge;
use shared::metrics::Metrics;
use shared::server::Server;

pub use config::Config;
use first_users::FirstUsers;
use login_limits::LoginLimits;
use passwords::Passwords;
use signing::Signing;
use state::{AppState, login_counter};

/// Starts the service; the database may come later.
pub async fn start(config: Config) -> anyhow::Result<Running> {
    let metrics = Metrics::new()?;
    let logins = login_counter()?;
    metrics.register(logins.clone())?;
    let database = Database::new(&config.database, "users")?;
    database.register_metrics(&metrics)?;
    let state = AppState {
        database,
        signing: Arc::new(Signing::open(&config).await?),
        passwords: Passwords::new().await?,
        limits: Arc::new(LoginLimits::default()),
        trusted_proxies: config.trusted_proxies.clone().into(),
        logins,
    };

    let preparation = prepare(state.database.clone(), state.passwords.clone(), FirstUsers::of(&config)?);
    Server {
        listen: config.listen,
        operations_listen: config.operations_listen,
        edge: Edge::new("users", metrics, config.common.request_timeout)?,
        readiness: state.readiness(),
        reload: state.reload(),
        routes: router::routes(state),
        tasks: vec![Box::pin(preparation)],
    }
    .start(&config.common)
    .await
}

async fn prepare(database: Database, passwords: Passwords, first: FirstUsers) {
    database.prepare(db::MIGRATIONS, || first.make(&database, &passwords)).await;
}
