//! The settings of a service that owns data.

use std::path::PathBuf;

use crate::settings::{SECRETS, Secret};

/// Which database.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[value(rename_all = "UPPERCASE")]
pub enum DatabaseEngine {
    /// A file; nothing to install.
    Sqlite,
    /// A PostgreSQL server.
    Postgresql,
}

/// How far the connection to PostgreSQL is encrypted and the server checked, as libpq means it.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[value(rename_all = "kebab-case")]
pub enum SslMode {
    /// Never encrypted.
    Disable,
    /// Encrypted only if the server insists.
    Allow,
    /// Encrypted if the server can.
    Prefer,
    /// Encrypted; the server's certificate is checked only if POSTGRES_SSLROOTCERT is given.
    Require,
    /// Encrypted, the certificate is signed by a known authority.
    VerifyCa,
    /// As verify-ca, and the certificate is the host's.
    VerifyFull,
}

/// The database's settings.
#[derive(clap::Args, Clone, Debug)]
pub struct DatabaseSettings {
    /// The database: SQLITE or POSTGRESQL
    #[arg(long, default_value = "SQLITE", ignore_case = true)]
    pub database_engine: DatabaseEngine,
    /// SQLite's file [default: the service's name and .sqlite]
    #[arg(long)]
    pub sqlite_path: Option<PathBuf>,
    /// PostgreSQL's host
    #[arg(long, required_if_eq("database_engine", "POSTGRESQL"))]
    pub postgres_host: Option<String>,
    /// PostgreSQL's port
    #[arg(long, default_value = "5432")]
    pub postgres_port: u16,
    /// PostgreSQL's database [default: named as the user]
    #[arg(long)]
    pub postgres_db: Option<String>,
    /// PostgreSQL's user
    #[arg(long, default_value = "postgres")]
    pub postgres_user: String,
    /// PostgreSQL's password
    #[arg(long, help_heading = SECRETS, hide = true)]
    pub postgres_password: Option<Secret>,
    /// disable, allow, prefer, require, verify-ca or verify-full
    #[arg(long, default_value = "prefer", hide_possible_values = true)]
    pub postgres_sslmode: SslMode,
    /// Certificates of the authorities that PostgreSQL's is checked by [default: the system's]
    #[arg(long)]
    pub postgres_sslrootcert: Option<PathBuf>,
    /// Apply migrations at the start; false: wait until `migrate` has
    #[arg(long, default_value = "true", action = clap::ArgAction::Set, value_parser = clap::builder::BoolishValueParser::new())]
    pub migrate: bool,
    /// Connections to PostgreSQL at the most
    #[arg(long, default_value = "10", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub postgres_pool: u32,
}
