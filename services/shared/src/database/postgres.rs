//! PostgreSQL: how a connection is made.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::ConnectionError;
use diesel_async::pooled_connection::bb8::Pool;
use diesel_async::pooled_connection::{
    AsyncDieselConnectionManager, ManagerConfig, PoolError, PoolableConnection, RecyclingMethod,
};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use futures_util::FutureExt;
use tokio_postgres::NoTls;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::settings::{DatabaseEngine, DatabaseSettings, SslMode};
use super::{CONNECTION_TIMEOUT, tls};

/// A query that takes longer is given up by the server.
const SESSION: &str = "SET statement_timeout = '10s'; SET lock_timeout = '5s'; SET TIME ZONE 'UTC'";

/// Everything that makes a connection, read and checked once.
pub(super) struct Connector {
    config: tokio_postgres::Config,
    /// For messages.
    address: String,
    mode: SslMode,
    tls: Option<MakeRustlsConnect>,
    /// SQLite's file, beside which its lock lies.
    pub(super) sqlite_path: PathBuf,
}

impl Connector {
    pub(super) fn new(settings: &DatabaseSettings, sqlite_path: PathBuf) -> anyhow::Result<Self> {
        let host = settings.postgres_host.as_deref().unwrap_or_default();
        let address = format!("{host}:{}", settings.postgres_port);
        let mut config = tokio_postgres::Config::new();
        config
            .host(host)
            .port(settings.postgres_port)
            .user(&settings.postgres_user)
            .dbname(settings.postgres_db.as_deref().unwrap_or(&settings.postgres_user))
            .application_name("mythoughts")
            .connect_timeout(CONNECTION_TIMEOUT)
            .keepalives_idle(Duration::from_secs(30))
            .tcp_user_timeout(Duration::from_secs(30));
        if let Some(password) = &settings.postgres_password {
            config.password(password.reveal());
        }
        let mode = settings.postgres_sslmode;
        let encrypts = settings.database_engine == DatabaseEngine::Postgresql && mode != SslMode::Disable;
        let tls = if encrypts { Some(tls::client(mode, settings.postgres_sslrootcert.as_deref())?) } else { None };
        config.ssl_mode(match mode {
            SslMode::Disable => tokio_postgres::config::SslMode::Disable,
            SslMode::Allow | SslMode::Prefer => tokio_postgres::config::SslMode::Prefer,
            SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => tokio_postgres::config::SslMode::Require,
        });
        Ok(Self { config, address, mode, tls, sqlite_path })
    }

    /// A new connection, outside the pool.
    pub(super) async fn connect(&self) -> Result<AsyncPgConnection, ConnectionError> {
        // tokio-postgres bounds the time of TCP's part alone
        tokio::time::timeout(CONNECTION_TIMEOUT, self.connect_by_mode())
            .await
            .unwrap_or_else(|_| Err(self.bad(&format!("no answer within {CONNECTION_TIMEOUT:?}"))))
    }

    async fn connect_by_mode(&self) -> Result<AsyncPgConnection, ConnectionError> {
        if self.mode == SslMode::Allow
            && let Ok(connection) = self.connect_plain().await
        {
            return Ok(connection);
        }
        let Some(tls) = self.tls.clone() else { return self.connect_plain().await };
        let (client, connection) = self.config.connect(tls).await.map_err(|error| self.failed(error))?;
        AsyncPgConnection::try_from_client_and_connection(client, connection).await
    }

    async fn connect_plain(&self) -> Result<AsyncPgConnection, ConnectionError> {
        let mut config = self.config.clone();
        config.ssl_mode(tokio_postgres::config::SslMode::Disable);
        let (client, connection) = config.connect(NoTls).await.map_err(|error| self.failed(error))?;
        AsyncPgConnection::try_from_client_and_connection(client, connection).await
    }

    /// The whole chain of causes: tokio-postgres says "db error" alone.
    fn failed(&self, error: tokio_postgres::Error) -> ConnectionError {
        self.bad(&format!("{:#}", anyhow::Error::from(error)))
    }

    fn bad(&self, what: &str) -> ConnectionError {
        ConnectionError::BadConnection(format!("PostgreSQL at {}: {what}", self.address))
    }
}

pub(super) fn pool(connector: &Arc<Connector>, size: u32) -> Pool<AsyncPgConnection> {
    let connector = Arc::clone(connector);
    let mut config = ManagerConfig::default();
    // asks the client, not the server: a connection that a restart has closed is not handed out
    config.recycling_method = RecyclingMethod::CustomFunction(Box::new(|connection: &mut AsyncPgConnection| {
        let closed = connection.is_broken();
        let error = diesel::result::Error::BrokenTransactionManager;
        std::future::ready(if closed { Err(error) } else { Ok(()) }).boxed()
    }));
    config.custom_setup = Box::new(move |_| {
        let connector = Arc::clone(&connector);
        async move {
            let mut connection = connector.connect().await?;
            connection
                .batch_execute(SESSION)
                .await
                .map_err(|error| ConnectionError::BadConnection(error.to_string()))?;
            Ok(connection)
        }
        .boxed()
    });
    Pool::builder()
        .max_size(size)
        .connection_timeout(CONNECTION_TIMEOUT)
        .error_sink(Box::new(Failures::default()))
        .build_unchecked(AsyncDieselConnectionManager::new_with_config("", config))
}

/// The pool tries to connect again and again, and tells whoever waits only that it took too long: why is logged here.
#[derive(Clone, Debug, Default)]
struct Failures {
    last: Arc<Mutex<Option<Instant>>>,
}

/// One line in this time, however many attempts fail.
const FAILURES_INTERVAL: Duration = Duration::from_secs(5);

impl bb8::ErrorSink<PoolError> for Failures {
    fn sink(&self, error: PoolError) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|at| at.elapsed() >= FAILURES_INTERVAL) {
            tracing::warn!(%error, "cannot connect to the database");
            *last = Some(Instant::now());
        }
    }

    fn boxed_clone(&self) -> Box<dyn bb8::ErrorSink<PoolError>> {
        Box::new(self.clone())
    }
}
