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

    /// What pods have for people: where they stand, and what is given.
    pub(super) fn pod_labels(&self, component: &str) -> Labels {
        let mut labels = self.selector_labels(component);
        labels.extend(tier(component).map(|tier| ("tier".into(), tier.into())));
        let service = component.strip_suffix("-canary").unwrap_or(component);
        if ["thoughts", "users", "frontend"].contains(&service) {
            labels.insert("service".into(), service.into());
        }
        if !self.values.environment.is_empty() {
            labels.insert("environment".into(), self.values.environment.clone());
        }
        labels.extend(self.values.common_labels.clone());
        labels
    }

    /// Name and labels of an object.
    pub(super) fn metadata(&self, name: &str, component: &str) -> ObjectMeta {
        let release = self.release;
        let mut labels = self.pod_labels(component);
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

fn tier(component: &str) -> Option<&'static str> {
    let track = ["-canary", "-stable"].iter().find_map(|end| component.strip_suffix(end));
    match track.unwrap_or(component) {
        "frontend" => Some("frontend"),
        "thoughts" | "users" => Some("backend"),
        _ => component.ends_with("-database").then_some("database"),
    }
}

pub(super) fn strings<const N: usize>(pairs: [(&str, &str); N]) -> Labels {
    pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
}
