//! Volumes, mounts and claims.

use std::collections::HashSet;

use super::configuration::keys;
use super::uses::uses;
use crate::Rule;
use crate::model::{Field, Report, View, Workload};

pub(crate) const MOUNT_WITHOUT_VOLUME: Rule = Rule {
    id: "mount-without-volume",
    summary: "A container mounts a volume that its pod does not have.",
    reason: "Kubernetes refuses the pod.",
    allow: "Never.",
};

pub(crate) const VOLUME_WITHOUT_MOUNT: Rule = Rule {
    id: "volume-without-mount",
    summary: "No container mounts a volume of its pod.",
    reason: "It is made and attached for nothing; likely a mount was forgotten.",
    allow: "When something injects a container that mounts it.",
};

pub(crate) const VOLUME_TWICE: Rule = Rule {
    id: "volume-twice",
    summary: "Two volumes of a pod have one name.",
    reason: "Kubernetes refuses the pod.",
    allow: "Never.",
};

pub(crate) const MOUNT_PATH_TWICE: Rule = Rule {
    id: "mount-path-twice",
    summary: "A container mounts two volumes at one path.",
    reason: "Kubernetes refuses the pod.",
    allow: "Never.",
};

pub(crate) const SUBPATH_KEY: Rule = Rule {
    id: "subpath-key",
    summary: "A mount's subPath is no key of its ConfigMap or Secret.",
    reason: "The container gets an empty folder in place of the file.",
    allow: "When something adds the key before the pod starts.",
};

pub(crate) const MISSING_CLAIM: Rule = Rule {
    id: "missing-claim",
    summary: "The set has no PersistentVolumeClaim that a pod asks for.",
    reason: "The pod is not scheduled before it is there.",
    allow: "When a person or another chart makes it.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        let volumes = workload.pod.items(&["volumes"]);
        let claims = claim_templates(workload);
        distinct(&volumes, report);
        let mut mounted = HashSet::new();
        for container in workload.containers() {
            mounts(&container, &volumes, &claims, &mut mounted, report);
        }
        unmounted(volumes.iter().chain(&claims), &mounted, report);
        for mount in workload.containers().iter().flat_map(|container| container.items(&["volumeMounts"])) {
            subpath(view, &mount, &volumes, report);
        }
        missing_claims(view, workload, report);
    }
}

/// The `metadata` of a StatefulSet's claims.
fn claim_templates<'a>(workload: &Workload<'a>) -> Vec<Field<'a>> {
    let templates = workload.root.items(&["spec", "volumeClaimTemplates"]);
    templates.iter().filter_map(|template| template.get("metadata")).collect()
}

