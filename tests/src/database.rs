//! A database of its own for each service under test.

use std::path::Path;

use crate::settings::Settings;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file in the test's folder.
    Sqlite,
    /// A database on the server that `TEST_POSTGRES_HOST` and its kin name.
    #[cfg(feature = "postgresql")]
    Postgresql,
}

impl Database {
    /// Makes an empty database; a file goes to `folder`.
    #[cfg_attr(not(feature = "postgresql"), allow(clippy::unused_async, reason = "a server is asked with the feature"))]
    pub async fn create(self, folder: &Path) -> OwnDatabase {
        match self {
            Self::Sqlite => OwnDatabase::file(folder),
            #[cfg(feature = "postgresql")]
            Self::Postgresql => OwnDatabase::on_server(crate::postgres::PostgresServer::from_environment()).await,
        }
    }
}

/// An empty database and the settings that lead to it; one on a server is dropped with this.
pub struct OwnDatabase {
    /// What a service needs to know of it.
    pub settings: Settings,
    #[cfg(feature = "postgresql")]
    _on_server: Option<crate::postgres::OwnPostgres>,
}

impl OwnDatabase {
    fn file(folder: &Path) -> Self {
        let path = folder.join(crate::unique("database-"));
        Self {
            settings: Settings::new().with("DATABASE_ENGINE", "SQLITE").with("SQLITE_PATH", path.display()),
            #[cfg(feature = "postgresql")]
            _on_server: None,
        }
    }

    #[cfg(feature = "postgresql")]
    async fn on_server(server: crate::postgres::PostgresServer) -> Self {
        let own = crate::postgres::OwnPostgres::create(server).await;
        Self { settings: own.settings(), _on_server: Some(own) }
    }
}
