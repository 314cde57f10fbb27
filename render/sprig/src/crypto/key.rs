//! Private keys: making, reading and writing them, and signing.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use pem::{EncodeConfig, LineEnding, Pem};

use super::{der, dsa};
use crate::Environment;

const RSA_OID: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const RSA_SHA256_OID: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11];
const EC_OID: &[u8] = &[0x06, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const ED25519_OID: &[u8] = &[0x06, 3, 0x2b, 0x65, 0x70];

/// A curve of ECDSA.
pub(super) struct Curve {
    oid: &'static [u8],
    signature_oid: &'static [u8],
    algorithm: &'static EcdsaSigningAlgorithm,
}

static CURVES: [Curve; 3] = [
    Curve {
        oid: &[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7],
        signature_oid: &[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2],
        algorithm: &ECDSA_P256_SHA256_ASN1_SIGNING,
    },
    Curve {
        oid: &[0x06, 5, 0x2b, 0x81, 4, 0, 34],
        signature_oid: &[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3],
        algorithm: &ECDSA_P384_SHA384_ASN1_SIGNING,
    },
    Curve {
        oid: &[0x06, 5, 0x2b, 0x81, 4, 0, 35],
        signature_oid: &[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4],
        algorithm: &ECDSA_P521_SHA512_ASN1_SIGNING,
    },
];

/// A private key, with the DER that its PEM block holds.
pub(super) enum PrivateKey {
    Rsa(Box<RsaKeyPair>, Vec<u8>),
    Ec(EcdsaKeyPair, &'static Curve, Vec<u8>),
    Ed25519(Box<Ed25519KeyPair>, Vec<u8>),
    /// Good for nothing but being written.
    Dsa(Vec<u8>),
}

/// A new key as PEM, or a sentence that says why there is none.
pub(super) fn generate_pem(env: &Environment, kind: &str) -> String {
    let key = match kind {
        "" | "rsa" => PrivateKey::new_rsa(env, KeySize::Rsa4096),
        "dsa" => Ok(PrivateKey::Dsa(dsa::generate(env))),
        "ecdsa" => PrivateKey::new_ec(env),
        "ed25519" => PrivateKey::new_ed25519(env),
        other => return format!("Unknown type {other}"),
    };
    key.map_or_else(|error| format!("failed to generate private key: {error}"), |key| key.pem())
}

/// A PEM block as Go writes it.
pub(super) fn encode_pem(tag: &str, contents: Vec<u8>) -> String {
    pem::encode_config(&Pem::new(tag, contents), EncodeConfig::new().set_line_ending(LineEnding::LF))
}

impl PrivateKey {
    /// The environment's ready key, or a new one.
    pub(super) fn new_rsa(env: &Environment, size: KeySize) -> Result<Self, String> {
        if let Some(ready) = env.ready_rsa_key() {
            return Self::parse(ready.as_bytes());
        }
        let pair = RsaKeyPair::generate(size).map_err(|error| error.to_string())?;
        let pkcs8 = AsDer::as_der(&pair).map_err(|error| error.to_string())?;
        Self::from_pkcs8(pkcs8.as_ref()).ok_or_else(|| "the new key cannot be written".to_owned())
    }

    fn new_ec(env: &Environment) -> Result<Self, String> {
        let [curve, ..] = &CURVES;
        // All but a few numbers of 256 bits are keys of this curve.
        let made = (0..8).find_map(|_| Self::ec(curve, &env.bytes::<32>()));
        made.ok_or_else(|| "no random number was a key".to_owned())
    }

    fn new_ed25519(env: &Environment) -> Result<Self, String> {
        Self::ed25519(&env.bytes::<32>()).ok_or_else(|| "no random number was a key".to_owned())
    }

    /// Reads the first PEM block of a text; the error is Go's text as far as it is not about the key's inside.
    pub(super) fn parse(text: &[u8]) -> Result<Self, String> {
        let block = pem::parse(text).map_err(|_| "no PEM data in input".to_owned())?;
        let contents = block.contents();
        if block.tag() == "PRIVATE KEY" {
            let key = Self::from_pkcs8(contents);
            return key.ok_or_else(|| "decoding PEM as PKCS#8: asn1: structure error: malformed key".to_owned());
        }
        let Some(kind) = block.tag().strip_suffix(" PRIVATE KEY") else {
            return Err(format!("no private key data in PEM block of type {}", block.tag()));
        };
        let key = match kind {
            "RSA" => Self::rsa(contents),
            "EC" => Self::from_sec1(contents, None),
            "DSA" => dsa::is_key(contents).then(|| Self::Dsa(contents.to_vec())),
            _ => return Err(format!("invalid private key type {}", block.tag())),
        };
        key.ok_or_else(|| format!("parsing {kind} private key from PEM: asn1: structure error: malformed key"))
    }

    fn from_pkcs8(input: &[u8]) -> Option<Self> {
        let (body, _) = der::read(input, der::SEQUENCE)?;
        let (_, rest) = der::read(body, der::INTEGER)?;
        let (algorithm, rest) = der::read(rest, der::SEQUENCE)?;
        let (key, _) = der::read(rest, der::OCTET_STRING)?;
        if algorithm.starts_with(RSA_OID) {
            Self::rsa(key)
        } else if let Some(curve) = algorithm.strip_prefix(EC_OID) {
            Self::from_sec1(key, Some(curve))
        } else if algorithm == ED25519_OID {
            Self::ed25519(der::read(key, der::OCTET_STRING)?.0)
        } else {
            None
        }
    }

    /// From PKCS#1.
    fn rsa(input: &[u8]) -> Option<Self> {
        Some(Self::Rsa(Box::new(RsaKeyPair::from_der(input).ok()?), input.to_vec()))
    }

    /// From SEC 1, which may leave the curve to PKCS#8.
    fn from_sec1(input: &[u8], curve: Option<&[u8]>) -> Option<Self> {
        let (body, _) = der::read(input, der::SEQUENCE)?;
        let (_, rest) = der::read(body, der::INTEGER)?;
        let (scalar, rest) = der::read(rest, der::OCTET_STRING)?;
        let oid = match curve {
            Some(oid) => oid,
            None => der::read(rest, 0xa0)?.0,
        };
        Self::ec(CURVES.iter().find(|curve| curve.oid == oid)?, scalar)
    }

    fn ec(curve: &'static Curve, scalar: &[u8]) -> Option<Self> {
        let version = der::integer(&[1]);
        let private = der::value(der::OCTET_STRING, scalar);
        let named = der::value(0xa0, curve.oid);
        let bare = der::sequence(&[&version, &private, &named]);
        let pair = EcdsaKeyPair::from_private_key_der(curve.algorithm, &bare).ok()?;
        let public = der::value(0xa1, &der::bit_string(pair.public_key().as_ref()));
        let whole = der::sequence(&[&version, &private, &named, &public]);
        Some(Self::Ec(pair, curve, whole))
    }

    fn ed25519(seed: &[u8]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
        let seed = der::value(der::OCTET_STRING, &der::value(der::OCTET_STRING, seed));
        let pkcs8 = der::sequence(&[&der::integer(&[0]), &der::sequence(&[ED25519_OID]), &seed]);
        Some(Self::Ed25519(Box::new(pair), pkcs8))
    }

    /// As PEM, in the form that is usual for its kind.
    pub(super) fn pem(&self) -> String {
        let (tag, contents) = match self {
            Self::Rsa(_, der) => ("RSA PRIVATE KEY", der),
            Self::Ec(_, _, der) => ("EC PRIVATE KEY", der),
            Self::Ed25519(_, der) => ("PRIVATE KEY", der),
            Self::Dsa(der) => ("DSA PRIVATE KEY", der),
        };
        encode_pem(tag, contents.clone())
    }

    /// The bytes of the public key's bit string; none for DSA.
    pub(super) fn public_key(&self) -> &[u8] {
        match self {
            Self::Rsa(pair, _) => pair.public_key().as_ref(),
            Self::Ec(pair, _, _) => pair.public_key().as_ref(),
            Self::Ed25519(pair, _) => pair.public_key().as_ref(),
            Self::Dsa(_) => &[],
        }
    }

    /// The algorithm of the public key, as a certificate names it.
    pub(super) fn key_algorithm(&self) -> Vec<u8> {
        match self {
            Self::Rsa(..) => der::sequence(&[RSA_OID, der::NULL]),
            Self::Ec(_, curve, _) => der::sequence(&[EC_OID, curve.oid]),
            Self::Ed25519(..) => der::sequence(&[ED25519_OID]),
            Self::Dsa(_) => Vec::new(),
        }
    }

    /// The algorithm by which this key signs.
    pub(super) fn signature_algorithm(&self) -> Vec<u8> {
        match self {
            Self::Rsa(..) => der::sequence(&[RSA_SHA256_OID, der::NULL]),
            Self::Ec(_, curve, _) => der::sequence(&[curve.signature_oid]),
            Self::Ed25519(..) => der::sequence(&[ED25519_OID]),
            Self::Dsa(_) => Vec::new(),
        }
    }

    /// Signs a message; nothing can be signed by DSA.
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, String> {
        let random = SystemRandom::new();
        let failed = |_| "x509: signing failed".to_owned();
        match self {
            Self::Rsa(pair, _) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).map_err(failed)?;
                Ok(signature)
            }
            Self::Ec(pair, _, _) => Ok(pair.sign(&random, message).map_err(failed)?.as_ref().to_vec()),
            Self::Ed25519(pair, _) => Ok(pair.sign(message).as_ref().to_vec()),
            Self::Dsa(_) => Err("x509: certificate private key does not implement crypto.Signer".to_owned()),
        }
    }
}
