//! Single faults in sound manifests: each is found, by its rule, and nothing else is.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{Finding, Set, Settings, Severity, arithmetic, reach, references, validate};

const SHOP: &str = include_str!("../tests/faults/shop.yaml");
const FAULTS: &str = include_str!("../tests/faults/shop-faults.yaml");

fn findings(text: &str, settings: &Settings) -> Vec<Finding> {
    let mut set = Set::new("shops");
    set.read("shop.yaml", text.as_bytes()).unwrap();
    let mut findings = validate(&set, settings);
    // Nobody told what a ServiceMonitor is.
    findings.retain(|finding| finding.rule.id != "unknown-kind");
    findings
}

fn faults() -> Vec<Value> {
    let faults = goyaml::to_json(FAULTS.as_bytes()).unwrap();
    faults.as_array().unwrap().clone()
}

/// The text of a fault's key.
fn text<'a>(fault: &'a Value, key: &str) -> Option<&'a str> {
    fault.get(key)?.as_str()
}

fn edit(shop: &str, find: &str, put: &str) -> String {
    assert_eq!(shop.matches(find).count(), 1, "{find}");
    shop.replacen(find, put, 1)
}

fn faulty(fault: &Value) -> String {
    let shop = edit(SHOP, text(fault, "find").unwrap(), text(fault, "put").unwrap());
    match (text(fault, "also"), text(fault, "then")) {
        (Some(also), Some(then)) => edit(&shop, also, then),
        _ => shop,
    }
}

fn listed(findings: &[Finding]) -> String {
    findings.iter().map(|finding| format!("  {finding}")).collect::<Vec<_>>().join("\n")
}

#[test]
fn sound_manifests_have_no_findings_even_as_a_whole() {
    for closed in [false, true] {
        let findings = findings(SHOP, &Settings { closed, ..Settings::default() });
        assert!(findings.is_empty(), "{}", listed(&findings));
    }
}

#[test]
fn each_fault_is_found_and_nothing_else_is() {
    let mut wrong = Vec::new();
    for fault in faults() {
        let (rule, level) = (text(&fault, "rule").unwrap(), text(&fault, "level").unwrap_or("error"));
        let found = findings(&faulty(&fault), &Settings::default());
        let own = found.iter().any(|finding| finding.rule.id == rule && finding.severity.to_string() == level);
        let with: Vec<_> = text(&fault, "with").unwrap_or_default().split(' ').collect();
        let other = found.iter().any(|finding| finding.rule.id != rule && !with.contains(&finding.rule.id));
        if !own || other {
            wrong.push(format!("{rule} ({level}): {:?}\n{}", text(&fault, "put"), listed(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_rule_has_a_fault() {
    let faults = faults();
    let shown: BTreeSet<_> = faults.iter().filter_map(|fault| text(fault, "rule")).collect();
    let rules: BTreeSet<_> =
        [references::RULES, arithmetic::RULES, reach::RULES].concat().iter().map(|rule| rule.id).collect();
    let missing: Vec<_> = rules.difference(&shown).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn an_object_or_a_person_allows_a_rule() {
    let find = "metadata: {name: stock}\nspec:\n  minAvailable: 2\n";
    let put = "metadata: {name: stock, annotations: {render.mythoughts/allow: budget-blocks-drain}}\nspec:\n  minAvailable: 3\n";
    assert!(findings(&edit(SHOP, find, put), &Settings::default()).is_empty());
    let blocked = edit(SHOP, "minAvailable: 2\n", "minAvailable: 3\n");
    let allow = vec!["budget-blocks-drain".to_owned()];
    assert!(findings(&blocked, &Settings { allow, ..Settings::default() }).is_empty());
}

#[test]
fn what_is_missing_is_an_error_when_the_set_is_whole() {
    let shop = edit(SHOP, "secretName: shop-tls", "secretName: other-tls");
    let severity = |closed| {
        let findings = findings(&shop, &Settings { closed, ..Settings::default() });
        findings.iter().map(|finding| finding.severity).collect::<Vec<_>>()
    };
    assert_eq!((severity(false), severity(true)), (vec![Severity::Warning], vec![Severity::Error]));
}

/// Every document of the shop without one of its lines, and every fault too: nothing panics.
#[test]
fn broken_manifests_are_answered() {
    let lines: Vec<_> = SHOP.lines().collect();
    for gap in 0..lines.len() {
        let text: Vec<_> = lines.iter().enumerate().filter(|(line, _)| *line != gap).map(|(_, line)| *line).collect();
        let mut set = Set::new("shops");
        if set.read("shop.yaml", text.join("\n").as_bytes()).is_ok() {
            references::check(&set, &Settings::default());
            arithmetic::check(&set, &Settings::default());
            reach::check(&set, &Settings::default());
            reach::reach(&set).mermaid();
        }
    }
}
