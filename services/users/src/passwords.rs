//! Hashing passwords: argon2id, off the async threads, as many at once as there are cores.

use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use shared::error::{Error, Result};
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long a request waits for its turn before it is told 503.
const PATIENCE: Duration = Duration::from_secs(5);

/// Hashes and checks. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Passwords {
    turns: Arc<Semaphore>,
    /// Checked when there is no such user, so that it takes as long as for one that there is.
    nobody: Arc<str>,
}

impl Passwords {
    pub(crate) async fn new() -> anyhow::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let nobody = tokio::task::spawn_blocking(|| hash("nobody's")).await??;
        Ok(Self { turns: Arc::new(Semaphore::new(cores)), nobody: nobody.into() })
    }

    /// Waits until a core is free for this.
    pub(crate) async fn turn(&self) -> Result<SemaphorePermit<'_>> {
        match tokio::time::timeout(PATIENCE, self.turns.acquire()).await {
            Ok(turn) => turn.map_err(|closed| Error::Internal(closed.into())),
            Err(_) => Err(Error::Unavailable("too many logins at once", anyhow!("no turn within {PATIENCE:?}"))),
        }
    }

    /// The hash that is stored for a password.
    pub(crate) async fn hash(&self, password: String) -> Result<String> {
        let _turn = self.turn().await?;
        Ok(tokio::task::spawn_blocking(move || hash(&password)).await.map_err(anyhow::Error::from)??)
    }

    /// Whether the password is the one that was hashed; without a hash it never is. Hold a turn.
    pub(crate) async fn verify(
        &self,
        _turn: &SemaphorePermit<'_>,
        password: String,
        hash: Option<String>,
    ) -> Result<bool> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.to_string());
        let matches = tokio::task::spawn_blocking(move || matches(&password, &hash)).await;
        Ok(matches.map_err(anyhow::Error::from)?? && known)
    }
}

fn hash(password: &str) -> anyhow::Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.map_err(|error| anyhow!("cannot hash a password: {error}"))?.to_string())
}

fn matches(password: &str, hash: &str) -> anyhow::Result<bool> {
    let hash = PasswordHash::new(hash).map_err(|error| anyhow!("a stored password hash cannot be read: {error}"))?;
    Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn a_password_opens_its_own_hash_alone() {
        let passwords = Passwords::new().await.unwrap();
        let hash = passwords.hash("bruce".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        let turn = passwords.turn().await.unwrap();
        assert!(passwords.verify(&turn, "bruce".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify(&turn, "Bruce".into(), Some(hash)).await.unwrap());
        assert!(!passwords.verify(&turn, "nobody's".into(), None).await.unwrap());
    }
}
