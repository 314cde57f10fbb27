//! A version that starts slowly, and then crashes.

use std::time::{Duration, Instant};

use mythoughts_tests::cluster::Namespace;
use mythoughts_tests::cluster::load::Pace;

use crate::report::Report;
use crate::stage::{Stage, wait};

const PACE: Pace = Pace { rate: 10, most: 20_000 };
const START: u64 = 60;
const CRASH: u64 = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow() {
    let promise = "To a version that takes 60 seconds to start and crashes 60 seconds later (faults that only the -debug \
        image has), the old pod serves until the new one is ready: no failed request before the crash; after it pages \
        answer readably, and all is well again by itself.";
    let mut report = Report::begin("slow", promise);
    let namespace = Namespace::create();
    let stage = Stage::install(&namespace, &["thoughts.replicas=1"]).await;
    let old = stage.pods("thoughts");
    let load = stage.load(PACE, stage.people());

    let faults = format!("thoughts.args={{--fault-start-delay={START},--fault-crash-after={CRASH}}}");
    let release = stage.release.clone().set("thoughts.debug=true").set(&faults);
    let begun = Instant::now();
    release.set("thoughts.probes.startup.failureThreshold=180").upgrade();
    let took = begun.elapsed();
    report.time("`helm upgrade` to a pod that takes 60 s to start", took);
    assert!(took >= Duration::from_secs(START), "wanted the new pod not to be ready before {START} s, met {took:?}");
    let new = stage.pods("thoughts").into_iter().find(|pod| !old.contains(pod)).expect("a new pod runs");

    let object = format!("pod/{new}");
    wait("a crash", async || namespace.field(&object, "{.status.containerStatuses[0].restartCount}") == "1").await;
    let crashed = load.elapsed();
    report.time("crashed after its upgrade had ended for", begun.elapsed().saturating_sub(took));
    let begun = Instant::now();
    wait("readiness", async || namespace.field(&object, "{.status.containerStatuses[0].ready}") == "true").await;
    report.time("ready again by itself after", begun.elapsed());

    let outcomes = load.finish(0).await;
    report.load(&outcomes);
    stage.compare(&outcomes, &mut report).await;
    // The crash is seen a little later than it happens.
    let early = outcomes.failures().iter().filter(|failure| failure.at + Duration::from_secs(10) < crashed).count();
    report.figure("failed requests before the crash", early);
    let silent = outcomes.failures().iter().filter(|failure| failure.status.is_none()).count();
    report.figure("requests without any answer", silent);
    assert_eq!((early, silent), (0, 0), "wanted no failure before the crash, and an answer to each request");
}
