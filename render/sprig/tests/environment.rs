//! What depends on time and chance: repeatable by a fixed clock and seed, and of the right shape.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashMap;
use std::rc::Rc;

use govalue::{Function, List, Str, Value};
use sprig::Environment;
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode};

/// 2023-11-14T22:13:20Z
const NOW: i64 = 1_700_000_000;

struct Functions(HashMap<&'static str, Function>);

impl Functions {
    fn new(env: Environment) -> Self {
        Self(sprig::functions(&Rc::new(env)).into_iter().collect())
    }

    fn fixed() -> Self {
        let env = Environment::new().with_time(NOW, 5).with_seed(7).with_rsa_key(include_str!("rsa.pem"));
        Self::new(env)
    }

    fn value(&self, name: &str, args: &[Value]) -> Value {
        (self.0[name].call)(args).unwrap()
    }

    fn text(&self, name: &str, args: &[Value]) -> String {
        text(&self.value(name, args))
    }
}

fn text(value: &Value) -> String {
    String::from_utf8(value.as_string().unwrap().to_vec()).unwrap()
}

fn field(value: &Value, name: &str) -> Value {
    let Value::Object(object) = value else { panic!("{value:?} has no fields") };
    object.field(name).unwrap()
}

fn printed(value: &Value) -> String {
    String::from_utf8(govalue::fmt::sprint(std::slice::from_ref(value))).unwrap()
}

#[test]
fn a_fixed_clock_stands_still() {
    let functions = Functions::fixed();
    let now = functions.value("now", &[]);
    assert_eq!(printed(&now), "2023-11-14 22:13:20.000000005 +0000 UTC");
    assert_eq!(functions.text("date", &["2006-01-02".into(), "no time".into()]), "2023-11-14");
    assert_eq!(functions.text("ago", &[Value::Int(NOW - 3725)]), "1h2m5s");
    assert_eq!(functions.text("ago", &[Value::Nil]), "0s");
    let past = functions.value("toDate", &["2006".into(), "2000".into()]);
    assert_eq!(functions.text("durationRound", &[past]), "23y");
}

#[test]
fn the_real_clock_shows_its_monotonic_reading() {
    let functions = Functions::new(Environment::new());
    let now = printed(&functions.value("now", &[]));
    let (_, reading) = now.split_once(" +0000 UTC m=+").unwrap();
    assert!(reading.parse::<f64>().is_ok(), "{now}");
}

#[test]
fn a_seed_repeats_all_choices() {
    let calls: [(&str, &[Value]); 8] = [
        ("uuidv4", &[]),
        ("randAlphaNum", &[Value::Int(20)]),
        ("randBytes", &[Value::Int(20)]),
        ("genPrivateKey", &["ecdsa".into()]),
        ("genPrivateKey", &["ed25519".into()]),
        ("genPrivateKey", &["dsa".into()]),
        ("genPrivateKey", &["rsa".into()]),
        ("encryptAES", &["key".into(), "text".into()]),
    ];
    let [one, two] = [Functions::fixed(), Functions::fixed()];
    let other = Functions::new(Environment::new().with_seed(8).with_rsa_key(include_str!("rsa.pem")));
    for (name, args) in calls {
        let chosen = one.text(name, args);
        assert_eq!(chosen, two.text(name, args), "{name}");
        assert_eq!(chosen == other.text(name, args), args.iter().any(|arg| printed(arg) == "rsa"), "{name}");
    }
}

#[test]
fn a_repeatable_world_has_another_beside_it() {
    let all = || [0, 0, 1].map(|number| Functions::new(Environment::repeatable(number)));
    for call in ["rsa", "ecdsa"] {
        let [one, same, other] = all().map(|functions| functions.text("genPrivateKey", &[call.into()]));
        assert!(one.starts_with("-----BEGIN"), "{one}");
        assert_eq!(one, same, "{call}");
        assert_ne!(one, other, "{call}");
    }
}

#[test]
fn a_given_choice_is_taken_whatever_was_asked_before() {
    let functions = Functions::new(Environment::new().with_choice(11));
    for _ in 0..2 {
        assert_eq!(functions.text("randAlphaNum", &[Value::Int(3)]), "BBB");
        assert_eq!(functions.text("randNumeric", &[Value::Int(4)]), "1111");
    }
}

/// Whether a byte belongs to an alphabet.
type Allowed = fn(u8) -> bool;

#[test]
fn random_texts_have_their_length_and_alphabet() {
    let functions = Functions::new(Environment::new());
    let alphabets: [(&str, Allowed); 4] = [
        ("randAlphaNum", |byte| byte.is_ascii_alphanumeric()),
        ("randAlpha", |byte| byte.is_ascii_alphabetic()),
        ("randNumeric", |byte| byte.is_ascii_digit()),
        ("randAscii", |byte| (b' '..=b'~').contains(&byte)),
    ];
    for (name, allowed) in alphabets {
        let chosen = functions.text(name, &[Value::Int(500)]);
        assert_eq!(chosen.len(), 500, "{name}");
        assert!(chosen.bytes().all(allowed), "{name}: {chosen}");
    }
    let uuid = functions.text("uuidv4", &[]);
    let shape: String = uuid.chars().map(|c| if c.is_ascii_hexdigit() { 'x' } else { c }).collect();
    assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
    assert_eq!(uuid.as_bytes()[14], b'4');
    assert!(b"89ab".contains(&uuid.as_bytes()[19]), "{uuid}");
    assert_eq!(functions.text("randBytes", &[Value::Int(16)]).len(), 24);
    let mut shuffled: Vec<char> = functions.text("shuffle", &["hällo".into()]).chars().collect();
    shuffled.sort_unstable();
    assert_eq!(shuffled, ['h', 'l', 'l', 'o', 'ä']);
    for _ in 0..100 {
        let Value::Int(number) = functions.value("randInt", &[Value::Int(-3), Value::Int(3)]) else { panic!() };
        assert!((-3..3).contains(&number));
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let functions = Functions::new(Environment::new());
    for name in ["randAlphaNum", "randBytes"] {
        let error = (functions.0[name].call)(&[Value::Int(1 << 40)]).unwrap_err();
        assert!(error.contains("64 MiB"), "{error}");
    }
}

/// An evaluator bounds the memory that a run is counted for: a thousand keys would take hours.
#[test]
fn what_takes_long_counts_as_much_memory() {
    let functions = Functions::fixed();
    let cost = |name: &str, arguments: &[Value]| {
        govalue::meter::take();
        (functions.0[name].call)(arguments).unwrap();
        govalue::meter::take()
    };
    assert!(cost("genPrivateKey", &["rsa".into()]) > cost("htpasswd", &["user".into(), "secret".into()]));
    assert!(cost("htpasswd", &["user".into(), "secret".into()]) > cost("b64enc", &["secret".into()]));
}

#[test]
fn a_password_is_hashed_with_a_new_salt() {
    let functions = Functions::fixed();
    let line = functions.text("htpasswd", &["user".into(), "secret".into()]);
    let hash = line.strip_prefix("user:").unwrap();
    assert!(hash.starts_with("$2a$10$"), "{hash}");
    assert!(bcrypt::verify("secret", hash).unwrap());
    assert!(!bcrypt::verify("other", hash).unwrap());
}

#[test]
fn what_was_encrypted_is_decrypted() {
    let functions = Functions::fixed();
    for plain in ["a", "sixteen bytes ok", "a text of more than two blocks, with ü"] {
        let secret = functions.text("encryptAES", &["key".into(), plain.into()]);
        assert_eq!(functions.text("decryptAES", &["key".into(), Str::from(secret).into()]), plain);
    }
}

#[test]
fn names_are_resolved_only_if_allowed() {
    let resolve = |env| Functions::new(env).text("getHostByName", &["127.0.0.1".into()]);
    assert_eq!(resolve(Environment::new()), "");
    assert_eq!(resolve(Environment::new().with_dns(true)), "127.0.0.1");
}

fn certificate(pair: &Value) -> Certificate {
    let block = pem::parse(text(&field(pair, "Cert"))).unwrap();
    assert_eq!(block.tag(), "CERTIFICATE");
    Certificate::from_der(block.contents()).unwrap()
}

/// The object identifiers of the extensions and whether each is critical.
fn extensions(certificate: &Certificate) -> Vec<(String, bool)> {
    let extensions = certificate.tbs_certificate.extensions.as_ref().unwrap();
    extensions.iter().map(|extension| (extension.extn_id.to_string(), extension.critical)).collect()
}

fn assert_signed_by(certificate: &Certificate, issuer: &Certificate) {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
    let key = issuer.tbs_certificate.subject_public_key_info.subject_public_key.raw_bytes();
    let oid = certificate.signature_algorithm.oid.to_string();
    let key = match oid.as_str() {
        "1.2.840.113549.1.1.11" => ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key),
        "1.2.840.10045.4.3.2" => ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key),
        "1.3.101.112" => ParsedPublicKey::new(&ED25519, key),
        other => panic!("signed by {other}"),
    };
    let body = certificate.tbs_certificate.to_der().unwrap();
    key.unwrap().verify_sig(&body, certificate.signature.raw_bytes()).unwrap();
}

