//! Searching everybody's thoughts.

use std::sync::Arc;

use mythoughts_tests::{Database, Person, System, client, get, on_each_database, send, unique};
use serde_json::{Value, json};

on_each_database!(
    a_search_finds_what_holds_the_text,
    case_does_not_matter_in_any_alphabet,
    short_searches_find_as_well,
    a_short_search_finds_what_is_far_away,
    no_hit_is_lost_however_rare_or_far,
    wildcards_are_plain_characters,
    quotes_and_operators_are_plain_characters,
    emoji_and_line_ends_are_found,
    an_empty_search_finds_all,
    a_search_for_what_nobody_said_finds_nothing,
    a_search_of_odd_characters_is_no_fault_of_ours,
    hits_come_with_rising_ids_from_everybody,
    a_deleted_thought_is_found_no_more,
);

/// Somebody who posts thoughts no other test's search is about.
struct Author {
    system: Arc<System>,
    person: Person,
}

impl Author {
    async fn new(database: Database) -> Self {
        let system = System::shared(database).await;
        let person = system.person().await;
        Self { system, person }
    }

    async fn post(&self, text: &str) -> Value {
        self.system.post(&self.person, text).await
    }

    /// The own texts among the hits.
    async fn hits(&self, search: &str) -> Vec<String> {
        let hits = self.system.search(search).await;
        let own = hits.iter().filter(|hit| hit["username"] == self.person.username);
        own.map(|hit| hit["text"].as_str().unwrap().to_owned()).collect()
    }
}

async fn a_search_finds_what_holds_the_text(database: Database) {
    let author = Author::new(database).await;
    let word = unique("word");
    let thought = author.post(&format!("before {word} after")).await;
    author.post("something else").await;
    let (start, end) = word.split_at(9);
    for search in
        [word.clone(), format!("e {word} a"), start.to_owned() + end, format!("before {word} after"), end.to_owned()]
    {
        assert_eq!(author.system.search(&search).await, std::slice::from_ref(&thought), "the search was {search}");
    }
    assert_eq!(author.hits(&format!("{word} before")).await, Vec::<String>::new());
}

async fn case_does_not_matter_in_any_alphabet(database: Database) {
    let author = Author::new(database).await;
    let text = "Straße ÄÖÜ Éa Ωμέγα Σίσυφος Привет Ёж ԱԲԳ ǅ";
    author.post(text).await;
    for search in
        ["straße", "STRASSE", "äöü", "ÄÖÜ", "éA", "ωΜΈΓΑ", "σίσυφος", "ΣΊΣΥΦΟΣ", "привет", "ПРИВЕТ", "ёЖ", "աբգ", "ǆ"]
    {
        assert_eq!(author.hits(search).await, [text], "the search was {search}");
    }
}

async fn short_searches_find_as_well(database: Database) {
    let author = Author::new(database).await;
    author.post("Żó łw").await;
    for search in ["ż", "Ó", "żÓ", "Ł", "łW", "w", "W", "ó ł", " "] {
        assert_eq!(author.hits(search).await, ["Żó łw"], "the search was {search:?}");
    }
    assert_eq!(author.hits("wł").await, Vec::<String>::new());
}

/// Past the rows that are looked through first.
async fn a_short_search_finds_what_is_far_away(database: Database) {
    let author = Author::new(database).await;
    for number in 0..100 {
        author.post(&number.to_string()).await;
    }
    let posted = [author.post("☼☽ first").await, author.post("☼☽ second").await];
    let after = posted[0]["id"].as_i64().unwrap() - 100;
    for (search, page, wanted) in [
        ("☼", format!("limit=1&after={after}"), &posted[0]),
        ("☼☽", format!("limit=1&after={after}"), &posted[0]),
        ("☼☽ s", format!("limit=1&after={after}"), &posted[1]),
        ("☼", "limit=1&order=desc".to_owned(), &posted[1]),
    ] {
        let url = author.system.thoughts.url(&format!("/api/thoughts/?search={search}&{page}"));
        assert_eq!(get(url).await.expect_status(200).json(), json!([wanted]), "{search} {page}");
    }
}

/// Hits are looked for in windows along the ids, whose width hangs on the limit and on what was found.
async fn no_hit_is_lost_however_rare_or_far(database: Database) {
    let author = Author::new(database).await;
    let word = unique("far");
    let mut posted = Vec::new();
    for number in 0..700 {
        let rarities = [1, 2, 30, 300].into_iter().filter(|rarity| number % rarity == 0);
        let text: String = rarities.map(|rarity| format!("{word}each{rarity} ")).collect::<Vec<_>>().concat();
        posted.push((author.post(&text).await["id"].as_i64().unwrap(), text));
    }
    for (rarity, limit) in [1, 2, 30, 300, 4].into_iter().flat_map(|rarity| [1, 20, 1000].map(|limit| (rarity, limit)))
    {
        let search = format!("{word}each{rarity} ");
        let holding = posted.iter().filter(|(_, text)| text.contains(&search)).map(|(id, _)| *id);
        for after in [0, 1, 350, 699].map(|place: usize| posted[place].0) {
            let up: Vec<i64> = holding.clone().filter(|id| *id > after).take(limit).collect();
            let down: Vec<i64> = holding.clone().rev().filter(|id| *id < after).take(limit).collect();
            for (order, wanted) in [("asc", up), ("desc", down)] {
                let page = format!("limit={limit}&after={after}&order={order}");
                let hits = get(author.system.thoughts.url(&format!("/api/thoughts/?search={search}&{page}"))).await;
                assert_eq!(hits.expect_status(200).ids(), wanted, "{search} {page}");
            }
        }
    }
}

