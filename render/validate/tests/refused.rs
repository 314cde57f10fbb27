//! Single faults for which the API server refuses an object are errors; without the fault there is none.
#![allow(clippy::unwrap_used)]

use kubevalidate::{Set, Settings, Severity, validate};
use serde_json::Value as Json;

const CASES: &str = include_str!("faults/refused.yaml");

/// The errors of what one object has for itself, with the ids of their rules.
fn errors(object: &str) -> Vec<String> {
    let mut set = Set::new("default");
    set.read("object.yaml", object.as_bytes()).unwrap();
    let findings = validate(&set, &Settings::default());
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| format!("{}: {}", finding.rule.id, finding.message)).collect()
}

#[test]
fn what_the_api_server_refuses_is_an_error() {
    let cases: Json = goyaml::to_json(CASES.as_bytes()).unwrap();
    for case in cases.as_array().unwrap() {
        let object = case["object"].as_str().unwrap();
        assert_eq!(errors(object), Vec::<String>::new(), "{object}");
        for fault in case["faults"].as_array().unwrap() {
            let (find, put) = (fault["find"].as_str().unwrap(), fault["put"].as_str().unwrap());
            assert_eq!(object.matches(find).count(), 1, "{find}");
            assert_ne!(errors(&object.replace(find, put)), Vec::<String>::new(), "{put}");
        }
    }
}
