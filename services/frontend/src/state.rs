//! What every handler may use.

use std::sync::Arc;
use std::time::{Duration, Instant};

use shared::client_address::TrustedProxy;
use shared::keys::Verifier;
use shared::metrics::Metrics;
use shared::operations::Readiness;
use shared::server::Reload;

use crate::clients::{ThoughtsClient, UsersClient};
use crate::config::Config;
use crate::hosts::AllowedHosts;
use crate::views::Views;

#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) thoughts: ThoughtsClient,
    pub(crate) users: UsersClient,
    pub(crate) verifier: Arc<Verifier>,
    pub(crate) views: Arc<Views>,
    pub(crate) hosts: Arc<AllowedHosts>,
    pub(crate) trusted_proxies: Arc<[TrustedProxy]>,
    pub(crate) cookie_secure: bool,
    keys_wait: Duration,
}

impl AppState {
    pub(crate) fn new(config: &Config, verifier: Arc<Verifier>, metrics: &Metrics) -> anyhow::Result<Self> {
        let (thoughts, users) = crate::clients::connect(config, metrics)?;
        Ok(Self {
            thoughts,
            users,
            verifier,
            views: Arc::new(Views::new()?),
            hosts: Arc::new(AllowedHosts::new(&config.allowed_hosts, config.listen.ip())),
            trusted_proxies: config.trusted_proxies.clone().into(),
            cookie_secure: config.cookie_secure,
            keys_wait: config.keys_wait,
        })
    }

    /// Ready whatever its backends do, because it serves the page that names them; but it may be told to wait a while for the
    /// keys at its start, without which people who are logged in would be told to wait.
    pub(crate) fn readiness(&self) -> Readiness {
        let (verifier, waits_until) = (Arc::clone(&self.verifier), Instant::now() + self.keys_wait);
        Arc::new(move || {
            let ready = readiness(verifier.is_ready(), Instant::now() < waits_until);
            Box::pin(std::future::ready(ready.map_err(ToOwned::to_owned)))
        })
    }

    /// Reads the keys again.
    pub(crate) fn reload(&self) -> Reload {
        let verifier = Arc::clone(&self.verifier);
        Arc::new(move || {
            let verifier = Arc::clone(&verifier);
            Box::pin(async move { verifier.fetch().await })
        })
    }
}

fn readiness(has_keys: bool, waits: bool) -> Result<(), &'static str> {
    if has_keys || !waits { Ok(()) } else { Err("waiting for the keys that check sessions") }
}
