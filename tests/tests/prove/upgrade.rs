//! Upgrades while people are there.

use std::time::Instant;

use mythoughts_tests::cluster::Namespace;
use mythoughts_tests::cluster::load::{Load, Pace};

use crate::report::Report;
use crate::stage::{COMPONENTS, Stage, wait};

const PACE: Pace = Pace { rate: 40, most: 60_000 };
const AT_LEAST: u64 = 10_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn upgrade() {
    let promise = "While `helm upgrade` rolls all three services twice and `helm rollback` goes back once, at least 10,000 \
        requests at a steady rate through the Ingress: none fails, and no acknowledged thought is lost.";
    let mut report = Report::begin("upgrade", promise);
    let namespace = Namespace::create();
    let stage = Stage::install(&namespace, &[]).await;
    let load = stage.load(PACE, stage.people());

    let first = generations(&namespace);
    for (level, requests) in [("debug", AT_LEAST / 10), ("warn", AT_LEAST / 3)] {
        sent(&load, requests).await;
        let begun = Instant::now();
        let before = generations(&namespace);
        stage.release.clone().set(&format!("log.level={level}")).upgrade();
        assert!(
            before.iter().zip(generations(&namespace)).all(|(before, after)| *before != after),
            "wanted all three to roll"
        );
        report.time("`helm upgrade` of all three services", begun.elapsed());
    }
    sent(&load, AT_LEAST * 2 / 3).await;
    let begun = Instant::now();
    stage.release.roll_back(None);
    report.time("`helm rollback`", begun.elapsed());
    report.figure(
        "revisions of thoughts, users and frontend before and after",
        format!("{first:?}, {:?}", generations(&namespace)),
    );

    let outcomes = load.finish(AT_LEAST).await;
    report.load(&outcomes);
    stage.compare(&outcomes, &mut report).await;
    assert!(outcomes.failures().is_empty(), "wanted no failed request, met {}", outcomes.failures().len());
}

/// Waits until so many requests were sent, so that the upgrades lie apart.
async fn sent(load: &Load, requests: u64) {
    wait("requests", async || load.sent() >= requests).await;
}

/// How often each service was rolled.
fn generations(namespace: &Namespace) -> Vec<String> {
    let revision = r"{.metadata.annotations.deployment\.kubernetes\.io/revision}";
    COMPONENTS
        .iter()
        .map(|component| namespace.field(&format!("deployment/mythoughts-{component}"), revision))
        .collect()
}
