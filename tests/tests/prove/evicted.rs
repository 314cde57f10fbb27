//! A node that is drained, pod by pod.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use mythoughts_tests::cluster::Namespace;
use mythoughts_tests::cluster::command::kubectl;
use mythoughts_tests::cluster::load::Pace;

use crate::report::Report;
use crate::stage::{COMPONENTS, Stage};

const PACE: Pace = Pace { rate: 20, most: 20_000 };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn evicted() {
    let promise = "Evictions of all pods of the services, one after another as a drain asks for them: the budget holds \
        the last ones up until others are ready, the drain ends, and no request fails.";
    let mut report = Report::begin("evicted", promise);
    let namespace = Namespace::create();
    let stage = Stage::install(&namespace, &[]).await;
    let load = stage.load(PACE, stage.people());

    for component in COMPONENTS {
        let pods = stage.pods(component);
        let begun = Instant::now();
        let mut held_up = 0;
        for pod in &pods {
            while !evict(&namespace, pod) {
                held_up += 1;
                assert!(begun.elapsed() < Duration::from_mins(5), "waited in vain for the eviction of {pod}");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        namespace.wait_for_rollout(&format!("deployment/mythoughts-{component}"));
        let took = begun.elapsed().as_secs();
        report.figure(
            format!("{component}: {} pods evicted", pods.len()),
            format!("in {took} s; {held_up} evictions held up by the budget"),
        );
        assert!(held_up > 0, "wanted the budget to hold one of {component} up");
    }

    let outcomes = load.finish(0).await;
    report.load(&outcomes);
    stage.compare(&outcomes, &mut report).await;
    assert!(outcomes.failures().is_empty(), "wanted no failed request, met {}", outcomes.failures().len());
}

/// Asks once; false says that a budget holds it up.
fn evict(namespace: &Namespace, pod: &str) -> bool {
    let eviction = format!(r#"{{"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {{"name": "{pod}"}}}}"#);
    let path = format!("/api/v1/namespaces/{}/pods/{pod}/eviction", namespace.name);
    let mut child = Command::new(kubectl())
        .args(["create", "--raw", &path, "--filename", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("kubectl can be started");
    child.stdin.take().expect("stdin is piped").write_all(eviction.as_bytes()).expect("kubectl reads");
    let output = child.wait_with_output().expect("kubectl ends");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() || error.contains("disruption budget"), "wanted an eviction, met {error}");
    output.status.success()
}
