//! Each rule of upgrades finds what its failing fixture says in its first lines, and nothing in its passing one. In a
//! fixture the release before stands above the line `# The release after it:`, and the one after below.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use kubevalidate::upgrade::{Manner, Method, Release, Upgrade, rules, upgrade};
use kubevalidate::{Set, Settings};

const AFTER: &str = "# The release after it:\n";

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/upgrades").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The two sets of a text, and whether their objects are in crds/.
fn sets(name: &str, text: &str) -> (Set, Set, bool) {
    let (before, after) = text.split_once(AFTER).unwrap_or_else(|| panic!("{name}: wanted a line {AFTER}"));
    let (mut old, mut new) = (Set::default(), Set::default());
    old.read(name, before.as_bytes()).unwrap();
    new.read_from(name, before.lines().count() + 2, after.as_bytes()).unwrap();
    (old, new, text.contains("# In crds/.\n"))
}

fn with_upgrade<T>(name: &str, text: &str, settings: &Settings, look: impl FnOnce(&Upgrade<'_>) -> T) -> T {
    let (old, new, is_definition) = sets(name, text);
    let all = |set: &Set| -> BTreeSet<usize> { (0..set.objects().len()).filter(|_| is_definition).collect() };
    let (old_definitions, new_definitions) = (all(&old), all(&new));
    let old = Release { set: &old, definitions: &old_definitions };
    let new = Release { set: &new, definitions: &new_definitions };
    look(&upgrade(old, new, Method::ServerSide, settings))
}

#[test]
fn every_rule_finds_what_it_is_for() {
    let mut differences = String::new();
    for rule in rules() {
        let name = format!("{}.fail.yaml", rule.id);
        let text = fixture(&name);
        let met: Vec<String> = with_upgrade(&name, &text, &Settings::default(), |upgrade| {
            let own = upgrade.findings.iter().filter(|finding| finding.rule == rule);
            own.map(|finding| format!("# {}: {}: {}", finding.place.line, finding.severity, finding.message)).collect()
        });
        let is_wanted =
            |line: &&str| line.starts_with("# ") && (line.contains(": error: ") || line.contains(": warning: "));
        let wanted: Vec<&str> = text.lines().filter(is_wanted).collect();
        assert!(!wanted.is_empty(), "{name}: wanted a comment such as: # 4: error: spec.selector cannot change");
        if met != wanted {
            writeln!(differences, "{name}:\n{}\nwanted:\n{}\n", met.join("\n"), wanted.join("\n")).unwrap();
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn no_rule_finds_what_is_right() {
    for rule in rules() {
        let name = format!("{}.pass.yaml", rule.id);
        with_upgrade(&name, &fixture(&name), &Settings::default(), |upgrade| {
            let own = upgrade.findings.iter().filter(|finding| finding.rule == rule);
            let own: Vec<String> = own.map(ToString::to_string).collect();
            assert!(own.is_empty(), "{name}: {own:#?}");
        });
    }
}

const WEB: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  strategy: {type: Recreate}\n  \
                   template: {spec: {containers: [{name: web, image: 'web:1', env: [{name: A}, {name: B}]}]}}\n---\n";
const HOOKS: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: late, annotations: {helm.sh/hook: 'post-upgrade, test'}}\n---\n\
                     apiVersion: v1\nkind: Pod\nmetadata: {name: second, annotations: {helm.sh/hook: pre-upgrade, helm.sh/hook-weight: '5'}}\n---\n\
                     apiVersion: v1\nkind: Pod\nmetadata: {name: first, annotations: {helm.sh/hook: pre-upgrade, helm.sh/hook-weight: '-5'}}\n---\n\
                     apiVersion: v1\nkind: Pod\nmetadata: {name: never, annotations: {helm.sh/hook: pre-install}}\n---\n";

#[test]
fn pods_are_made_anew_when_their_template_means_something_else() {
    for (old, new, why) in [
        ("web:1", "web:2", &["spec.template.spec.containers[web].image"][..]),
        ("{name: A}, {name: B}", "{name: B}, {name: A}", &["the order of a list in spec.template"]),
        ("image:", "imagePullPolicy: IfNotPresent, image:", &[]),
        ("spec:\n", "spec:\n  replicas: 3\n", &[]),
    ] {
        let text = format!("{WEB}{AFTER}{}", WEB.replacen(old, new, 1));
        with_upgrade("web", &text, &Settings::default(), |upgrade| {
            let met: Vec<_> =
                upgrade.restarts.iter().flat_map(|restart| restart.why.iter().map(String::as_str)).collect();
            assert_eq!(met, why, "{old} → {new}");
            assert!(upgrade.restarts.iter().all(|restart| restart.manner == Manner::Recreate));
        });
    }
}

#[test]
fn hooks_are_no_changes_and_run_by_phase_and_weight() {
    with_upgrade("hooks", &format!("{AFTER}{HOOKS}"), &Settings::default(), |upgrade| {
        let names: Vec<_> = upgrade.hooks.iter().map(|hook| hook.name.as_str()).collect();
        assert_eq!((names.as_slice(), upgrade.changes.len()), (&["first", "second", "late"][..], 0));
    });
}

#[test]
fn what_is_new_or_changes_is_held_against_the_schema() {
    let wrong = WEB.replace("strategy:", "strateggy:");
    let removed =
        "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {maxUnavailable: 1}\n";
    for (old, new, wanted) in [
        ("", wrong.as_str(), vec!["missing-field", "unknown-field"]),
        (wrong.as_str(), &wrong.replace("web:1", "web:2"), vec!["missing-field", "unknown-field"]),
        (wrong.as_str(), wrong.as_str(), vec![]),
        (removed, removed, vec!["removed-api"]),
    ] {
        with_upgrade("web", &format!("{old}{AFTER}{new}"), &Settings::default(), |upgrade| {
            let mut met: Vec<_> = upgrade.findings.iter().map(|finding| finding.rule.id).collect();
            met.sort_unstable();
            met.dedup();
            assert_eq!(met, wanted, "{old} → {new}");
        });
    }
}

#[test]
fn an_object_or_the_settings_allow_a_rule() {
    let text = fixture("immutable-secret-type.fail.yaml");
    let count = |text: &str, allow: &[&str]| {
        let allow = allow.iter().map(ToString::to_string).collect();
        with_upgrade("text", text, &Settings { allow, ..Settings::default() }, |upgrade| upgrade.findings.len())
    };
    assert_eq!((count(&text, &[]), count(&text, &["immutable-secret-type"])), (1, 0));
    let allowed =
        text.replace("{name: shop}", "{name: shop, annotations: {render.mythoughts/allow: immutable-secret-type}}");
    assert_eq!(count(&allowed, &[]), 0);
}
