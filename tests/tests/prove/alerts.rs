//! Prometheus beside the services.

mod prometheus;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use mythoughts_tests::cluster::Namespace;

use crate::report::Report;
use crate::stage::{COMPONENTS, Stage, wait};
use prometheus::{OperatorKinds, Prometheus, extra_objects};

/// The chart's objects for Prometheus, and the one way in that policies leave it.
const SETTINGS: [&str; 3] = [
    "monitoring.serviceMonitor.enabled=true",
    "monitoring.prometheusRule.enabled=true",
    "networkPolicies.metrics.from[0].podSelector.matchLabels.role=prometheus",
];
const ALERT: &str = "MyThoughtsServiceDown";
/// As long as the alert's condition holds before it fires.
const HOLDS: Duration = Duration::from_mins(2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn alerts() {
    let promise = "Debian's Prometheus, run as an extra object of the release, scrapes every pod of the three services, \
        with network policies on, and takes the rules that the chart gives the cluster; a backend that is scaled to 0 \
        fires its alert, and scaled back ends it.";
    let mut report = Report::begin("alerts", promise);
    let _kinds = OperatorKinds::install();
    let namespace = Namespace::create();
    let stage = Stage::install(&namespace, &SETTINGS).await;
    let rules = namespace.field("prometheusrule/mythoughts", "{.spec}");
    let values = extra_objects(&namespace, &rules);
    stage.release.clone().flag(&format!("--values={}", values.path().display())).upgrade();
    namespace.kubectl(&["rollout", "status", "deployment/prometheus", "--timeout=120s"]);
    let prometheus = Prometheus::of(&namespace).await;

    let pods = COMPONENTS.map(|component| (format!("mythoughts-{component}-metrics"), stage.pods(component).len()));
    let pods = BTreeMap::from(pods);
    wait("Prometheus to reach every pod", async || prometheus.up().await == pods).await;
    report.figure("targets up, by job", format!("{pods:?}"));
    let wanted = namespace.field("prometheusrule/mythoughts", "{.spec.groups[*].rules[*].alert}");
    let wanted = wanted.split(' ').count();
    wait("the rules", async || prometheus.sound_rules().await == wanted).await;
    report.figure("rules, all sound", wanted);
    assert_eq!(prometheus.firing().await, [""; 0], "wanted no alert while all is well");

    for backend in ["thoughts", "users"] {
        let deployment = format!("deployment/mythoughts-{backend}");
        let replicas = pods[&format!("mythoughts-{backend}-metrics")];
        let alert = format!("{ALERT} of {backend}");
        let begun = Instant::now();
        namespace.kubectl(&["scale", &deployment, "--replicas=0"]);
        wait(&alert, async || prometheus.firing().await.contains(&alert)).await;
        let took = begun.elapsed();
        report.time(format!("{alert} fires after {backend} was scaled to 0 for"), took);
        assert!(took >= HOLDS, "wanted {alert} not to fire within {HOLDS:?}, met it after {took:?}");
        report.figure("alerts that fire then", prometheus.firing().await.join(", "));

        let begun = Instant::now();
        namespace.kubectl(&["scale", &deployment, &format!("--replicas={replicas}")]);
        wait("all alerts to end", async || prometheus.firing().await.is_empty()).await;
        report.time(format!("all of them ended after {backend} was scaled back for"), begun.elapsed());
        wait("Prometheus to reach every pod again", async || prometheus.up().await == pods).await;
    }
}
