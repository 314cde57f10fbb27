//! Bearers that must be taken, and every broken kind that must not.

use jsonwebtoken::{Algorithm, Header};
use mythoughts_tests::{Database, Forgery, Key, Reply, System, client, get, now, on_each_database, send};
use serde_json::{Value, json};

on_each_database!(
    a_token_without_a_kid_is_taken,
    the_scheme_is_read_whatever_its_case,
    a_missing_or_malformed_header_is_refused,
    a_signature_that_is_not_ours_is_refused,
    an_extension_that_must_be_understood_is_refused,
    other_algorithms_are_refused,
    an_unknown_kid_is_refused,
    an_exp_that_is_past_missing_or_no_number_is_refused,
    an_nbf_ahead_is_refused,
    a_username_that_is_missing_or_no_string_is_refused,
    claims_that_are_no_object_are_refused,
    a_token_that_was_taken_ends_with_its_exp,
    a_broken_token_posts_nothing,
);

async fn own_thoughts(system: &System, header: &str) -> Reply {
    send(client().get(system.thoughts.url("/api/me/thoughts/")).header("authorization", header)).await
}

/// Fails unless the call is refused with 401 and names the scheme that is wanted.
async fn expect_refused(system: &System, header: &str) {
    let reply = own_thoughts(system, header).await;
    assert_eq!(reply.status, 401, "wanted 401 for {header:?}, met {reply:?}");
    reply.expect_error(401);
    let post = client().post(system.thoughts.url("/api/me/thoughts/")).header("authorization", header);
    send(post.form(&[("text", "refused")])).await.expect_error(401);
}

async fn expect_token_refused(system: &System, token: &str) {
    expect_refused(system, &format!("Bearer {token}")).await;
}

async fn a_token_without_a_kid_is_taken(database: Database) {
    let system = System::shared(database).await;
    let token = Key::shared().sign(&Forgery::claims("somebody"));
    assert_eq!(own_thoughts(&system, &format!("Bearer {token}")).await.expect_status(200).json(), json!([]));
    // Other claims do no harm.
    let mut claims = Forgery::claims("somebody");
    claims["nbf"] = json!(now());
    claims["jti"] = json!("5");
    claims["colour"] = json!(["blue"]);
    let token = Key::shared().sign(&claims);
    own_thoughts(&system, &format!("Bearer {token}")).await.expect_status(200);
}

async fn the_scheme_is_read_whatever_its_case(database: Database) {
    let system = System::shared(database).await;
    let token = Key::shared().sign(&Forgery::claims("somebody"));
    for scheme in ["Bearer", "bearer", "BEARER"] {
        own_thoughts(&system, &format!("{scheme} {token}")).await.expect_status(200);
    }
}

async fn a_missing_or_malformed_header_is_refused(database: Database) {
    let system = System::shared(database).await;
    get(system.thoughts.url("/api/me/thoughts/")).await.expect_error(401);
    send(client().post(system.thoughts.url("/api/me/thoughts/")).form(&[("text", "a")])).await.expect_error(401);
    let token = Key::shared().sign(&Forgery::claims("bruce"));
    for header in [
        "",
        "Bearer",
        "Bearer ",
        "Basic YnJ1Y2U6YnJ1Y2U=",
        "Token x",
        &token,
        &format!("Basic {token}"),
        &format!("Bearer{token}"),
        &format!("Bearer {token} more"),
        &format!("Bearer Bearer {token}"),
        &format!("Bearer \"{token}\""),
        "Bearer x",
        "Bearer a.b",
        "Bearer a.b.c",
        "Bearer ...",
        "Bearer a.b.c.d",
        "Bearer 🦀.🦀.🦀",
        &format!("Bearer {}", "x".repeat(4000)),
        &format!("Bearer {}", ".".repeat(1000)),
    ] {
        expect_refused(&system, header).await;
    }
    let bytes = reqwest::header::HeaderValue::from_bytes(b"Bearer \xFF\xFE").unwrap();
    send(client().get(system.thoughts.url("/api/me/thoughts/")).header("authorization", bytes)).await.expect_error(401);
}

async fn a_signature_that_is_not_ours_is_refused(database: Database) {
    let system = System::shared(database).await;
    let sound = Key::shared().sign(&Forgery::claims("bruce"));
    let (signed, signature) = sound.rsplit_once('.').unwrap();
    let mut flipped = signature.to_owned();
    let first = if flipped.starts_with('A') { "B" } else { "A" };
    flipped.replace_range(0..1, first);
    for token in [
        signed.to_owned(),
        format!("{signed}."),
        format!("{signed}.{}", &signature[..signature.len() / 2]),
        format!("{signed}.{}", &signature[..signature.len() - 1]),
        format!("{signed}.{flipped}"),
        format!("{signed}.{signature}AAAA"),
        format!("{signed}.{signature}="),
        Key::generate().sign(&Forgery::claims("bruce")),
    ] {
        expect_token_refused(&system, &token).await;
    }
    // The claims of one token with the signature of another.
    let other = Key::shared().sign(&Forgery::claims("stephen"));
    let (_, others_signature) = other.rsplit_once('.').unwrap();
    expect_token_refused(&system, &format!("{signed}.{others_signature}")).await;
}

