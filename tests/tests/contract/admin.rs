//! What administrators alone may do.

use mythoughts_tests::{Database, Forgery, Key, System, client, get, on_each_database, send, unique};
use serde_json::json;

on_each_database!(
    an_administrator_makes_users,
    a_new_user_has_three_fields_in_order,
    json_makes_a_user_as_well,
    a_name_that_is_taken_is_refused,
    a_user_without_name_or_password_is_refused,
    a_name_is_at_most_fifty_characters_without_nul,
    an_administrator_deletes_thoughts,
    deleting_what_is_not_there_is_fine,
    without_a_bearer_nothing_is_done,
    who_is_no_administrator_is_forbidden,
    an_admin_claim_must_be_true_itself,
);

async fn an_administrator_makes_users(database: Database) {
    let system = System::shared(database).await;
    let admin = system.admin().await;
    let name = unique("new");
    let reply = system.create_user(&admin, &name, "secret-password").await;
    let user = reply.expect_status(201).json();
    assert_eq!(user["username"], name.as_str());
    assert!(user["id"].as_i64().is_some_and(|id| id > 0), "{user}");
    assert!(!reply.body.contains("secret-password"), "{user}");
    system.login(&name, "secret-password").await.expect_status(200);
}

async fn a_new_user_has_three_fields_in_order(database: Database) {
    let system = System::shared(database).await;
    let name = unique("new");
    let reply = system.create_user(&system.admin().await, &name, "password").await;
    let user = reply.json();
    let creation = user["creation"].as_str().expect("creation is a string");
    assert_eq!((creation.len(), &creation[10..11], &creation[19..20]), (26, "T", "."), "{creation}");
    let wanted = format!(r#"{{"id":{},"username":"{name}","creation":"{creation}"}}"#, user["id"]);
    assert_eq!(reply.body.split_whitespace().collect::<String>(), wanted);
}

async fn json_makes_a_user_as_well(database: Database) {
    let system = System::shared(database).await;
    let admin = system.admin().await;
    let name = unique("new");
    let request = client().post(system.users.url("/admin/users")).header("authorization", &admin.bearer);
    send(request.json(&json!({"username": name, "password": "x"}))).await.expect_status(201);
    system.login(&name, "x").await.expect_status(200);
}

async fn a_name_that_is_taken_is_refused(database: Database) {
    let system = System::shared(database).await;
    let admin = system.admin().await;
    let person = system.person().await;
    system.create_user(&admin, &person.username, "another").await.expect_error(409);
    system.login(&person.username, "another").await.expect_error(401);
    system.login(&person.username, &person.password).await.expect_status(200);

    // Of many who ask for the same name at once, one gets it.
    let name = unique("raced");
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let request = client().post(system.users.url("/admin/users/")).header("authorization", &admin.bearer);
        asking.spawn(send(request.form(&[("username", name.as_str()), ("password", "x")])));
    }
    let mut statuses: Vec<u16> = asking.join_all().await.iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
}

async fn a_user_without_name_or_password_is_refused(database: Database) {
    let system = System::shared(database).await;
    let admin = system.admin().await;
    let request = || client().post(system.users.url("/admin/users/")).header("authorization", &admin.bearer);
    send(request().form(&[("username", "x")])).await.expect_error(400);
    send(request().form(&[("password", "x")])).await.expect_error(400);
    send(request().form::<[(&str, &str)]>(&[])).await.expect_error(400);
    send(request().json(&json!({"password": "x"}))).await.expect_error(400);
}

async fn a_name_is_at_most_fifty_characters_without_nul(database: Database) {
    let system = System::shared(database).await;
    let admin = system.admin().await;
    let name = format!("{}{}", unique(""), "🦀".repeat(34));
    assert_eq!(name.chars().count(), 50);
    system.create_user(&admin, &name, "x").await.expect_status(201);
    system.login(&name, "x").await.expect_status(200);
    system.create_user(&admin, &format!("{name}x"), "x").await.expect_error(422);
    system.create_user(&admin, "a\0b", "x").await.expect_error(422);
    system.create_user(&admin, &unique("nul"), "a\0b").await.expect_error(422);
}

