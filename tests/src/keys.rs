//! RSA keys and tokens made with them: sound ones and forged ones.

use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

/// An RSA key pair in PEM.
#[derive(Clone)]
pub struct Key {
    /// As PKCS#8 has it.
    pub private_pem: String,
    /// As X.509 has it.
    pub public_pem: String,
}

impl Key {
    /// A new key; it takes a while, so most tests share [`Key::shared`].
    pub fn generate() -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key can be made");
        let private: Pkcs8V1Der = pair.as_der().expect("a key has a DER form");
        let public: PublicKeyX509Der =
            aws_lc_rs::signature::KeyPair::public_key(&pair).as_der().expect("a key has a DER form");
        Self { private_pem: pem("PRIVATE KEY", private.as_ref()), public_pem: pem("PUBLIC KEY", public.as_ref()) }
    }

    /// The key of this run.
    pub fn shared() -> &'static Self {
        static KEY: OnceLock<Key> = OnceLock::new();
        KEY.get_or_init(Self::generate)
    }

    /// Signs claims of any shape with RS256, without a kid.
    pub fn sign(&self, claims: &Value) -> String {
        self.sign_with(&Header::new(Algorithm::RS256), claims)
    }

    /// Signs with a header of one's own.
    pub fn sign_with(&self, header: &Header, claims: &Value) -> String {
        let key = EncodingKey::from_rsa_pem(self.private_pem.as_bytes()).expect("the key is sound");
        jsonwebtoken::encode(header, claims, &key).expect("a token can be signed")
    }
}

/// Claims and tokens that are not what they should be.
pub struct Forgery;

impl Forgery {
    /// Sound claims of a person.
    pub fn claims(username: &str) -> Value {
        json!({"username": username, "iat": now(), "exp": now() + 3600})
    }

    /// The claims, with one of another value.
    pub fn claims_with(name: &str, value: Value) -> Value {
        let mut claims = Self::claims("bruce");
        claims[name] = value;
        claims
    }

    /// The claims without one of them.
    pub fn claims_without(name: &str) -> Value {
        let mut claims = Self::claims("bruce");
        claims.as_object_mut().expect("claims are an object").remove(name);
        claims
    }

    /// A token of any header and claims with a signature of one's own.
    pub fn assemble(header: &Value, claims: &Value, signature: &str) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.{signature}", part(header), part(claims))
    }

    /// A token signed by HS256 with a secret, such as the text of the public key.
    pub fn hs256(secret: &str, claims: &Value) -> String {
        let key = EncodingKey::from_secret(secret.as_bytes());
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &key).expect("a token can be signed")
    }
}

/// Seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("it is past 1970").as_secs()
}

fn pem(label: &str, der: &[u8]) -> String {
    let encoded = STANDARD.encode(der);
    let lines: Vec<&str> =
        (0..encoded.len()).step_by(64).map(|start| &encoded[start..encoded.len().min(start + 64)]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
