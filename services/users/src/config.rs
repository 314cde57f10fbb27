//! The service's settings.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;
use shared::client_address::TrustedProxy;
use shared::database::DatabaseSettings;
use shared::service::Settings;
use shared::settings::{Common, SECRETS, Secret};

/// The users service: who may log in, and the tokens that say so.
///
/// `users migrate` applies the database's migrations and ends.
///
/// Example: users --sqlite-path users.sqlite --jwt-private-key-file jwt-private.pem
#[derive(Parser, Clone, Debug)]
#[command(name = "users", version)]
pub struct Config {
    /// Address of the service
    #[arg(long, default_value = "127.0.0.1:8001")]
    pub listen: SocketAddr,
    /// Address of /livez, /readyz and /metrics
    #[arg(long, default_value = "127.0.0.1:9001")]
    pub operations_listen: SocketAddr,
    /// Where users are kept.
    #[command(flatten)]
    pub database: DatabaseSettings,
    /// PEM file with the RSA private key (2048 bits or more) that signs tokens
    #[arg(long)]
    pub jwt_private_key_file: PathBuf,
    /// Folder of PEM files with former keys, still published so that their tokens stay good
    #[arg(long)]
    pub jwt_previous_keys_dir: Option<PathBuf>,
    /// Name of the first administrator, who is made if there is none and ADMIN_PASSWORD is given
    #[arg(long, default_value = "admin")]
    pub admin_username: String,
    /// The first administrator's password
    #[arg(long, help_heading = SECRETS, hide = true)]
    pub admin_password: Option<Secret>,
    /// Addresses or networks, with commas, that may say X-Forwarded-For [default: nobody]
    #[arg(long, value_delimiter = ',')]
    pub trusted_proxies: Vec<TrustedProxy>,
    /// Make sample users in an empty database: bruce, stephen, and the administrator admin; the password is the name
    #[arg(long, default_value = "false", action = clap::ArgAction::Set, value_parser = clap::builder::BoolishValueParser::new())]
    pub sample_data: bool,
    /// What every service has.
    #[command(flatten)]
    pub common: Common,
}

impl Settings for Config {
    fn common(&self) -> &Common {
        &self.common
    }
}
