//! Schemas: every object is what its kind says, for a version of Kubernetes.

mod bundle;
mod choices;
mod definitions;
mod demands;
mod duplicates;
mod fields;
mod format;
mod head;
mod image;
mod modes;
mod needs;
mod ranges;
mod report;
mod rules;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use crate::{Finding, KubeVersion, Object, Set, Settings};
use bundle::Bundle;
use definitions::Definitions;
use report::Report;
pub(crate) use report::shown;
pub(crate) use rules::{REMOVED_API, RULES};

/// What is wrong with the objects of a set, each by itself; `known` have definitions of custom resources.
pub(crate) fn check(set: &Set, known: &[&Set], settings: &Settings) -> Vec<Finding> {
    let bundle = Bundle::of(schema_version(settings.kube_version).minor);
    let definitions = Definitions::of(known.iter().flat_map(|known| known.objects()).chain(set.objects()));
    let objects = set.objects().iter().enumerate();
    let mut findings: Vec<Finding> =
        objects.flat_map(|object| check_object(object, &bundle, &definitions, settings)).collect();
    findings.extend(duplicates::objects(&bundle, set));
    findings
}

/// The versions of Kubernetes that there are schemas of, the oldest first; another is checked by the nearest.
pub fn kube_versions() -> impl Iterator<Item = KubeVersion> {
    bundle::minors().into_iter().map(|minor| KubeVersion { major: 1, minor })
}

/// The APIs that a cluster of this version serves unless it is told otherwise: `apps/v1`, `apps/v1/Deployment`.
pub fn api_versions(version: KubeVersion) -> Vec<String> {
    let bundle = Bundle::of(schema_version(version).minor);
    let is_stable = |api_version: &str| !api_version.contains("alpha") && !api_version.contains("beta");
    let kinds = bundle.kinds.values().filter(|kind| is_stable(kind.api_version));
    let names = kinds.flat_map(|kind| [kind.api_version.to_owned(), format!("{}/{}", kind.api_version, kind.name)]);
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The resources of each group of Kubernetes itself, as roles name them: `deployments` of `apps`.
pub(crate) fn resources(version: KubeVersion) -> BTreeMap<&'static str, Vec<String>> {
    // One that cannot be created is no kind of the files.
    let mut resources = BTreeMap::from([("", vec!["componentstatuses".to_owned()])]);
    for kind in bundle::kinds(schema_version(version).minor) {
        resources.entry(bundle::group_of(kind.api_version)).or_default().push(kind.resource());
    }
    resources
}

/// The version whose schemas stand for another one.
pub(crate) fn schema_version(wanted: KubeVersion) -> KubeVersion {
    kube_versions().min_by_key(|known| known.minor.abs_diff(wanted.minor)).unwrap_or(wanted)
}

fn check_object<'a>(
    object: (usize, &'a Object),
    bundle: &Bundle,
    definitions: &Definitions<'a>,
    settings: &Settings,
) -> Vec<Finding> {
    let mut report = Report::new(object);
    let minor = settings.kube_version.minor;
    head::check(minor, &mut report);
    let resource = object.1;
    if let Some(kind) = bundle.kinds.get(&(resource.api_version.as_str(), resource.kind.as_str())) {
        head::check_lifecycle(bundle, minor, &mut report);
        types::check(bundle, kind.definition, &resource.json, &mut report);
    } else if let Some(schema) = definitions.schema(resource) {
        definitions::check(schema, &resource.json, &mut report);
    } else if head::check_lifecycle(bundle, minor, &mut report) && !is_served(bundle, resource) {
        head::unknown(bundle, minor, &mut report);
    }
    report.findings.extend(duplicates::keys(object));
    report.findings
}

/// Whether an API is served by a version that is older than all schemas.
fn is_served(bundle: &Bundle, object: &Object) -> bool {
    bundle.lifecycles.contains_key(&(object.api_version.as_str(), object.kind.as_str()))
}
