//! The pods of a service.

use k8s_openapi::api::apps::v1::{Deployment, DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment};
use k8s_openapi::api::core::v1::{
    ConfigMapEnvSource, Container, ContainerPort, EnvFromSource, HTTPGetAction, PodSpec, PodTemplateSpec, Probe,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::System;
use super::component::Component;
use super::labels::{Labels, strings};
use super::pod::{HTTP_PORT, OPERATIONS_PORT, container_security, resources, sleep};
use super::secrets::secret_mount;
use crate::checksum;
use crate::values::{self, Count, Mode, StrategyType};

/// Seconds that a pod has beyond what its service needs to stop by itself.
const SPARE_SECONDS: u32 = 5;

impl System<'_> {
    pub(super) fn deployment(&self, component: &Component) -> Deployment {
        let mut metadata = self.metadata(&self.name(component), component.name);
        let cause = &self.values.change_cause;
        metadata.annotations = (!cause.is_empty()).then(|| strings([("kubernetes.io/change-cause", cause)]));
        let template = PodTemplateSpec {
            metadata: Some(ObjectMeta {
                labels: Some(self.service_pod_labels(component, component.name)),
                annotations: Some(self.pod_annotations(component)),
                ..ObjectMeta::default()
            }),
            spec: Some(self.service_pod(component)),
        };
        let spec = DeploymentSpec {
            replicas: (!component.autoscaling.enabled).then(|| saturated(component.replicas)),
            revision_history_limit: Some(saturated(component.revision_history_limit)),
            selector: self.selector(component.name),
            strategy: Some(strategy(component.strategy)),
            template,
            ..DeploymentSpec::default()
        };
        Deployment { metadata, spec, ..Deployment::default() }
    }

    /// Those of a component's pods, or of its canary's: what is given wins over the labels of all objects.
    pub(super) fn service_pod_labels(&self, component: &Component, label: &str) -> Labels {
        let mut labels = self.pod_labels(label);
        labels.extend(component.pod_labels.clone());
        labels
    }

    /// Pods roll when settings change, or secrets that are given.
    fn pod_annotations(&self, component: &Component) -> Labels {
        let mut annotations = component.pod_annotations.clone();
        annotations.insert("checksum/settings".into(), checksum::of(&self.settings(component)));
        let given = self.given_secrets(component);
        if !given.is_empty() {
            annotations.insert("checksum/secrets".into(), checksum::of(&given));
        }
        annotations
    }

    pub(super) fn service_pod(&self, component: &Component) -> PodSpec {
        let shutdown = &self.values.shutdown;
        let parts = [shutdown.pre_stop_sleep, shutdown.drain_delay, shutdown.timeout, SPARE_SECONDS];
        let mut containers = vec![self.service_container(component)];
        let mut volumes = self.secret_volumes(component);
        if let Some(database) = component.database.filter(|database| database.mode == Mode::Sidecar) {
            containers.push(self.database_sidecar(database));
            volumes.extend(super::database::sidecar_volumes());
        }
        let pod = PodSpec {
            service_account_name: Some(self.account_name(component)),
            termination_grace_period_seconds: Some(parts.map(i64::from).iter().sum()),
            topology_spread_constraints: Some(self.spread(component)),
            containers,
            volumes: Some(volumes),
            ..self.pod(component.pod_security_context)
        };
        component.placement.put(component.resolving(component.extras.pod(pod)))
    }

    fn service_container(&self, component: &Component) -> Container {
        let settings = ConfigMapEnvSource { name: self.name(component), ..ConfigMapEnvSource::default() };
        let mounts = self.secret_volumes(component).iter().map(|volume| secret_mount(&volume.name)).collect();
        let (probes, seconds) = (component.probes, self.values.shutdown.pre_stop_sleep);
        component.extras.container(Container {
            name: component.container_name.into(),
            image: Some(self.component_image(component)),
            image_pull_policy: Some(self.values.image.pull_policy.as_str().into()),
            security_context: Some(container_security()),
            env: Some(self.closed_variables(component)),
            env_from: Some(vec![EnvFromSource { config_map_ref: Some(settings), ..EnvFromSource::default() }]),
            ports: Some(vec![port("http", HTTP_PORT), port("operations", OPERATIONS_PORT)]),
            startup_probe: Some(probe("/livez", &probes.startup)),
            readiness_probe: Some(probe("/readyz", &probes.readiness)),
            liveness_probe: Some(probe("/livez", &probes.liveness)),
            lifecycle: (seconds > 0).then(|| sleep(seconds.into())),
            resources: Some(resources(component.resources)),
            volume_mounts: Some(mounts),
            ..Container::default()
        })
    }
}

pub(super) fn port(name: &str, number: u16) -> ContainerPort {
    ContainerPort { name: Some(name.into()), container_port: number.into(), ..ContainerPort::default() }
}

/// Asks the operations port.
fn probe(path: &str, timing: &values::Probe) -> Probe {
    let action = HTTPGetAction {
        path: Some(path.into()),
        port: IntOrString::Int(OPERATIONS_PORT.into()),
        ..HTTPGetAction::default()
    };
    Probe {
        http_get: Some(action),
        initial_delay_seconds: timing.initial_delay_seconds,
        period_seconds: timing.period_seconds,
        timeout_seconds: timing.timeout_seconds,
        success_threshold: timing.success_threshold,
        failure_threshold: timing.failure_threshold,
        ..Probe::default()
    }
}

fn strategy(given: &values::Strategy) -> DeploymentStrategy {
    let count = |count: &Option<Count>| count.as_ref().map(int_or_string);
    match given.kind {
        StrategyType::Recreate => DeploymentStrategy { type_: Some("Recreate".into()), rolling_update: None },
        StrategyType::RollingUpdate => DeploymentStrategy {
            type_: Some("RollingUpdate".into()),
            rolling_update: given.rolling_update.as_ref().map(|update| RollingUpdateDeployment {
                max_surge: count(&update.max_surge),
                max_unavailable: count(&update.max_unavailable),
            }),
        },
    }
}

pub(super) fn int_or_string(count: &Count) -> IntOrString {
    match count {
        Count::Pods(pods) => IntOrString::Int(saturated(*pods)),
        Count::Share(share) => IntOrString::String(share.clone()),
    }
}

/// Kubernetes counts in `int32`.
pub(super) fn saturated(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
