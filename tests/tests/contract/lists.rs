//! A page of a list at a time.

use mythoughts_tests::{Database, Person, Reply, System, client, get, on_each_database, send, unique};
use serde_json::Value;

on_each_database!(
    own_thoughts_come_a_page_at_a_time,
    hits_come_a_page_at_a_time,
    the_links_to_more_keep_the_search_and_the_order,
    the_last_page_has_no_link,
    the_newest_come_first_when_asked_so,
    a_page_after_the_last_is_empty,
    a_limit_is_1_to_1000,
    an_after_or_order_that_makes_no_sense_is_refused,
    a_list_is_a_thousand_long_by_default,
);

fn ids(reply: &Reply) -> Vec<i64> {
    reply.expect_status(200).ids()
}

async fn post_some(system: &System, person: &Person, word: &str, count: usize) -> Vec<i64> {
    let mut posted = Vec::new();
    for number in 0..count {
        let thought: Value = system.post(person, &format!("{word} {number}")).await;
        posted.push(thought["id"].as_i64().unwrap());
    }
    posted
}

async fn own_thoughts_come_a_page_at_a_time(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let posted = post_some(&system, &person, "page", 5).await;
    let page = async |query: &str| {
        let request = client().get(system.thoughts.url(&format!("/api/me/thoughts/?{query}")));
        send(request.header("authorization", &person.bearer)).await
    };
    let first = page("limit=2").await;
    assert_eq!(ids(&first), posted[..2]);
    assert!(first.next().is_some(), "wanted a link to more, met {first:?}");
    assert_eq!(ids(&page(&format!("limit=2&after={}", posted[1])).await), posted[2..4]);
    let last = page(&format!("limit=2&after={}", posted[3])).await;
    assert_eq!(ids(&last), posted[4..]);
    assert_eq!(last.next(), None);
    assert_eq!(ids(&page(&format!("after={}", posted[0])).await), posted[1..]);
    let whole = page("").await;
    assert_eq!(ids(&whole), posted);
    assert_eq!(whole.next(), None);
}

async fn hits_come_a_page_at_a_time(database: Database) {
    let system = System::shared(database).await;
    let (first, second) = (system.person().await, system.person().await);
    let word = unique("hit");
    let mut posted = post_some(&system, &first, &word, 2).await;
    posted.extend(post_some(&system, &second, &word, 3).await);
    let page = async |query: &str| get(system.thoughts.url(&format!("/api/thoughts/?search={word}{query}"))).await;
    assert_eq!(ids(&page("&limit=2").await), posted[..2]);
    assert_eq!(ids(&page(&format!("&limit=3&after={}", posted[1])).await), posted[2..]);
    assert_eq!(ids(&page(&format!("&limit=1&after={}", posted[1])).await), posted[2..3]);
    // A cursor need not be a hit itself.
    assert_eq!(ids(&page("&after=0").await), posted);
}

async fn the_links_to_more_keep_the_search_and_the_order(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let word = unique("Ä & é%");
    let posted = post_some(&system, &person, &word, 5).await;
    for order in ["asc", "desc"] {
        let request = client().get(system.thoughts.url("/api/thoughts/"));
        let mut page = send(request.query(&[("search", word.as_str()), ("limit", "2"), ("order", order)])).await;
        let mut found = ids(&page);
        while let Some(next) = page.next() {
            page = get(next).await;
            assert!(ids(&page).len() <= 2, "{page:?}");
            found.extend(ids(&page));
        }
        let mut wanted = posted.clone();
        if order == "desc" {
            wanted.reverse();
        }
        assert_eq!(found, wanted, "the order was {order}");
    }
}

async fn the_last_page_has_no_link(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let word = unique("last");
    let posted = post_some(&system, &person, &word, 4).await;
    let page = async |query: String| get(system.thoughts.url(&format!("/api/thoughts/?search={word}{query}"))).await;
    // Exactly as many as the limit: there is no more.
    assert_eq!(page("&limit=4".into()).await.next(), None);
    assert_eq!(page(format!("&limit=2&after={}", posted[1])).await.next(), None);
    assert!(page("&limit=3".into()).await.next().is_some());
}

