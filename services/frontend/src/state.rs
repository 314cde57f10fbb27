//! What every handler may use.

use std::sync::Arc;

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
        })
    }

    /// Always ready: without its backends it still serves the page that names them.
    #[expect(clippy::unused_self, reason = "each service's state says when it is ready")]
    pub(crate) fn readiness(&self) -> Readiness {
        Arc::new(|| Box::pin(std::future::ready(Ok(()))))
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
