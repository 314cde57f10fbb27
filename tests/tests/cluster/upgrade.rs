//! What `render upgrade` calls refused the API server refuses, and it admits the rest: for every fixture of its rules.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use mythoughts_tests::cluster::command::{Answer, kubectl, render, run, succeed};
use mythoughts_tests::cluster::{Namespace, repository};
use serde_json::Value as Json;

const AFTER: &str = "# The release after it:\n";
/// Of what happens to a claim that is bound, or to what Helm alone decides, a dry run of one object tells nothing.
const NOT_ASKED: [&str; 6] = [
    "deletes-data",
    "leaves-data",
    "definition-not-upgraded",
    "hook-before-upgrade",
    "stale-configuration",
    "grown-claim",
];

#[tokio::test]
async fn the_api_server_refuses_what_the_rules_refuse_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder for manifests");
    let mut wrong = Vec::new();
    let mut asked = 0;
    for fixture in fixtures() {
        let namespace = Namespace::without_security();
        let text = fs::read_to_string(&fixture).expect("a fixture can be read");
        let (before, after) = text.split_once(AFTER).expect("a fixture has two releases");
        let objects = |text: &str| -> Vec<Json> { split(text, &namespace.name) };
        let (old, new) = (objects(before), objects(after));
        let files = [write(folder.path(), "old.json", &old), write(folder.path(), "new.json", &new)];
        namespace.kubectl(&["apply", "--server-side", "--filename", &files[0]]);
        let report = upgrade(&namespace.name, &files);
        let (refused, unsure) = (found(&report, "error"), found(&report, "warning"));
        for object in &new {
            let file = write(folder.path(), "one.json", std::slice::from_ref(object));
            let answer = dry_run(&namespace.name, &file);
            if unsure.contains(&title(object)) {
                continue;
            }
            asked += 1;
            if answer.success == refused.contains(&title(object)) {
                let name = fixture.file_name().unwrap_or_default().display();
                wrong.push(format!("{name}: {}: {}", title(object), answer.text.trim()));
            }
        }
        // Objects of the whole cluster do not go with the namespace.
        run(&kubectl(), &["delete", "--namespace", &namespace.name, "--wait=false", "--filename", &files[0]]);
    }
    assert!(asked > 40, "wanted to ask of many objects, met {asked}");
    assert!(wrong.is_empty(), "wanted the server's verdicts, met others of:\n{}", wrong.join("\n"));
}

fn fixtures() -> Vec<PathBuf> {
    let folder = repository().join("render/validate/tests/upgrades");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a fixture").path()).collect();
    files.retain(|file| {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        !NOT_ASKED.iter().any(|rule| name.starts_with(rule))
    });
    files.sort();
    files
}

/// The objects of a text, in a namespace where it says so itself.
fn split(text: &str, namespace: &str) -> Vec<Json> {
    let file = tempfile::NamedTempFile::new().expect("a file for manifests");
    let text = text.replace("namespace: default", &format!("namespace: {namespace}"));
    fs::write(file.path(), text).expect("manifests can be written");
    let path = file.path().display().to_string();
    let command = ["create", "--dry-run=client", "--validate=false", "--output=json", "--filename", &path];
    let printed = succeed(&kubectl(), &[&["--namespace", namespace], &command[..]].concat());
    let objects =
        serde_json::Deserializer::from_str(&printed).into_iter().map(|json| json.expect("kubectl prints JSON"));
    objects.flat_map(|json: Json| json["items"].as_array().cloned().unwrap_or_else(|| vec![json])).collect()
}

fn write(folder: &Path, name: &str, objects: &[Json]) -> String {
    let path = folder.join(name);
    let list = serde_json::json!({"apiVersion": "v1", "kind": "List", "items": objects});
    fs::write(&path, list.to_string()).expect("manifests can be written");
    path.display().to_string()
}

/// What `render upgrade` reports.
fn upgrade(namespace: &str, [old, new]: &[String; 2]) -> Json {
    let answer = run(&render(), &["upgrade", old, new, "--namespace", namespace, "--format=json"]);
    serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {}", answer.text))
}

/// The objects that there are findings of, of one severity.
fn found(report: &Json, severity: &str) -> BTreeSet<String> {
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let found = findings.iter().filter(|finding| finding["severity"] == severity);
    found.map(|finding| format!("{} {}", text(&finding["object"]["kind"]), text(&finding["object"]["name"]))).collect()
}

fn dry_run(namespace: &str, file: &str) -> Answer {
    let flags = ["apply", "--server-side", "--force-conflicts", "--dry-run=server", "--filename", file];
    run(&kubectl(), &[&["--namespace", namespace], &flags[..]].concat())
}

fn title(object: &Json) -> String {
    format!("{} {}", text(&object["kind"]), text(&object["metadata"]["name"]))
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_default()
}
