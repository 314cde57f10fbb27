//! The service's settings.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Parser;
use shared::client_address::TrustedProxy;
use shared::keys::KeySettings;
use shared::service::Settings;
use shared::settings::{Common, http_url, positive_seconds, seconds};

use crate::hosts::AllowedHost;

/// The frontend: the pages that people see.
///
/// Example: frontend --thoughts-backend-url http://127.0.0.1:8000 --user-backend-url http://127.0.0.1:8001
/// --jwks-url http://127.0.0.1:8001/.well-known/jwks.json
#[derive(Parser, Clone, Debug)]
#[command(name = "frontend", version)]
pub struct Config {
    /// Address of the service
    #[arg(long, default_value = "127.0.0.1:8002")]
    pub listen: SocketAddr,
    /// Address of /livez, /readyz and /metrics
    #[arg(long, default_value = "127.0.0.1:9002")]
    pub operations_listen: SocketAddr,
    /// Address of the thoughts service
    #[arg(long, value_parser = http_url)]
    pub thoughts_backend_url: reqwest::Url,
    /// Address of the users service
    #[arg(long, value_parser = http_url)]
    pub user_backend_url: reqwest::Url,
    /// Seconds that a backend has to answer
    #[arg(long, default_value = "5", value_parser = positive_seconds)]
    pub backend_timeout: Duration,
    /// Where the keys come from.
    #[command(flatten)]
    pub keys: KeySettings,
    /// Seconds that it waits at its start for the keys, before it is ready without them
    #[arg(long, default_value = "0", value_parser = seconds)]
    pub keys_wait: Duration,
    /// Send cookies that browsers give back by https only
    #[arg(long, default_value = "false", action = clap::ArgAction::Set, value_parser = clap::builder::BoolishValueParser::new())]
    pub cookie_secure: bool,
    /// Host names, with commas, that it answers to; `*` for all [default: the names of loopback on a loopback address, else all]
    #[arg(long, value_delimiter = ',')]
    pub allowed_hosts: Vec<AllowedHost>,
    /// Addresses or networks, with commas, that may say X-Forwarded-For and X-Forwarded-Proto [default: nobody]
    #[arg(long, value_delimiter = ',')]
    pub trusted_proxies: Vec<TrustedProxy>,
    /// What every service has.
    #[command(flatten)]
    pub common: Common,
}

impl Settings for Config {
    fn common(&self) -> &Common {
        &self.common
    }
}
