//! Logging in for a token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mythoughts_tests::{Database, System, client, now, on_each_database, send, unique};
use serde_json::{Value, json};

on_each_database!(
    a_right_pair_gives_a_bearer,
    json_and_the_path_without_its_last_slash_do_as_well,
    the_token_says_who_and_until_when,
    an_administrators_token_says_so,
    an_unknown_name_and_a_wrong_password_are_answered_alike,
    a_missing_field_is_refused,
    odd_names_and_passwords_are_no_fault_of_ours,
    the_sample_users_can_log_in,
    names_differ_by_case,
    passwords_of_any_characters_work,
);

async fn a_right_pair_gives_a_bearer(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let reply = system.login(&person.username, &person.password).await;
    let body = reply.expect_status(200).json();
    assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), ["Authorized"]);
    let bearer = body["Authorized"].as_str().unwrap();
    let token = bearer.strip_prefix("Bearer ").expect("it starts with Bearer");
    assert_eq!(token.split('.').count(), 3, "{token}");
}

async fn json_and_the_path_without_its_last_slash_do_as_well(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let pair = json!({"username": person.username, "password": person.password});
    send(client().post(system.users.url("/api/login/")).json(&pair)).await.expect_status(200);
    send(client().post(system.users.url("/api/login")).json(&pair)).await.expect_status(200);
    send(client().post(system.users.url("/api/login")).form(&pair)).await.expect_status(200);
}

fn parts(bearer: &str) -> (Value, Value) {
    let token = bearer.strip_prefix("Bearer ").unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let decode = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    (decode(parts[0]), decode(parts[1]))
}

async fn the_token_says_who_and_until_when(database: Database) {
    let system = System::shared(database).await;
    let before = now();
    let person = system.person().await;
    let (header, claims) = parts(&person.bearer);
    assert_eq!(header["alg"], "RS256");
    assert!(header["kid"].as_str().is_some_and(|kid| !kid.is_empty()), "{header}");
    assert_eq!(claims["username"], person.username.as_str());
    let issued = claims["iat"].as_u64().expect("iat is a number");
    assert!((before..=now()).contains(&issued), "{claims}");
    assert_eq!(claims["exp"].as_u64().expect("exp is a number") - issued, 2 * 24 * 3600);
    assert!(claims.get("admin").is_none_or(|admin| admin == false), "{claims}");
    assert!(!claims.to_string().contains(&person.password));
}

async fn an_administrators_token_says_so(database: Database) {
    let system = System::shared(database).await;
    let (_, claims) = parts(&system.admin().await.bearer);
    assert_eq!(claims["admin"], true);
}

async fn an_unknown_name_and_a_wrong_password_are_answered_alike(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let unknown = system.login(&unique("nobody"), &person.password).await;
    let wrong = system.login(&person.username, "wrong").await;
    unknown.expect_error(401);
    wrong.expect_error(401);
    assert_eq!(unknown.body, wrong.body);
    let names = |reply: &mythoughts_tests::Reply| reply.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&unknown), names(&wrong));
    for almost in [person.password.to_uppercase(), format!("{} ", person.password)] {
        system.login(&person.username, &almost).await.expect_error(401);
    }
}

async fn a_missing_field_is_refused(database: Database) {
    let system = System::shared(database).await;
    let login = || client().post(system.users.url("/api/login/"));
    send(login().form(&[("username", "bruce")])).await.expect_error(400);
    send(login().form(&[("password", "bruce")])).await.expect_error(400);
    send(login().form::<[(&str, &str)]>(&[])).await.expect_error(400);
    send(login().json(&json!({"username": "bruce"}))).await.expect_error(400);
    for body in [
        json!([]),
        json!("bruce"),
        json!({"username": 1, "password": "bruce"}),
        json!({"username": "bruce", "password": null}),
    ] {
        let reply = send(login().json(&body)).await;
        assert!([400, 422].contains(&reply.status), "the body was {body}: {reply:?}");
        reply.expect_error(reply.status);
    }
}

async fn odd_names_and_passwords_are_no_fault_of_ours(database: Database) {
    let system = System::shared(database).await;
    let long = "x".repeat(10_000);
    for (username, password) in [
        ("a\0b", "x"),
        ("bruce", "bru\0ce"),
        ("", ""),
        ("' OR 1=1 --", "x"),
        (&long, "x"),
        ("bruce", &long),
        ("🦀", "🦀"),
        ("bruce ", "bruce"),
    ] {
        let reply = system.login(username, password).await;
        assert!([400, 401, 422].contains(&reply.status), "{username:.20?} {password:.20?}: {reply:?}");
        reply.expect_error(reply.status);
    }
}

async fn the_sample_users_can_log_in(database: Database) {
    let system = System::shared(database).await;
    for name in ["bruce", "stephen", "admin"] {
        system.login(name, name).await.expect_status(200);
    }
}

async fn names_differ_by_case(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    system.login(&person.username.to_uppercase(), &person.password).await.expect_error(401);
}

async fn passwords_of_any_characters_work(database: Database) {
    let system = System::shared(database).await;
    let admin = system.admin().await;
    for password in [" ", "pässwörd 🦀", "a&b=c%20+", "\"'\\", &"🦀".repeat(50)] {
        let name = unique("user");
        system.create_user(&admin, &name, password).await.expect_status(201);
        system.login(&name, password).await.expect_status(200);
    }
}
