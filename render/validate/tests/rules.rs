//! Each rule finds what its failing fixture says in its first lines, and nothing in its passing one.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use kubevalidate::{Finding, KubeVersion, Rule, Set, Settings, rules, upgrade, validate};

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Rules of upgrades look at two sets; `upgrades.rs` has their fixtures.
fn is_of_sets(rule: &Rule) -> bool {
    upgrade::rules().all(|other| other.id != rule.id)
}

/// The findings of a fixture, for the version and with the flags that its comments name.
fn findings(name: &str, text: &str) -> Vec<Finding> {
    let mut set = Set::new("default");
    set.read(name, text.as_bytes()).unwrap();
    let comment = |key: &str| text.lines().find_map(|line| line.strip_prefix(key));
    let kube_version = comment("# kubernetes: ").map(|version| KubeVersion::parse(version).unwrap());
    let closed = comment("# closed").is_some();
    let settings = Settings { kube_version: kube_version.unwrap_or_default(), closed, ..Settings::default() };
    validate(&set, &settings)
}

#[test]
fn every_rule_finds_what_it_is_for() {
    let mut differences = String::new();
    for rule in rules().filter(|rule| is_of_sets(rule)) {
        let name = format!("{}.fail.yaml", rule.id);
        let text = fixture(&name);
        let own = findings(&name, &text).into_iter().filter(|finding| finding.rule == rule);
        let met: Vec<String> =
            own.map(|finding| format!("# {}: {}: {}", finding.place.line, finding.severity, finding.message)).collect();
        let is_wanted =
            |line: &&str| line.starts_with("# ") && (line.contains(": error: ") || line.contains(": warning: "));
        let wanted: Vec<&str> = text.lines().filter(is_wanted).collect();
        assert!(!wanted.is_empty(), "{name}: wanted a comment such as: # 4: error: unknown field spec.port");
        if met != wanted {
            writeln!(differences, "{name}:\n{}\nwanted:\n{}\n", met.join("\n"), wanted.join("\n")).unwrap();
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn no_rule_finds_what_is_right() {
    for rule in rules().filter(|rule| is_of_sets(rule)) {
        let name = format!("{}.pass.yaml", rule.id);
        let found = findings(&name, &fixture(&name));
        let own: Vec<String> = found.iter().filter(|finding| finding.rule == rule).map(ToString::to_string).collect();
        assert!(own.is_empty(), "{name}: {own:#?}");
    }
}

#[test]
fn an_object_or_the_settings_allow_a_rule() {
    let allowed = "metadata: {name: A, annotations: {render.mythoughts/allow: 'unknown-field, invalid-name'}}";
    for (metadata, allow, count) in [
        ("metadata: {name: A}", vec![], 2),
        ("metadata: {name: A}", vec!["invalid-name".to_owned()], 1),
        (allowed, vec![], 0),
    ] {
        let mut set = Set::default();
        set.read("a", format!("apiVersion: v1\nkind: ConfigMap\n{metadata}\nb: c\n").as_bytes()).unwrap();
        assert_eq!(validate(&set, &Settings { allow, ..Settings::default() }).len(), count, "{metadata}");
    }
}

#[test]
fn what_is_no_manifest_has_a_place() {
    for (text, wanted) in [
        ("a: b\n---\n\nc: [\n", "m.yaml:4: no YAML"),
        ("---\n---\n- a\n", "m.yaml:3: wanted an object, met a list"),
        ("a: b\nc: *d\n", "m.yaml:2: no YAML: unknown anchor 'd' referenced"),
        ("---\na: b\nc: !!int d\n", "m.yaml:3: no YAML: cannot decode !!str `d` as a !!int"),
        ("a: b\nc:\n  <<: 1\n", "m.yaml:3: no YAML: map merge requires"),
        ("a: b\n? [c]\n: d\n", "m.yaml:2: no YAML: invalid map key"),
        ("a: b\nc: 'd' e\n", "m.yaml:2: no YAML: did not find expected key"),
    ] {
        let error = Set::default().read("m.yaml", text.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(wanted), "{text:?}: {error}");
    }
}
