//! What every handler may use.

use std::sync::Arc;

use axum::extract::FromRef;
use shared::database::Database;
use shared::keys::Verifier;
use shared::operations::Readiness;
use shared::server::Reload;

#[derive(Clone, FromRef)]
pub(crate) struct AppState {
    pub(crate) database: Database,
    pub(crate) verifier: Arc<Verifier>,
}

impl AppState {
    /// Ready: the database answers, and the keys have been there once.
    pub(crate) fn readiness(&self) -> Readiness {
        let state = self.clone();
        Arc::new(move || {
            let state = state.clone();
            Box::pin(async move {
                if !state.verifier.is_ready() {
                    return Err("waiting for the keys that check tokens".into());
                }
                state.database.check().await
            })
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
