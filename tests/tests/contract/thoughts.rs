//! Posting thoughts, and reading them one by one and by their author.

use mythoughts_tests::{Database, Reply, System, client, get, on_each_database, send, unique};
use serde_json::{Value, json};

on_each_database!(
    a_form_makes_a_thought,
    json_makes_a_thought,
    the_path_without_its_last_slash_is_served_at_once,
    a_thought_has_four_fields_in_order,
    a_thought_says_when_it_was_posted_in_utc,
    a_thought_is_read_by_its_id_without_a_login,
    an_id_that_is_none_is_not_found,
    own_thoughts_are_ones_own_alone_with_rising_ids,
    posting_without_a_text_is_refused,
    the_sample_data_has_five_thoughts,
);

async fn post(system: &System, path: &str, bearer: &str, text: &str) -> Reply {
    let request = client().post(system.thoughts.url(path)).header("authorization", bearer);
    send(request.form(&[("text", text)])).await
}

async fn a_form_makes_a_thought(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let reply = post(&system, "/api/me/thoughts/", &person.bearer, "a b&c=d+é").await;
    reply.expect_status(201);
    assert!(reply.header("content-type").starts_with("application/json"), "{reply:?}");
    let thought = reply.json();
    assert_eq!(thought["username"], person.username);
    assert_eq!(thought["text"], "a b&c=d+é");
    assert!(thought["id"].as_i64().is_some_and(|id| id > 0), "{thought}");
}

async fn json_makes_a_thought(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let thought = system.post(&person, "\"quoted\" \\ back / é 🦀").await;
    assert_eq!(thought["text"], "\"quoted\" \\ back / é 🦀");
    assert_eq!(thought["username"], person.username);
}

async fn the_path_without_its_last_slash_is_served_at_once(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let thought = post(&system, "/api/me/thoughts", &person.bearer, "no slash").await;
    thought.expect_status(201);
    let thought = thought.json();
    let own = client().get(system.thoughts.url("/api/me/thoughts")).header("authorization", &person.bearer);
    assert_eq!(send(own).await.json(), json!([thought]));
    let one = get(system.thoughts.url(&format!("/api/thoughts/{}", thought["id"]))).await;
    assert_eq!(one.expect_status(200).json(), thought);
    get(system.thoughts.url("/api/thoughts")).await.expect_status(200);
}

async fn a_thought_has_four_fields_in_order(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let posted = post(&system, "/api/me/thoughts/", &person.bearer, "ordered").await;
    let thought = posted.json();
    let wanted = format!(
        r#"{{"id":{},"username":"{}","text":"ordered","timestamp":"{}"}}"#,
        thought["id"],
        person.username,
        thought["timestamp"].as_str().unwrap()
    );
    let compact = |reply: &Reply| reply.body.split_whitespace().collect::<String>();
    assert_eq!(compact(&posted), wanted);
    let own = client().get(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
    assert_eq!(compact(&send(own).await), format!("[{wanted}]"));
    let one = get(system.thoughts.url(&format!("/api/thoughts/{}/", thought["id"]))).await;
    assert_eq!(compact(&one), wanted);
}

async fn a_thought_says_when_it_was_posted_in_utc(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let before = seconds_of_day();
    let thought = system.post(&person, "timed").await;
    let after = seconds_of_day();
    let timestamp = thought["timestamp"].as_str().unwrap();
    assert!(has_shape(timestamp, "dddd-dd-ddTdd:dd:dd.dddddd"), "{timestamp}");
    let [hour, minute, second] = [11..13, 14..16, 17..19].map(|part| timestamp[part].parse::<u64>().unwrap());
    let said = hour * 3600 + minute * 60 + second;
    // At midnight the day starts again.
    assert!((before..=after).contains(&said) || after < before, "wanted {before} to {after}, met {timestamp}");
}

fn seconds_of_day() -> u64 {
    mythoughts_tests::now() % (24 * 3600)
}

fn has_shape(text: &str, shape: &str) -> bool {
    let matches = |(met, wanted): (char, char)| if wanted == 'd' { met.is_ascii_digit() } else { met == wanted };
    text.len() == shape.len() && text.chars().zip(shape.chars()).all(matches)
}

async fn a_thought_is_read_by_its_id_without_a_login(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let thought = system.post(&person, "for all").await;
    let reply = get(system.thoughts.url(&format!("/api/thoughts/{}/", thought["id"]))).await;
    assert_eq!(reply.expect_status(200).json(), thought);
}

async fn an_id_that_is_none_is_not_found(database: Database) {
    let system = System::shared(database).await;
    for id in [
        "0",
        "-1",
        "2147483647",
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        "100000000000000000000000000000000000000000",
        "abc",
        "1.5",
        "1e3",
        "0x1",
        "%00",
        "%FF",
        "1%20",
        "٣",
    ] {
        let reply = get(system.thoughts.url(&format!("/api/thoughts/{id}/"))).await;
        assert_eq!(reply.status, 404, "wanted 404 for the id {id}, met {reply:?}");
        reply.expect_error(404);
    }
}

async fn own_thoughts_are_ones_own_alone_with_rising_ids(database: Database) {
    let system = System::shared(database).await;
    let (first, second) = (system.person().await, system.person().await);
    let mut wanted = Vec::new();
    for number in 0..3 {
        wanted.push(system.post(&first, &format!("mine {number}")).await);
        system.post(&second, "not mine").await;
    }
    let own = client().get(system.thoughts.url("/api/me/thoughts/")).header("authorization", &first.bearer);
    assert_eq!(send(own).await.expect_status(200).json(), Value::Array(wanted.clone()));
    assert!(wanted.is_sorted_by_key(|thought| thought["id"].as_i64()), "{wanted:?}");

    let nobody = system.person().await;
    let own = client().get(system.thoughts.url("/api/me/thoughts/")).header("authorization", &nobody.bearer);
    assert_eq!(send(own).await.expect_status(200).json(), json!([]));
}

async fn posting_without_a_text_is_refused(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let request = || client().post(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
    send(request().form(&[("txt", "misspelt")])).await.expect_error(400);
    send(request().form::<[(&str, &str)]>(&[])).await.expect_error(400);
    send(request().json(&json!({}))).await.expect_error(400);
    let own = client().get(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
    assert_eq!(send(own).await.json(), json!([]));
}

async fn the_sample_data_has_five_thoughts(database: Database) {
    let system = System::shared(database).await;
    let all = system.search("").await;
    let samples: Vec<&Value> = all.iter().filter(|thought| is_sample(thought)).collect();
    assert_eq!(samples.len(), 5, "{samples:?}");
    for author in ["bruce", "stephen"] {
        assert!(samples.iter().any(|thought| thought["username"] == author), "wanted one by {author}, met {samples:?}");
    }
    assert_eq!(system.search(&unique("nothing")).await, Vec::<Value>::new());
}

fn is_sample(thought: &Value) -> bool {
    let timestamp = thought["timestamp"].as_str().unwrap_or_default();
    timestamp.starts_with("1962-") || timestamp.starts_with("1963-")
}
