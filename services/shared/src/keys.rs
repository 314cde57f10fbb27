//! Public keys and the checking of tokens by them: RS256 alone (RFC 7518), keys as JWKS (RFC 7517).

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use quick_cache::sync::Cache;
use tokio::sync::Mutex;

use crate::claims::{Claims, now};
use crate::error::{Error, Result};
use crate::settings::http_url;

/// Tokens that are remembered as verified: a bound on memory, some 2 MB.
const REMEMBERED: usize = 2_000;
/// A longer token is not remembered.
const REMEMBERED_LENGTH: usize = 1_000;
/// The least time between two fetches that unknown key ids cause.
const REFETCH_INTERVAL: Duration = Duration::from_secs(1);
/// The time after which keys are fetched again anyhow, so that withdrawn ones go.
const REFRESH_INTERVAL: Duration = Duration::from_mins(5);
/// How long the other side has to answer with its keys.
const FETCH_TIMEOUT: Duration = Duration::from_secs(3);
/// More than a connection takes: a pod that is gone, and that the network still leads to, does not answer at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// The largest set of keys that is read, in bytes.
const MAX_JWKS: usize = 256 * 1024;

/// Where public keys come from.
#[derive(Debug)]
pub enum Source {
    /// The users service's JWKS address.
    Jwks(reqwest::Url),
    /// A PEM file.
    File(PathBuf),
    /// Given by [`Verifier::replace`].
    Given,
}

/// Where the public keys come from: one of the two.
#[derive(clap::Args, Clone, Debug)]
#[group(required = true, multiple = false)]
pub struct KeySettings {
    /// Address of the users service's JWKS, for the keys that check tokens
    #[arg(long, value_parser = http_url)]
    pub jwks_url: Option<reqwest::Url>,
    /// PEM file with the public key that checks tokens, instead of a JWKS
    #[arg(long)]
    pub jwt_public_key_file: Option<PathBuf>,
}

impl From<KeySettings> for Source {
    fn from(settings: KeySettings) -> Self {
        match settings {
            KeySettings { jwks_url: Some(url), .. } => Self::Jwks(url),
            KeySettings { jwt_public_key_file: Some(path), .. } => Self::File(path),
            KeySettings { .. } => Self::Given,
        }
    }
}

/// Keys of one moment, by their ids.
#[derive(Default)]
pub struct KeySet(Vec<(Option<String>, DecodingKey)>);

impl KeySet {
    /// The RSA keys of a JWKS that may check RS256 signatures.
    pub fn from_jwks(jwks: &JwkSet) -> anyhow::Result<Self> {
        let usable = jwks.keys.iter().filter(|jwk| {
            use jsonwebtoken::jwk::{AlgorithmParameters::RSA, KeyAlgorithm, PublicKeyUse};
            matches!(jwk.algorithm, RSA(_))
                && matches!(jwk.common.key_algorithm, None | Some(KeyAlgorithm::RS256))
                && matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature))
        });
        let keys = usable
            .map(|jwk| Ok((jwk.common.key_id.clone(), DecodingKey::from_jwk(jwk)?)))
            .collect::<anyhow::Result<Vec<_>>>()?;
        if keys.is_empty() {
            bail!("the JWKS holds no RSA key for RS256");
        }
        Ok(Self(keys))
    }

    /// The one key of a PEM file with a public key.
    pub fn from_pem(pem: &[u8]) -> anyhow::Result<Self> {
        let key = DecodingKey::from_rsa_pem(pem).context("expected an RSA public key as PEM")?;
        // tokens name their key by its id; a file has none, so this key is tried for every id
        Ok(Self(vec![(None, key)]))
    }

    /// The keys that a token with this key id may be signed by: without an id on either side, any.
    fn candidates<'a>(&'a self, kid: Option<&'a str>) -> impl Iterator<Item = &'a DecodingKey> {
        self.0
            .iter()
            .filter(move |(id, _)| match (id.as_deref(), kid) {
                (Some(id), Some(kid)) => id == kid,
                _ => true,
            })
            .map(|(_, key)| key)
    }
}

struct Current {
    keys: KeySet,
    verified: Cache<String, Arc<Claims>>,
}

/// Checks tokens by the newest keys, and remembers those that were good.
pub struct Verifier {
    source: Source,
    client: reqwest::Client,
    current: RwLock<Option<Arc<Current>>>,
    fetched: Mutex<Option<Instant>>,
}

impl Verifier {
    /// A verifier with the key of a file, or without keys yet.
    pub async fn new(source: impl Into<Source>) -> anyhow::Result<Self> {
        let client =
            reqwest::Client::builder().no_proxy().timeout(FETCH_TIMEOUT).connect_timeout(CONNECT_TIMEOUT).build()?;
        let verifier = Self { source: source.into(), client, current: RwLock::default(), fetched: Mutex::default() };
        if matches!(verifier.source, Source::File(_)) {
            verifier.fetch().await?;
        }
        Ok(verifier)
    }

