//! One pool over SQLite or PostgreSQL, and the migrations of whichever it is.

mod command;
mod metrics;
mod migrate;
mod postgres;
mod settings;
mod sqlite;
mod tls;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context;
use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::bb8::Pool;

pub use command::run;
use diesel_migrations::EmbeddedMigrations;
pub use settings::{DatabaseEngine, DatabaseSettings};
pub use sqlite::SqliteConnection;

use crate::error::Result;
use migrate::{Lock, Pending};

/// How long a request waits for a connection before it is told 503.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(3);
/// How long readiness waits for the database.
const PING_TIMEOUT: Duration = Duration::from_secs(2);

/// A service's database. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    /// Its connections.
    pub pools: Pools,
    settings: Arc<postgres::Connector>,
    pending: Pending,
    prepared: Arc<AtomicBool>,
}

/// The connections, by engine.
#[derive(Clone)]
pub enum Pools {
    /// PostgreSQL.
    Postgres(Pool<AsyncPgConnection>),
    /// SQLite: many may read while one writes.
    Sqlite {
        /// Connections for queries.
        read: Pool<SqliteConnection>,
        /// The one connection that writes.
        write: Pool<SqliteConnection>,
    },
}

/// The migrations of both engines, embedded in the binary.
pub struct Migrations {
    /// For PostgreSQL.
    pub postgres: fn() -> EmbeddedMigrations,
    /// For SQLite.
    pub sqlite: fn() -> EmbeddedMigrations,
}

/// Runs a query on whichever engine it is: the body is compiled once for each.
///
/// `with_connection!(database, read, |connection| query.load(connection).await)`; a writing query says `write`.
#[macro_export]
macro_rules! with_connection {
    ($database:expr, $access:ident, |$connection:ident| $query:expr) => {
        match &$database.pools {
            $crate::database::Pools::Postgres(pool) => {
                let mut connection = pool.get().await?;
                let $connection = &mut *connection;
                $query
            }
            $crate::database::Pools::Sqlite { $access: pool, .. } => {
                let mut connection = pool.get().await?;
                let $connection = &mut *connection;
                $query
            }
        }
    };
}

impl Database {
    /// A pool that connects when it is first used: the database may come up later.
    pub fn new(settings: &DatabaseSettings, service: &str) -> anyhow::Result<Self> {
        let sqlite_path = settings.sqlite_path.clone().unwrap_or_else(|| format!("{service}.sqlite").into());
        let connector = Arc::new(postgres::Connector::new(settings, sqlite_path.clone())?);
        let pools = match settings.database_engine {
            DatabaseEngine::Postgresql => Pools::Postgres(postgres::pool(&connector, settings.postgres_pool)),
            DatabaseEngine::Sqlite => sqlite::pools(&sqlite_path)?,
        };
        let pending = if settings.migrate { Pending::Apply } else { Pending::Refuse };
        Ok(Self { pools, settings: connector, pending, prepared: Arc::default() })
    }

    /// Migrates, or waits until `migrate` has; then calls `seed`. Both while no other replica does. Tries again until it has
    /// succeeded.
    pub async fn prepare<F: Future<Output = Result<()>> + Send>(&self, migrations: Migrations, seed: impl Fn() -> F) {
        let mut pause = Duration::from_millis(100);
        while let Err(error) = self.prepare_once(&migrations, &seed).await {
            tracing::warn!(error = format!("{error:#}"), "the database is not ready; trying again");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(2));
        }
        self.prepared.store(true, Ordering::Release);
        tracing::info!("the database is ready");
    }

    async fn prepare_once<F: Future<Output = Result<()>> + Send>(
        &self,
        migrations: &Migrations,
        seed: &impl Fn() -> F,
    ) -> anyhow::Result<()> {
        let _lock = self.lock(migrations, self.pending).await?;
        seed().await.map_err(|error| anyhow::anyhow!("{error:?}"))
    }

    /// The schema as the migrations want it, held against other replicas.
    async fn lock(&self, migrations: &Migrations, pending: Pending) -> anyhow::Result<Lock> {
        match &self.pools {
            Pools::Postgres(_) => Lock::postgres(&self.settings, (migrations.postgres)(), pending).await,
            Pools::Sqlite { write, .. } => Lock::sqlite(write, &self.settings, (migrations.sqlite)(), pending).await,
        }
    }

    /// Waits for the database, then applies its migrations, once. An error says which failed.
    async fn migrate(&self, migrations: &Migrations) -> anyhow::Result<()> {
        while let Err(error) = self.ping().await {
            tracing::warn!(?error, "the database does not answer; trying again");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        self.lock(migrations, Pending::Apply).await?;
        Ok(())
    }

    /// Whether the database answers and has its tables; an error says what is awaited.
    pub async fn check(&self) -> Result<(), String> {
        if !self.prepared.load(Ordering::Acquire) {
            return Err("waiting for the database's migrations".into());
        }
        match tokio::time::timeout(PING_TIMEOUT, self.ping()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(format!("the database does not answer: {error:?}")),
            Err(_) => Err(format!("the database does not answer within {PING_TIMEOUT:?}")),
        }
    }

    async fn ping(&self) -> Result<()> {
        use diesel_async::RunQueryDsl;
        with_connection!(self, read, |connection| diesel::sql_query("SELECT 1").execute(connection).await)?;
        Ok(())
    }

    /// Adds the figures about connections to a service's metrics.
    pub fn register_metrics(&self, metrics: &crate::metrics::Metrics) -> anyhow::Result<()> {
        metrics.register(metrics::PoolMetrics::new(self.pools.clone())?).context("metrics of the pool")
    }
}