const KEY_USAGE: &str = "2.5.29.15";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
const BASIC_CONSTRAINTS: &str = "2.5.29.19";
const SUBJECT_KEY_ID: &str = "2.5.29.14";
const AUTHORITY_KEY_ID: &str = "2.5.29.35";
const SUBJECT_ALT_NAME: &str = "2.5.29.17";

#[test]
fn an_authority_signs_certificates() {
    let functions = Functions::fixed();
    let ca = functions.value("genCA", &["my-ca".into(), Value::Int(365)]);
    let authority = certificate(&ca);
    assert_eq!(text(&field(&ca, "Key")), include_str!("rsa.pem"));
    assert_eq!(authority.tbs_certificate.subject.to_string(), "CN=my-ca");
    let validity = &authority.tbs_certificate.validity;
    assert_eq!(validity.not_before.to_unix_duration().as_secs().cast_signed(), NOW);
    assert_eq!(validity.not_after.to_unix_duration().as_secs().cast_signed(), NOW + 365 * 24 * 3600);
    assert_signed_by(&authority, &authority);
    let expected = [(KEY_USAGE, true), (EXTENDED_KEY_USAGE, false), (BASIC_CONSTRAINTS, true), (SUBJECT_KEY_ID, false)];
    assert_eq!(extensions(&authority), expected.map(|(oid, critical)| (oid.to_owned(), critical)));

    let list = |items: &[&str]| Value::from(List::new(items.iter().map(|item| (*item).into()).collect()));
    let names = [list(&["10.0.0.1", "::1"]), list(&["svc", "svc.ns.svc"])];
    for kind in ["ecdsa", "ed25519"] {
        let key = functions.value("genPrivateKey", &[kind.into()]);
        let [ips, dns] = names.clone();
        let args = ["leaf*".into(), ips, dns, Value::Int(30), ca.clone(), key.clone()];
        let pair = functions.value("genSignedCertWithKey", &args);
        assert_eq!(text(&field(&pair, "Key")), text(&key));
        let leaf = certificate(&pair);
        assert_signed_by(&leaf, &authority);
        assert_eq!(leaf.tbs_certificate.issuer.to_string(), "CN=my-ca");
        let expected = [
            (KEY_USAGE, true),
            (EXTENDED_KEY_USAGE, false),
            (BASIC_CONSTRAINTS, true),
            (AUTHORITY_KEY_ID, false),
            (SUBJECT_ALT_NAME, false),
        ];
        assert_eq!(extensions(&leaf), expected.map(|(oid, critical)| (oid.to_owned(), critical)));
    }
}

