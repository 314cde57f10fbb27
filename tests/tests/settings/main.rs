//! The chart beside the services' settings: each variable and file that a pod gets is one its service's `Config` reads,
//! and each that `Config` requires is given.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is how a test fails")]

mod faults;
mod pod;
mod rendered;
mod service;

use std::collections::BTreeSet;

use pod::pods;
use rendered::{objects, values_files};
use service::Service;

/// Settings that no values file gives: of which services, and why.
const NOT_GIVEN: [(&str, &[&str], &str); 2] = [
    ("SQLITE_PATH", &["thoughts", "users"], "the chart runs PostgreSQL: a file would be each pod's own"),
    ("JWT_PUBLIC_KEY_FILE", &["thoughts", "frontend"], "the keys come from the JWKS of users, which follows rotations"),
];

#[test]
fn every_pod_gets_what_its_service_reads() {
    let mut problems = Vec::new();
    for file in values_files() {
        let objects = objects(file.as_deref());
        let pods = pods(&objects);
        let services: BTreeSet<_> = pods.iter().map(|pod| &pod.component).collect();
        assert_eq!(services.len(), 3, "{file:?}: the pods of the three services");
        for pod in pods {
            let service = Service::of(&pod.component);
            problems.extend(service.problems(&pod).into_iter().map(|problem| format!("{file:?}: {problem}")));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_setting_is_given_by_some_values_file_or_is_left_out_for_a_reason() {
    let mut given = BTreeSet::new();
    for file in values_files() {
        for pod in pods(&objects(file.as_deref())) {
            let names = pod.variables.keys().map(|name| service::setting(&pod.component, name));
            given.extend(names.map(|name| (pod.component.clone(), name)));
        }
    }
    for service in Service::ALL {
        for name in service.settings() {
            let reason =
                NOT_GIVEN.iter().any(|(known, services, _)| *known == name && services.contains(&service.name));
            let is_given = given.contains(&(service.name.to_owned(), name.clone()));
            assert_ne!(is_given, reason, "{} {name}: given, or left out for a reason", service.name);
        }
    }
}

#[test]
fn the_test_pod_gets_what_its_script_reads() {
    let objects = objects(None);
    let pod = objects.iter().find(|object| object["kind"] == "Pod").expect("the pod of helm test");
    let container = &pod["spec"]["containers"][0];
    let script = container["command"][2].as_str().expect("a script");
    let names: BTreeSet<_> =
        container["env"].as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap()).collect();
    for name in &names {
        assert!(
            script.contains(&format!("\"${name}\"")) || script.contains(&format!("<\"${name}\"")),
            "{name} is not read"
        );
    }
    let read = script
        .split("\"$")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_ascii_uppercase() && c != '_').next().unwrap());
    for name in read.filter(|name| name.len() > 1) {
        assert!(names.contains(name), "{name} is not given");
    }
}
