//! The search page.

use mythoughts_tests::{Database, System, get, on_each_database, unique};

on_each_database!(
    hits_are_shown_with_their_authors_without_a_login,
    no_hits_are_said_so,
    the_search_is_shown_again_and_not_run,
    odd_searches_are_no_fault_of_ours,
);

const NO_RESULTS: &str = "No results for your search";

async fn hits_are_shown_with_their_authors_without_a_login(database: Database) {
    let system = System::shared(database).await;
    let (first, second) = (system.person().await, system.person().await);
    let word = unique("found");
    system.post(&first, &format!("{word} by the first")).await;
    system.post(&second, &format!("{word} by the second")).await;
    let page = system.visitor().search(&word.to_uppercase()).await;
    page.expect_status(200);
    assert!(page.body.contains("<title>MyThoughts"), "{page:?}");
    for shown in [&first.username, &second.username, &format!("{word} by the first"), &format!("{word} by the second")]
    {
        assert!(page.body.contains(shown), "wanted {shown}, met {page:?}");
    }
    assert!(!page.body.contains(NO_RESULTS), "{page:?}");
}

async fn no_hits_are_said_so(database: Database) {
    let system = System::shared(database).await;
    let page = system.visitor().search(&unique("nothing")).await;
    assert!(page.expect_status(200).body.contains(NO_RESULTS), "{page:?}");
}

async fn the_search_is_shown_again_and_not_run(database: Database) {
    let system = System::shared(database).await;
    let search = unique("\"><script>alert(1)</script>");
    let page = system.visitor().search(&search).await.body;
    assert!(!page.contains("<script>alert"), "{page}");
    assert!(mythoughts_tests::unescape(&page).contains(&search), "{page}");
}

async fn odd_searches_are_no_fault_of_ours(database: Database) {
    let system = System::shared(database).await;
    for query in [
        "",
        "?",
        "?search=",
        "?search=%FF",
        "?search=%00",
        "?search=%",
        "?search=%25&search=b",
        &format!("?search={}", "x".repeat(5000)),
    ] {
        let page = get(system.frontend.url(&format!("/search{query}"))).await;
        assert!(page.status < 500, "the query was {query:.40}: {page:?}");
    }
}
