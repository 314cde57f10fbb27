//! Pages while a backend is down, slow, or answers nonsense.

use std::time::{Duration, Instant};

use mythoughts_tests::{
    Database, Fake, Forgery, Key, Proxy, Reply, Service, Settings, System, Visitor, form_fields, get, on_each_database,
    until,
};

on_each_database!(
    a_backend_that_is_down_is_named_and_comes_back,
    a_slow_backend_is_given_up_within_the_time_out,
    nonsense_of_a_backend_is_not_shown,
    a_login_names_users_while_it_is_away,
    own_pages_open_while_users_is_away,
    a_session_that_nobody_can_check_names_users,
    a_refusal_by_the_backend_leads_to_the_login,
);

/// Settings of one more frontend of the system, with other backends.
fn settings(system: &System, thoughts: &str, users: &str) -> Settings {
    Settings::new()
        .with("THOUGHTS_BACKEND_URL", thoughts)
        .with("USER_BACKEND_URL", users)
        .with("JWKS_URL", system.users.url("/.well-known/jwks.json"))
}

async fn frontend(system: &System, thoughts: &str, users: &str) -> Service {
    Service::ready("frontend", &settings(system, thoughts, users)).await
}

fn expect_error_page(reply: &Reply, service: &str) {
    assert!([502, 503].contains(&reply.status), "wanted 502 or 503, met {reply:?}");
    assert!(reply.header("content-type").starts_with("text/html"), "{reply:?}");
    assert!(reply.body.contains("<title>MyThoughts"), "{reply:?}");
    assert!(reply.body.contains("ERROR RECEIVED"), "{reply:?}");
    let text = reply.body.split("ERROR RECEIVED").nth(1).unwrap().to_lowercase();
    assert!(text.contains(service), "wanted {service} to be named, met {reply:?}");
}

async fn a_backend_that_is_down_is_named_and_comes_back(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let proxy = Proxy::start(system.thoughts.address.to_string(), true).await;
    let frontend = frontend(&system, &format!("http://{}", proxy.address), &system.users.url("")).await;
    let mut visitor = Visitor::new(frontend.url(""));
    visitor.log_in(&person.username, &person.password).await.expect_redirect("/");
    let mut form = form_fields(&visitor.get("/").await.body, "/thoughts/new");
    form.push(("text".into(), "not taken".into()));

    proxy.cut();
    expect_error_page(&visitor.search("anything").await, "thoughts");
    expect_error_page(&visitor.get("/").await, "thoughts");
    expect_error_page(&visitor.post("/thoughts/new", &form).await, "thoughts");
    // Its state is a metric, while the frontend itself stays ready: it serves this page.
    until("thoughts to count as down", async || {
        (frontend.metric("backend_up", &["backend=\"thoughts\""]).await < 0.5).then_some(())
    })
    .await;
    frontend.wait_until_ready().await;

    proxy.open();
    until("the search to work again", async || (visitor.search("").await.status == 200).then_some(())).await;
    assert!(!visitor.get("/").await.body.contains("not taken"));
}

async fn a_slow_backend_is_given_up_within_the_time_out(database: Database) {
    let system = System::shared(database).await;
    let slow = Fake::silent().await;
    let settings = settings(&system, &slow.url(), &slow.url()).with("BACKEND_TIMEOUT", 1);
    let frontend = Service::ready("frontend", &settings).await;
    let mut visitor = Visitor::new(frontend.url(""));
    let start = Instant::now();
    expect_error_page(&visitor.search("anything").await, "thoughts");
    expect_error_page(&visitor.log_in("bruce", "bruce").await, "users");
    // A second each; the rest is for a busy machine.
    assert!(start.elapsed() < Duration::from_secs(20), "it took {:?}", start.elapsed());
}

async fn nonsense_of_a_backend_is_not_shown(database: Database) {
    let system = System::shared(database).await;
    for backend in [
        Fake::answering("200 OK", "text/html", "<h1>leaked nonsense</h1>").await,
        Fake::answering("200 OK", "application/json", "{\"leaked\": \"nonsense\"}").await,
        Fake::answering("200 OK", "application/json", "[{\"leaked\":").await,
        Fake::answering("500 Internal Server Error", "application/json", "{\"message\": \"leaked\"}").await,
        Fake::answering("302 Found", "text/plain", "leaked").await,
        Fake::closing().await,
    ] {
        let frontend = frontend(&system, &backend.url(), &backend.url()).await;
        let mut visitor = Visitor::new(frontend.url(""));
        for (page, service) in
            [(visitor.search("anything").await, "thoughts"), (visitor.log_in("bruce", "bruce").await, "users")]
        {
            expect_error_page(&page, service);
            assert!(!page.body.contains("leaked"), "{page:?}");
        }
        assert!(!visitor.cookies.contains_key("session"), "{:?}", visitor.cookies);
    }
}

