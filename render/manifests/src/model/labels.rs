//! Labels, and what every object begins with.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};

use super::System;

pub(super) type Labels = BTreeMap<String, String>;

impl System<'_> {
    /// What pods are selected by: nothing that changes with a version.
    pub(super) fn selector_labels(&self, component: &str) -> Labels {
        strings([
            ("app.kubernetes.io/name", self.app()),
            ("app.kubernetes.io/instance", &self.release.name),
            ("app.kubernetes.io/component", component),
        ])
    }

    pub(super) fn selector(&self, component: &str) -> LabelSelector {
        LabelSelector { match_labels: Some(self.selector_labels(component)), ..LabelSelector::default() }
    }

    /// Name and labels of an object.
    pub(super) fn metadata(&self, name: &str, component: &str) -> ObjectMeta {
        let release = self.release;
        let mut labels = self.selector_labels(component);
        labels.extend(strings([
            ("app.kubernetes.io/part-of", &release.chart),
            ("app.kubernetes.io/version", &release.app_version),
            ("app.kubernetes.io/managed-by", "Helm"),
            // A label has no `+`.
            ("helm.sh/chart", &format!("{}-{}", release.chart, release.version.replace('+', "_"))),
        ]));
        ObjectMeta { name: Some(name.into()), labels: Some(labels), ..ObjectMeta::default() }
    }
}

pub(super) fn strings<const N: usize>(pairs: [(&str, &str); N]) -> Labels {
    pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
}