fn distinct(volumes: &[Field<'_>], report: &mut Report) {
    let mut names = HashSet::new();
    for volume in volumes {
        if let Some(name) = volume.text("name").filter(|name| !names.insert(*name)) {
            report.error(&VOLUME_TWICE, volume, format!("a volume before it is named {name} too"));
        }
    }
}

fn mounts<'a>(
    container: &Field<'a>,
    volumes: &[Field<'a>],
    claims: &[Field<'a>],
    mounted: &mut HashSet<&'a str>,
    report: &mut Report,
) {
    let has = |name: &str| volumes.iter().chain(claims).any(|volume| volume.text("name") == Some(name));
    let mut paths = HashSet::new();
    for mount in container.items(&["volumeMounts"]).into_iter().chain(container.items(&["volumeDevices"])) {
        let Some(name) = mount.text("name") else { continue };
        mounted.insert(name);
        if !has(name) {
            let hint = View::hint(volumes.iter().chain(claims).filter_map(|volume| volume.text("name")), name);
            report.error(
                &MOUNT_WITHOUT_VOLUME,
                &mount.or_self(&["name"]),
                format!("the pod has no volume {name}{hint}"),
            );
        }
        if let Some(path) = mount.text("mountPath").filter(|path| !paths.insert(*path)) {
            report.error(
                &MOUNT_PATH_TWICE,
                &mount.or_self(&["mountPath"]),
                format!("a mount before it is at {path} too"),
            );
        }
    }
}

fn unmounted<'f, 'a: 'f>(volumes: impl Iterator<Item = &'f Field<'a>>, mounted: &HashSet<&str>, report: &mut Report) {
    for volume in volumes {
        if let Some(name) = volume.text("name").filter(|name| !mounted.contains(name)) {
            report.warning(&VOLUME_WITHOUT_MOUNT, volume, format!("no container mounts the volume {name}"));
        }
    }
}

fn subpath(view: &View<'_>, mount: &Field<'_>, volumes: &[Field<'_>], report: &mut Report) {
    let (Some(name), Some(wanted)) = (mount.text("name"), mount.text("subPath")) else { return };
    let Some(volume) = volumes.iter().find(|volume| volume.text("name") == Some(name)) else { return };
    let Some(files) = files(view, volume).filter(|files| !files.is_empty()) else { return };
    // Paths of items may lead through folders.
    let folder = format!("{}/", wanted.trim_end_matches('/'));
    let there = |file: &&str| *file == wanted.trim_start_matches("./") || file.starts_with(&folder);
    if !files.iter().any(there) {
        let message = format!("the volume {name} has no file {wanted}{}", View::hint(files, wanted));
        report.error(&SUBPATH_KEY, &mount.or_self(&["subPath"]), message);
    }
}

/// The files of a volume that is made of ConfigMaps and Secrets of the set; none where the set does not say.
pub(super) fn files<'a>(view: &View<'a>, volume: &Field<'a>) -> Option<Vec<&'a str>> {
    let Some(projected) = volume.get("projected") else { return files_of(view, volume, "secretName") };
    let sources = projected.items(&["sources"]);
    let files: Option<Vec<_>> = sources.iter().map(|source| files_of(view, source, "name")).collect();
    files.map(|files| files.concat())
}

/// The files of a volume, or of a part of a projected one.
fn files_of<'a>(view: &View<'a>, source: &Field<'a>, secret: &str) -> Option<Vec<&'a str>> {
    let kinds = [("configMap", "ConfigMap", "name"), ("secret", "Secret", secret)];
    let known = kinds.iter().find_map(|(key, kind, name)| Some((source.get(key)?, *kind, *name)));
    let Some((source, kind, name)) = known else {
        let told = source.get("downwardAPI").map(|told| paths(&told.items(&["items"])));
        return told.or_else(|| Some(vec![source.get("serviceAccountToken")?.text("path")?]));
    };
    let items = source.items(&["items"]);
    if !items.is_empty() {
        return Some(paths(&items));
    }
    let object = view.find("", kind, view.namespace(&source), source.text(name)?)?;
    (!source.flag("optional")).then(|| keys(object))
}

fn paths<'a>(items: &[Field<'a>]) -> Vec<&'a str> {
    items.iter().filter_map(|item| item.text("path")).collect()
}

fn missing_claims(view: &View<'_>, workload: &Workload<'_>, report: &mut Report) {
    for used in uses(workload).iter().filter(|used| used.kind == "PersistentVolumeClaim") {
        let namespace = view.namespace(&workload.root);
        if view.find("", used.kind, namespace, used.name).is_none() && !is_of_template(view, namespace, used.name) {
            let names = view.of_kind("", used.kind).map(|claim| claim.object.name.as_str());
            let message = format!("the set has no claim {}{}", used.name, View::hint(names, used.name));
            report.missing(&MISSING_CLAIM, &used.at, message);
        }
    }
}

/// Whether a StatefulSet makes the claim: `TEMPLATE-STATEFULSET-ORDINAL`.
fn is_of_template(view: &View<'_>, namespace: &str, name: &str) -> bool {
    let sets = view.workloads.iter().filter(|workload| view.namespace(&workload.root) == namespace);
    sets.into_iter().any(|workload| {
        claim_templates(workload).iter().filter_map(|template| template.text("name")).any(|template| {
            let prefix = format!("{template}-{}-", workload.root.object.name);
            name.strip_prefix(&prefix).is_some_and(|ordinal| ordinal.parse::<u32>().is_ok())
        })
    })
}
