//! Migrations, by one replica at a time.

use std::fs::File;

use anyhow::{Context, anyhow, ensure};
use diesel_async::pooled_connection::bb8::Pool;
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};

use super::postgres::Connector;
use super::sqlite::SqliteConnection;

/// The number under which PostgreSQL knows our lock: "thoughts" as bytes.
const LOCK: i64 = 0x7468_6f75_6768_7473;

/// What is done about migrations that are pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pending {
    /// They are applied.
    Apply,
    /// They are another's to apply: there may be none.
    Refuse,
}

/// Held while a replica migrates and seeds; ends when it is dropped.
pub(super) enum Lock {
    /// A session's advisory lock ends with its connection.
    Postgres(#[expect(dead_code, reason = "held for its drop")] Box<AsyncPgConnection>),
    /// A lock on a file beside the database.
    Sqlite(#[expect(dead_code, reason = "held for its drop")] File),
}

impl Lock {
    pub(super) async fn postgres(
        connector: &Connector,
        migrations: EmbeddedMigrations,
        pending: Pending,
    ) -> anyhow::Result<Self> {
        let mut connection = connector.connect().await?;
        diesel::sql_query(format!("SELECT pg_advisory_lock({LOCK})")).execute(&mut connection).await?;
        Ok(Self::Postgres(Box::new(run(connection, migrations, pending)?)))
    }

    pub(super) async fn sqlite(
        pool: &Pool<SqliteConnection>,
        connector: &Connector,
        migrations: EmbeddedMigrations,
        pending: Pending,
    ) -> anyhow::Result<Self> {
        let mut path = connector.sqlite_path.clone().into_os_string();
        path.push(".lock");
        let file = tokio::task::spawn_blocking(move || {
            let file = File::create(&path).with_context(|| format!("{}", path.display()))?;
            file.lock().with_context(|| format!("{}", path.display()))?;
            anyhow::Ok(file)
        })
        .await??;
        run(pool.dedicated_connection().await?, migrations, pending)?;
        Ok(Self::Sqlite(file))
    }
}

/// Migrations of a later version, which these do not hold, may have been applied: they only add.
fn run<C>(connection: C, migrations: EmbeddedMigrations, pending: Pending) -> anyhow::Result<C>
where
    C: diesel_async::AsyncConnection,
    AsyncMigrationHarness<C>: MigrationHarness<C::Backend>,
{
    let mut harness = AsyncMigrationHarness::new(connection);
    if pending == Pending::Refuse {
        let awaited = harness.pending_migrations(migrations).map_err(|error| anyhow!("{error}"))?;
        ensure!(awaited.is_empty(), "waiting for {} migrations, which `migrate` applies", awaited.len());
        return Ok(harness.into_inner());
    }
    let versions =
        harness.run_pending_migrations(migrations).map_err(|error| anyhow!("a migration failed: {error}"))?;
    for version in versions {
        tracing::info!(%version, "migrated");
    }
    Ok(harness.into_inner())
}