async fn the_newest_come_first_when_asked_so(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    let posted = post_some(&system, &person, "newest", 4).await;
    let page = async |query: &str| {
        let request = client().get(system.thoughts.url(&format!("/api/me/thoughts/?order=desc{query}")));
        send(request.header("authorization", &person.bearer)).await
    };
    let newest_first: Vec<i64> = posted.iter().rev().copied().collect();
    assert_eq!(ids(&page("").await), newest_first);
    let first = page("&limit=2").await;
    assert_eq!(ids(&first), newest_first[..2]);
    assert!(first.next().is_some(), "{first:?}");
    let rest = page(&format!("&limit=2&after={}", newest_first[1])).await;
    assert_eq!(ids(&rest), newest_first[2..]);
    assert_eq!(rest.next(), None);
}

async fn a_page_after_the_last_is_empty(database: Database) {
    let system = System::shared(database).await;
    let reply = get(system.thoughts.url("/api/thoughts/?after=9223372036854775807")).await;
    assert_eq!(ids(&reply), Vec::<i64>::new());
    assert_eq!(reply.next(), None);
    let reply = get(system.thoughts.url("/api/thoughts/?after=0&order=desc")).await;
    assert_eq!(ids(&reply), Vec::<i64>::new());
}

async fn a_limit_is_1_to_1000(database: Database) {
    let system = System::shared(database).await;
    let person = system.person().await;
    for path in ["/api/thoughts/", "/api/me/thoughts/"] {
        let page = async |limit: &str| {
            let request = client().get(system.thoughts.url(&format!("{path}?limit={limit}")));
            send(request.header("authorization", &person.bearer)).await
        };
        for limit in ["1", "1000"] {
            page(limit).await.expect_status(200);
        }
        for limit in ["0", "-1", "1001", "99999999999999999999", "many", "1.5", "%00"] {
            let reply = page(limit).await;
            assert!([400, 422].contains(&reply.status), "the limit was {limit:?}: {reply:?}");
            reply.expect_error(reply.status);
        }
    }
}

async fn an_after_or_order_that_makes_no_sense_is_refused(database: Database) {
    let system = System::shared(database).await;
    for query in ["after=x", "after=1.5", "after=%00", "order=sideways", "order=DESC%00"] {
        let reply = get(system.thoughts.url(&format!("/api/thoughts/?{query}"))).await;
        assert!([400, 422].contains(&reply.status), "the query was {query}: {reply:?}");
        reply.expect_error(reply.status);
    }
    let beyond = get(system.thoughts.url("/api/thoughts/?after=99999999999999999999")).await;
    assert!([200, 400, 422].contains(&beyond.status), "{beyond:?}");
}

async fn a_list_is_a_thousand_long_by_default(database: Database) {
    // A system of its own: the others' tests read whole lists.
    let system = System::builder(database).start().await;
    let person = system.person().await;
    let mut posting = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let request = client().post(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
        let request = request.form(&[("text", "many")]);
        posting.spawn(async move {
            for _ in 0..126 {
                send(request.try_clone().unwrap()).await.expect_status(201);
            }
        });
    }
    posting.join_all().await;
    let own = client().get(system.thoughts.url("/api/me/thoughts/")).header("authorization", &person.bearer);
    let first = send(own).await;
    assert_eq!(ids(&first).len(), 1000);
    let next = first.next().expect("there is more than a page");
    let rest = send(client().get(next).header("authorization", &person.bearer)).await;
    assert_eq!(ids(&rest).len(), 8);
    let all = get(system.thoughts.url("/api/thoughts/")).await;
    assert_eq!(ids(&all).len(), 1000);

    // The page of one with so many shows the newest.
    let mut visitor = system.visitor();
    visitor.log_in(&person.username, &person.password).await;
    visitor.write("the newest of them all").await;
    let page = visitor.get("/").await;
    assert!(page.body.contains("the newest of them all"), "{}", page.body);
}
