//! The service's settings.

use std::net::SocketAddr;

use clap::Parser;
use shared::database::DatabaseSettings;
use shared::keys::KeySettings;
use shared::service::Settings;
use shared::settings::Common;

/// The thoughts service: what people wrote, and the search over it.
///
/// `thoughts migrate` applies the database's migrations and ends.
///
/// Example: thoughts --sqlite-path thoughts.sqlite --jwks-url http://127.0.0.1:8001/.well-known/jwks.json
#[derive(Parser, Clone, Debug)]
#[command(name = "thoughts", version)]
pub struct Config {
    /// Address of the service
    #[arg(long, default_value = "127.0.0.1:8000")]
    pub listen: SocketAddr,
    /// Address of /livez, /readyz and /metrics
    #[arg(long, default_value = "127.0.0.1:9000")]
    pub operations_listen: SocketAddr,
    /// Where thoughts are kept.
    #[command(flatten)]
    pub database: DatabaseSettings,
    /// Where the keys come from.
    #[command(flatten)]
    pub keys: KeySettings,
    /// Load sample thoughts into an empty database
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
