//! The ConfigMaps, Secrets, claims and accounts that a workload's pods use.

use crate::model::{Field, Workload};

/// A pod's use of another object.
#[derive(Debug)]
pub(crate) struct Use<'a> {
    pub(crate) kind: &'static str,
    pub(crate) name: &'a str,
    /// Where the name stands.
    pub(crate) at: Field<'a>,
    /// The keys of it that are asked for.
    pub(crate) keys: Vec<Field<'a>>,
    /// Whether the pod does without.
    pub(crate) optional: bool,
}

impl Use<'_> {
    /// Whether a pod does not start before the object is there: the kubelet pulls without a Secret that is not.
    pub(crate) fn is_needed(&self) -> bool {
        !self.optional && !self.at.path().to_string().contains("imagePullSecrets")
    }
}

const KINDS: [(&str, &str, &str); 2] = [("configMap", "ConfigMap", "name"), ("secret", "Secret", "secretName")];

/// All uses of a workload's pods.
pub(crate) fn uses<'a>(workload: &Workload<'a>) -> Vec<Use<'a>> {
    let mut uses = Vec::new();
    for container in workload.containers() {
        environment(&container, &mut uses);
    }
    for volume in workload.pod.items(&["volumes"]) {
        of_volume(&volume, &mut uses);
    }
    for secret in workload.pod.items(&["imagePullSecrets"]) {
        // The kubelet pulls without a Secret that is not there.
        add(&mut uses, "Secret", &secret, "name", Vec::new(), false);
    }
    let account =
        if workload.pod.text("serviceAccountName").is_some() { "serviceAccountName" } else { "serviceAccount" };
    add(&mut uses, "ServiceAccount", &workload.pod, account, Vec::new(), false);
    uses
}

fn environment<'a>(container: &Field<'a>, uses: &mut Vec<Use<'a>>) {
    for source in container.items(&["envFrom"]) {
        for (key, kind, _) in KINDS {
            if let Some(reference) = source.get(&format!("{key}Ref")) {
                add(uses, kind, &reference, "name", Vec::new(), reference.flag("optional"));
            }
        }
    }
    for variable in container.items(&["env"]) {
        for (key, kind, _) in KINDS {
            if let Some(reference) = variable.at(&["valueFrom", &format!("{key}KeyRef")]) {
                let keys = reference.get("key").into_iter().collect();
                add(uses, kind, &reference, "name", keys, reference.flag("optional"));
            }
        }
    }
}

fn of_volume<'a>(volume: &Field<'a>, uses: &mut Vec<Use<'a>>) {
    for (key, kind, name) in KINDS {
        if let Some(source) = volume.get(key) {
            add(uses, kind, &source, name, item_keys(&source), source.flag("optional"));
        }
    }
    for projected in volume.items(&["projected", "sources"]) {
        for (key, kind, _) in KINDS {
            if let Some(source) = projected.get(key) {
                add(uses, kind, &source, "name", item_keys(&source), source.flag("optional"));
            }
        }
    }
    if let Some(claim) = volume.get("persistentVolumeClaim") {
        add(uses, "PersistentVolumeClaim", &claim, "claimName", Vec::new(), false);
    }
}

fn item_keys<'a>(source: &Field<'a>) -> Vec<Field<'a>> {
    source.items(&["items"]).iter().filter_map(|item| item.get("key")).collect()
}

fn add<'a>(
    uses: &mut Vec<Use<'a>>,
    kind: &'static str,
    reference: &Field<'a>,
    key: &str,
    keys: Vec<Field<'a>>,
    optional: bool,
) {
    let Some(at) = reference.get(key) else { return };
    if let Some(name) = at.str().filter(|name| !name.is_empty()) {
        uses.push(Use { kind, name, at, keys, optional });
    }
}
