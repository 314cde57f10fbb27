//! Claims and the volumes that they name.

use crate::Rule;
use crate::model::{Field, Quantity, Report, View};

pub(crate) const VOLUME_MISMATCH: Rule = Rule {
    id: "volume-mismatch",
    summary: "A claim names a PersistentVolume that the set does not have, or that has another class, less storage, or not its access modes.",
    reason: "The claim is never bound, and its pods are never scheduled.",
    allow: "When a person makes the volume.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for claim in view.of_kind("", "PersistentVolumeClaim") {
        let Some(at) = claim.at(&["spec", "volumeName"]) else { continue };
        let Some(name) = at.str().filter(|name| !name.is_empty()) else { continue };
        match view.find_of_cluster("", "PersistentVolume", name) {
            Some(volume) => fits(claim, volume, report),
            None => {
                let names = view.of_kind("", "PersistentVolume").map(|volume| volume.object.name.as_str());
                let message = format!("the set has no PersistentVolume {name}{}", View::hint(names, name));
                report.missing(&VOLUME_MISMATCH, &at, message);
            }
        }
    }
}

fn fits(claim: &Field<'_>, volume: &Field<'_>, report: &mut Report) {
    let title = volume.title();
    // Without one a claim may be given that of the cluster.
    if let Some(wanted) = class(claim).filter(|wanted| *wanted != class(volume).unwrap_or_default()) {
        let message = format!("the class is {wanted:?}, but that of {title} {:?}", class(volume).unwrap_or_default());
        report.error(&VOLUME_MISMATCH, &claim.or_self(&["spec", "storageClassName"]), message);
    }
    let asked = size(claim, &["spec", "resources", "requests", "storage"]);
    if let (Some((asked, at)), Some((most, held))) = (asked, size(volume, &["spec", "capacity", "storage"]))
        && asked > most
    {
        let message = format!("{} is requested, but {title} holds {}", at.value(), held.value());
        report.error(&VOLUME_MISMATCH, &at, message);
    }
    let modes = volume.items(&["spec", "accessModes"]);
    let has = |mode: &Field<'_>| modes.iter().any(|own| own.str() == mode.str());
    for mode in claim.items(&["spec", "accessModes"]).iter().filter(|mode| !has(mode)) {
        report.error(&VOLUME_MISMATCH, mode, format!("{title} does not have the access mode {}", mode.value()));
    }
}

fn class<'a>(of: &Field<'a>) -> Option<&'a str> {
    of.at(&["spec", "storageClassName"])?.str()
}

fn size<'a>(of: &Field<'a>, path: &[&str]) -> Option<(Quantity, Field<'a>)> {
    let at = of.at(path)?;
    Some((Quantity::of(at.value())?, at))
}
