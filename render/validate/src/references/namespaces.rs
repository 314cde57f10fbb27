//! Namespaces that objects are in.

use std::collections::HashSet;

use crate::Rule;
use crate::model::{Report, View};

pub(crate) const MISSING_NAMESPACE: Rule = Rule {
    id: "missing-namespace",
    summary: "An object is in a namespace that the set, which has others, does not have.",
    reason: "The API server refuses the object; what is looked for in its own namespace is not found.",
    allow: "When somebody else makes the namespace.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    let made: HashSet<_> = view.of_kind("", "Namespace").map(|namespace| namespace.object.name.as_str()).collect();
    if made.is_empty() {
        return;
    }
    for root in view.objects() {
        let Some(at) = root.at(&["metadata", "namespace"]) else { continue };
        let Some(name) = at.str() else { continue };
        let is_of_cluster = matches!(name, "default" | "kube-system" | "kube-public" | "kube-node-lease");
        if !is_of_cluster && !made.contains(name) {
            let message = format!("the set has no Namespace {name}{}", View::hint(made.iter().copied(), name));
            report.missing(&MISSING_NAMESPACE, &at, message);
        }
    }
}
