//! The harness of the black-box tests: it starts the real binaries with databases, keys and
//! ports of their own, and speaks to them over sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a harness reports by panicking: that is what fails a test"
)]

mod binaries;
#[cfg(feature = "cluster")]
pub mod cluster;
mod database;
mod fake;
mod http;
mod keys;
mod page;
#[cfg(feature = "postgresql")]
mod postgres;
mod process;
mod proxy;
mod raw;
mod service;
mod settings;
mod system;
mod visitor;
mod wait;

pub use database::{Database, OwnDatabase};
pub use fake::Fake;
pub use http::{Reply, client, get, send};
pub use keys::{Forgery, Key, now};
pub use page::{form_fields, unescape};
#[cfg(feature = "postgresql")]
pub use postgres::PostgresServer;
pub use process::Process;
pub use proxy::Proxy;
pub use raw::Connection;
pub use service::Service;
pub use settings::Settings;
pub use system::{Person, System, SystemBuilder};
pub use visitor::Visitor;
pub use wait::{until, until_within};

/// A name no other test uses: databases, users and texts are shared by many.
pub fn unique(prefix: &str) -> String {
    format!("{prefix}{:016x}", rand::random::<u64>())
}

/// Instantiates each named test once for every database that is switched on.
#[macro_export]
macro_rules! on_each_database {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $test() {
                super::$test($crate::Database::Sqlite).await;
            })+
        }

        #[cfg(feature = "postgresql")]
        mod postgresql {
            $(#[tokio::test]
            async fn $test() {
                super::$test($crate::Database::Postgresql).await;
            })+
        }
    };
}
