//! What roles give rights to.

use crate::Rule;
use crate::model::{Field, Report, View};

pub(crate) const ROLE_RESOURCE: Rule = Rule {
    id: "role-resource",
    summary: "A role names a resource in a group that does not have it.",
    reason: "The right is never given: every such request is forbidden.",
    allow: "When an aggregated API adds the resource to the group.",
};

pub(crate) const ROLE_VERB: Rule = Rule {
    id: "role-verb",
    summary: "A role has a verb that Kubernetes does not know.",
    reason: "The right is never given: every such request is forbidden.",
    allow: "When a program checks a verb of its own.",
};

/// The resources that roles mostly name, by group.
const RESOURCES: [(&str, &[&str]); 12] = [
    (
        "",
        &[
            "configmaps",
            "endpoints",
            "events",
            "limitranges",
            "namespaces",
            "nodes",
            "persistentvolumeclaims",
            "persistentvolumes",
            "pods",
            "podtemplates",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "serviceaccounts",
            "services",
            "bindings",
            "componentstatuses",
        ],
    ),
    ("apps", &["controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"]),
    ("batch", &["cronjobs", "jobs"]),
    ("autoscaling", &["horizontalpodautoscalers"]),
    ("policy", &["poddisruptionbudgets"]),
    ("networking.k8s.io", &["ingresses", "ingressclasses", "networkpolicies", "ipaddresses", "servicecidrs"]),
    ("rbac.authorization.k8s.io", &["clusterrolebindings", "clusterroles", "rolebindings", "roles"]),
    (
        "storage.k8s.io",
        &[
            "csidrivers",
            "csinodes",
            "csistoragecapacities",
            "storageclasses",
            "volumeattachments",
            "volumeattributesclasses",
        ],
    ),
    ("coordination.k8s.io", &["leases", "leasecandidates"]),
    ("discovery.k8s.io", &["endpointslices"]),
    ("scheduling.k8s.io", &["priorityclasses"]),
    ("admissionregistration.k8s.io", &["mutatingwebhookconfigurations", "validatingwebhookconfigurations"]),
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

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for kind in ["Role", "ClusterRole"] {
        for role in view.of_kind("rbac.authorization.k8s.io", kind) {
            for rule in role.items(&["rules"]) {
                resources(&rule, report);
                verbs(&rule, report);
            }
        }
    }
}

/// One of a rule's groups must have the resource; those of others may have any.
fn resources(rule: &Field<'_>, report: &mut Report) {
    let groups: Vec<_> = rule.items(&["apiGroups"]).iter().filter_map(Field::str).collect();
    let is_known = |group: &&str| RESOURCES.iter().any(|(known, _)| known == group);
    for at in rule.items(&["resources"]) {
        let Some(name) = at.str().and_then(|name| name.split('/').next()) else { continue };
        let home = RESOURCES.iter().find(|(_, resources)| resources.contains(&name));
        let all_known = !groups.is_empty() && groups.iter().all(is_known);
        match home {
            Some((home, _)) if all_known && !groups.contains(home) => {
                let home = if home.is_empty() { "the core group, \"\"" } else { home };
                report.warning(&ROLE_RESOURCE, &at, format!("{name} is in {home}, not in {}", shown(&groups)));
            }
            None if all_known && !name.contains('*') => near(&at, name, &groups, report),
            _ => {}
        }
    }
    for at in rule.items(&["apiGroups"]) {
        let Some(group) = at.str().filter(|group| !is_known(group)) else { continue };
        let hint = View::hint(RESOURCES.iter().map(|(known, _)| *known).filter(|known| known.len() > 3), group);
        if !hint.is_empty() {
            report.warning(&ROLE_RESOURCE, &at, format!("there is no group {group}{hint}"));
        }
    }
}

fn near(at: &Field<'_>, name: &str, groups: &[&str], report: &mut Report) {
    let known =
        RESOURCES.iter().filter(|(group, _)| groups.contains(group)).flat_map(|(_, resources)| resources.iter());
    let hint = View::hint(known.copied(), name);
    if !hint.is_empty() {
        report.warning(&ROLE_RESOURCE, at, format!("no resource {name} is in {}{hint}", shown(groups)));
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