    /// Checks with these keys from now on; what was remembered is forgotten.
    pub fn replace(&self, keys: KeySet) {
        let current = Arc::new(Current { keys, verified: Cache::new(REMEMBERED) });
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(current);
    }

    /// Whether there are keys.
    pub fn is_ready(&self) -> bool {
        self.current().is_some()
    }

    /// The claims of a good token.
    ///
    /// 401 for one that is refused; 503 while there are no keys to check it by.
    pub async fn verify(&self, token: &str) -> Result<Arc<Claims>> {
        let current = self.current().ok_or_else(|| {
            Error::Unavailable(
                "the keys that check tokens are not there yet",
                anyhow!("no keys from {:?}", self.source),
            )
        })?;
        if let Some(claims) = current.verified.get(token) {
            return good(claims);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| refused())?;
        // an extension that must be understood (RFC 7515, 4.1.11): none is
        if header.alg != Algorithm::RS256 || header.crit.is_some() {
            return Err(refused());
        }
        let kid = header.kid.as_deref();
        let current = self.with_key(current, kid).await;
        let claims = Arc::new(check(&current.keys, kid, token)?);
        if token.len() <= REMEMBERED_LENGTH {
            current.verified.insert(token.to_owned(), Arc::clone(&claims));
        }
        good(claims)
    }

    /// Fetches the keys until it has them, then again from time to time; ends with the service.
    pub async fn keep_fresh(self: Arc<Self>) {
        let mut pause = Duration::from_millis(100);
        loop {
            match self.fetch().await {
                Ok(()) => pause = REFRESH_INTERVAL,
                Err(error) => {
                    tracing::warn!(error = format!("{error:#}"), "cannot get the keys that check tokens; trying again");
                    pause = (pause * 2).min(Duration::from_secs(if self.is_ready() { 30 } else { 2 }));
                }
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// Reads the keys again from where they come from.
    pub async fn fetch(&self) -> anyhow::Result<()> {
        let mut fetched = self.fetched.lock().await;
        let outcome = self.fetch_now().await;
        *fetched = Some(Instant::now());
        outcome
    }

    fn current(&self) -> Option<Arc<Current>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// For an unknown key id the keys may have been rotated: fetches them, however many ask, once a second at most.
    async fn with_key(&self, current: Arc<Current>, kid: Option<&str>) -> Arc<Current> {
        if !matches!(self.source, Source::Jwks(_)) || current.keys.candidates(kid).next().is_some() {
            return current;
        }
        let asked = Instant::now();
        let mut fetched = self.fetched.lock().await;
        if fetched.is_none_or(|at| at < asked) {
            if let Some(at) = *fetched {
                tokio::time::sleep_until((at + REFETCH_INTERVAL).into()).await;
            }
            if let Err(error) = self.fetch_now().await {
                tracing::warn!(error = format!("{error:#}"), "cannot get the keys for an unknown key id");
            }
            *fetched = Some(Instant::now());
        }
        self.current().unwrap_or(current)
    }

    async fn fetch_now(&self) -> anyhow::Result<()> {
        match &self.source {
            Source::Jwks(url) => {
                let jwks = self.download(url).await.with_context(|| format!("JWKS_URL {url}"))?;
                self.replace(KeySet::from_jwks(&jwks).with_context(|| format!("JWKS_URL {url}"))?);
            }
            Source::File(path) => {
                let what = || format!("JWT_PUBLIC_KEY_FILE {}", path.display());
                let pem = tokio::task::block_in_place(|| std::fs::read(path)).with_context(what)?;
                self.replace(KeySet::from_pem(&pem).with_context(what)?);
            }
            Source::Given => {}
        }
        Ok(())
    }

    async fn download(&self, url: &reqwest::Url) -> anyhow::Result<JwkSet> {
        let mut response = self.client.get(url.clone()).send().await?.error_for_status()?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > MAX_JWKS {
                bail!("expected at most {MAX_JWKS} bytes, met more");
            }
            body.extend_from_slice(&chunk);
        }
        serde_json::from_slice(&body).context("expected a JWKS")
    }
}

fn refused() -> Error {
    Error::Unauthorized("the token is refused")
}

fn good(claims: Arc<Claims>) -> Result<Arc<Claims>> {
    if claims.are_good_at(now()) { Ok(claims) } else { Err(Error::Unauthorized("the token is not valid at this time")) }
}

fn check(keys: &KeySet, kid: Option<&str>, token: &str) -> Result<Claims> {
    let mut validation = Validation::new(Algorithm::RS256);
    // exp and nbf are checked by `good`, also for remembered tokens
    validation.validate_exp = false;
    validation.required_spec_claims.clear();
    keys.candidates(kid)
        .find_map(|key| jsonwebtoken::decode::<Claims>(token, key, &validation).ok())
        .map(|data| data.claims)
        .ok_or_else(refused)
}