async fn an_administrator_deletes_thoughts(database: Database) {
    let system = System::shared(database).await;
    let (admin, person) = (system.admin().await, system.person().await);
    let (kept, deleted) = (system.post(&person, "kept").await, system.post(&person, "deleted").await);
    for path in [format!("/admin/thoughts/{}/", deleted["id"]), format!("/admin/thoughts/{}", deleted["id"])] {
        let reply = send(client().delete(system.thoughts.url(&path)).header("authorization", &admin.bearer)).await;
        reply.expect_status(204);
        assert_eq!(reply.body, "");
    }
    get(system.thoughts.url(&format!("/api/thoughts/{}/", deleted["id"]))).await.expect_error(404);
    let own = client().get(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
    assert_eq!(send(own).await.json(), json!([kept]));
}

async fn deleting_what_is_not_there_is_fine(database: Database) {
    let system = System::shared(database).await;
    let admin = system.admin().await;
    for id in ["2147483647", "9223372036854775807"] {
        let request = client().delete(system.thoughts.url(&format!("/admin/thoughts/{id}/")));
        send(request.header("authorization", &admin.bearer)).await.expect_status(204);
    }
    for id in ["9223372036854775808", "99999999999999999999999", "abc"] {
        let request = client().delete(system.thoughts.url(&format!("/admin/thoughts/{id}/")));
        let reply = send(request.header("authorization", &admin.bearer)).await;
        assert!([204, 404].contains(&reply.status), "the id was {id}: {reply:?}");
    }
}

async fn without_a_bearer_nothing_is_done(database: Database) {
    let system = System::shared(database).await;
    let thought = system.post(&system.person().await, "stays").await;
    let url = system.thoughts.url(&format!("/admin/thoughts/{}/", thought["id"]));
    send(client().delete(&url)).await.expect_error(401);
    send(client().delete(&url).header("authorization", "Bearer x")).await.expect_error(401);
    let form = [("username", "intruder"), ("password", "x")];
    send(client().post(system.users.url("/admin/users/")).form(&form)).await.expect_error(401);
    send(client().post(system.users.url("/admin/users/")).header("authorization", "Basic eDp4").form(&form))
        .await
        .expect_error(401);
    get(system.thoughts.url(&format!("/api/thoughts/{}/", thought["id"]))).await.expect_status(200);
    system.login("intruder", "x").await.expect_error(401);
}

async fn who_is_no_administrator_is_forbidden(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let thought = system.post(&person, "mine").await;
    let url = system.thoughts.url(&format!("/admin/thoughts/{}/", thought["id"]));
    send(client().delete(&url).header("authorization", &person.bearer)).await.expect_error(403);
    system.create_user(&person, &unique("forbidden"), "x").await.expect_error(403);
    get(system.thoughts.url(&format!("/api/thoughts/{}/", thought["id"]))).await.expect_status(200);
}

async fn an_admin_claim_must_be_true_itself(database: Database) {
    let system = System::shared(database).await;
    let thought = system.post(&system.person().await, "stays").await;
    let url = system.thoughts.url(&format!("/admin/thoughts/{}/", thought["id"]));
    for admin in [json!(false), json!("true"), json!(1), json!(null), json!({}), json!("admin")] {
        let token = Key::shared().sign(&Forgery::claims_with("admin", admin.clone()));
        let reply = send(client().delete(&url).bearer_auth(token)).await;
        // Claims of another type may count as malformed.
        assert!([401, 403].contains(&reply.status), "the claim was {admin}: {reply:?}");
    }
    let token = Key::shared().sign(&Forgery::claims_with("admin", json!(true)));
    send(client().delete(&url).bearer_auth(token)).await.expect_status(204);
}
