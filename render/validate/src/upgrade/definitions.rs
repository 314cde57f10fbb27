//! Definitions of custom resources.

use serde_json::Value as Json;

use super::pair::{Pair, Report};
use crate::allow::allows;
use crate::changes::{Change, Kind};
use crate::compare::Field;
use crate::{Object, Path, Rule};

pub(crate) const STORED_VERSION: Rule = Rule {
    id: "stored-version",
    summary: "A CustomResourceDefinition loses the version that its objects are stored in.",
    reason: "Kubernetes refuses the change, and the upgrade fails: it could no longer read what is there.",
    allow: "When all objects were stored anew and status.storedVersions no longer has the version.",
};

pub(crate) const DEFINITION_NOT_UPGRADED: Rule = Rule {
    id: "definition-not-upgraded",
    summary: "A CustomResourceDefinition in crds/ is new or changes.",
    reason: "Helm makes what is in crds/ at an installation alone: an upgrade leaves the old definition, and objects that need the new one are refused or lose fields.",
    allow: "When the definitions are applied by `kubectl apply --server-side -f crds/` before.",
};

/// One finding about all that an upgrade leaves as it is, at the first of them.
pub(super) fn not_upgraded(changes: &[Change<'_>], report: &mut Report) {
    let is_left = |change: &&Change<'_>| {
        matches!(change.kind(), Kind::Made | Kind::Changed) && !allows(change.object, DEFINITION_NOT_UPGRADED.id)
    };
    let left: Vec<_> = changes.iter().filter(is_left).collect();
    let Some(first) = left.first() else { return };
    let what = if first.kind() == Kind::Made { "is new" } else { "changes" };
    let others = match left.len() {
        1 => String::new(),
        count => format!("; in all {count} are new or change"),
    };
    if let (Some(index), Some(object)) = (first.indices.1, first.new) {
        let path = first.fields.first().map_or_else(Path::root, |field| field.path.new_way());
        let message = format!("{what} in crds/, which Helm does not upgrade{others}");
        report.new_warning(&DEFINITION_NOT_UPGRADED, (index, object), path, message);
    }
}

pub(super) fn check(pair: &Pair<'_>, report: &mut Report) {
    if !pair.is("apiextensions.k8s.io", "CustomResourceDefinition") {
        return;
    }
    let Some(stored) = versions(pair.old).find(|version| version["storage"] == true).and_then(name) else { return };
    let is_there = versions(pair.new).filter_map(name).any(|version| version == stored);
    let field = pair.under(&["spec", "versions"]).next();
    if let (false, Some(field)) = (is_there, field) {
        lost(pair, field, stored, report);
    }
}

fn lost(pair: &Pair<'_>, field: &Field, stored: &str, report: &mut Report) {
    let message = format!("spec.versions lacks {stored}, which objects are stored in");
    report.error(&STORED_VERSION, pair, field, message);
}

fn versions(definition: &Object) -> impl Iterator<Item = &Json> {
    definition.at("/spec/versions").and_then(Json::as_array).into_iter().flatten()
}

fn name(version: &Json) -> Option<&str> {
    version["name"].as_str()
}
