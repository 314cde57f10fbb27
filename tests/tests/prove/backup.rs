//! Databases that are lost with their volumes.

use std::sync::Arc;
use std::time::Instant;

use mythoughts_tests::cluster::load::Pace;
use mythoughts_tests::cluster::{Namespace, log_in};
use mythoughts_tests::{send, unique};
use reqwest::Method;

use crate::report::Report;
use crate::stage::{Stage, wait};

const PACE: Pace = Pace { rate: 20, most: 20_000 };
const BEFORE: u64 = 1000;
const AFTER: u64 = 200;
const PEOPLE: u32 = 20;
const BACKENDS: [&str; 2] = ["thoughts", "users"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backup() {
    let promise = "Both databases are backed up, destroyed with their volumes, made anew by `helm upgrade` and restored, \
        as chart/README.md says, while the services run: every user and every acknowledged thought is there again. A \
        database with rows is overwritten only where that is said.";
    let mut report = Report::begin("backup", promise);
    let namespace = Namespace::create();
    let stage = Stage::install(&namespace, &[]).await;
    let people = invite(&stage).await;
    let mut outcomes = stage.load(PACE, stage.people()).finish(BEFORE).await;
    let before = rows(&stage);
    for (backend, rows) in BACKENDS.iter().zip(&before) {
        report.figure(format!("rows of {backend}"), rows.lines().count());
    }

    for backend in BACKENDS {
        run(&stage, &mut report, backend, "backup", "now", "Complete").await;
        let told = run(&stage, &mut report, backend, "restore", "early", "Failed").await;
        assert!(told.contains("has rows. Nothing was changed"), "wanted a refusal that says why, met {told}");
    }
    assert!(rows(&stage) == before, "wanted a refused restore to change nothing");

    let begun = Instant::now();
    let volumes = BACKENDS.map(|backend| destroy(&namespace, backend));
    report.time("both databases and their volumes gone after", begun.elapsed());
    let begun = Instant::now();
    stage.release.upgrade();
    report.time("`helm upgrade` made them anew in", begun.elapsed());
    assert!(BACKENDS.map(|backend| volume(&namespace, backend)) != volumes, "wanted other volumes");
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    let tables = BACKENDS.map(|backend| stage.query(backend, tables).trim().to_owned());
    assert_eq!(tables, ["0", "0"], "wanted the tables to be lost");
    for backend in BACKENDS {
        run(&stage, &mut report, backend, "restore", "lost", "Complete").await;
    }
    assert!(rows(&stage) == before, "wanted each row as it was before");
    for name in &people {
        log_in(&stage.users, name, name).await;
    }
    report.figure("users made before who log in again", people.len());

    // The texts of numbers that were not used before.
    let traffic = stage.people();
    let after = stage.load(PACE, Arc::new(move |number| traffic(PACE.most + number))).finish(AFTER).await;
    outcomes.all.extend(after.all);
    outcomes.lasted += after.lasted;
    outcomes.connections += after.connections;
    report.load(&outcomes);
    stage.compare(&outcomes, &mut report).await;
    assert!(outcomes.failures().is_empty(), "wanted no failed request, met {}", outcomes.failures().len());

    namespace.kubectl(&["set", "env", "cronjob/mythoughts-thoughts-restore", "OVERWRITE=yes"]);
    run(&stage, &mut report, "thoughts", "restore", "overwrite", "Complete").await;
    assert!(rows(&stage) == before, "wanted what came after the backup to be lost, as it was said");
}

/// Makes users with their names for passwords.
async fn invite(stage: &Stage<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for _ in 0..PEOPLE {
        let name = unique("person");
        let request = stage.users.request(Method::POST, "/admin/users/").header("authorization", &stage.bearer);
        send(request.form(&[("username", &name), ("password", &name)])).await.expect_status(201);
        names.push(name);
    }
    names
}

/// All that the backends' tables hold.
fn rows(stage: &Stage) -> [String; 2] {
    BACKENDS.map(|backend| stage.query(backend, &format!("SELECT * FROM {backend} ORDER BY id")))
}

/// Deletes a backend's database and its volume; gives the name of the claim's object.
fn destroy(namespace: &Namespace, backend: &str) -> String {
    let claimed = volume(namespace, backend);
    let database = format!("statefulset/mythoughts-{backend}-database");
    namespace.kubectl(&["delete", &database, "--cascade=foreground", "--timeout=180s"]);
    namespace.kubectl(&["delete", &claim(backend), "--timeout=180s"]);
    claimed
}

/// What tells a claim from one of the same name.
fn volume(namespace: &Namespace, backend: &str) -> String {
    namespace.field(&claim(backend), "{.metadata.uid}")
}

fn claim(backend: &str) -> String {
    format!("persistentvolumeclaim/database-data-mythoughts-{backend}-database-0")
}

/// Makes a Job of one of a backend's CronJobs, waits for this end, and gives its log.
async fn run(stage: &Stage<'_>, report: &mut Report, backend: &str, what: &str, name: &str, end: &str) -> String {
    let (job, begun) = (format!("{backend}-{what}-{name}"), Instant::now());
    let source = format!("--from=cronjob/mythoughts-{backend}-{what}");
    stage.namespace.kubectl(&["create", "job", &job, &source]);
    let object = format!("job/{job}");
    let mut met = String::new();
    wait(&format!("the end of {job}"), async || {
        met = stage.namespace.field(&object, r#"{.status.conditions[?(@.status=="True")].type}"#);
        ["Complete", "Failed"].iter().any(|end| met.split(' ').any(|met| met == *end))
    })
    .await;
    let told = stage.namespace.kubectl(&["logs", &object]);
    assert!(met.split(' ').any(|met| met == end), "wanted {end}, met {met} of {job}:\n{told}");
    report.time(format!("{what} of {backend} ({name}): {}", end.to_lowercase()), begun.elapsed());
    told
}
