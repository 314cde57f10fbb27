//! Whose pods are made anew, and whose should be.

use std::collections::{BTreeSet, HashMap};

use super::pair::Report;
use crate::changes::{Change, Kind};
use crate::compare::Step;
use crate::model::{Field, Workload};
use crate::references::{Use, uses};
use crate::{Object, Rule, Set};

pub(crate) const STALE_CONFIGURATION: Rule = Rule {
    id: "stale-configuration",
    summary: "A ConfigMap or Secret changes that pods read when they start, into variables or as a subPath, and the pods are not made anew.",
    reason: "They go on with the old values until something else restarts them, each at another time.",
    allow: "When something else restarts them; better, put a checksum of the settings into an annotation of the pod template.",
};

/// A workload whose pods are made anew.
#[derive(Clone, Debug)]
pub struct Restart<'a> {
    /// The Deployment, StatefulSet or DaemonSet.
    pub object: &'a Object,
    /// How its pods are replaced.
    pub manner: Manner,
    /// The paths that differ in the template of its pods.
    pub why: Vec<String>,
}

/// How pods are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// A few at a time.
    Rolling,
    /// All are stopped before new ones start.
    Recreate,
    /// Each when somebody deletes it.
    OnDelete,
}

const WORKLOADS: [&str; 3] = ["Deployment", "StatefulSet", "DaemonSet"];
const TEMPLATE: [&str; 2] = ["spec", "template"];

/// The workloads whose template changes, be it the order of its lists alone.
pub(super) fn of<'a>(changes: &[Change<'a>]) -> Vec<Restart<'a>> {
    let mut restarts = Vec::new();
    for change in changes.iter().filter(|change| change.old.is_some()) {
        let Some(object) = change.new.filter(|object| is_workload(object)) else { continue };
        let (old, new) = (change.forms.0.pointer("/spec/template"), change.forms.1.pointer("/spec/template"));
        if old == new {
            continue;
        }
        let differing = change.fields.iter().filter(|field| field.path.starts_with(&TEMPLATE));
        let mut why: Vec<_> = differing.map(|field| field.path.to_string()).collect();
        if why.is_empty() {
            why.push("the order of a list in spec.template".into());
        }
        restarts.push(Restart { object, manner: manner(object), why });
    }
    restarts
}

fn is_workload(object: &Object) -> bool {
    object.group() == "apps" && WORKLOADS.contains(&object.kind.as_str())
}

fn manner(object: &Object) -> Manner {
    match object.text("/spec/strategy/type").or_else(|| object.text("/spec/updateStrategy/type")) {
        Some("Recreate") => Manner::Recreate,
        Some("OnDelete") => Manner::OnDelete,
        _ => Manner::Rolling,
    }
}

/// Finds pods that keep what they have read.
pub(super) fn stale(changes: &[Change<'_>], restarts: &[Restart<'_>], new: &Set, report: &mut Report) {
    let sources: HashMap<_, _> = changes.iter().filter_map(|change| Some((source(change, new)?, change))).collect();
    let restarted: BTreeSet<_> = restarts.iter().map(|restart| name(restart.object, new)).collect();
    for change in changes.iter().filter(|change| change.old.is_some()) {
        let (Some(index), Some(object)) = (change.indices.1, change.new) else { continue };
        if !is_workload(object) || restarted.contains(&name(object, new)) {
            continue;
        }
        let Some(workload) = Workload::of(&Field::root(index, object)) else { continue };
        for (used, keys) in read_at_start(&workload) {
            let source = sources.get(&(used.kind, new.namespace(object), used.name));
            let Some(source) = source.filter(|source| touches_keys(source, &keys)) else { continue };
            let message = format!("its pods read {} at their start and are not made anew", source.object);
            report.new_warning(&STALE_CONFIGURATION, (index, object), used.at.path(), message);
        }
    }
}

/// What a changed ConfigMap or Secret is found by.
fn source<'a>(change: &Change<'a>, new: &'a Set) -> Option<(&'a str, &'a str, &'a str)> {
    let object = change.new.filter(|object| object.group().is_empty())?;
    (change.kind() == Kind::Changed).then(|| name(object, new))
}

/// Kind, namespace and name.
fn name<'a>(object: &'a Object, set: &'a Set) -> (&'a str, &'a str, &'a str) {
    (&object.kind, set.namespace(object), &object.name)
}

/// What pods read once, with the keys of it; none for all.
fn read_at_start<'a>(workload: &Workload<'a>) -> Vec<(Use<'a>, Vec<String>)> {
    let mut read = Vec::new();
    for used in uses(workload) {
        let steps = used.at.path();
        let is_variable =
            steps.steps().iter().any(|step| matches!(step, crate::Step::Key(key) if key.starts_with("env")));
        let keys: Vec<_> = used.keys.iter().filter_map(Field::str).map(str::to_owned).collect();
        if is_variable {
            read.push((used, keys));
        } else if let Some(paths) = sub_paths(workload, &used) {
            read.push((used, paths));
        }
    }
    read
}

/// The subPaths by which containers mount a volume, which are not renewed; nothing if there are none.
fn sub_paths(workload: &Workload<'_>, used: &Use<'_>) -> Option<Vec<String>> {
    let volumes = workload.pod.items(&["volumes"]);
    let name = volumes.iter().find(|volume| used.at.path().steps().starts_with(volume.path().steps()))?.text("name")?;
    let mounts = workload.containers().into_iter().flat_map(|container| container.items(&["volumeMounts"]));
    let of_volume = mounts.filter(|mount| mount.text("name") == Some(name));
    let paths: Vec<_> = of_volume.filter_map(|mount| mount.text("subPath")).map(str::to_owned).collect();
    (!paths.is_empty()).then_some(paths)
}

/// Whether one of these keys changes; without keys, whether any does.
fn touches_keys(change: &Change<'_>, keys: &[String]) -> bool {
    let met: BTreeSet<Option<&str>> = change
        .fields
        .iter()
        .filter_map(|field| match field.path.0.as_slice() {
            [Step::Key(data), rest @ ..] if data == "data" || data == "binaryData" => Some(match rest {
                [Step::Key(key), ..] => Some(key.as_str()),
                _ => None,
            }),
            _ => None,
        })
        .collect();
    let any = keys.is_empty() && !met.is_empty();
    any || met.contains(&None) || keys.iter().any(|key| met.contains(&Some(key.as_str())))
}
