//! What a cluster has beside what a chart would make of it.

mod client;
mod release;

use std::rc::Rc;
use std::time::Duration;

use clap::Args;
use kubevalidate::compare::compare;
use kubevalidate::{Object, Set};
use render::Release;
use serde_json::{Map, Value as Json};

use crate::cli::Failure;
use crate::cli::sides::SideFlags;
use client::Cluster;

/// Which cluster, and as whom.
#[derive(Args)]
pub(super) struct Flags {
    /// Compare OLD with the cluster of the kube context, by what a server-side dry run makes of it
    #[arg(long, conflicts_with_all = ["new", "old_values", "old_set", "new_values", "new_set"])]
    pub(super) cluster: bool,
    /// The kube context [default: the current one]
    #[arg(long, value_name = "NAME", requires = "cluster")]
    context: Option<String>,
    /// As whom fields are applied: what only others have set stays as it is
    #[arg(long, value_name = "NAME", default_value = "helm")]
    field_manager: String,
    /// How long the cluster may take for all answers together, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
}

/// What is there, and what would be there.
pub(super) struct Sets {
    pub(super) live: Set,
    pub(super) applied: Set,
}

/// Asks for every object of a chart, and of the release before it; nothing is changed. Hooks are left out: they come and
/// go.
pub(super) fn sets(flags: &Flags, sides: SideFlags, path: &str) -> Result<Sets, Failure> {
    let timeout = Duration::from_secs(flags.timeout);
    let cluster = Rc::new(Cluster::connect(flags.context.clone(), flags.field_manager.clone(), timeout)?);
    let ((release, before), sources) = sides.single(path, |renderer| {
        let release = renderer.release.clone();
        let before = cluster.release(&release.namespace, &release.name)?;
        renderer.release.is_upgrade = before.is_some();
        let asked = Rc::clone(&cluster);
        renderer.lookup = Some(Rc::new(move |api, kind, namespace, name| asked.lookup(api, kind, namespace, name)));
        Ok((release, before))
    })?;
    let wanted = sources.set;
    let mut sets = Sets { live: Set::new(release.namespace.as_str()), applied: Set::new(release.namespace.as_str()) };
    let mut old = Set::new(release.namespace.as_str());
    old.read("the release in the cluster", before.as_deref().unwrap_or_default().as_bytes())?;
    for (index, object) in wanted.objects().iter().enumerate().filter(|(_, object)| !is_hook(object)) {
        let namespace = wanted.namespace(object);
        let is_owned = before.is_some() && !sources.definitions.contains(&index);
        let json = if is_owned { owned(&object.json, &release) } else { object.json.clone() };
        let mut applied = cluster.apply(object, &json, namespace)?;
        let live = cluster.get(object, namespace)?;
        if live.as_ref().is_some_and(|live| !live.is_applied) {
            take_away(&mut applied, old.find(&object.kind, namespace, &object.name), &json);
        }
        add(&mut sets.live, live.map(|live| live.json))?;
        add(&mut sets.applied, Some(applied))?;
    }
    add_deleted(&mut sets.live, &cluster, &old, &wanted)?;
    Ok(sets)
}

/// What the release before has made and the chart does not have, if it is still there and need not be kept.
fn add_deleted(live: &mut Set, cluster: &Cluster, old: &Set, wanted: &Set) -> Result<(), Failure> {
    for object in old.objects() {
        let namespace = old.namespace(object);
        let is_wanted = |other: &&Object| other.group() == object.group() && wanted.namespace(other) == namespace;
        if wanted.of_kind(&object.kind).filter(is_wanted).any(|other| other.name == object.name) {
            continue;
        }
        let left = cluster.get(object, namespace)?;
        let policy = left.as_ref().and_then(|left| left.json.pointer("/metadata/annotations/helm.sh~1resource-policy"));
        if policy.is_none_or(|policy| policy != "keep") {
            add(live, left.map(|left| left.json))?;
        }
    }
    Ok(())
}

/// An object with the marks that Helm gives to what is a release's.
fn owned(object: &Json, release: &Release) -> Json {
    let mut object = object.clone();
    if let Some(metadata) = object.get_mut("metadata").and_then(Json::as_object_mut) {
        mark(metadata, "labels", "app.kubernetes.io/managed-by", "Helm");
        mark(metadata, "annotations", "meta.helm.sh/release-name", &release.name);
        mark(metadata, "annotations", "meta.helm.sh/release-namespace", &release.namespace);
    }
    object
}

/// Takes away what the release before gave and the new one does not, as the patch of Helm 3 does: of a release that was
/// not applied by the server, that does not know it.
fn take_away(applied: &mut Json, before: Option<&Object>, wanted: &Json) {
    let Some(before) = before else { return };
    for field in compare(Some(&before.json), Some(wanted)).iter().filter(|field| field.new.is_none()) {
        field.path.remove_from(applied);
    }
}

fn mark(metadata: &mut Map<String, Json>, marks: &str, name: &str, value: &str) {
    let marks = metadata.entry(marks).or_insert(Json::Null);
    if marks.is_null() {
        *marks = Json::Object(Map::new());
    }
    if let Some(marks) = marks.as_object_mut() {
        marks.insert(name.to_owned(), value.into());
    }
}

fn is_hook(object: &Object) -> bool {
    object.annotation("helm.sh/hook").is_some()
}

fn add(set: &mut Set, object: Option<Json>) -> Result<(), Failure> {
    if let Some(object) = object {
        set.read("the cluster", object.to_string().as_bytes())?;
    }
    Ok(())
}
