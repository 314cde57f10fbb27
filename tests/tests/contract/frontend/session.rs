//! Logging in and out.

use mythoughts_tests::{Database, Forgery, Key, Reply, System, get, now, on_each_database, unique};
use serde_json::json;

use super::WRONG_PAIR;

on_each_database!(
    the_login_page_has_a_form,
    a_right_pair_logs_in,
    a_wrong_pair_logs_nobody_in,
    a_missing_field_is_no_fault_of_ours,
    the_session_cookie_is_out_of_the_reach_of_scripts_and_other_sites,
    behind_https_cookies_are_secure,
    logging_out_ends_the_session,
    a_session_that_is_broken_or_over_leads_to_the_login,
    pages_without_their_last_slash_are_served_as_well,
);

fn session_cookie(reply: &Reply) -> String {
    let cookies = reply.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
    cookies
        .filter(|cookie| cookie.starts_with("session="))
        .map(str::to_owned)
        .next()
        .unwrap_or_else(|| panic!("wanted a session, met {reply:?}"))
}

async fn the_login_page_has_a_form(database: Database) {
    let system = System::shared(database).await;
    let page = get(system.frontend.url("/login/")).await;
    page.expect_status(200);
    assert!(page.header("content-type").starts_with("text/html"), "{page:?}");
    assert!(page.body.contains("<title>MyThoughts"), "{page:?}");
    for field in ["name=\"username\"", "name=\"password\"", "type=\"password\""] {
        assert!(page.body.contains(field), "wanted {field}, met {page:?}");
    }
    assert!(!page.body.contains(WRONG_PAIR));
}

async fn a_right_pair_logs_in(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let mut visitor = system.visitor();
    visitor.log_in(&person.username, &person.password).await.expect_redirect("/");
    assert!(visitor.get("/").await.expect_status(200).body.contains(&person.username));
}

async fn a_wrong_pair_logs_nobody_in(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    for (username, password) in
        [(person.username.as_str(), "wrong"), (&unique("nobody"), "x"), (&person.username, ""), ("", "")]
    {
        let mut visitor = system.visitor();
        let reply = visitor.log_in(username, password).await;
        assert!(reply.status < 500, "{reply:?}");
        assert!(reply.body.contains(WRONG_PAIR), "{reply:?}");
        assert!(!visitor.cookies.contains_key("session"), "{:?}", visitor.cookies);
        visitor.get("/").await.expect_redirect("/login/");
    }
}

async fn a_missing_field_is_no_fault_of_ours(database: Database) {
    let system = System::shared(database).await;
    for fields in [[].as_slice(), &[("username", "bruce")], &[("password", "bruce")]] {
        let mut visitor = system.visitor();
        let reply = visitor.submit("/login/", "/login/", fields).await;
        assert!(reply.status < 500, "{reply:?}");
        assert!(!visitor.cookies.contains_key("session"), "{:?}", visitor.cookies);
    }
}

async fn the_session_cookie_is_out_of_the_reach_of_scripts_and_other_sites(database: Database) {
    let system = System::shared(database).await;
    let reply = system.visitor().log_in("bruce", "bruce").await;
    let cookie = session_cookie(&reply).to_lowercase();
    let attributes: Vec<&str> = cookie.split(';').skip(1).map(str::trim).collect();
    assert!(attributes.contains(&"httponly"), "{cookie}");
    assert!(attributes.contains(&"samesite=lax") || attributes.contains(&"samesite=strict"), "{cookie}");
    assert!(attributes.contains(&"path=/"), "{cookie}");
    assert!(!attributes.contains(&"secure"), "{cookie}");
}

async fn behind_https_cookies_are_secure(database: Database) {
    let system = System::builder(database).frontend("COOKIE_SECURE", true).start().await;
    let mut visitor = system.visitor();
    let login = visitor.get("/login/").await;
    let reply = visitor.log_in("bruce", "bruce").await;
    session_cookie(&reply);
    for reply in [login, reply] {
        for cookie in reply.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap().to_lowercase();
            assert!(cookie.split(';').any(|attribute| attribute.trim() == "secure"), "{cookie}");
        }
    }
}

async fn logging_out_ends_the_session(database: Database) {
    let system = System::shared(database).await;
    let mut visitor = system.visitor();
    visitor.log_in("bruce", "bruce").await.expect_redirect("/");
    visitor.get("/logout/").await.expect_redirect("/login/");
    assert!(!visitor.cookies.contains_key("session"), "{:?}", visitor.cookies);
    visitor.get("/").await.expect_redirect("/login/");
    // Whoever is not logged in may log out as well.
    visitor.get("/logout/").await.expect_redirect("/login/");
}

async fn a_session_that_is_broken_or_over_leads_to_the_login(database: Database) {
    let system = System::shared(database).await;
    let tokens = [
        "x".to_owned(),
        "a.b.c".to_owned(),
        "Bearer".to_owned(),
        Key::generate().sign(&Forgery::claims("bruce")),
        Key::shared().sign(&Forgery::claims_with("exp", json!(now() - 1))),
        Key::shared().sign(&Forgery::claims_without("username")),
        Forgery::hs256(&Key::shared().public_pem, &Forgery::claims("bruce")),
        Forgery::assemble(&json!({"alg": "none"}), &Forgery::claims("bruce"), ""),
    ];
    for token in tokens {
        let mut visitor = system.visitor();
        visitor.cookies.insert("session".into(), token);
        visitor.get("/").await.expect_redirect("/login/");
        visitor.get("/login/").await.expect_status(200);
    }
}

async fn pages_without_their_last_slash_are_served_as_well(database: Database) {
    let system = System::shared(database).await;
    get(system.frontend.url("/login")).await.expect_status(200);
    get(system.frontend.url("/thoughts")).await.expect_redirect("/login/");
    get(system.frontend.url("/logout")).await.expect_redirect("/login/");
    get(system.frontend.url("/search/?search=x")).await.expect_status(200);
}
