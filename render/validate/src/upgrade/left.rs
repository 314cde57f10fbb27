//! Volumes that stay behind.

use serde_json::Value as Json;

use super::pair::{Pair, Report};
use crate::changes::{Change, Kind};
use crate::model::{Field, Workload};
use crate::references::uses;
use crate::{Object, Rule, Set};

use super::deleted::{deletes_claims, is_kept};

pub(crate) const LEAVES_DATA: Rule = Rule {
    id: "leaves-data",
    summary: "A StatefulSet goes, be it for one of another name, or one of its claim templates does, and the volumes of its pods are left behind.",
    reason: "The claims carry the names of the template and of the StatefulSet: pods of another name start with empty volumes.",
    allow: "When the data is no longer needed, or is copied.",
};

/// A StatefulSet that goes.
pub(super) fn deleted(change: &Change<'_>, all: &[Change<'_>], new: &Set, report: &mut Report) {
    let (Some(object), Some(index)) = (change.old, change.indices.0) else { return };
    if !is_stateful(object) || is_kept(object) || deletes_claims(object) {
        return;
    }
    let left: Vec<_> = templates(object).filter(|template| !is_used(object, template, new)).collect();
    let Some(first) = left.first() else { return };
    let heir = all
        .iter()
        .filter(|other| other.kind() == Kind::Made && is_stateful(other.object))
        .find(|other| templates(other.object).any(|template| left.contains(&template)));
    let heir = heir.map(|heir| format!(", and {} starts with empty ones", heir.object)).unwrap_or_default();
    let message =
        format!("is deleted: its volumes are left behind, of the claims {first}-{}-0 and so on{heir}", object.name);
    report.old_warning(&LEAVES_DATA, (index, object), message);
}

/// A StatefulSet that loses a template, which Kubernetes lets it do only by being made anew.
pub(super) fn check(pair: &Pair<'_>, report: &mut Report) {
    if !is_stateful(pair.old) {
        return;
    }
    let field = pair.under(&["spec", "volumeClaimTemplates"]).next();
    let lost = templates(pair.old).find(|template| !templates(pair.new).any(|other| other == *template));
    if let (Some(lost), Some(field)) = (lost, field) {
        let message = format!(
            "loses the claim template {lost}: the volumes of {lost}-{}-0 and so on are left behind",
            pair.old.name
        );
        report.warning(&LEAVES_DATA, pair, field, message);
    }
}

fn is_stateful(object: &Object) -> bool {
    object.group() == "apps" && object.kind == "StatefulSet"
}

/// The names of a StatefulSet's claim templates.
fn templates(object: &Object) -> impl Iterator<Item = &str> {
    let templates = object.at("/spec/volumeClaimTemplates").and_then(Json::as_array).into_iter().flatten();
    templates.filter_map(|template| template.pointer("/metadata/name")?.as_str())
}

/// Whether a workload of the new set asks for a claim of a template by its name.
fn is_used(object: &Object, template: &str, new: &Set) -> bool {
    let prefix = format!("{template}-{}-", object.name);
    let roots = new.objects().iter().enumerate().map(|(index, object)| Field::root(index, object));
    roots.filter_map(|root| Workload::of(&root)).any(|workload| {
        uses(&workload).iter().any(|used| used.kind == "PersistentVolumeClaim" && used.name.starts_with(&prefix))
    })
}