async fn wildcards_are_plain_characters(database: Database) {
    let author = Author::new(database).await;
    let texts = ["100%", "a_b", r"c:\dir", "axb", "100 %", "*"];
    for text in texts {
        author.post(text).await;
    }
    for (search, wanted) in [
        ("%", vec!["100%", "100 %"]),
        ("0%", vec!["100%"]),
        ("1%0", vec![]),
        ("_", vec!["a_b"]),
        ("a_b", vec!["a_b"]),
        ("a%b", vec![]),
        ("\\", vec![r"c:\dir"]),
        (r"c:\d", vec![r"c:\dir"]),
        (r"\%", vec![]),
        ("*", vec!["*"]),
        ("a?b", vec![]),
        ("a.b", vec![]),
        ("100*", vec![]),
        ("%%%", vec![]),
        ("___", vec![]),
    ] {
        assert_eq!(author.hits(search).await, wanted, "the search was {search}");
    }
}

async fn quotes_and_operators_are_plain_characters(database: Database) {
    let author = Author::new(database).await;
    for text in
        ["she said \"now\"", "it's", "this AND that", "x NEAR(y)", "col:umn", "-minus ^caret", "(a OR b)", "$1 {b}"]
    {
        author.post(text).await;
        assert_eq!(author.hits(text).await, [text]);
    }
    for (search, wanted) in [
        ("\"now\"", vec!["she said \"now\""]),
        ("\"", vec!["she said \"now\""]),
        ("t's", vec!["it's"]),
        ("this that", vec![]),
        ("that OR now", vec![]),
        ("NEAR", vec!["x NEAR(y)"]),
        ("'; DROP TABLE thoughts; --", vec![]),
        ("\"\"\"", vec![]),
    ] {
        assert_eq!(author.hits(search).await, wanted, "the search was {search}");
    }
}

async fn emoji_and_line_ends_are_found(database: Database) {
    let author = Author::new(database).await;
    author.post("crab 🦀🦀🦀 👩‍💻 end\r\nnext").await;
    for search in ["🦀", "🦀🦀", "🦀🦀🦀", "👩‍💻", "end\nnext"] {
        assert_eq!(author.hits(search).await.len(), 1, "the search was {search:?}");
    }
    assert_eq!(author.hits("🦀🦀🦀🦀").await.len(), 0);
    assert_eq!(author.hits("🐙").await.len(), 0);
}

async fn an_empty_search_finds_all(database: Database) {
    let author = Author::new(database).await;
    author.post("all of it").await;
    assert_eq!(author.hits("").await, ["all of it"]);
    let without = get(author.system.thoughts.url("/api/thoughts/")).await.expect_status(200).json();
    assert!(without.as_array().unwrap().iter().any(|hit| hit["username"] == author.person.username));
}

async fn a_search_for_what_nobody_said_finds_nothing(database: Database) {
    let system = System::shared(database).await;
    let url = system.thoughts.url(&format!("/api/thoughts/?search={}", unique("nobody")));
    let reply = get(url).await;
    assert_eq!(reply.expect_status(200).json(), json!([]));
    assert_eq!(reply.next(), None);
}

async fn a_search_of_odd_characters_is_no_fault_of_ours(database: Database) {
    let system = System::shared(database).await;
    let long = "x".repeat(5000);
    for query in [
        "search=%00",
        "search=a%00b",
        "search=%FF",
        "search=%",
        "search=%zz",
        "search",
        "search=a&search=b",
        "=",
        "&&",
        "x=y",
        &long,
    ] {
        let reply = get(system.thoughts.url(&format!("/api/thoughts/?{query}"))).await;
        assert!([200, 400, 414, 422].contains(&reply.status), "the query was {query}: {reply:?}");
        if reply.status != 200 {
            reply.expect_error(reply.status);
        }
    }
    let search = send(client().get(system.thoughts.url("/api/thoughts/")).query(&[("search", &long)])).await;
    assert!([200, 422].contains(&search.status), "{search:?}");
}

async fn hits_come_with_rising_ids_from_everybody(database: Database) {
    let system = System::shared(database).await;
    let (first, second) = (system.person().await, system.person().await);
    let word = unique("shared");
    let mut wanted = Vec::new();
    for person in [&first, &second, &first] {
        wanted.push(system.post(person, &format!("{word}!")).await);
    }
    let hits = system.search(&word.to_uppercase()).await;
    assert_eq!(hits, wanted);
    assert!(hits.is_sorted_by_key(|hit| hit["id"].as_i64()));
}

async fn a_deleted_thought_is_found_no_more(database: Database) {
    let author = Author::new(database).await;
    let word = unique("gone");
    let thought = author.post(&word).await;
    assert_eq!(author.hits(&word).await.len(), 1);
    let admin = author.system.admin().await;
    let url = author.system.thoughts.url(&format!("/admin/thoughts/{}/", thought["id"]));
    send(client().delete(url).header("authorization", &admin.bearer)).await.expect_status(204);
    assert_eq!(author.hits(&word).await.len(), 0);
    assert_eq!(author.hits("go").await.len(), 0);
}
