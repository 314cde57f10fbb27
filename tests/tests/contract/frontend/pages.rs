//! The pages of somebody who is logged in.

use mythoughts_tests::{Database, System, Visitor, get, on_each_database, unescape};

on_each_database!(
    the_own_page_has_the_name_a_form_and_a_way_out,
    both_addresses_show_the_own_page,
    a_thought_is_seen_after_it_was_posted,
    ones_own_page_shows_nobody_elses_thoughts,
    markup_is_shown_not_run,
    a_blank_thought_is_not_stored,
    a_thought_too_long_is_not_stored_and_the_page_says_so,
    a_browsers_line_ends_count_once,
    posting_without_a_login_leads_to_the_login,
);

async fn logged_in(system: &System) -> (Visitor, String) {
    let person = system.person().await;
    let mut visitor = system.visitor();
    visitor.log_in(&person.username, &person.password).await.expect_redirect("/");
    (visitor, person.username)
}

async fn own_texts(system: &System, username: &str) -> Vec<String> {
    let all = system.search("").await;
    let own = all.iter().filter(|thought| thought["username"] == username);
    own.map(|thought| thought["text"].as_str().unwrap().to_owned()).collect()
}

async fn the_own_page_has_the_name_a_form_and_a_way_out(database: Database) {
    let system = System::shared(database).await;
    let (mut visitor, username) = logged_in(&system).await;
    let page = visitor.get("/").await;
    page.expect_status(200);
    assert!(page.header("content-type").starts_with("text/html"), "{page:?}");
    assert!(page.body.contains("<title>MyThoughts"), "{page:?}");
    assert!(page.body.contains(&username), "{page:?}");
    assert!(page.body.contains("href=\"/logout/\""), "{page:?}");
    let form =
        page.body.split("<form").find(|form| form.contains("action=\"/thoughts/new\"")).expect("there is a form");
    let textarea =
        form.split("<textarea").nth(1).and_then(|rest| rest.split('>').next()).expect("the form has a textarea");
    assert!(textarea.contains("name=\"text\"") && textarea.contains("maxlength=\"250\""), "{textarea}");
}

async fn both_addresses_show_the_own_page(database: Database) {
    let system = System::shared(database).await;
    let (mut visitor, username) = logged_in(&system).await;
    for path in ["/", "/thoughts/", "/thoughts"] {
        assert!(visitor.get(path).await.expect_status(200).body.contains(&username), "{path}");
    }
}

async fn a_thought_is_seen_after_it_was_posted(database: Database) {
    let system = System::shared(database).await;
    let (mut visitor, username) = logged_in(&system).await;
    visitor.write("my first thought").await.expect_redirect("/");
    visitor.write("my second thought").await.expect_redirect("/");
    let page = visitor.get("/").await.body;
    assert!(page.contains("my first thought") && page.contains("my second thought"), "{page}");
    assert_eq!(own_texts(&system, &username).await, ["my first thought", "my second thought"]);
}

async fn ones_own_page_shows_nobody_elses_thoughts(database: Database) {
    let system = System::shared(database).await;
    let (mut visitor, _) = logged_in(&system).await;
    let (mut other, _) = logged_in(&system).await;
    other.write("only the other's").await;
    assert!(!visitor.get("/").await.body.contains("only the other"));
}

async fn markup_is_shown_not_run(database: Database) {
    let system = System::shared(database).await;
    let (mut visitor, _) = logged_in(&system).await;
    for text in ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"'`={{7*7}}&amp;"] {
        visitor.write(text).await.expect_redirect("/");
        let page = visitor.get("/").await.body;
        assert!(unescape(&page).contains(text), "{page}");
        assert!(
            !page.contains("<script>alert") && !page.contains("<img src=x") && !page.contains("&amp;amp;amp;"),
            "{page}"
        );
        let hits = visitor.search(text).await.body;
        assert!(unescape(&hits).contains(text), "{hits}");
        assert!(!hits.contains("<script>alert") && !hits.contains("<img src=x"), "{hits}");
    }
    // A name is shown as carefully as a text.
    let admin = system.admin().await;
    let name = mythoughts_tests::unique("<b>\"'&");
    system.create_user(&admin, &name, "x").await.expect_status(201);
    let mut visitor = system.visitor();
    visitor.log_in(&name, "x").await.expect_redirect("/");
    let page = visitor.get("/").await.body;
    assert!(unescape(&page).contains(&name) && !page.contains("<b>\""), "{page}");
}

async fn a_blank_thought_is_not_stored(database: Database) {
    let system = System::shared(database).await;
    let (mut visitor, username) = logged_in(&system).await;
    for text in ["", " ", "\r\n", "\t \u{a0}"] {
        let reply = visitor.write(text).await;
        assert!(reply.status < 500, "{reply:?}");
    }
    assert_eq!(own_texts(&system, &username).await, Vec::<String>::new());
    visitor.get("/").await.expect_status(200);
}

async fn a_thought_too_long_is_not_stored_and_the_page_says_so(database: Database) {
    let system = System::shared(database).await;
    let (mut visitor, username) = logged_in(&system).await;
    let reply = visitor.write(&"x".repeat(251)).await;
    reply.expect_status(422);
    assert!(reply.header("content-type").starts_with("text/html"), "{reply:?}");
    assert!(reply.body.contains("250"), "wanted the page to say what is allowed, met {reply:?}");
    assert_eq!(own_texts(&system, &username).await, Vec::<String>::new());
}

async fn a_browsers_line_ends_count_once(database: Database) {
    let system = System::shared(database).await;
    let (mut visitor, username) = logged_in(&system).await;
    let text = format!("{}\r\n{}", "x".repeat(125), "y".repeat(124));
    visitor.write(&text).await.expect_redirect("/");
    assert_eq!(own_texts(&system, &username).await, [text.replace("\r\n", "\n")]);
}

async fn posting_without_a_login_leads_to_the_login(database: Database) {
    let system = System::shared(database).await;
    get(system.frontend.url("/")).await.expect_redirect("/login/");
    get(system.frontend.url("/thoughts/")).await.expect_redirect("/login/");
    let (mut visitor, username) = logged_in(&system).await;
    let page = visitor.get("/").await.body;
    let mut form = mythoughts_tests::form_fields(&page, "/thoughts/new");
    form.push(("text".into(), "too late".into()));
    visitor.cookies.remove("session");
    visitor.post("/thoughts/new", &form).await.expect_redirect("/login/");
    assert_eq!(own_texts(&system, &username).await, Vec::<String>::new());
}
