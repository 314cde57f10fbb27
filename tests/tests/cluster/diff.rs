//! `render diff --cluster` beside what Helm and kubectl do.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use mythoughts_tests::cluster::command::{Answer, helm, helm3, render, run, succeed};
use mythoughts_tests::cluster::{Namespace, repository};

const SETTINGS: [&str; 3] =
    ["--set=image.registry=localhost", "--set=image.tag=dev", "--set=frontend.ingress.enabled=false"];

/// What the release has and a later chart may not have.
const MARK: &str = "--set-string=users.service.annotations.mark=yes";

fn diff(namespace: &Namespace, more: &[&str]) -> Answer {
    let chart = repository().join("chart").display().to_string();
    let flags = ["diff", &chart, "--cluster", "--name=mine", "--namespace", &namespace.name];
    run(&render(), &[&flags[..], &SETTINGS, more].concat())
}

fn install(namespace: &Namespace, helm: &str, more: &[&str]) {
    let chart = repository().join("chart").display().to_string();
    // Not waited for: what is compared is what the API server keeps.
    succeed(helm, &[&["install", "mine", &chart, "--namespace", &namespace.name], &SETTINGS[..], more].concat());
}

#[tokio::test]
async fn a_release_differs_from_its_chart_in_nothing_until_one_of_them_changes() {
    for helm in [helm(), helm3()] {
        let namespace = Namespace::create();
        let nothing = diff(&namespace, &[]);
        assert!(nothing.text.contains("+ Deployment") && !nothing.text.contains("\n~ "), "{}", nothing.text);

        install(&namespace, &helm, &[MARK]);
        let same = diff(&namespace, &[MARK]);
        assert!(same.success && same.text.is_empty(), "{helm}: wanted no difference, met:\n{}", same.text);

        let gone = diff(&namespace, &[]);
        let title = format!("~ Service {}/mine-mythoughts-users\n", namespace.name);
        let wanted = format!("{title}    - metadata.annotations.mark: \"yes\"\n");
        assert_eq!(gone.text, wanted, "{helm}: wanted the annotation to go");

        let changed = diff(&namespace, &[MARK, "--set=users.replicas=2", "--set=log.level=debug"]);
        assert_eq!(changed.status, Some(1), "{}", changed.text);
        assert!(changed.text.contains("mine-mythoughts-users\n"), "{}", changed.text);
        assert!(changed.text.contains("    ~ spec.replicas: 1 → 2\n"), "{}", changed.text);
        assert!(changed.text.contains("~ data.LOG: \"info\" → \"debug\"\n"), "{}", changed.text);

        let scale = ["scale", "deployment/mine-mythoughts-frontend", "--replicas=3"];
        namespace.kubectl(&scale);
        let drifted = diff(&namespace, &[MARK]);
        assert!(drifted.text.contains("    ~ spec.replicas: 3 → "), "{}", drifted.text);
        let title = format!("~ Deployment {}/mine-mythoughts-frontend\n", namespace.name);
        assert!(drifted.text.starts_with(&title), "{}", drifted.text);
    }
}

#[tokio::test]
async fn what_the_chart_no_longer_has_is_deleted_and_secrets_are_not_shown() {
    let namespace = Namespace::create();
    install(&namespace, &helm(), &[]);
    let external = ["--set=users.database.mode=external", "--set=users.database.external.host=db"];
    let without = diff(&namespace, &[&external[..], &["--set=users.database.password=given"]].concat());
    assert_eq!(without.status, Some(1), "{}", without.text);
    assert!(without.text.contains("- StatefulSet"), "{}", without.text);

    namespace.kubectl(&[
        "patch",
        "secret",
        "mine-mythoughts-users-admin",
        "--patch",
        r#"{"stringData": {"more": "horse"}}"#,
    ]);
    let password = diff(&namespace, &["--set=users.admin.password=correct-battery"]);
    assert!(password.text.contains("characters)"), "{}", password.text);
    assert!(!password.text.contains("correct") && !password.text.contains("horse"), "{}", password.text);
}

#[tokio::test]
async fn what_the_cluster_refuses_is_one_error() {
    let namespace = Namespace::create();
    let folder = tempfile::tempdir().expect("a folder for a manifest");
    let file = folder.path().join("service.yaml");
    std::fs::write(&file, "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 99999}]}\n")
        .unwrap();
    let path = file.display().to_string();
    let answer = run(&render(), &["diff", &path, "--cluster", "--namespace", &namespace.name]);
    assert_eq!(answer.status, Some(2), "{}", answer.text);
    let wanted = "Error: the cluster refuses Service web: Service \"web\" is invalid: ";
    assert!(answer.text.starts_with(wanted) && answer.text.trim().lines().count() == 1, "{}", answer.text);
}

#[tokio::test]
async fn a_cluster_that_cannot_be_reached_is_one_error_in_bounded_time() {
    // Nobody listens at the first address; at the second one packets are lost.
    for address in ["https://127.0.0.1:1", "https://10.255.255.1"] {
        let folder = tempfile::tempdir().expect("a folder for a kubeconfig");
        let config = folder.path().join("config");
        let text = format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: a\nclusters: [{{name: a, cluster: {{server: '{address}'}}}}]\n\
             contexts: [{{name: a, context: {{cluster: a, user: a}}}}]\nusers: [{{name: a, user: {{token: b}}}}]\n"
        );
        std::fs::write(&config, text).unwrap();
        let start = Instant::now();
        let mut command = Command::new(render());
        command
            .arg("diff")
            .arg(repository().join("chart"))
            .args(["--cluster", "--timeout=3"])
            .env("KUBECONFIG", &config);
        let output = command.stdin(Stdio::null()).output().expect("render can be started");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.starts_with(&format!("Error: the cluster {address}")), "{told}");
        assert_eq!((output.status.code(), told.lines().count()), (Some(2), 1), "{told}");
        assert!(start.elapsed() < Duration::from_secs(30), "wanted an answer in time, met {:?}", start.elapsed());
    }
}
