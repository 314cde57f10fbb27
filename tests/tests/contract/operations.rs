//! What operators see: probes, metrics, request ids and logs.

use mythoughts_tests::{Database, Service, System, client, get, on_each_database, send, unique, until};

on_each_database!(
    each_service_is_live_and_ready,
    operations_are_apart_from_the_service,
    requests_are_counted_by_route_method_and_status,
    requests_are_timed,
    readiness_is_a_metric,
    the_pool_logins_and_backends_are_metrics,
    a_request_id_is_kept_or_made,
    a_request_id_travels_to_the_backends,
    an_odd_request_id_does_not_reach_the_log_as_it_is,
    logs_are_json_and_hold_no_secret,
);

fn services(system: &System) -> [&Service; 3] {
    [&system.thoughts, &system.users, &system.frontend]
}

async fn each_service_is_live_and_ready(database: Database) {
    let system = System::shared(database).await;
    for service in services(&system) {
        get(service.operations_url("/livez")).await.expect_status(200);
        get(service.operations_url("/readyz")).await.expect_status(200);
        get(service.operations_url("/nothing")).await.expect_status(404);
    }
}

async fn operations_are_apart_from_the_service(database: Database) {
    let system = System::shared(database).await;
    for service in services(&system) {
        for path in ["/livez", "/readyz", "/metrics"] {
            get(service.url(path)).await.expect_status(404);
        }
    }
}

async fn requests_are_counted_by_route_method_and_status(database: Database) {
    // A system of its own: no other test's requests are counted.
    let system = System::builder(database).start().await;
    for (service, path, label) in [
        (&system.thoughts, "/api/thoughts/", "/api/thoughts"),
        (&system.frontend, "/login/", "/login"),
        (&system.users, "/health", "/health"),
    ] {
        let labels = [&format!("route=\"{label}"), "method=\"GET\"", "status=\"200\""];
        let before = service.metric("http_requests_total", &labels).await;
        get(service.url(path)).await.expect_status(200);
        get(service.url(path)).await.expect_status(200);
        let after = service.metric("http_requests_total", &labels).await;
        assert!((after - before - 2.0).abs() < 0.1, "wanted 2 more than {before}, met {after}");
    }
    // Routes, not paths: else anybody could make a million series.
    for id in 1000..1020 {
        get(system.thoughts.url(&format!("/api/thoughts/{id}/"))).await.expect_status(404);
        get(system.thoughts.url(&format!("/nothing/{id}"))).await.expect_status(404);
        send(client().request(
            reqwest::Method::from_bytes(format!("BREW{id}").as_bytes()).unwrap(),
            system.thoughts.url("/health"),
        ))
        .await;
    }
    let metrics = get(system.thoughts.operations_url("/metrics")).await.body;
    assert!(!metrics.contains("1007"), "{metrics}");
    let not_found = system.thoughts.metric("http_requests_total", &["status=\"404\""]).await;
    assert!((not_found - 40.0).abs() < 0.1, "wanted 40, met {not_found}");
}

async fn requests_are_timed(database: Database) {
    let system = System::shared(database).await;
    for service in services(&system) {
        get(service.url("/health")).await;
        let labels = ["route=\"/health\"", "method=\"GET\""];
        assert!(service.metric("http_request_duration_seconds_count", &labels).await >= 1.0);
        assert!(service.metric("http_request_duration_seconds_sum", &labels).await > 0.0);
    }
}

async fn readiness_is_a_metric(database: Database) {
    let system = System::shared(database).await;
    for service in services(&system) {
        get(service.operations_url("/readyz")).await.expect_status(200);
        let ready = service.metric("service_ready", &[]).await;
        assert!((ready - 1.0).abs() < 0.1, "wanted 1 of a service that is ready, met {ready}");
    }
}

async fn the_pool_logins_and_backends_are_metrics(database: Database) {
    let system = System::builder(database).start().await;
    system.login("bruce", "bruce").await.expect_status(200);
    system.login("bruce", "wrong").await.expect_status(401);
    assert!(system.users.metric("logins_total", &["result="]).await >= 2.0);
    for service in [&system.thoughts, &system.users] {
        assert!(service.metric("database_pool_connections", &["state="]).await >= 1.0);
    }
    for backend in ["thoughts", "users"] {
        let label = format!("backend=\"{backend}\"");
        until(&format!("{backend} to count as up"), async || {
            (system.frontend.metric("backend_up", &[&label]).await > 0.5).then_some(())
        })
        .await;
    }
    let reply = get(system.users.operations_url("/metrics")).await;
    assert!(reply.header("content-type").starts_with("text/plain"), "{reply:?}");
}

async fn a_request_id_is_kept_or_made(database: Database) {
    let system = System::shared(database).await;
    for service in services(&system) {
        let id = unique("id-");
        let reply = send(client().get(service.url("/health")).header("x-request-id", &id)).await;
        assert_eq!(reply.header("x-request-id"), id);
        let (first, second) = (get(service.url("/health")).await, get(service.url("/health")).await);
        assert!(!first.header("x-request-id").is_empty(), "{first:?}");
        assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
        // A refusal has one as well.
        assert!(!get(service.url("/nothing")).await.header("x-request-id").is_empty());
    }
}

async fn log_mentions(service: &Service, id: &str) {
    until(&format!("{id} in a log"), async || {
        service.log().iter().any(|line| line.to_string().contains(id)).then_some(())
    })
    .await;
}

async fn a_request_id_travels_to_the_backends(database: Database) {
    let system = System::shared(database).await;
    let search = unique("id-");
    send(client().get(system.frontend.url("/search?search=x")).header("x-request-id", &search))
        .await
        .expect_status(200);
    log_mentions(&system.frontend, &search).await;
    log_mentions(&system.thoughts, &search).await;

    let login = unique("id-");
    let mut visitor = system.visitor().with_header("x-request-id", &login);
    visitor.log_in(&unique("nobody"), "wrong").await;
    log_mentions(&system.users, &login).await;
}

async fn an_odd_request_id_does_not_reach_the_log_as_it_is(database: Database) {
    let system = System::shared(database).await;
    let long = format!("{}{}", unique("long-"), "x".repeat(5000));
    let reply = send(client().get(system.thoughts.url("/health")).header("x-request-id", &long)).await;
    reply.expect_status(200);
    assert_ne!(reply.header("x-request-id"), long, "wanted an id of a sensible length");
}

async fn logs_are_json_and_hold_no_secret(database: Database) {
    let system =
        System::builder(database).users("LOG", "debug").thoughts("LOG", "debug").frontend("LOG", "debug").start().await;
    let person = system.person().await;
    system.login(&person.username, "wrong-password").await;
    system.post(&person, "text").await;
    let mut visitor = system.visitor();
    visitor.log_in(&person.username, &person.password).await;
    visitor.write("by the form").await.expect_redirect("/");
    let session = visitor.cookies["session"].clone();
    let last = unique("id-");
    for service in services(&system) {
        send(client().get(service.url("/health?x=1")).header("x-request-id", &last)).await;
        send(
            client().get(service.url("/nothing")).header("x-request-id", &last).header("authorization", &person.bearer),
        )
        .await;
        log_mentions(service, &last).await;
        let token = person.bearer.strip_prefix("Bearer ").unwrap();
        for line in service.log() {
            let line = line.to_string();
            for secret in [person.password.as_str(), "wrong-password", token, session.as_str()] {
                assert!(!line.contains(secret), "a secret is in the log: {line}");
            }
        }
    }
}
