//! What every service says of itself.

use mythoughts_tests::{Database, System, get, on_each_database};

on_each_database!(health_is_ok, each_service_says_its_name_and_version, pages_say_the_version);

async fn health_is_ok(database: Database) {
    let system = System::shared(database).await;
    for service in [&system.thoughts, &system.users, &system.frontend] {
        let reply = get(service.url("/health")).await;
        assert_eq!(reply.expect_status(200).body, "OK");
    }
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

async fn each_service_says_its_name_and_version(database: Database) {
    let system = System::shared(database).await;
    for (service, name) in [(&system.thoughts, "thoughts"), (&system.users, "users"), (&system.frontend, "frontend")] {
        for path in ["/health", "/", "/nothing"] {
            let reply = get(service.url(path)).await;
            assert_eq!(reply.header("server"), format!("mythoughts-{name}/{VERSION}"), "{path}");
        }
    }
}

async fn pages_say_the_version(database: Database) {
    let system = System::shared(database).await;
    let page = get(system.frontend.url("/login/")).await.body;
    let footer = page.split("<footer").nth(1).expect("the page has a footer");
    assert!(footer.contains(VERSION), "wanted {VERSION}, met {footer}");
}
