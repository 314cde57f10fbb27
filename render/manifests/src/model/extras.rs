//! What pods have beside what the chart gives them.

use k8s_openapi::api::core::v1::{Container, EnvFromSource, EnvVar, PodSpec, Volume, VolumeMount};

use super::System;
use super::component::Component;
use super::refused::twice;
use crate::values::Mode;

/// Of a component, as it is given.
pub(super) struct Extras<'a> {
    pub(super) command: &'a [String],
    pub(super) args: &'a [String],
    pub(super) stdin: bool,
    pub(super) tty: bool,
    pub(super) env: &'a [EnvVar],
    pub(super) env_from: &'a [EnvFromSource],
    pub(super) volumes: &'a [Volume],
    pub(super) mounts: &'a [VolumeMount],
    pub(super) init_containers: &'a [Container],
    pub(super) containers: &'a [Container],
}

/// Of the values of a component.
macro_rules! extras {
    ($values:expr) => {
        $crate::model::extras::Extras {
            command: &$values.command,
            args: &$values.args,
            stdin: $values.stdin,
            tty: $values.tty,
            env: &$values.extra_env,
            env_from: &$values.extra_env_from,
            volumes: &$values.extra_volumes,
            mounts: &$values.extra_volume_mounts,
            init_containers: &$values.init_containers,
            containers: &$values.extra_containers,
        }
    };
}
pub(super) use extras;

impl Extras<'_> {
    /// The service's container with them. What the chart gives comes last, so that it counts.
    pub(super) fn container(&self, mut container: Container) -> Container {
        let own = container.env_from.take().into_iter().flatten();
        container.env_from = Some(self.env_from.iter().cloned().chain(own).collect());
        container.env.get_or_insert_default().extend_from_slice(self.env);
        container.command = Some(self.command.to_vec());
        container.args = Some(self.args.to_vec());
        container.stdin = self.stdin.then_some(true);
        container.tty = self.tty.then_some(true);
        container.volume_mounts.get_or_insert_default().extend_from_slice(self.mounts);
        container
    }

    /// The pod with them.
    pub(super) fn pod(&self, mut pod: PodSpec) -> PodSpec {
        pod.init_containers = Some(self.init_containers.to_vec());
        pod.containers.extend_from_slice(self.containers);
        pod.volumes.get_or_insert_default().extend_from_slice(self.volumes);
        pod
    }
}

impl System<'_> {
    /// What is there already, or twice.
    pub(super) fn check_extras(&self, component: &Component, reasons: &mut Vec<String>) {
        let (component_name, extras) = (component.name, &component.extras);
        let settings = self.settings(component);
        for EnvVar { name, .. } in extras.env {
            if settings.contains_key(name) || settings.contains_key(&format!("{name}_FILE")) {
                reasons.push(format!("{component_name}.extraEnv gives {name}, which the chart sets itself"));
            }
        }
        let mut containers = vec![component.container_name.to_owned()];
        containers.extend([extras.init_containers, extras.containers].concat().into_iter().map(|given| given.name));
        let sidecar = component.database.filter(|database| database.mode == Mode::Sidecar);
        containers.extend(sidecar.map(|database| database.container_name.clone()));
        let pod = self.service_pod(component);
        let mounts = pod.containers.first().and_then(|container| container.volume_mounts.clone()).unwrap_or_default();
        let volumes: Vec<_> = pod.volumes.unwrap_or_default().into_iter().map(|volume| volume.name).collect();
        for VolumeMount { name, .. } in extras.mounts.iter().filter(|mount| !volumes.contains(&mount.name)) {
            reasons.push(format!("{component_name}.extraVolumeMounts has the volume {name}, which is not in"));
        }
        let spread = component.topology_spread_constraints.iter();
        let spread = spread.map(|given| format!("{} {}", given.topology_key, given.when_unsatisfiable)).collect();
        for (what, names) in [
            ("variables", extras.env.iter().map(|variable| variable.name.clone()).collect()),
            ("containers", containers),
            ("mounts", mounts.into_iter().map(|mount| mount.mount_path).collect()),
            ("volumes", volumes),
            ("topologySpreadConstraints", spread),
        ] {
            reasons.extend(twice(&format!("{what} of {component_name}"), &names));
        }
    }
}