#[test]
fn certificates_sign_themselves_with_any_key() {
    let functions = Functions::fixed();
    for kind in ["rsa", "ecdsa", "ed25519"] {
        let key = functions.value("genPrivateKey", &[kind.into()]);
        let args = ["".into(), Value::Nil, Value::Nil, Value::Int(1), key.clone()];
        let pair = functions.value("genSelfSignedCertWithKey", &args);
        let own = certificate(&pair);
        assert_signed_by(&own, &own);
        let encode = |value: &Value| functions.value("b64enc", std::slice::from_ref(value));
        let built = functions.value("buildCustomCert", &[encode(&field(&pair, "Cert")), encode(&field(&pair, "Key"))]);
        assert_eq!(text(&field(&built, "Cert")), text(&field(&pair, "Cert")));
    }
}

#[test]
fn dsa_keys_sign_nothing() {
    let functions = Functions::fixed();
    let key = functions.value("genPrivateKey", &["dsa".into()]);
    let error = (functions.0["genCAWithKey"].call)(&["ca".into(), Value::Int(1), key]).unwrap_err();
    let expected = "error creating certificate: x509: certificate private key does not implement crypto.Signer";
    assert_eq!(error, expected);
}

#[test]
fn a_new_rsa_key_is_made_without_a_ready_one() {
    let functions = Functions::new(Environment::new());
    let pair = functions.value("genCA", &["ca".into(), Value::Int(1)]);
    assert!(text(&field(&pair, "Key")).starts_with("-----BEGIN RSA PRIVATE KEY-----\n"));
    let own = certificate(&pair);
    assert_signed_by(&own, &own);
}
