//! The server for `Database::Postgresql`, named by `TEST_POSTGRES_HOST`, `_PORT`, `_USER`,
//! `_PASSWORD` and `_SSLROOTCERT`; the user may create databases.

use tokio_postgres::NoTls;

use crate::settings::Settings;

/// Where the server is and how it is entered.
#[derive(Clone)]
pub struct PostgresServer {
    /// Its host name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    user: String,
    password: String,
}

impl PostgresServer {
    /// The server the environment names; fails without.
    pub fn from_environment() -> Self {
        let port = variable("TEST_POSTGRES_PORT");
        Self {
            host: variable("TEST_POSTGRES_HOST"),
            port: port.parse().unwrap_or_else(|_| panic!("TEST_POSTGRES_PORT: wanted a port, met {port}")),
            user: variable("TEST_POSTGRES_USER"),
            password: variable("TEST_POSTGRES_PASSWORD"),
        }
    }

    /// The file with the authority that signed the server's certificate.
    pub fn root_certificate() -> String {
        variable("TEST_POSTGRES_SSLROOTCERT")
    }

    async fn execute(&self, statement: &str) {
        let (client, connection) = tokio_postgres::Config::new()
            .host(&self.host)
            .port(self.port)
            .user(&self.user)
            .password(&self.password)
            .dbname("postgres")
            .connect(NoTls)
            .await
            .unwrap_or_else(|error| panic!("PostgreSQL at {}:{}: {error}", self.host, self.port));
        let connection = tokio::spawn(connection);
        client.batch_execute(statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
        drop(client);
        connection.await.expect("the connection's task ends").expect("the connection ends well");
    }
}

/// A database on the server, dropped with this.
pub(crate) struct OwnPostgres {
    server: PostgresServer,
    name: String,
}

impl OwnPostgres {
    pub(crate) async fn create(server: PostgresServer) -> Self {
        let name = crate::unique("test_");
        server.execute(&format!("CREATE DATABASE {name}")).await;
        Self { server, name }
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings::new()
            .with("DATABASE_ENGINE", "POSTGRESQL")
            .with("POSTGRES_HOST", &self.server.host)
            .with("POSTGRES_PORT", self.server.port)
            .with("POSTGRES_DB", &self.name)
            .with("POSTGRES_USER", &self.server.user)
            .with("POSTGRES_PASSWORD", &self.server.password)
            // Many systems share one server, and its connections.
            .with("POSTGRES_POOL", 4)
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        let server = self.server.clone();
        let statement = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        // Drop is synchronous and may run inside a runtime, which cannot block: hence the thread.
        let dropping = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
            runtime.block_on(server.execute(&statement));
        });
        if dropping.join().is_err() {
            eprintln!("the database {} could not be dropped", self.name);
        }
    }
}

fn variable(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: the feature postgresql needs a server, ci/test starts one"))
}
