//! What an upgrade deletes although somebody may want to keep it.

use super::pair::Report;
use crate::changes::Change;
use crate::{Object, Rule};

pub(crate) const DELETES_DATA: Rule = Rule {
    id: "deletes-data",
    summary: "An upgrade deletes what holds data: a PersistentVolumeClaim, a PersistentVolume, a Namespace, a CustomResourceDefinition, or a StatefulSet that deletes its claims with itself.",
    reason: "With a claim goes its volume, with a Namespace all in it, with a definition all of its objects.",
    allow: "When the data is no longer needed; the annotation `helm.sh/resource-policy: keep`, in the release before, keeps it.",
};

/// What an upgrade leaves although the new release does not have it.
pub(crate) fn is_kept(object: &Object) -> bool {
    object.annotation("helm.sh/resource-policy") == Some("keep")
}

pub(super) fn check(change: &Change<'_>, report: &mut Report) {
    let (Some(object), Some(index)) = (change.old, change.indices.0) else { return };
    let lost = match (object.group(), object.kind.as_str()) {
        ("", "PersistentVolumeClaim") => "its volume and all that is on it",
        ("", "PersistentVolume") => "what says where the data is",
        ("", "Namespace") => "all that is in it",
        ("apiextensions.k8s.io", "CustomResourceDefinition") => "all objects of its kind",
        ("apps", "StatefulSet") if deletes_claims(object) => "the claims of its pods",
        _ => return,
    };
    if !is_kept(object) {
        report.old_warning(&DELETES_DATA, (index, object), format!("is deleted, and {lost} with it"));
    }
}

pub(super) fn deletes_claims(set: &Object) -> bool {
    set.text("/spec/persistentVolumeClaimRetentionPolicy/whenDeleted") == Some("Delete")
        && set.at("/spec/volumeClaimTemplates").is_some()
}
