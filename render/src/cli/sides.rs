//! Two sides that are compared: their charts or manifests, and the values of each.

use std::rc::Rc;

use clap::Args;
use kubevalidate::{KubeVersion, Object, Set, normal};
use render::{Options, Renderer};
use serde_json::{Value as Json, json};

use super::Failure;
use super::arguments::{ReleaseFlags, ValueFlags, World};
use super::validate::{Sources, checked_renderer};

/// What both sides are rendered with, and what one of them is.
#[derive(Args)]
pub(super) struct SideFlags {
    /// The release's name, for charts
    #[arg(long, default_value = "release-name")]
    name: String,
    #[command(flatten)]
    values: ValueFlags,
    /// YAML files with values of the old side alone, over those of both (can be given several times)
    #[arg(long, value_name = "FILE")]
    old_values: Vec<String>,
    /// Values of the old side alone, as --set
    #[arg(long, value_name = "VALUES", allow_hyphen_values = true)]
    old_set: Vec<String>,
    /// YAML files with values of the new side alone, over those of both (can be given several times)
    #[arg(long, value_name = "FILE")]
    new_values: Vec<String>,
    /// Values of the new side alone, as --set
    #[arg(long, value_name = "VALUES", allow_hyphen_values = true)]
    new_set: Vec<String>,
    #[command(flatten)]
    release: ReleaseFlags,
}

/// Two sides, read and rendered.
pub(super) struct Sides {
    pub(super) old: Sources,
    pub(super) new: Sources,
    pub(super) kube_version: KubeVersion,
}

impl SideFlags {
    /// A release and what follows it: templates of the new side are told that they are an upgrade, and what the old side
    /// has made is what `lookup` finds.
    pub(super) fn upgrade(self, old: &str, new: &str) -> Result<Sides, Failure> {
        // What the new side makes by chance is not what the old one has.
        let world = self.release.world().other();
        self.read(old, new, world, |renderer, old| {
            renderer.release.is_upgrade = true;
            renderer.release.revision += 1;
            let known = known(old);
            renderer.lookup =
                Some(Rc::new(move |api, kind, namespace, name| Ok(find(&known, api, kind, namespace, name))));
        })
    }

    /// Two sides that differ in nothing but their charts and values: one clock and one chance for both.
    pub(super) fn alike(self, old: &str, new: &str) -> Result<Sides, Failure> {
        let world = self.release.world();
        self.read(old, new, world, |_, _| {})
    }

    /// What is compared with a cluster; `prepare` may tell templates of it.
    #[cfg(feature = "kube")]
    pub(super) fn single<T>(
        self,
        path: &str,
        prepare: impl FnOnce(&mut Renderer) -> Result<T, Failure>,
    ) -> Result<(T, Sources), Failure> {
        let (mut renderer, _) = checked_renderer(&self.release, self.name)?;
        let prepared = prepare(&mut renderer)?;
        let mut sources = Sources::new(renderer, self.release.world(), self.values.options()?);
        sources.read(path)?;
        Ok((prepared, sources))
    }

    fn read(
        self,
        old: &str,
        new: &str,
        new_world: World,
        for_new: impl Fn(&mut Renderer, &Set),
    ) -> Result<Sides, Failure> {
        if (old, new) == ("-", "-") {
            return Err(Failure::new("standard input can be one side only".into()));
        }
        let (old_renderer, kube_version) = checked_renderer(&self.release, self.name)?;
        let mut new_renderer = old_renderer.clone();
        let old_world = self.release.world();
        let common = self.values.options()?;
        let mut old_side = Sources::new(old_renderer, old_world, with(&common, &self.old_values, &self.old_set));
        old_side.read(old).map_err(|failure| Failure::new(format!("old: {}", failure.message)))?;
        for_new(&mut new_renderer, &old_side.set);
        let mut new_side = Sources::new(new_renderer, new_world, with(&common, &self.new_values, &self.new_set));
        new_side.read(new).map_err(|failure| Failure::new(format!("new: {}", failure.message)))?;
        Ok(Sides { old: old_side, new: new_side, kube_version })
    }
}

fn with(common: &Options, files: &[String], set: &[String]) -> Options {
    let mut options = common.clone();
    options.files.extend_from_slice(files);
    options.set.extend_from_slice(set);
    options
}

/// Objects as a cluster would keep them, with their groups and namespaces.
fn known(set: &Set) -> Vec<Json> {
    let as_kept = |object: &Object| {
        let mut json = object.json.clone();
        if object.kind == "Secret" {
            normal::merge_texts(&mut json);
        }
        if let Some(metadata) = json.get_mut("metadata").and_then(Json::as_object_mut) {
            metadata.insert("namespace".into(), set.namespace(object).into());
        }
        json
    };
    let is_made = |object: &&Object| object.annotation("helm.sh/hook").is_none();
    set.objects().iter().filter(is_made).map(as_kept).collect()
}

/// What `lookup` gives: the object, or without a name the list of them.
fn find(known: &[Json], api: &str, kind: &str, namespace: &str, name: &str) -> Json {
    let is_it = |object: &&Json, key: &str, wanted: &str| wanted.is_empty() || object["metadata"][key] == wanted;
    let of_kind = known.iter().filter(|object| object["apiVersion"] == api && object["kind"] == kind);
    let mut found = of_kind.filter(|object| is_it(object, "namespace", namespace) && is_it(object, "name", name));
    if name.is_empty() {
        let items: Vec<_> = found.cloned().collect();
        return json!({"apiVersion": api, "kind": format!("{kind}List"), "metadata": {}, "items": items});
    }
    found.next().cloned().unwrap_or_default()
}
