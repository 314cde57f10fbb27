//! Keys and objects that are given twice.

use std::collections::HashMap;

use super::bundle::Bundle;
use super::rules::{DUPLICATE_KEY, DUPLICATE_OBJECT};
use crate::{Finding, Object, Path, Set, Severity};

/// The keys of an object that are given twice.
pub(super) fn keys(found: (usize, &Object)) -> impl Iterator<Item = Finding> {
    found.1.duplicate_keys().map(move |(path, place, first)| {
        let message = format!("{path} is given twice, first on line {first}");
        Finding { place, ..Finding::warning(&DUPLICATE_KEY, found, path, message) }
    })
}

/// The objects that are there before. Hooks are deleted before they are made again, so they may be.
pub(super) fn objects(bundle: &Bundle, set: &Set) -> Vec<Finding> {
    let mut first: HashMap<(&str, &str, &str, &str), &Object> = HashMap::new();
    let mut findings = Vec::new();
    for (index, object) in set.objects().iter().enumerate() {
        if object.text("/metadata/name").is_none() || object.annotation("helm.sh/hook").is_some() {
            continue;
        }
        let kind = bundle.kinds.get(&(object.api_version.as_str(), object.kind.as_str()));
        let namespace = if kind.is_none_or(|kind| kind.namespaced) { set.namespace(object) } else { "" };
        let key = (object.group(), object.kind.as_str(), namespace, object.name.as_str());
        if let Some(before) = first.get(&key) {
            let message = format!("is there twice, first in {}", before.place(&Path::root()).file);
            let found = Finding::error(&DUPLICATE_OBJECT, (index, object), Path::keys(["metadata", "name"]), message);
            // Helm skips a definition of its folder crds that is there already.
            let is_definition = object.kind == "CustomResourceDefinition";
            let severity = if is_definition { Severity::Warning } else { found.severity };
            findings.push(Finding { severity, ..found });
        } else {
            first.insert(key, object);
        }
    }
    findings
}
