//! SQLite: a file, many readers, one writer.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use diesel_async::pooled_connection::bb8::Pool;
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection, SimpleAsyncConnection};
use futures_util::FutureExt;

use super::{CONNECTION_TIMEOUT, Pools};

/// A connection whose work is done on the blocking threads.
pub type SqliteConnection = SyncConnectionWrapper<diesel::SqliteConnection>;

/// `synchronous=FULL`: what was acknowledged is on the disk, also in WAL mode.
const PRAGMAS: &str =
    "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-512;";
const READERS: u32 = 4;

pub(super) fn pools(path: &Path) -> anyhow::Result<Pools> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        bail!("SQLITE_PATH {}: expected a file in a folder that is there", path.display());
    }
    make_private(path).with_context(|| format!("SQLITE_PATH {}", path.display()))?;
    let url = path.to_str().with_context(|| format!("SQLITE_PATH {}: expected a name in UTF-8", path.display()))?;
    Ok(Pools::Sqlite { read: pool(url, READERS), write: pool(url, 1) })
}

/// Makes the file, if it is not there, for its owner alone; SQLite gives its companions the same mode.
fn make_private(path: &Path) -> std::io::Result<()> {
    OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
    Ok(())
}

fn pool(url: &str, size: u32) -> Pool<SqliteConnection> {
    let mut config = ManagerConfig::default();
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(|url| {
        let url = url.to_owned();
        async move {
            let mut connection = SqliteConnection::establish(&url).await?;
            connection
                .batch_execute(PRAGMAS)
                .await
                .map_err(|error| diesel::ConnectionError::BadConnection(error.to_string()))?;
            Ok(connection)
        }
        .boxed()
    });
    Pool::builder()
        .max_size(size)
        .connection_timeout(CONNECTION_TIMEOUT)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .build_unchecked(AsyncDieselConnectionManager::new_with_config(url, config))
}
