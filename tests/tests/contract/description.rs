//! The backends' descriptions of themselves.

use mythoughts_tests::{Database, Service, System, get, on_each_database};

on_each_database!(every_call_is_described, a_page_shows_the_description);

async fn every_call_is_described(database: Database) {
    let system = System::shared(database).await;
    let thoughts = [
        ("/api/me/thoughts/", "get"),
        ("/api/me/thoughts/", "post"),
        ("/api/thoughts/", "get"),
        ("/api/thoughts/{id}/", "get"),
        ("/admin/thoughts/{id}/", "delete"),
    ];
    let users = [("/api/login/", "post"), ("/admin/users/", "post"), ("/.well-known/jwks.json", "get")];
    expect_calls(&system.thoughts, &thoughts).await;
    expect_calls(&system.users, &users).await;
}

async fn expect_calls(service: &Service, calls: &[(&str, &str)]) {
    for document in ["/swagger.json", "/openapi.json"] {
        let description = get(service.url(document)).await.expect_status(200).json();
        let version = &description["openapi"];
        assert!(version.as_str().is_some_and(|version| version.starts_with("3.")), "{document}: {version}");
        assert_eq!(description["info"]["version"], env!("CARGO_PKG_VERSION"));
        for (path, method) in calls {
            let call = &description["paths"][path][method];
            assert!(call["summary"].is_string(), "{document}: {method} {path} says not what it is for: {call}");
            assert!(
                call["responses"].as_object().is_some_and(|replies| !replies.is_empty()),
                "{document}: {method} {path}: {call}"
            );
        }
    }
}

async fn a_page_shows_the_description(database: Database) {
    let system = System::shared(database).await;
    for service in [&system.thoughts, &system.users] {
        let page = get(service.url("/")).await;
        page.expect_status(200);
        assert!(page.header("content-type").starts_with("text/html"), "{page:?}");
        assert!(page.body.to_lowercase().contains("swagger"), "{page:?}");
        let scripts: Vec<&str> = page.body.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(!scripts.is_empty(), "{page:?}");
        for script in scripts {
            let url = reqwest::Url::parse(&page.url).unwrap().join(script).unwrap();
            assert_eq!(url.port(), Some(service.address.port()), "{script} comes from elsewhere");
            get(url.as_str()).await.expect_status(200);
        }
    }
}
