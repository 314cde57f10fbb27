//! Statuses besides those a call has of its own.

use mythoughts_tests::{Connection, Database, Service, System, client, get, on_each_database, send};
use reqwest::Method;

on_each_database!(
    an_unknown_path_is_not_found,
    another_method_is_refused_with_those_allowed,
    another_type_of_body_is_refused,
    a_body_too_large_is_refused,
    a_body_too_large_is_refused_without_a_length,
    head_and_options_are_no_fault_of_ours,
    requests_that_are_no_http_are_refused,
    a_flood_of_headers_is_refused,
);

fn services(system: &System) -> [&Service; 3] {
    [&system.thoughts, &system.users, &system.frontend]
}

async fn an_unknown_path_is_not_found(database: Database) {
    let system = System::shared(database).await;
    for service in [&system.thoughts, &system.users] {
        for path in ["/nothing", "/api/", "/api/nothing/", "/admin/", "/api//thoughts//", "/api/thoughts/1/2"] {
            get(service.url(path)).await.expect_error(404);
        }
    }
    get(system.frontend.url("/nothing")).await.expect_status(404);
    get(system.frontend.url("/static/nothing.css")).await.expect_status(404);
    // A client would tidy these paths before it asks.
    for path in ["/static/../../etc/passwd", "/static/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/static//etc/passwd", "/%FF"] {
        let mut connection = Connection::open(system.frontend.address).await;
        connection.send(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")).await;
        let reply = connection.read_to_end().await;
        assert!(reply.starts_with("HTTP/1.1 404 ") || reply.starts_with("HTTP/1.1 400 "), "{path}: {reply}");
    }
}

async fn another_method_is_refused_with_those_allowed(database: Database) {
    let system = System::shared(database).await;
    let (thoughts, users) = (&system.thoughts, &system.users);
    for (method, url, allowed) in [
        (Method::DELETE, thoughts.url("/api/me/thoughts/"), ["GET", "POST"].as_slice()),
        (Method::PUT, thoughts.url("/api/me/thoughts/"), &["GET", "POST"]),
        (Method::POST, thoughts.url("/api/thoughts/"), &["GET"]),
        (Method::PATCH, thoughts.url("/api/thoughts/1/"), &["GET"]),
        (Method::DELETE, thoughts.url("/api/thoughts/1/"), &["GET"]),
        (Method::GET, thoughts.url("/admin/thoughts/1/"), &["DELETE"]),
        (Method::POST, thoughts.url("/health"), &["GET"]),
        (Method::GET, users.url("/api/login/"), &["POST"]),
        (Method::GET, users.url("/api/login"), &["POST"]),
        (Method::GET, users.url("/admin/users/"), &["POST"]),
        (Method::DELETE, users.url("/.well-known/jwks.json"), &["GET"]),
        (Method::from_bytes(b"BREW").unwrap(), users.url("/api/login/"), &["POST"]),
    ] {
        let reply = send(client().request(method.clone(), &url)).await;
        assert_eq!(reply.status, 405, "{method} {url}: {reply:?}");
        reply.expect_error(405);
        for allowed in allowed {
            assert!(reply.header("allow").contains(allowed), "wanted {allowed} to be allowed, met {reply:?}");
        }
    }
    let reply = send(client().delete(system.frontend.url("/login/"))).await;
    reply.expect_status(405);
    assert!(reply.header("allow").contains("POST"), "{reply:?}");
    let reply = get(system.frontend.url("/thoughts/new")).await;
    reply.expect_status(405);
    assert!(reply.header("allow").contains("POST"), "{reply:?}");
}

async fn another_type_of_body_is_refused(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let admin = system.admin().await;
    for content_type in
        ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/octet-stream", "nonsense"]
    {
        for (url, bearer) in [
            (system.thoughts.url("/api/me/thoughts/"), &person.bearer),
            (system.users.url("/api/login/"), &person.bearer),
            (system.users.url("/admin/users/"), &admin.bearer),
        ] {
            let request = client().post(&url).header("authorization", bearer).header("content-type", content_type);
            send(request.body("text=a&username=bruce&password=bruce")).await.expect_error(415);
        }
    }
    // Parameters of a type that is known do no harm.
    for content_type in ["application/x-www-form-urlencoded; charset=UTF-8", "APPLICATION/X-WWW-FORM-URLENCODED"] {
        let request = client().post(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
        send(request.header("content-type", content_type).body("text=a")).await.expect_status(201);
    }
    let request = client().post(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
    send(request.header("content-type", "application/json; charset=utf-8").body("{\"text\":\"a\"}"))
        .await
        .expect_status(201);
}

const MEBIBYTE: usize = 1024 * 1024;

async fn a_body_too_large_is_refused(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let admin = system.admin().await;
    let body = format!("text={}", "x".repeat(MEBIBYTE));
    let request = client().post(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
    let form = ("content-type", "application/x-www-form-urlencoded");
    send(request.header(form.0, form.1).body(body.clone())).await.expect_error(413);
    send(client().post(system.users.url("/api/login/")).header(form.0, form.1).body(body.clone()))
        .await
        .expect_error(413);
    let request = client().post(system.users.url("/admin/users/")).header("authorization", &admin.bearer);
    send(request.header("content-type", "application/json").body(body.clone())).await.expect_error(413);
    send(client().post(system.frontend.url("/login/")).header(form.0, form.1).body(body)).await.expect_status(413);
}

async fn a_body_too_large_is_refused_without_a_length(database: Database) {
    let system = System::shared(database).await;
    let mut connection = Connection::open(system.users.address).await;
    let head = "POST /api/login/ HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ntransfer-encoding: chunked\r\n\r\n";
    connection.send(head).await;
    let chunk = format!("{MEBIBYTE:x}\r\n{}\r\n", "x".repeat(MEBIBYTE));
    connection.try_send(chunk).await;
    let reply = connection.read_until("\r\n").await;
    assert!(reply.starts_with("HTTP/1.1 413 "), "wanted 413, met {reply:?}");
}

async fn head_and_options_are_no_fault_of_ours(database: Database) {
    let system = System::shared(database).await;
    for service in services(&system) {
        for path in [
            "/",
            "/health",
            "/api/thoughts/",
            "/api/me/thoughts/",
            "/api/login/",
            "/login/",
            "/thoughts/new",
            "/nothing",
        ] {
            for method in [Method::HEAD, Method::OPTIONS, Method::TRACE] {
                let reply = send(client().request(method.clone(), service.url(path))).await;
                assert!(reply.status < 500, "{method} {path}: {reply:?}");
            }
        }
    }
    for (url, status) in [(system.thoughts.url("/api/thoughts/"), 200), (system.thoughts.url("/health"), 200)] {
        let reply = send(client().head(&url)).await;
        assert_eq!((reply.status, reply.body.as_str()), (status, ""), "HEAD {url}");
    }
}

async fn requests_that_are_no_http_are_refused(database: Database) {
    let system = System::shared(database).await;
    for service in services(&system) {
        for request in [
            "nonsense\r\n\r\n",
            "GET / HTTP/9.9\r\nhost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nhost: x\r\nbroken header\r\n\r\n",
            "POST /api/login/ HTTP/1.1\r\nhost: x\r\ncontent-length: many\r\n\r\n",
            "POST /api/login/ HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef",
            "\0\0\0\0\r\n\r\n",
        ] {
            let mut connection = Connection::open(service.address).await;
            connection.send(request).await;
            let reply = connection.read_to_end().await;
            assert!(reply.is_empty() || reply.starts_with("HTTP/1.1 4"), "{request:?} was answered {reply:?}");
        }
        get(service.url("/health")).await.expect_status(200);
    }
}

async fn a_flood_of_headers_is_refused(database: Database) {
    let system = System::shared(database).await;
    for service in services(&system) {
        let mut connection = Connection::open(service.address).await;
        connection.send("GET /health HTTP/1.1\r\nhost: x\r\n").await;
        connection.try_send("x-flood: y\r\n".repeat(100_000)).await;
        connection.try_send("\r\n").await;
        let reply = connection.read_to_end().await;
        assert!(reply.is_empty() || reply.starts_with("HTTP/1.1 4"), "the flood was answered {reply:?}");
        get(service.url("/health")).await.expect_status(200);
    }
}
