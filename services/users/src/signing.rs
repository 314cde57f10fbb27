//! The key that signs tokens, and the public keys that check them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::{Context, anyhow};
use aws_lc_rs::rsa::PublicKey;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use jsonwebtoken::jwk::{
    AlgorithmParameters, CommonParameters, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse, RSAKeyParameters, RSAKeyType,
    ThumbprintHash,
};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use shared::keys::{KeySet, Source, Verifier};

use crate::config::Config;
use crate::domain::User;

/// How long a token is good, in seconds: two days.
const LIFETIME: u64 = 2 * 24 * 60 * 60;

/// Signs and publishes; the keys can be replaced while the service runs.
pub(crate) struct Signing {
    private_key_file: PathBuf,
    previous_keys_dir: Option<PathBuf>,
    keys: RwLock<Arc<Keys>>,
    /// Checks the tokens of admin calls by the same keys.
    pub(crate) verifier: Arc<Verifier>,
}

struct Keys {
    kid: String,
    private: EncodingKey,
    jwks: JwkSet,
}

#[derive(Serialize)]
struct NewClaims<'a> {
    username: &'a str,
    iat: u64,
    exp: u64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    admin: bool,
}

impl Signing {
    /// Reads the keys that the settings name.
    pub(crate) async fn open(config: &Config) -> anyhow::Result<Self> {
        let keys = Keys::read(&config.jwt_private_key_file, config.jwt_previous_keys_dir.as_deref())?;
        let verifier = Verifier::new(Source::Given).await?;
        verifier.replace(KeySet::from_jwks(&keys.jwks)?);
        Ok(Self {
            private_key_file: config.jwt_private_key_file.clone(),
            previous_keys_dir: config.jwt_previous_keys_dir.clone(),
            keys: RwLock::new(Arc::new(keys)),
            verifier: Arc::new(verifier),
        })
    }

    /// Reads the keys again; if they cannot be read, the present ones stay.
    pub(crate) fn reload(&self) -> anyhow::Result<()> {
        let keys = Keys::read(&self.private_key_file, self.previous_keys_dir.as_deref())?;
        self.verifier.replace(KeySet::from_jwks(&keys.jwks)?);
        tracing::info!(kid = keys.kid, keys = keys.jwks.keys.len(), "read the keys again");
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
        Ok(())
    }

    /// A token for this user, good for two days from now.
    pub(crate) fn token(&self, user: &User) -> anyhow::Result<String> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole seconds since 1970")]
        let iat = shared::claims::now() as u64;
        let claims = NewClaims { username: &user.username, iat, exp: iat + LIFETIME, admin: user.admin };
        let keys = self.keys();
        let header = Header { kid: Some(keys.kid.clone()), ..Header::new(Algorithm::RS256) };
        Ok(jsonwebtoken::encode(&header, &claims, &keys.private)?)
    }

    /// The public keys: the present one and the former ones.
    pub(crate) fn jwks(&self) -> JwkSet {
        self.keys().jwks.clone()
    }

    fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Keys {
    fn read(private: &Path, previous: Option<&Path>) -> anyhow::Result<Self> {
        let what = || format!("JWT_PRIVATE_KEY_FILE {}", private.display());
        let pem = std::fs::read(private).with_context(what)?;
        let private = EncodingKey::from_rsa_pem(&pem)
            .context("expected an RSA private key as PEM (PKCS#8 or PKCS#1)")
            .with_context(what)?;
        let jwk = Jwk::from_encoding_key(&private, Algorithm::RS256)
            .context("expected an RSA private key, met another one")
            .with_context(what)?;
        let (kid, jwk) = published(jwk)?;
        let mut keys = vec![jwk];
        for jwk in previous.map(previous_keys).transpose()?.unwrap_or_default() {
            if keys.iter().all(|known| known.common.key_id != jwk.common.key_id) {
                keys.push(jwk);
            }
        }
        let keys = Self { kid, private, jwks: JwkSet { keys } };
        // a key that is too small is refused only when it signs
        jsonwebtoken::encode(&Header::new(Algorithm::RS256), &(), &keys.private)
            .context("the key cannot sign")
            .with_context(what)?;
        Ok(keys)
    }
}

/// The keys of a folder's files; a mounted Secret has hidden entries, which are passed over.
fn previous_keys(folder: &Path) -> anyhow::Result<Vec<Jwk>> {
    let what = || format!("JWT_PREVIOUS_KEYS_DIR {}", folder.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(what)? {
        let path = entry.with_context(what)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !hidden {
            paths.push(path);
        }
    }
    paths.sort();
    paths
        .iter()
        .map(|path| previous_key(path).with_context(|| format!("JWT_PREVIOUS_KEYS_DIR {}", path.display())))
        .collect()
}

fn previous_key(path: &Path) -> anyhow::Result<Jwk> {
    let pem = std::fs::read(path)?;
    let private = EncodingKey::from_rsa_pem(&pem).and_then(|key| Jwk::from_encoding_key(&key, Algorithm::RS256));
    let jwk = match private {
        Ok(jwk) => jwk,
        Err(_) => public_key(&pem).context("expected an RSA key, private or public, as PEM")?,
    };
    Ok(published(jwk)?.1)
}

/// A public key in either form that tools write, `PUBLIC KEY` (X.509) and `RSA PUBLIC KEY` (PKCS#1).
fn public_key(pem: &[u8]) -> anyhow::Result<Jwk> {
    let key = PublicKey::from_der(pem::parse(pem)?.contents()).map_err(|rejected| anyhow!("{rejected}"))?;
    let number = |bytes: &[u8]| BASE64.encode(bytes);
    let n = number(key.modulus().big_endian_without_leading_zero());
    let e = number(key.exponent().big_endian_without_leading_zero());
    Ok(Jwk {
        common: CommonParameters { key_algorithm: Some(KeyAlgorithm::RS256), ..CommonParameters::default() },
        algorithm: AlgorithmParameters::RSA(RSAKeyParameters { key_type: RSAKeyType::RSA, n, e }),
    })
}

/// Names a key by its thumbprint (RFC 7638), so that the same key has the same id everywhere.
fn published(mut jwk: Jwk) -> anyhow::Result<(String, Jwk)> {
    let kid = jwk.thumbprint(ThumbprintHash::SHA256)?;
    jwk.common.key_id = Some(kid.clone());
    jwk.common.public_key_use = Some(PublicKeyUse::Signature);
    Ok((kid, jwk))
}
