//! Headers that keep a browser safe, static files, and hosts the frontend answers to.

use mythoughts_tests::{Database, Reply, Service, Settings, System, client, get, on_each_database, send, unique};

on_each_database!(
    every_page_has_the_security_headers,
    nothing_is_loaded_from_elsewhere,
    static_files_are_kept_for_long,
    a_made_up_host_leads_nowhere,
    personal_pages_are_kept_by_nobody,
);

fn expect_security_headers(reply: &Reply) {
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("default-src"), "{reply:?}");
    assert!(policy.contains("frame-ancestors"), "{reply:?}");
    for lax in ["unsafe-inline", "unsafe-eval", "*", "http:", "https:", "data:"] {
        assert!(!policy.contains(lax), "wanted no {lax}, met {reply:?}");
    }
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{reply:?}");
    assert!(!reply.header("referrer-policy").is_empty(), "{reply:?}");
}

async fn every_page_has_the_security_headers(database: Database) {
    let system = System::shared(database).await;
    let mut visitor = system.visitor();
    expect_security_headers(&visitor.log_in("bruce", "wrong").await);
    visitor.log_in("bruce", "bruce").await.expect_redirect("/");
    for path in ["/", "/login/", "/search?search=x", "/nothing", "/logout/", "/thoughts/new"] {
        expect_security_headers(&visitor.get(path).await);
    }
    expect_security_headers(&visitor.post("/login/", &[]).await);
}

fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!("{name}=\"");
    page.match_indices(&start).filter_map(|(at, _)| page[at + start.len()..].split('"').next()).collect()
}

async fn nothing_is_loaded_from_elsewhere(database: Database) {
    let system = System::shared(database).await;
    let mut visitor = system.visitor();
    visitor.log_in("bruce", "bruce").await.expect_redirect("/");
    for path in ["/", "/login/", "/search?search=x"] {
        let page = visitor.get(path).await.body;
        for address in [attributes(&page, "src"), attributes(&page, "href"), attributes(&page, "action")].concat() {
            assert!(address.starts_with('/') && !address.starts_with("//"), "{path} leads to {address}");
        }
        assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" onclick="), "{page}");
    }
}

async fn static_files_are_kept_for_long(database: Database) {
    let system = System::shared(database).await;
    let page = get(system.frontend.url("/login/")).await.body;
    let files: Vec<&str> = [attributes(&page, "href"), attributes(&page, "src")]
        .concat()
        .into_iter()
        .filter(|address| address.starts_with("/static/"))
        .collect();
    for ending in ["css", "js"] {
        assert!(files.iter().any(|file| file.contains(&format!(".{ending}"))), "wanted a {ending} file, met {files:?}");
    }
    assert!(page.contains("rel=\"icon\""), "{page}");
    for file in files {
        let reply = get(system.frontend.url(file)).await;
        reply.expect_status(200);
        let caching = reply.header("cache-control");
        assert!(caching.contains("immutable") && caching.contains("max-age=31536000"), "{file}: {caching:?}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert!(!reply.header("content-type").is_empty(), "{reply:?}");
    }
}

async fn a_made_up_host_leads_nowhere(database: Database) {
    let system = System::shared(database).await;
    let request = client().get(system.frontend.url("/")).header("x-forwarded-host", "evil.example");
    let reply = send(request.header("forwarded", "host=evil.example").header("x-forwarded-proto", "gopher")).await;
    reply.expect_redirect("/login/");
    assert!(!reply.body.contains("evil.example"), "{reply:?}");
    // Unless told otherwise, a frontend on loopback answers to the names of loopback alone: DNS may be made to lie.
    for (host, status) in [("localhost", 200), ("localhost:1234", 200), ("127.0.0.1", 200), ("[::1]:80", 200)] {
        send(client().get(system.frontend.url("/login/")).header("host", host)).await.expect_status(status);
    }
    for host in ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example"] {
        send(client().get(system.frontend.url("/login/")).header("host", host)).await.expect_status(400);
    }
}

async fn personal_pages_are_kept_by_nobody(database: Database) {
    let system = System::shared(database).await;
    let mut visitor = system.visitor();
    visitor.log_in("bruce", "bruce").await.expect_redirect("/");
    assert!(visitor.get("/").await.header("cache-control").contains("no-store"));
}

/// A frontend alone: what these tests ask needs no backend.
async fn frontend(allowed_hosts: &str) -> Service {
    let settings = Settings::new()
        .with("THOUGHTS_BACKEND_URL", "http://127.0.0.1:9")
        .with("USER_BACKEND_URL", "http://127.0.0.1:9")
        .with("JWKS_URL", "http://127.0.0.1:9/.well-known/jwks.json")
        .with("ALLOWED_HOSTS", allowed_hosts);
    Service::ready("frontend", &settings).await
}

async fn status_for(frontend: &Service, host: &str) -> u16 {
    send(client().get(frontend.url("/login/")).header("host", host)).await.status
}

#[tokio::test]
async fn a_frontend_answers_to_its_allowed_hosts_alone() {
    let frontend = frontend("thoughts.example, other.example").await;
    for host in ["thoughts.example", "other.example", "THOUGHTS.example:8002"] {
        assert_eq!(status_for(&frontend, host).await, 200, "{host}");
    }
    for host in ["evil.example", "localhost", "thoughts.example.evil.example", "x.thoughts.example"] {
        assert_eq!(status_for(&frontend, host).await, 400, "{host}");
    }
    // Probes go by address.
    get(frontend.operations_url("/livez")).await.expect_status(200);
}

#[tokio::test]
async fn a_frontend_may_answer_to_any_host() {
    let frontend = frontend("*").await;
    assert_eq!(status_for(&frontend, &format!("{}.example", unique("any"))).await, 200);
}
