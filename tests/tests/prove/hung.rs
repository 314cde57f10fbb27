//! A process that hangs.

use std::time::{Duration, Instant};

use mythoughts_tests::cluster::load::Pace;
use mythoughts_tests::cluster::{Namespace, signal};

use crate::report::Report;
use crate::stage::{Stage, wait};

const PACE: Pace = Pace { rate: 10, most: 20_000 };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hung() {
    let promise = "A process that hangs (SIGSTOP) leaves the endpoints, is restarted by its liveness probe, and comes \
        back; between leaving and coming back no request fails.";
    let mut report = Report::begin("hung", promise);
    let namespace = Namespace::create();
    let stage = Stage::install(&namespace, &[]).await;
    let load = stage.load(PACE, stage.people());
    tokio::time::sleep(Duration::from_secs(5)).await;

    let pod = stage.pods("thoughts").remove(0);
    let object = format!("pod/{pod}");
    let address = namespace.field(&object, "{.status.podIP}");
    let begun = Instant::now();
    signal(&namespace, &pod, "thoughts", "STOP");
    wait("the pod to leave the endpoints", async || !endpoints(&namespace).contains(&address)).await;
    report.time("left the endpoints after", begun.elapsed());
    // Requests that were on their way to it meet their time-out.
    let settled = load.elapsed() + Duration::from_secs(6);
    wait("a restart", async || namespace.field(&object, "{.status.containerStatuses[0].restartCount}") == "1").await;
    report.time("restarted by its liveness probe after", begun.elapsed());
    wait("the pod in the endpoints", async || endpoints(&namespace).contains(&address)).await;
    report.time("back in the endpoints after", begun.elapsed());

    let outcomes = load.finish(0).await;
    report.load(&outcomes);
    stage.compare(&outcomes, &mut report).await;
    let late = outcomes.failures().iter().filter(|failure| failure.at > settled).count();
    report.figure("failed requests that began after it had left the endpoints and others had met their time-out", late);
    assert_eq!(late, 0, "wanted no failed request once it had left the endpoints");
}

/// The addresses that the Service of thoughts leads to.
fn endpoints(namespace: &Namespace) -> Vec<String> {
    let slices = ["get", "endpointslices", "--selector=kubernetes.io/service-name=mythoughts-thoughts"];
    let ready =
        "--output=jsonpath={range .items[*].endpoints[?(@.conditions.ready==true)]}{.addresses[0]}{\"\\n\"}{end}";
    namespace.kubectl(&[&slices[..], &[ready]].concat()).lines().map(ToOwned::to_owned).collect()
}
