//! What roles give rights to.

use std::collections::BTreeMap;

use crate::model::{Field, Report, View};
use crate::{KubeVersion, Rule, schema};

pub(crate) const ROLE_RESOURCE: Rule = Rule {
    id: "role-resource",
    summary: "A role names a resource in a group that does not have it in that version of Kubernetes, or a group that there is not.",
    reason: "The right is never given: every such request is forbidden.",
    allow: "When an aggregated API adds the resource to the group.",
};

pub(crate) const ROLE_VERB: Rule = Rule {
    id: "role-verb",
    summary: "A role has a verb that Kubernetes does not know.",
    reason: "The right is never given: every such request is forbidden.",
    allow: "When a program checks a verb of its own.",
};

/// Verbs about what no group lists: users, signers, policies that are gone.
const OTHER_VERBS: [&str; 5] = ["use", "impersonate", "approve", "sign", "attest"];

/// The parts that resources have.
const PARTS: [&str; 19] = [
    "approval",
    "attach",
    "binding",
    "ephemeralcontainers",
    "eviction",
    "exec",
    "finalize",
    "finalizers",
    "log",
    "metrics",
    "portforward",
    "proxy",
    "resize",
    "scale",
    "spec",
    "stats",
    "status",
    "token",
    "configz",
];

const VERBS: [&str; 16] = [
    "*",
    "get",
    "list",
    "watch",
    "create",
    "update",
    "patch",
    "delete",
    "deletecollection",
    "use",
    "bind",
    "escalate",
    "impersonate",
    "approve",
    "sign",
    "attest",
];
/// What addresses that are no resources are asked by.
const METHODS: [&str; 3] = ["head", "options", "post"];

pub(super) fn check(view: &View<'_>, version: KubeVersion, report: &mut Report) {
    let mut known = Known::new();
    for kind in ["Role", "ClusterRole"] {
        for role in view.of_kind("rbac.authorization.k8s.io", kind) {
            for rule in role.items(&["rules"]) {
                if known.is_empty() {
                    known = schema::resources(version);
                }
                groups(&rule, &known, report);
                addresses(&rule, report);
                resources(&rule, &known, report);
                verbs(&rule, report);
            }
        }
    }
}

/// The resources of Kubernetes' own groups.
type Known = BTreeMap<&'static str, Vec<String>>;

fn groups(rule: &Field<'_>, known: &Known, report: &mut Report) {
    for at in rule.items(&["apiGroups"]) {
        let Some(group) = at.str().filter(|group| !known.contains_key(group)) else { continue };
        if let Some((inner, _)) = group.split_once('/') {
            report.warning(&ROLE_RESOURCE, &at, format!("there is no group {group}, did you mean {inner:?}?"));
            continue;
        }
        let hint = View::hint(known.keys().copied().filter(|known| known.len() > 3), group);
        if !hint.is_empty() {
            report.warning(&ROLE_RESOURCE, &at, format!("there is no group {group}{hint}"));
        }
    }
}

/// What is no resource is a path.
fn addresses(rule: &Field<'_>, report: &mut Report) {
    for at in rule.items(&["nonResourceURLs"]) {
        if let Some(path) = at.str().filter(|path| !path.starts_with(['/', '*'])) {
            report.warning(&ROLE_RESOURCE, &at, format!("{path} is no path, which begins with /"));
        }
    }
}

/// One of a rule's groups must have the resource; those that are not Kubernetes' own may have any.
fn resources(rule: &Field<'_>, known: &Known, report: &mut Report) {
    let groups: Vec<_> = rule.items(&["apiGroups"]).iter().filter_map(Field::str).collect();
    let verbs = rule.items(&["verbs"]);
    let is_other = verbs.iter().filter_map(Field::str).any(|verb| OTHER_VERBS.contains(&verb));
    if groups.is_empty() || is_other || !groups.iter().all(|group| known.contains_key(group)) {
        return;
    }
    for at in rule.items(&["resources"]) {
        let Some(name) = at.str().and_then(|name| name.split('/').next()).filter(|name| *name != "*") else { continue };
        part(&at, report);
        let has = |group: &str| known.get(group).is_some_and(|resources| resources.iter().any(|own| own == name));
        if groups.iter().any(|group| has(group)) {
            continue;
        }
        let message = match known.keys().find(|group| has(group)) {
            Some(&"") => format!("{name} is in the core group, \"\", not in {}", shown(&groups)),
            Some(home) => format!("{name} is in {home}, not in {}", shown(&groups)),
            None => {
                let near = groups.iter().filter_map(|group| known.get(group)).flatten().map(String::as_str);
                format!("no resource {name} is in {}{}", shown(&groups), View::hint(near, &name.to_ascii_lowercase()))
            }
        };
        report.warning(&ROLE_RESOURCE, &at, message);
    }
}

/// A part of a resource that is likely a slip.
fn part(at: &Field<'_>, report: &mut Report) {
    let Some((_, part)) = at.str().and_then(|name| name.split_once('/')) else { return };
    let hint = View::hint(PARTS.into_iter().filter(|known| known.len() > 2), part);
    if !hint.is_empty() && !PARTS.contains(&part) {
        report.warning(&ROLE_RESOURCE, at, format!("no resource has a part {part}{hint}"));
    }
}

fn shown(groups: &[&str]) -> String {
    groups.iter().map(|group| format!("{group:?}")).collect::<Vec<_>>().join(", ")
}

fn verbs(rule: &Field<'_>, report: &mut Report) {
    let is_resource = !rule.items(&["resources"]).is_empty();
    for at in rule.items(&["verbs"]) {
        let Some(verb) = at.str() else { continue };
        if VERBS.contains(&verb) || METHODS.contains(&verb) && !is_resource {
            continue;
        }
        let small = verb.to_ascii_lowercase();
        let hint = match VERBS.iter().find(|known| **known == small) {
            Some(known) => format!(", did you mean {known}?"),
            None => View::hint(VERBS.into_iter().filter(|known| known.len() > 2), verb),
        };
        // Verbs of their own are for programs' own resources.
        let message = format!("there is no verb {verb}{hint}");
        if !hint.is_empty() {
            report.warning(&ROLE_VERB, &at, message);
        }
    }
}
