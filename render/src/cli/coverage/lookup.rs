//! What `lookup` finds, from manifests.

use std::path::Path;
use std::rc::Rc;

use kubevalidate::{Object, Set};
use render::Lookup;
use serde_json::{Value as Json, json};

use crate::cli::Failure;
use crate::cli::validate::read_manifests;

/// The objects of a file or a folder. Those without a namespace are taken to be in this one, and of the whole cluster
/// as well.
pub(super) fn of(path: &str, namespace: &str) -> Result<Lookup, Failure> {
    let mut set = Set::new(namespace);
    read_manifests(&mut set, Path::new(path))?;
    Ok(Rc::new(move |version, kind, namespace, name| {
        let is_meant = |object: &&Object| {
            object.api_version == version
                && object.kind == kind
                && (set.namespace(object) == namespace || object.namespace.is_none() && namespace.is_empty())
        };
        let mut found = set.objects().iter().filter(is_meant);
        if name.is_empty() {
            let items: Vec<&Json> = found.map(|object| &object.json).collect();
            return Ok(json!({"apiVersion": version, "kind": format!("{kind}List"), "metadata": {}, "items": items}));
        }
        Ok(found.find(|object| object.name == name).map_or(Json::Null, |object| object.json.clone()))
    }))
}
