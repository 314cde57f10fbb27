//! Several replicas that start at once on an empty database.

use mythoughts_tests::cluster::{Namespace, Release, create_production_secrets};

use crate::report::Report;

const ROUNDS: u32 = 20;
const REPLICAS: usize = 4;

#[tokio::test]
async fn migrations() {
    let promise = "Four replicas of thoughts that start at once on an empty database migrate it once: one applies the \
        migrations, all four become ready, 20 times.";
    let mut report = Report::begin("migrations", promise);
    let namespace = Namespace::create();
    create_production_secrets(&namespace);
    let release = Release::new(&namespace, Some("production.yaml")).with_own_hosts(&["frontend"]);
    release.set("frontend.replicas=1").set("users.replicas=1").set("thoughts.replicas=1").install();

    let mut outcomes = Vec::new();
    for round in 1..=ROUNDS {
        scale(&namespace, 0);
        let selector = "--selector=app.kubernetes.io/component=thoughts";
        namespace.kubectl(&["wait", "--for=delete", "pod", selector, "--timeout=180s"]);
        for statement in ["DROP DATABASE thoughts WITH (FORCE)", "CREATE DATABASE thoughts"] {
            let psql = ["psql", "--username=thoughts", "--dbname=postgres", "--command", statement];
            namespace.kubectl(&[&["exec", "statefulset/mythoughts-thoughts-database", "--"], &psql[..]].concat());
        }
        scale(&namespace, REPLICAS);
        namespace.wait_for_rollout("deployment/mythoughts-thoughts");
        let pods = namespace.kubectl(&["get", "pods", selector, "--output=name"]);
        let logs: Vec<_> = pods.lines().map(|pod| namespace.kubectl(&["logs", pod])).collect();
        let count =
            |message: &str| logs.iter().filter(|log| log.contains(&format!("\"message\":\"{message}\""))).count();
        let outcome = (count("migrated"), count("the database is ready"));
        eprintln!("migrations: round {round}: {} applied, {} ready", outcome.0, outcome.1);
        outcomes.push(outcome);
    }
    let good = outcomes.iter().filter(|outcome| **outcome == (1, REPLICAS)).count();
    report.figure("starts of four replicas at once", ROUNDS);
    report.figure("of them with one that migrated and four that became ready", good);
    assert!(good == outcomes.len(), "wanted one to migrate and {REPLICAS} to be ready, met {outcomes:?}");
}

fn scale(namespace: &Namespace, replicas: usize) {
    namespace.kubectl(&["scale", "deployment/mythoughts-thoughts", &format!("--replicas={replicas}")]);
}
