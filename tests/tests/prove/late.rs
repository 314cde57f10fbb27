//! Probes that ask late.

use mythoughts_tests::cluster::command::succeed;
use mythoughts_tests::cluster::{Namespace, Release, signal};

use crate::report::Report;
use crate::stage::wait;

const READY_AFTER: u64 = 40;
const ALIVE_AFTER: u64 = 120;
/// The containers of chart/values.yaml with the components that values/local.yaml calls otherwise.
const CONTAINERS: [(&str, &str); 3] =
    [("thoughts", "thoughts-backend-service"), ("users", "users-backend-service"), ("frontend", "frontend-service")];

#[tokio::test]
async fn late() {
    let promise = "With the probes of chart/ci/probes-book.yaml (readiness after 40 seconds, liveness after 120) no pod is \
        ready before, and one that hangs is not restarted before.";
    let mut report = Report::begin("late", promise);
    let namespace = Namespace::create();
    let release = Release::new(&namespace, Some("local.yaml")).values("chart/ci/probes-book.yaml");
    release.with_own_hosts(&["thoughts", "users", "frontend"]).install();

    let pod_of = |component: &str| {
        let selector = format!("--selector=app.kubernetes.io/component={component}");
        namespace.kubectl(&["get", "pods", &selector, "--output=name"]).trim().to_owned()
    };
    for (component, container) in CONTAINERS {
        let pod = pod_of(component);
        let ready = "{.status.conditions[?(@.type==\"Ready\")].lastTransitionTime}";
        let took = time(&namespace.field(&pod, ready)) - started(&namespace, &pod, container);
        report.figure(format!("{component} ready after its container's start"), format!("{took} s"));
        // Both times are told in whole seconds.
        assert!(took + 1 >= READY_AFTER, "wanted {component} not to be ready before {READY_AFTER} s, met {took} s");
    }

    let (component, container) = CONTAINERS[2];
    let pod = pod_of(component);
    let first = started(&namespace, &pod, container);
    signal(&namespace, pod.trim_start_matches("pod/"), container, "STOP");
    let count = format!("{{.status.containerStatuses[?(@.name==\"{container}\")].restartCount}}");
    wait("a restart", async || namespace.field(&pod, &count) != "0").await;
    let killed = format!("{{.status.containerStatuses[?(@.name==\"{container}\")].lastState.terminated.finishedAt}}");
    let took = time(&namespace.field(&pod, &killed)) - first;
    report.figure(format!("{component}, hung, ended by its liveness probe after its start"), format!("{took} s"));
    assert!(took + 1 >= ALIVE_AFTER, "wanted no restart before {ALIVE_AFTER} s, met one after {took} s");
}

fn started(namespace: &Namespace, pod: &str, container: &str) -> u64 {
    time(
        &namespace
            .field(pod, &format!("{{.status.containerStatuses[?(@.name==\"{container}\")].state.running.startedAt}}")),
    )
}

/// Seconds since 1970 of a time as Kubernetes writes it.
fn time(text: &str) -> u64 {
    let seconds = succeed("date", &["--utc", "+%s", "--date", text]);
    seconds.trim().parse().unwrap_or_else(|_| panic!("wanted a time, met {text}"))
}
