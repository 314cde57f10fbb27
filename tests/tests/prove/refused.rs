//! What the API server refuses of single faults, beside what `render validate` finds of them.

mod faults;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use kubevalidate::{KubeVersion, Set, Settings, Severity, validate};
use mythoughts_tests::cluster::command::kubectl;
use mythoughts_tests::cluster::repository;
use serde_json::Value as Json;

use crate::report::Report;
use faults::{Case, cases};

/// So many of the refused faults are found, in hundredths; the report tells the others.
const FOUND: usize = 97;
/// As many of the others as a report shows, by kind and field.
const SHOWN: usize = 60;

#[test]
fn refused() {
    let promise = "Sound objects of many kinds, each with one fault: of those that the API server refuses, by a dry run, \
        render validate finds nearly all by the schema of one object alone.";
    let mut report = Report::begin("refused", promise);
    let text = fs::read_to_string(repository().join("tests/tests/prove/refused/objects.yaml")).unwrap();
    let (mut tried, mut refused, mut found) = (0, 0, 0);
    let mut missed = BTreeMap::<String, usize>::new();
    for document in text.split("\n---\n") {
        let object = goyaml::to_json(document.as_bytes()).unwrap();
        let all = cases(&object, tried);
        tried += all.len();
        let folder = tempfile::tempdir().unwrap();
        write(&all, folder.path());
        let accepted = accepted(folder.path());
        let told = told(&all);
        assert!(accepted.contains(&all[0].name), "the sound {} is refused", object["kind"]);
        for case in all.iter().filter(|case| !accepted.contains(&case.name)) {
            refused += 1;
            if told[&case.name].is_subset(&told[&all[0].name]) {
                let field = case.what.split(" is ").next().unwrap_or_default();
                *missed.entry(field.to_owned()).or_default() += 1;
            } else {
                found += 1;
            }
        }
    }
    report.figure("objects, each with one fault", tried);
    report.figure("refused by the API server", refused);
    report.figure("of these found by render validate", format!("{found}, {} %", found * 100 / refused));
    for (field, count) in missed.iter().take(SHOWN) {
        report.figure(format!("not found: {field}"), count);
    }
    assert!(found * 100 >= refused * FOUND, "wanted {FOUND} % to be found, met {found} of {refused}");
}

fn write(all: &[Case], folder: &Path) {
    for case in all {
        fs::write(folder.join(format!("{}.json", case.name)), case.object.to_string()).unwrap();
    }
}

/// The names of the objects that the API server would take.
fn accepted(folder: &Path) -> BTreeSet<String> {
    let arguments = ["create", "--dry-run=server", "--filename"];
    let output = Command::new(kubectl()).args(arguments).arg(folder).output().expect("kubectl can be started");
    let lines = String::from_utf8_lossy(&output.stdout);
    let lines = lines.lines().filter_map(|line| line.strip_suffix(" created (server dry run)"));
    lines.filter_map(|line| line.rsplit_once('/')).map(|(_, name)| name.chars().take(6).collect()).collect()
}

/// The errors that `render validate` finds in each by itself.
fn told(all: &[Case]) -> BTreeMap<String, BTreeSet<String>> {
    let settings = Settings { kube_version: KubeVersion::parse("1.34").unwrap(), ..Settings::default() };
    let of = |case: &Case| {
        let mut set = Set::default();
        set.read(&case.name, case.object.to_string().as_bytes()).unwrap();
        let findings = validate(&set, &settings).into_iter();
        let errors = findings.filter(|finding| finding.severity == Severity::Error);
        errors.map(|finding| format!("{} {}", finding.rule.id, finding.message.replace(&case.name, "NAME"))).collect()
    };
    all.iter().map(|case| (case.name.clone(), of(case))).collect()
}

#[test]
fn a_fault_is_one_in_one_place() {
    let object: Json =
        serde_json::json!({"kind": "Pod", "metadata": {"name": "NAME", "labels": {"a/b": "c"}}, "spec": {"n": 1}});
    let all = cases(&object, 7);
    assert_eq!((all[0].name.as_str(), all[0].what.as_str()), ("c00007", "Pod: sound"));
    assert!(all.iter().any(|case| case.what == "Pod: without metadata.labels.a~1b"));
    assert!(all.iter().any(|case| case.what == "Pod: spec.n is -1" && case.object["spec"]["n"] == -1));
    assert!(all.iter().all(|case| case.object["metadata"]["name"] == case.name.as_str()));
}
