//! A second version for a share of the requests.

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{Service, ServiceSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement, ObjectMeta};

use super::System;
use super::component::Component;
use super::labels::{Labels, strings};
use super::pod::HTTP_PORT;
use super::ways_in::port;
use crate::values::Mode;

/// The pods of the version that most people see.
pub(super) const STABLE: &str = "stable";
/// The pods of the other.
pub(super) const CANARY: &str = "canary";

impl System<'_> {
    /// The component's Deployment once more, with labels that keep the two apart.
    pub(super) fn canary(&self, component: &Component) -> Option<Deployment> {
        if !component.canary.enabled {
            return None;
        }
        let label = format!("{}-{CANARY}", component.name);
        let mut canary = self.deployment(component);
        canary.metadata = ObjectMeta {
            annotations: canary.metadata.annotations,
            ..self.metadata(&self.track_name(component, CANARY), &label)
        };
        canary.spec.replicas = Some(i32::try_from(canary_replicas(component)).unwrap_or(i32::MAX));
        canary.spec.selector = self.selector(&label);
        if let Some(metadata) = &mut canary.spec.template.metadata {
            metadata.labels = Some(self.service_pod_labels(component, &label));
        }
        if let Some(pod) = &mut canary.spec.template.spec {
            for constraint in pod.topology_spread_constraints.iter_mut().flatten() {
                constraint.label_selector = Some(self.selector(&label));
            }
            if let Some(container) = pod.containers.first_mut() {
                container.image = Some(self.canary_image(component));
            }
        }
        Some(canary)
    }

    /// One for the stable pods, and one for the canary's.
    pub(super) fn canary_services(&self, component: &Component) -> Vec<Service> {
        let service = |track: &str, pods: &str| Service {
            metadata: self.metadata(&self.track_name(component, track), &format!("{}-{track}", component.name)),
            spec: Some(ServiceSpec {
                selector: Some(self.selector_labels(pods)),
                ports: Some(vec![port("http", component.service.port, HTTP_PORT)]),
                ..ServiceSpec::default()
            }),
            ..Service::default()
        };
        if !component.canary.enabled {
            return Vec::new();
        }
        vec![service(STABLE, component.name), service(CANARY, &format!("{}-{CANARY}", component.name))]
    }

    /// What a Service selects all pods of a component by, its canary's too.
    pub(super) fn all_pods(&self, component: &Component) -> Labels {
        if !component.canary.enabled {
            return self.selector_labels(component.name);
        }
        strings([
            ("app.kubernetes.io/name", self.app()),
            ("app.kubernetes.io/instance", &self.release.name),
            ("service", component.name),
        ])
    }

    /// What a policy selects them by, whether there is a canary or not: one that is taken away answers its last requests.
    /// The component may also be a database, a job or the test.
    pub(super) fn policy_pods(&self, component: &str) -> LabelSelector {
        if !Component::all(self.values).iter().any(|known| known.name == component) {
            return LabelSelector { match_labels: Some(self.selector_labels(component)), ..LabelSelector::default() };
        }
        let release = [("app.kubernetes.io/name", self.app()), ("app.kubernetes.io/instance", &self.release.name)];
        let tracks = LabelSelectorRequirement {
            key: "app.kubernetes.io/component".into(),
            operator: "In".into(),
            values: Some(vec![component.into(), format!("{component}-{CANARY}")]),
        };
        LabelSelector { match_labels: Some(strings(release)), match_expressions: Some(vec![tracks]) }
    }

    /// Names of the canary's Deployment, and of the two Services.
    pub(super) fn canary_names(&self, component: &Component) -> (Option<String>, Vec<String>) {
        let names = self.canary_services(component).into_iter().filter_map(|service| service.metadata.name).collect();
        (component.canary.enabled.then(|| self.track_name(component, CANARY)), names)
    }

    pub(super) fn track_name(&self, component: &Component, track: &str) -> String {
        format!("{}-{track}", self.name(component))
    }

    fn canary_image(&self, component: &Component) -> String {
        let given = &component.canary.image;
        let own = component.image;
        let is_own = given.tag.is_empty() && given.digest.is_empty();
        let (tag, digest) = if is_own { (&own.tag, &own.digest) } else { (&given.tag, &given.digest) };
        self.service_image(component, tag, digest)
    }

    /// Why a component cannot have a canary.
    pub(super) fn check_canary(component: &Component, reasons: &mut Vec<String>) {
        let is_own = component.database.is_some_and(|database| database.mode == Mode::Sidecar);
        if component.canary.enabled && is_own {
            reasons.push(format!("{}.canary is on, but must be off with database.mode sidecar", component.name));
        }
    }
}

/// So many beside the others that the share is no less than the weight.
fn canary_replicas(component: &Component) -> u64 {
    let weight = u64::from(component.canary.weight);
    (u64::from(component.least_replicas()) * weight).div_ceil(100 - weight)
}
