//! Backends that are away for a while.

use std::time::Instant;

use mythoughts_tests::cluster::Namespace;
use mythoughts_tests::until;

use crate::report::Report;
use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scaled() {
    let promise = "With every backend scaled to 0 the pages say readably which service is away; once they are scaled \
        back, all is normal by itself.";
    let mut report = Report::begin("scaled", promise);
    let namespace = Namespace::create();
    let stage = Stage::install(&namespace, &[]).await;
    scale(&namespace, 0);
    let page = until("a page that says what is away", async || {
        let page = stage.frontend.get("/search?search=nothing").await;
        (page.status == 503).then_some(page)
    })
    .await;
    for wanted in ["ERROR RECEIVED", "The thoughts service does not answer"] {
        assert!(page.body.contains(wanted), "wanted {wanted}, met {page:?}");
    }
    report.figure("a search without backends", "503, ERROR RECEIVED, The thoughts service does not answer");
    let login = stage.frontend.visitor().log_in("admin", "any").await;
    login.expect_status(503);
    assert!(login.body.contains("The users service does not answer"), "wanted the users service named, met {login:?}");
    report.figure("a login without backends", "503, ERROR RECEIVED, The users service does not answer");

    let begun = Instant::now();
    scale(&namespace, 2);
    until("a search", async || (stage.frontend.get("/search?search=nothing").await.status == 200).then_some(())).await;
    report.time("a search succeeds after scaling back for", begun.elapsed());
    until("a login", async || (stage.log_in().await.status == 303).then_some(())).await;
    report.time("a login succeeds after scaling back for", begun.elapsed());
}

fn scale(namespace: &Namespace, replicas: u32) {
    let backends = ["deployment/mythoughts-thoughts", "deployment/mythoughts-users"];
    namespace.kubectl(&[&["scale", &format!("--replicas={replicas}")], &backends[..]].concat());
}
