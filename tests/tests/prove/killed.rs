//! Processes that die at once, without a chance to say so.

use std::time::{Duration, Instant};

use mythoughts_tests::cluster::load::{Outcome, Outcomes, Pace};
use mythoughts_tests::cluster::{Namespace, signal};

use crate::report::Report;
use crate::stage::Stage;

const PACE: Pace = Pace { rate: 20, most: 40_000 };
/// Within it all is well again.
const RECOVERY: Duration = Duration::from_secs(30);
/// Between one kill and the next.
const PAUSE: Duration = Duration::from_secs(40);
/// What is killed: its component, its container, its workload.
const KINDS: [(&str, &str, &str); 5] = [
    ("thoughts", "thoughts", "deployment/mythoughts-thoughts"),
    ("users", "users", "deployment/mythoughts-users"),
    ("frontend", "frontend", "deployment/mythoughts-frontend"),
    ("thoughts-database", "postgres", "statefulset/mythoughts-thoughts-database"),
    ("users-database", "postgres", "statefulset/mythoughts-users-database"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed() {
    let promise = "SIGKILL to the process of every kind of pod in turn, the databases included, while thoughts are \
        written: every acknowledged one is there afterwards, pages answer readably in between, and all is well again \
        within 30 seconds without help.";
    let mut report = Report::begin("killed", promise);
    let namespace = Namespace::create();
    let stage = Stage::install(&namespace, &[]).await;
    let load = stage.load(PACE, stage.people());

    let mut kills = Vec::new();
    for (component, container, workload) in KINDS {
        let pod = stage.pods(component).remove(0);
        let (at, begun) = (load.elapsed(), Instant::now());
        signal(&namespace, &pod, container, "KILL");
        wait_for_restart(&namespace, &pod, container).await;
        namespace.wait_for_rollout(workload);
        kills.push((component, at, begun.elapsed()));
        tokio::time::sleep(PAUSE.saturating_sub(begun.elapsed())).await;
    }

    let outcomes = load.finish(0).await;
    report.load(&outcomes);
    let recoveries: Vec<_> =
        kills.iter().map(|(component, at, ready)| (*component, *at, (*ready).max(failing(&outcomes, *at)))).collect();
    for (component, at, recovered) in &recoveries {
        let failed = outcomes.failures().iter().filter(|failure| (*at..*at + PAUSE).contains(&failure.at)).count();
        report.figure(
            format!("{component} killed"),
            format!("well again after {:.1} s, {failed} failed requests", recovered.as_secs_f64()),
        );
    }
    let unreadable: Vec<_> = outcomes.failures().into_iter().filter(|failure| !is_readable(failure)).collect();
    report.figure("requests without a readable answer", unreadable.len());
    stage.compare(&outcomes, &mut report).await;
    assert!(
        recoveries.iter().all(|(_, _, recovered)| *recovered <= RECOVERY),
        "wanted all to be well within {RECOVERY:?}"
    );
    assert!(unreadable.is_empty(), "wanted a readable answer to each request, met {} without", unreadable.len());
}

/// Whether it says what is away: our page, the API's message, or what the Ingress says while it finds no frontend.
fn is_readable(failure: &Outcome) -> bool {
    let text = failure.failure.as_deref().unwrap_or_default();
    failure.status.is_some()
        && ["ERROR RECEIVED", "message", "No server is available"].iter().any(|words| text.contains(words))
}

/// How long requests failed after a kill.
fn failing(outcomes: &Outcomes, at: Duration) -> Duration {
    outcomes
        .last_failure(at, at + PAUSE)
        .map_or(Duration::ZERO, |failure| (failure.at + failure.took).saturating_sub(at))
}

async fn wait_for_restart(namespace: &Namespace, pod: &str, container: &str) {
    let template = format!("{{.status.containerStatuses[?(@.name==\"{container}\")].restartCount}}");
    mythoughts_tests::until(&format!("a restart of {pod}"), async || {
        (namespace.field(&format!("pod/{pod}"), &template) != "0").then_some(())
    })
    .await;
}
