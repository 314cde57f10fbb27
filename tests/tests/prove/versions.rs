//! Which version serves.

use std::env;
use std::time::{Duration, Instant};

use mythoughts_tests::cluster::command::{helm, kubectl, succeed};
use mythoughts_tests::cluster::load::Pace;
use mythoughts_tests::cluster::{Namespace, Site};
use mythoughts_tests::until;
use tokio::sync::watch;

use crate::report::Report;
use crate::stage::Stage;

const PACE: Pace = Pace { rate: 20, most: 20_000 };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn versions() {
    let promise = "The version in the pages' footer flips during an upgrade to another version. The commands that NOTES.txt \
        prints go back to the old one: after `helm rollback` the next `helm upgrade` has no conflict, after `kubectl \
        rollout undo` it has none with the flag that is named there, and those after it have none at all. No request fails.";
    let mut report = Report::begin("versions", promise);
    let next = env::var("PROVE_NEXT_VERSION").unwrap_or_else(|_| "0.1.1".to_owned());
    let namespace = Namespace::create();
    let stage = Stage::install(&namespace, &[]).await;
    let load = stage.load(PACE, stage.people());
    let first = footer(&stage.frontend).await;
    assert_ne!(first, next, "wanted two versions");

    let release = stage.release.clone().set(&format!("image.tag={next}"));
    let (stop, stopped) = watch::channel(false);
    let watching = tokio::spawn(seen(stage.frontend.clone(), stopped));
    let begun = Instant::now();
    release.upgrade();
    report.time("`helm upgrade`", begun.elapsed());
    settle(&stage, &next).await;
    stop.send_replace(true);
    let seen = watching.await.expect("watching does not panic");
    report.figure("versions in the footer, in the order they were seen first", seen.join(", "));
    assert_eq!(seen, [first.clone(), next.clone()], "wanted the old version, then the new one");

    let notes = release.notes();
    let begun = Instant::now();
    printed(&notes, "helm history");
    printed(&notes, "helm rollback");
    report.time("`helm rollback`", begun.elapsed());
    settle(&stage, &first).await;
    release.upgrade();
    report.figure("the next `helm upgrade`", "no conflict");
    settle(&stage, &next).await;

    let history = printed(&notes, "rollout history");
    report.figure("revisions in `kubectl rollout history`", history.lines().filter(|line| is_revision(line)).count());
    let begun = Instant::now();
    printed(&notes, "rollout undo");
    namespace.wait_for_rollout("deployment/mythoughts-frontend");
    report.time("`kubectl rollout undo` of the frontend", begun.elapsed());
    settle(&stage, &first).await;

    // Helm 4 applies on the server, where the field that kubectl has written is kubectl's.
    let refused = release.try_upgrade(60);
    let conflict = "conflict with \"kubectl\"";
    assert!(!refused.success && refused.text.contains(conflict), "wanted {conflict}, met:\n{}", refused.text);
    report.figure("the next `helm upgrade` without the flag", "refused: the image is kubectl's; nothing is changed");
    settle(&stage, &first).await;
    let flag = "--server-side=false";
    assert!(notes.contains(flag), "wanted {flag} in the notes, met:\n{notes}");
    let begun = Instant::now();
    release.clone().flag(flag).upgrade();
    report.time(format!("`helm upgrade {flag}`, without a conflict"), begun.elapsed());
    settle(&stage, &next).await;
    stage.release.upgrade();
    report.figure("the `helm upgrade` after that, to the old version", "no conflict");
    settle(&stage, &first).await;
    release.flag("--server-side=true").upgrade();
    report.figure("one that applies on the server again, to the new version", "no conflict");
    settle(&stage, &next).await;

    let outcomes = load.finish(0).await;
    report.load(&outcomes);
    stage.compare(&outcomes, &mut report).await;
    assert!(outcomes.failures().is_empty(), "wanted no failed request, met {}", outcomes.failures().len());
}

/// Runs the command of the notes that has these words, and gives what it writes.
fn printed(notes: &str, words: &str) -> String {
    let line = notes.lines().find(|line| line.starts_with("    ") && line.contains(words));
    let line = line.unwrap_or_else(|| panic!("wanted a command with {words}, met:\n{notes}"));
    let mut words = line.split_whitespace();
    let program = match words.next() {
        Some("helm") => helm(),
        Some("kubectl") => kubectl(),
        other => panic!("wanted helm or kubectl, met {other:?}"),
    };
    succeed(&program, &words.collect::<Vec<_>>())
}

/// Whether a line of `kubectl rollout history` is of a revision.
fn is_revision(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_digit())
}

/// The version that a page's footer tells.
pub(crate) async fn footer(frontend: &Site) -> String {
    let page = frontend.get("/login/").await;
    let version =
        page.expect_status(200).body.split("<footer>MyThoughts ").nth(1).and_then(|rest| rest.split('<').next());
    version.unwrap_or_else(|| panic!("wanted a version, met {page:?}")).to_owned()
}

/// The versions that are met until told to stop.
async fn seen(frontend: Site, stopped: watch::Receiver<bool>) -> Vec<String> {
    let mut versions = Vec::new();
    while !*stopped.borrow() {
        let version = footer(&frontend).await;
        if !versions.contains(&version) {
            versions.push(version);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    versions
}

/// Waits until this version alone is met: each frontend has been asked often enough.
async fn settle(stage: &Stage<'_>, version: &str) {
    let mut same = 0;
    until(&format!("version {version} alone"), async || {
        same = if footer(&stage.frontend).await == version { same + 1 } else { 0 };
        (same == 30).then_some(())
    })
    .await;
}
