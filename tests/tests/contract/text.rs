//! What a thought's text may be.

use mythoughts_tests::{Database, System, client, on_each_database, send};

on_each_database!(
    two_hundred_and_fifty_characters_are_taken_and_one_more_is_not,
    characters_are_counted_not_bytes,
    a_line_end_of_a_browser_is_one_character,
    a_nul_is_refused,
    a_text_that_is_no_string_is_refused,
    bytes_that_are_no_utf_8_are_refused,
    markup_and_quotes_are_kept_as_they_are,
);

async fn two_hundred_and_fifty_characters_are_taken_and_one_more_is_not(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let thought = system.post(&person, &"x".repeat(250)).await;
    assert_eq!(thought["text"], "x".repeat(250));
    system.try_post(&person, &"x".repeat(251)).await.expect_error(422);
    let form = client().post(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
    send(form.form(&[("text", "x".repeat(251))])).await.expect_error(422);
}

async fn characters_are_counted_not_bytes(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    for character in ["ä", "я", "漢", "🦀", "𝕏"] {
        let longest = character.repeat(250);
        assert_eq!(system.post(&person, &longest).await["text"], longest);
        system.try_post(&person, &format!("{longest}{character}")).await.expect_error(422);
    }
}

async fn a_line_end_of_a_browser_is_one_character(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    assert_eq!(system.post(&person, "one\r\ntwo\nthree").await["text"], "one\ntwo\nthree");
    let longest = format!("{}\r\n{}", "x".repeat(200), "y".repeat(49));
    let form = client().post(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
    let reply = send(form.form(&[("text", &longest)])).await;
    assert_eq!(reply.expect_status(201).json()["text"], longest.replace("\r\n", "\n"));
    system.try_post(&person, &format!("{longest}z")).await.expect_error(422);
    system.try_post(&person, &"\r\n".repeat(250)).await.expect_status(201);
    system.try_post(&person, &"\r\n".repeat(251)).await.expect_error(422);
}

async fn a_nul_is_refused(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    for text in ["\0", "a\0b", "end\0"] {
        system.try_post(&person, text).await.expect_error(422);
        let form = client().post(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
        send(form.form(&[("text", text)])).await.expect_error(422);
    }
}

async fn a_text_that_is_no_string_is_refused(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    for body in
        [r#"{"text":5}"#, r#"{"text":null}"#, r#"{"text":["a"]}"#, r#"{"text":{}}"#, "[]", "\"text\"", "5", "null"]
    {
        let request = client().post(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
        let reply = send(request.header("content-type", "application/json").body(body)).await;
        assert!([400, 422].contains(&reply.status), "wanted 400 or 422 for {body}, met {reply:?}");
        reply.expect_error(reply.status);
    }
    for body in ["", "{", r#"{"text":"a""#, r#"{"text":"a"} b"#, "text=a", r#"{"text":"\ud800"}"#] {
        let request = client().post(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
        send(request.header("content-type", "application/json").body(body)).await.expect_error(400);
    }
}

async fn bytes_that_are_no_utf_8_are_refused(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let form = "application/x-www-form-urlencoded";
    let bodies: [(&str, &[u8]); 4] = [
        (form, b"text=%FF"),
        (form, b"text=%C3%28"),
        (form, b"text=a\xFF"),
        ("application/json", b"{\"text\":\"a\xFF\"}"),
    ];
    for (content_type, body) in bodies {
        let request = client().post(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
        send(request.header("content-type", content_type).body(body)).await.expect_error(400);
    }
}

async fn markup_and_quotes_are_kept_as_they_are(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    for text in ["<b>&amp;</b>", "'; DROP TABLE thoughts; --", "\"\\\" $1 ? {{x}}", " spaces around ", "\t", "a\u{301}"]
    {
        assert_eq!(system.post(&person, text).await["text"], text);
    }
}