async fn an_extension_that_must_be_understood_is_refused(database: Database) {
    let system = System::shared(database).await;
    let header = Header { crit: Some(vec!["b64".into()]), ..Header::new(Algorithm::RS256) };
    expect_token_refused(&system, &Key::shared().sign_with(&header, &Forgery::claims("bruce"))).await;
}

async fn other_algorithms_are_refused(database: Database) {
    let system = System::shared(database).await;
    let claims = Forgery::claims("bruce");
    let key = Key::shared();
    for alg in ["none", "None", "NONE", "nOnE"] {
        let header = json!({"alg": alg, "typ": "JWT"});
        expect_token_refused(&system, &Forgery::assemble(&header, &claims, "")).await;
        expect_token_refused(&system, &Forgery::assemble(&header, &claims, "AAAA")).await;
    }
    // The public key is no secret: keyed with any form of it, anybody could sign.
    for secret in [key.public_pem.as_str(), key.public_pem.trim_end(), ""] {
        expect_token_refused(&system, &Forgery::hs256(secret, &claims)).await;
    }
    for algorithm in [Algorithm::RS384, Algorithm::RS512, Algorithm::PS256] {
        expect_token_refused(&system, &key.sign_with(&Header::new(algorithm), &claims)).await;
    }
    let sound = key.sign(&claims);
    let signature = sound.rsplit_once('.').unwrap().1;
    for header in
        [json!({}), json!({"alg": 5}), json!({"alg": null}), json!([]), json!("RS256"), json!({"alg": "XX256"})]
    {
        expect_token_refused(&system, &Forgery::assemble(&header, &claims, signature)).await;
    }
}

async fn an_unknown_kid_is_refused(database: Database) {
    let system = System::shared(database).await;
    for kid in ["unknown", "", "../../etc/passwd", "' OR 1=1"] {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(kid.to_owned());
        expect_token_refused(&system, &Key::shared().sign_with(&header, &Forgery::claims("bruce"))).await;
    }
    // The kid of our key with a signature by another.
    let keys = get(system.users.url("/.well-known/jwks.json")).await.json();
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some(keys["keys"][0]["kid"].as_str().unwrap().to_owned());
    expect_token_refused(&system, &Key::generate().sign_with(&header, &Forgery::claims("bruce"))).await;
    // And with ours, to show that only the key was wrong.
    let token = Key::shared().sign_with(&header, &Forgery::claims("bruce"));
    own_thoughts(&system, &format!("Bearer {token}")).await.expect_status(200);
}

async fn expect_claims_refused(system: &System, claims: &[Value]) {
    for claims in claims {
        expect_token_refused(system, &Key::shared().sign(claims)).await;
    }
}

async fn an_exp_that_is_past_missing_or_no_number_is_refused(database: Database) {
    let system = System::shared(database).await;
    let later = now() + 3600;
    expect_claims_refused(
        &system,
        &[
            Forgery::claims_without("exp"),
            Forgery::claims_with("exp", json!(0)),
            // No leeway: a second is enough.
            Forgery::claims_with("exp", json!(now() - 1)),
            Forgery::claims_with("exp", json!(-1)),
            Forgery::claims_with("exp", json!(later.to_string())),
            Forgery::claims_with("exp", json!("never")),
            Forgery::claims_with("exp", json!(null)),
            Forgery::claims_with("exp", json!(true)),
            Forgery::claims_with("exp", json!([later])),
            Forgery::claims_with("exp", json!({})),
        ],
    )
    .await;
}

async fn an_nbf_ahead_is_refused(database: Database) {
    let system = System::shared(database).await;
    // Enough ahead that no slow machine gets there; what matters is that there is no leeway of a minute.
    expect_claims_refused(
        &system,
        &[Forgery::claims_with("nbf", json!(now() + 30)), Forgery::claims_with("nbf", json!(now() + 3600))],
    )
    .await;
}

async fn a_username_that_is_missing_or_no_string_is_refused(database: Database) {
    let system = System::shared(database).await;
    expect_claims_refused(
        &system,
        &[
            Forgery::claims_without("username"),
            Forgery::claims_with("username", json!(5)),
            Forgery::claims_with("username", json!(null)),
            Forgery::claims_with("username", json!(true)),
            Forgery::claims_with("username", json!(["bruce"])),
            Forgery::claims_with("username", json!({"name": "bruce"})),
        ],
    )
    .await;
}

async fn claims_that_are_no_object_are_refused(database: Database) {
    let system = System::shared(database).await;
    expect_claims_refused(&system, &[json!([]), json!(["bruce"]), json!("bruce"), json!(5), json!(null), json!({})])
        .await;
}

async fn a_token_that_was_taken_ends_with_its_exp(database: Database) {
    let system = System::shared(database).await;
    let token = Key::shared().sign(&Forgery::claims_with("exp", json!(now() + 3)));
    own_thoughts(&system, &format!("Bearer {token}")).await.expect_status(200);
    mythoughts_tests::until("the token to end with its exp", async || {
        let reply = own_thoughts(&system, &format!("Bearer {token}")).await;
        (reply.status == 401).then_some(())
    })
    .await;
}

async fn a_broken_token_posts_nothing(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let expired = Key::shared().sign(&json!({"username": person.username, "iat": 0, "exp": now() - 1}));
    expect_token_refused(&system, &expired).await;
    assert_eq!(own_thoughts(&system, &person.bearer).await.json(), json!([]));
}
