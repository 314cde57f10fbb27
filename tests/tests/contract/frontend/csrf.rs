//! Every POST needs the form's token and its cookie.

use mythoughts_tests::{Database, System, Visitor, client, form_fields, on_each_database, send};

on_each_database!(
    a_login_without_the_token_is_forbidden,
    a_login_without_the_cookie_is_forbidden,
    a_token_of_somebody_else_is_forbidden,
    a_thought_without_the_token_is_forbidden,
    a_token_stays_good_for_a_page_opened_before,
);

type Fields = Vec<(String, String)>;

fn with_pair(mut fields: Fields) -> Fields {
    fields.extend([("username".into(), "bruce".into()), ("password".into(), "bruce".into())]);
    fields
}

async fn login_fields(visitor: &mut Visitor) -> Fields {
    let fields = form_fields(&visitor.get("/login/").await.body, "/login/");
    assert!(!fields.is_empty(), "wanted a hidden field with the token");
    fields
}

async fn expect_forbidden(visitor: &mut Visitor, path: &str, fields: &[(String, String)]) {
    let reply = visitor.post(path, fields).await;
    reply.expect_status(403);
    assert!(
        !reply.headers.get_all("set-cookie").iter().any(|cookie| cookie.as_bytes().starts_with(b"session=e")),
        "{reply:?}"
    );
}

async fn a_login_without_the_token_is_forbidden(database: Database) {
    let system = System::shared(database).await;
    let mut visitor = system.visitor();
    let fields = login_fields(&mut visitor).await;
    expect_forbidden(&mut visitor, "/login/", &with_pair(vec![])).await;
    for wrong in ["", "x", "é"] {
        let forged = fields.iter().map(|(name, _)| (name.clone(), wrong.to_owned())).collect();
        expect_forbidden(&mut visitor, "/login/", &with_pair(forged)).await;
    }
    visitor.post("/login/", &with_pair(fields)).await.expect_redirect("/");
}

async fn a_login_without_the_cookie_is_forbidden(database: Database) {
    let system = System::shared(database).await;
    let mut visitor = system.visitor();
    let fields = with_pair(login_fields(&mut visitor).await);
    visitor.cookies.clear();
    expect_forbidden(&mut visitor, "/login/", &fields).await;
}

async fn a_token_of_somebody_else_is_forbidden(database: Database) {
    let system = System::shared(database).await;
    let (mut visitor, mut other) = (system.visitor(), system.visitor());
    login_fields(&mut visitor).await;
    let foreign = with_pair(login_fields(&mut other).await);
    expect_forbidden(&mut visitor, "/login/", &foreign).await;
}

async fn a_thought_without_the_token_is_forbidden(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let mut visitor = system.visitor();
    visitor.log_in(&person.username, &person.password).await.expect_redirect("/");
    let text = ("text".to_owned(), "forged".to_owned());
    expect_forbidden(&mut visitor, "/thoughts/new", std::slice::from_ref(&text)).await;
    let mut other = system.visitor();
    let mut foreign = login_fields(&mut other).await;
    foreign.push(text);
    expect_forbidden(&mut visitor, "/thoughts/new", &foreign).await;
    // A JSON body cannot slip by.
    let session = format!("session={}", visitor.cookies["session"]);
    let json = client().post(system.frontend.url("/thoughts/new")).header("cookie", session);
    let reply = send(json.header("content-type", "application/json").body("{\"text\":\"forged\"}")).await;
    reply.expect_status(403);
    let plain = client().post(system.frontend.url("/thoughts/new")).header("content-type", "text/plain");
    send(plain.body("text=forged")).await.expect_status(403);
    assert!(!visitor.get("/").await.body.contains("forged"));
}

async fn a_token_stays_good_for_a_page_opened_before(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let mut visitor = system.visitor();
    visitor.log_in(&person.username, &person.password).await.expect_redirect("/");
    let mut first = form_fields(&visitor.get("/").await.body, "/thoughts/new");
    // Another tab in between.
    visitor.get("/").await;
    visitor.search("x").await;
    first.push(("text".into(), "from the first tab".into()));
    visitor.post("/thoughts/new", &first).await.expect_redirect("/");
    assert!(visitor.get("/").await.body.contains("from the first tab"));
}
