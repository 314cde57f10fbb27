//! Load that comes and goes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use mythoughts_tests::cluster::Namespace;
use mythoughts_tests::cluster::load::Pace;

use crate::report::Report;
use crate::stage::{Stage, wait};

/// A few people all the time.
const QUIET: Pace = Pace { rate: 2, most: 10_000 };
/// And many for a while.
const BUSY: Pace = Pace { rate: 100, most: 40_000 };
const FEWEST: u32 = 2;
/// A frontend takes so little that a low target is what a small machine can reach; and the window of scaling down is short.
const SETTINGS: [&str; 5] = [
    "frontend.autoscaling.enabled=true",
    "frontend.autoscaling.minReplicas=2",
    "frontend.autoscaling.maxReplicas=4",
    "frontend.autoscaling.targetCPUUtilizationPercentage=15",
    "frontend.autoscaling.behavior.scaleDown.stabilizationWindowSeconds=30",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn autoscaled() {
    let promise = "A HorizontalPodAutoscaler of the frontend: load makes more pods within two minutes, quiet takes them \
        away, and nobody is cut off.";
    let mut report = Report::begin("autoscaled", promise);
    let namespace = Namespace::create();
    let stage = Stage::install(&namespace, &SETTINGS).await;
    // The rush of the start is over.
    wait("the fewest pods", async || pods(&namespace) == FEWEST).await;
    let quiet = stage.load(QUIET, stage.people());

    let search = stage.search();
    let begun = Instant::now();
    let busy = stage.load(BUSY, Arc::new(move |_| search.clone()));
    wait("more pods", async || pods(&namespace) > FEWEST).await;
    let took = begun.elapsed();
    report.time("more pods ready after", took);
    assert!(took <= Duration::from_mins(2), "wanted more pods within two minutes, met {took:?}");

    let busy = busy.finish(0).await;
    report.figure("pods at the end of the load", pods(&namespace));
    let begun = Instant::now();
    wait("the fewest pods", async || pods(&namespace) == FEWEST).await;
    report.time("fewest pods again after the load for", begun.elapsed());

    let quiet = quiet.finish(0).await;
    report.load_of("the many: ", &busy);
    report.load_of("the few: ", &quiet);
    stage.compare(&quiet, &mut report).await;
    let failed = busy.failures().len() + quiet.failures().len();
    assert_eq!(failed, 0, "wanted no failed request");
}

/// The frontend's pods that are ready.
fn pods(namespace: &Namespace) -> u32 {
    namespace.field("deployment/mythoughts-frontend", "{.status.readyReplicas}").parse().unwrap_or_default()
}
