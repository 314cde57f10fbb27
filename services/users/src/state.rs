//! What every handler may use.

use std::sync::Arc;

use axum::extract::FromRef;
use prometheus::{IntCounterVec, Opts};
use shared::client_address::TrustedProxy;
use shared::database::Database;
use shared::keys::Verifier;
use shared::operations::Readiness;
use shared::server::Reload;

use crate::login_limits::LoginLimits;
use crate::passwords::Passwords;
use crate::signing::Signing;

#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) database: Database,
    pub(crate) signing: Arc<Signing>,
    pub(crate) passwords: Passwords,
    pub(crate) limits: Arc<LoginLimits>,
    pub(crate) trusted_proxies: Arc<[TrustedProxy]>,
    pub(crate) logins: IntCounterVec,
}

impl FromRef<AppState> for Arc<Verifier> {
    fn from_ref(state: &AppState) -> Self {
        Self::clone(&state.signing.verifier)
    }
}

impl AppState {
    /// Ready: the database answers.
    pub(crate) fn readiness(&self) -> Readiness {
        let database = self.database.clone();
        Arc::new(move || {
            let database = database.clone();
            Box::pin(async move { database.check().await })
        })
    }

    /// Reads the keys again.
    pub(crate) fn reload(&self) -> Reload {
        let signing = Arc::clone(&self.signing);
        Arc::new(move || {
            let signing = Arc::clone(&signing);
            Box::pin(async move { signing.reload() })
        })
    }
}

/// Logins by what became of them: ok, wrong or limited.
pub(crate) fn login_counter() -> anyhow::Result<IntCounterVec> {
    let counter = IntCounterVec::new(Opts::new("logins_total", "Logins by what became of them"), &["result"])?;
    for result in ["ok", "wrong", "limited"] {
        counter.with_label_values(&[result]);
    }
    Ok(counter)
}
