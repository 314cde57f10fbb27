//! Claims and volumes.

use serde_json::Value as Json;

use super::pair::{Pair, Report, from_to, touches};
use crate::compare::Field;
use crate::model::Quantity;
use crate::{Rule, Set};

pub(crate) const IMMUTABLE_CLAIM: Rule = Rule {
    id: "immutable-claim",
    summary: "The spec of a PersistentVolumeClaim changes, in something else than more storage, or asks for less storage.",
    reason: "Kubernetes refuses the change, and the upgrade fails.",
    allow: "Never: make another claim, and copy what is in the volume.",
};

pub(crate) const GROWN_CLAIM: Rule = Rule {
    id: "grown-claim",
    summary: "A PersistentVolumeClaim asks for more storage, and the set has no StorageClass that lets its volumes grow.",
    reason: "Kubernetes refuses the change unless the claim is bound and its class has allowVolumeExpansion.",
    allow: "When the class of the cluster lets volumes grow.",
};

pub(crate) const IMMUTABLE_VOLUME: Rule = Rule {
    id: "immutable-volume",
    summary: "A PersistentVolume changes where it is: its source, its volumeMode or its nodeAffinity.",
    reason: "Kubernetes refuses the change, and the upgrade fails.",
    allow: "When the old volume is deleted before; better, give the new one another name.",
};

const SIZE: [&str; 4] = ["spec", "resources", "requests", "storage"];

/// What may change of a PersistentVolume, if its class of attributes is left aside: all else says where it is.
const VOLUME: [&str; 7] = [
    "accessModes",
    "capacity",
    "claimRef",
    "mountOptions",
    "persistentVolumeReclaimPolicy",
    "storageClassName",
    "volumeAttributesClassName",
];

pub(super) fn check(pair: &Pair<'_>, new: &Set, report: &mut Report) {
    if pair.is("", "PersistentVolumeClaim") {
        for field in pair.under(&["spec"]).filter(|field| !touches(field, &["spec", "volumeAttributesClassName"])) {
            claim(pair, field, new, report);
        }
    } else if pair.is("", "PersistentVolume") {
        for field in pair.under(&["spec"]) {
            volume(pair, field, report);
        }
    }
}

fn claim(pair: &Pair<'_>, field: &Field, new: &Set, report: &mut Report) {
    let amount = |value: &Option<Json>| value.as_ref().and_then(Quantity::of);
    // Which class the cluster gave to a claim without one is not known, nor to which volume it was bound.
    let may_be_the_same = ["storageClassName", "volumeName"];
    if touches(field, &SIZE) {
        match (amount(&field.old), amount(&field.new)) {
            (Some(old), Some(larger)) if larger > old => grown(pair, field, new, report),
            _ => report.refused(&IMMUTABLE_CLAIM, pair, field),
        }
    } else if field.old.is_none() && may_be_the_same.iter().any(|key| touches(field, &["spec", key])) {
        let message = format!("{} must be what the claim has in the cluster, met {}", field.path, told(field));
        report.warning(&IMMUTABLE_CLAIM, pair, field, message);
    } else {
        report.refused(&IMMUTABLE_CLAIM, pair, field);
    }
}

fn told(field: &Field) -> String {
    field.new.as_ref().map(Json::to_string).unwrap_or_default()
}

fn grown(pair: &Pair<'_>, field: &Field, new: &Set, report: &mut Report) {
    let class = pair.new.text("/spec/storageClassName").and_then(|name| new.find_of_cluster("StorageClass", name));
    let may_grow = class.and_then(|class| class.at("/allowVolumeExpansion")).and_then(Json::as_bool);
    match may_grow {
        Some(true) => {}
        Some(false) => report.refused(&IMMUTABLE_CLAIM, pair, field),
        None => {
            let message = format!("{} grows {}, which its class must allow", field.path, from_to(field));
            report.warning(&GROWN_CLAIM, pair, field, message);
        }
    }
}

fn volume(pair: &Pair<'_>, field: &Field, report: &mut Report) {
    let can_change = VOLUME.iter().any(|key| touches(field, &["spec", key]));
    let is_first_affinity = touches(field, &["spec", "nodeAffinity"]) && field.old.is_none();
    if !can_change && !is_first_affinity {
        report.refused(&IMMUTABLE_VOLUME, pair, field);
    }
}
