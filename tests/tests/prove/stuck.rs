//! An upgrade to what never becomes ready.

use std::time::Instant;

use mythoughts_tests::cluster::Namespace;
use mythoughts_tests::cluster::load::Pace;

use crate::report::Report;
use crate::stage::{COMPONENTS, Stage};

const PACE: Pace = Pace { rate: 20, most: 20_000 };
/// How long Helm waits for what does not come.
const PATIENCE: u32 = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stuck() {
    let promise = "To a version whose readiness never comes, `helm upgrade --wait` gives up; the old pods serve all the \
        while, and `helm rollback` restores: no failed request.";
    let mut report = Report::begin("stuck", promise);
    let namespace = Namespace::create();
    let stage = Stage::install(&namespace, &[]).await;
    let load = stage.load(PACE, stage.people());

    let ready = ready(&namespace);
    let stuck = COMPONENTS.iter().fold(stage.release.clone(), |release, component| {
        release.set(&format!("{component}.probes.readiness.initialDelaySeconds=86400"))
    });
    let begun = Instant::now();
    let answer = stuck.try_upgrade(PATIENCE);
    report.time("`helm upgrade` gives up after", begun.elapsed());
    assert!(!answer.success, "wanted the upgrade to fail, met:\n{}", answer.text);
    let waiting =
        namespace.kubectl(&["get", "pods", "--output=jsonpath={.items[*].status.containerStatuses[0].ready}"]);
    report.figure("new pods that are not ready", waiting.split(' ').filter(|ready| *ready == "false").count());
    assert!(waiting.contains("false"), "wanted pods that are not ready, met {waiting}");

    let begun = Instant::now();
    stage.release.roll_back(None);
    report.time("`helm rollback`", begun.elapsed());
    assert_eq!(self::ready(&namespace), ready, "wanted as many ready pods as before");

    let outcomes = load.finish(0).await;
    report.load(&outcomes);
    stage.compare(&outcomes, &mut report).await;
    assert!(outcomes.failures().is_empty(), "wanted no failed request, met {}", outcomes.failures().len());
}

fn ready(namespace: &Namespace) -> Vec<String> {
    COMPONENTS
        .iter()
        .map(|component| namespace.field(&format!("deployment/mythoughts-{component}"), "{.status.readyReplicas}"))
        .collect()
}
