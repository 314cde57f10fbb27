//! How the volumes of claims are given to containers: as files, or as a raw device.

use crate::Rule;
use crate::model::{Field, Report, View, Workload};

pub(crate) const VOLUME_MODE: Rule = Rule {
    id: "volume-mode",
    summary: "A container mounts a raw device as files, or gets files as a device.",
    reason: "Its pod never starts.",
    allow: "Never.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        for container in workload.containers() {
            for (key, wanted) in [("volumeMounts", "Filesystem"), ("volumeDevices", "Block")] {
                for mount in container.items(&[key]) {
                    mismatch(view, workload, &mount, key, wanted, report);
                }
            }
        }
    }
}

fn mismatch(view: &View<'_>, workload: &Workload<'_>, mount: &Field<'_>, key: &str, wanted: &str, report: &mut Report) {
    let Some(name) = mount.text("name") else { return };
    let Some(claim) = claim(view, workload, name) else { return };
    let mode = claim.text("volumeMode").unwrap_or("Filesystem");
    if mode != wanted {
        report.error(
            &VOLUME_MODE,
            mount,
            format!("{key} wants a volumeMode of {wanted}, but that of {name} is {mode}"),
        );
    }
}

/// The `spec` of the claim that is behind a pod's volume.
fn claim<'a>(view: &View<'a>, workload: &Workload<'a>, volume: &str) -> Option<Field<'a>> {
    let templates = workload.root.items(&["spec", "volumeClaimTemplates"]);
    let is_named =
        |template: &&Field<'a>| template.at(&["metadata"]).and_then(|head| head.text("name")) == Some(volume);
    if let Some(template) = templates.iter().find(is_named) {
        return template.get("spec");
    }
    let volumes = workload.pod.items(&["volumes"]);
    let volume = volumes.iter().find(|field| field.text("name") == Some(volume))?;
    let claim = volume.at(&["persistentVolumeClaim"]).and_then(|claim| claim.text("claimName"));
    match claim {
        Some(claim) => view.find("", "PersistentVolumeClaim", view.namespace(&workload.root), claim)?.get("spec"),
        None => volume.at(&["ephemeral", "volumeClaimTemplate", "spec"]),
    }
}
