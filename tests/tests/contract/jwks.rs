//! The public keys.

use jsonwebtoken::DecodingKey;
use mythoughts_tests::{Database, System, get, on_each_database};
use serde_json::Value;

on_each_database!(the_public_keys_are_published_and_nothing_private, a_published_key_checks_a_token);

async fn keys(system: &System) -> Vec<Value> {
    let reply = get(system.users.url("/.well-known/jwks.json")).await;
    reply.expect_status(200);
    assert!(reply.header("content-type").contains("json"), "{reply:?}");
    reply.json()["keys"].as_array().expect("keys is a list").clone()
}

async fn the_public_keys_are_published_and_nothing_private(database: Database) {
    let system = System::shared(database).await;
    let keys = keys(&system).await;
    assert_eq!(keys.len(), 1, "{keys:?}");
    let key = keys[0].as_object().unwrap();
    for (name, value) in [("kty", "RSA"), ("alg", "RS256"), ("use", "sig")] {
        assert_eq!(key[name], value);
    }
    for name in ["kid", "n", "e"] {
        assert!(key[name].as_str().is_some_and(|value| !value.is_empty()), "wanted {name}, met {key:?}");
    }
    for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        assert!(!key.contains_key(private), "{private} is published");
    }
}

async fn a_published_key_checks_a_token(database: Database) {
    let system = System::shared(database).await;
    let bearer = system.person().await.bearer;
    let token = bearer.strip_prefix("Bearer ").unwrap();
    let header = jsonwebtoken::decode_header(token).unwrap();
    let keys = keys(&system).await;
    let key =
        keys.iter().find(|key| key["kid"].as_str() == header.kid.as_deref()).expect("the token's kid is published");
    let key = DecodingKey::from_rsa_components(key["n"].as_str().unwrap(), key["e"].as_str().unwrap()).unwrap();
    let validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
    jsonwebtoken::decode::<Value>(token, &key, &validation).expect("the signature is sound");
}
