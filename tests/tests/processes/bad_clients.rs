//! Clients that are slow, break off, or come in crowds.

use std::sync::Arc;

use mythoughts_tests::{Connection, Database, Service, System, get, on_each_database, unique};

on_each_database!(
    a_slow_body_is_given_up,
    a_request_that_is_never_finished_is_given_up,
    a_connection_that_idles_is_closed_without_a_word,
    a_client_that_breaks_off_harms_nobody,
    crowds_of_idle_connections_harm_nobody,
    a_thousand_wrong_logins_harm_nobody,
);

async fn impatient(database: Database) -> System {
    System::builder(database)
        .users("REQUEST_TIMEOUT", 1)
        .thoughts("REQUEST_TIMEOUT", 1)
        .frontend("REQUEST_TIMEOUT", 1)
        .start()
        .await
}

fn posts(system: &System) -> [(&Service, &'static str); 2] {
    [(&system.users, "/api/login/"), (&system.frontend, "/login/")]
}

fn head(path: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\n"
    )
}

async fn a_slow_body_is_given_up(database: Database) {
    let system = impatient(database).await;
    for (service, path) in posts(&system) {
        let mut connection = Connection::open(service.address).await;
        connection.send(head(path)).await;
        connection.send("username=").await;
        let reply = connection.read_until("\r\n\r\n").await;
        assert!(reply.starts_with("HTTP/1.1 408 "), "{path}: wanted 408, met {reply:?}");
        get(service.url("/health")).await.expect_status(200);
    }
}

async fn a_request_that_is_never_finished_is_given_up(database: Database) {
    let system = impatient(database).await;
    for service in [&system.thoughts, &system.users, &system.frontend] {
        for half in ["GET /hea", "GET /health HTTP/1.1\r\n", "GET /health HTTP/1.1\r\nhost: localhost\r\nx-half: "] {
            let mut connection = Connection::open(service.address).await;
            connection.send(half).await;
            let reply = connection.read_to_end().await;
            assert!(reply.starts_with("HTTP/1.1 408 ") && reply.contains("{\"message\":"), "{half:?}: {reply:?}");
        }
    }
}

/// Its next request might be on the way, and would take the 408 for its own reply.
async fn a_connection_that_idles_is_closed_without_a_word(database: Database) {
    let system = impatient(database).await;
    let mut connection = Connection::open(system.thoughts.address).await;
    assert_eq!(connection.read_to_end().await, "");
    let mut connection = Connection::open(system.thoughts.address).await;
    connection.send("GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    let reply = connection.read_to_end().await;
    assert!(reply.ends_with("\r\n\r\nOK"), "{reply:?}");
}

async fn a_client_that_breaks_off_harms_nobody(database: Database) {
    let system = System::shared(database).await;
    for (service, path) in posts(&system) {
        for _ in 0..50 {
            let mut connection = Connection::open(service.address).await;
            connection.send(head(path)).await;
            connection.send("user").await;
        }
        get(service.url("/health")).await.expect_status(200);
        let faults = service.metric("http_requests_total", &["status=\"5"]).await;
        assert!(faults < 0.5, "{faults} faults of ours are counted");
    }
}

async fn crowds_of_idle_connections_harm_nobody(database: Database) {
    let system = System::builder(database).start().await;
    for service in [&system.thoughts, &system.users, &system.frontend] {
        let mut crowd = Vec::new();
        for _ in 0..300 {
            let mut connection = Connection::open(service.address).await;
            connection.try_send("GET /health HTTP/1.1\r\nhost: localhost\r\n").await;
            crowd.push(connection);
        }
        get(service.url("/health")).await.expect_status(200);
        get(service.operations_url("/livez")).await.expect_status(200);
        drop(crowd);
    }
}

async fn a_thousand_wrong_logins_harm_nobody(database: Database) {
    let system = Arc::new(System::builder(database).start().await);
    let mut attackers = tokio::task::JoinSet::new();
    for attacker in 0..8 {
        let system = Arc::clone(&system);
        attackers.spawn(async move {
            for attempt in 0..125 {
                // Half of them for one name, half for many.
                let name = if attempt % 2 == 0 { "bruce".to_owned() } else { unique("nobody") };
                let reply = system.login_from(&format!("192.0.2.{}", attacker % 2), &name, "wrong").await;
                assert!([401, 429].contains(&reply.status), "{reply:?}");
                reply.expect_error(reply.status);
            }
        });
    }
    // Meanwhile others come in.
    for _ in 0..5 {
        system.login("stephen", "stephen").await.expect_status(200);
    }
    attackers.join_all().await;
    system.login("stephen", "stephen").await.expect_status(200);
    let faults = system.users.metric("http_requests_total", &["status=\"5"]).await;
    assert!(faults < 0.5, "{faults} faults of ours are counted");
}