async fn a_login_names_users_while_it_is_away(database: Database) {
    let system = System::shared(database).await;
    let proxy = Proxy::start(system.users.address.to_string(), false).await;
    let frontend = frontend(&system, &system.thoughts.url(""), &format!("http://{}", proxy.address)).await;
    let mut visitor = Visitor::new(frontend.url(""));
    expect_error_page(&visitor.log_in("bruce", "bruce").await, "users");
    assert!(!visitor.cookies.contains_key("session"), "{:?}", visitor.cookies);
    proxy.open();
    until("logging in to work again", async || {
        visitor.log_in("bruce", "bruce").await.headers.contains_key("location").then_some(())
    })
    .await;
}

async fn own_pages_open_while_users_is_away(database: Database) {
    let mut system = System::builder(database).start().await;
    let mut visitor = system.visitor();
    visitor.log_in("bruce", "bruce").await.expect_redirect("/");
    system.users.process.signal("KILL");
    until("users to end", async || system.users.process.ended()).await;
    assert!(visitor.get("/").await.expect_status(200).body.contains("bruce"));
    visitor.write("written while users is away").await.expect_redirect("/");
    assert!(visitor.get("/").await.body.contains("written while users is away"));
}

async fn a_session_that_nobody_can_check_names_users(database: Database) {
    let system = System::shared(database).await;
    let away = Fake::closing().await;
    let jwks = format!("{}/.well-known/jwks.json", away.url());
    let settings = settings(&system, &system.thoughts.url(""), &away.url()).with("JWKS_URL", jwks);
    let frontend = Service::listening("frontend", &settings).await;
    let mut visitor = Visitor::new(frontend.url(""));
    visitor.cookies.insert("session".into(), Key::shared().sign(&Forgery::claims("bruce")));
    expect_error_page(&visitor.get("/").await, "users");
    // The session is kept: it is not known to be bad.
    assert!(visitor.cookies.contains_key("session"), "{:?}", visitor.cookies);
}

async fn a_refusal_by_the_backend_leads_to_the_login(database: Database) {
    let system = System::shared(database).await;
    let refusing = Fake::answering("401 Unauthorized", "application/json", "{\"message\": \"no\"}").await;
    let frontend = frontend(&system, &refusing.url(), &system.users.url("")).await;
    let mut visitor = Visitor::new(frontend.url(""));
    visitor.log_in("bruce", "bruce").await.expect_redirect("/");
    visitor.get("/").await.expect_redirect("/login/");
}

/// A login changes nothing twice: it has not been sent while there was no connection.
#[tokio::test]
async fn a_backend_that_is_not_there_for_a_moment_is_reached() {
    let users = Fake::silent().await.stop().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &Key::shared().public_pem).unwrap();
    let settings = Settings::new()
        .with("THOUGHTS_BACKEND_URL", "http://127.0.0.1:9")
        .with("USER_BACKEND_URL", format!("http://{users}"))
        .with("JWT_PUBLIC_KEY_FILE", file.path().display());
    let frontend = Service::ready("frontend", &settings).await;
    let mut visitor = Visitor::new(frontend.url(""));
    let coming = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        Fake::answering_at(&users.to_string(), "401 Unauthorized", "application/json", "{\"message\": \"no\"}").await
    };
    let (reply, _users) = tokio::join!(visitor.log_in("bruce", "wrong"), coming);
    assert!(reply.body.contains("Invalid login/password"), "wanted users to be reached, met {reply:?}");
}

#[tokio::test]
async fn a_frontend_may_wait_for_the_keys_before_it_is_ready() {
    let system = System::shared(Database::Sqlite).await;
    let proxy = Proxy::start(system.users.address.to_string(), false).await;
    let users = format!("http://{}", proxy.address);
    let jwks = format!("{users}/.well-known/jwks.json");
    let settings = settings(&system, &system.thoughts.url(""), &users).with("JWKS_URL", jwks);
    // By default it is ready without them: it serves the page that says who is away.
    Service::ready("frontend", &settings).await;
    let frontend = Service::listening("frontend", &settings.with("KEYS_WAIT", "600")).await;
    let waits = get(frontend.operations_url("/readyz")).await;
    assert!(waits.expect_status(503).body.contains("keys"), "wanted what it waits for, met {waits:?}");
    get(frontend.url("/login/")).await.expect_status(200);
    proxy.open();
    frontend.wait_until_ready().await;
}
