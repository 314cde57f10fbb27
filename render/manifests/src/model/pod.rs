//! What every pod and container has.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{
    Capabilities, EmptyDirVolumeSource, KeyToPath, Lifecycle, LifecycleHandler, LocalObjectReference,
    PodSecurityContext, PodSpec, ResourceRequirements, SeccompProfile, SecretVolumeSource, SecurityContext,
    SleepAction, Volume, VolumeMount,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as K8sQuantity;

use super::System;
use crate::values::{Identity, Quantities, Quantity, Resources};

/// Where a service answers.
pub(super) const HTTP_PORT: u16 = 8000;
/// Where it answers probes and tells metrics.
pub(super) const OPERATIONS_PORT: u16 = 9090;
/// The user of the pod of `helm test`.
pub(super) const TEST_USER: i64 = 65532;

impl System<'_> {
    /// The same for a user and the group of its number.
    pub(super) fn pod_of(&self, user: i64) -> PodSpec {
        self.pod(&Identity { run_as_user: Some(user), run_as_group: Some(user), fs_group: Some(user) })
    }

    /// A pod that the restricted Pod Security Standard admits, yet without containers.
    pub(super) fn pod(&self, identity: &Identity) -> PodSpec {
        let secrets = &self.values.image.pull_secrets;
        let reference = |name: &String| LocalObjectReference { name: name.clone() };
        PodSpec {
            automount_service_account_token: Some(false),
            // A Service called postgres would make a variable POSTGRES_PORT.
            enable_service_links: Some(false),
            security_context: Some(PodSecurityContext {
                run_as_non_root: Some(true),
                run_as_user: identity.run_as_user,
                run_as_group: identity.run_as_group,
                fs_group: identity.fs_group,
                fs_group_change_policy: Some("OnRootMismatch".into()),
                seccomp_profile: Some(SeccompProfile { type_: "RuntimeDefault".into(), ..SeccompProfile::default() }),
                ..PodSecurityContext::default()
            }),
            image_pull_secrets: Some(secrets.iter().map(|secret| reference(&secret.name)).collect()),
            ..PodSpec::default()
        }
    }
}

/// A container that can neither write to its root nor gain rights.
pub(super) fn container_security() -> SecurityContext {
    SecurityContext {
        allow_privilege_escalation: Some(false),
        read_only_root_filesystem: Some(true),
        capabilities: Some(Capabilities { drop: Some(vec!["ALL".into()]), ..Capabilities::default() }),
        ..SecurityContext::default()
    }
}

/// A container that is told to stop so many seconds later.
pub(super) fn sleep(seconds: i64) -> Lifecycle {
    let handler = LifecycleHandler { sleep: Some(SleepAction { seconds }), ..LifecycleHandler::default() };
    Lifecycle { pre_stop: Some(handler), ..Lifecycle::default() }
}

pub(super) fn resources(resources: &Resources) -> ResourceRequirements {
    ResourceRequirements {
        requests: resources.requests.as_ref().map(quantities),
        limits: resources.limits.as_ref().map(quantities),
        ..ResourceRequirements::default()
    }
}

pub(super) fn quantities(given: &Quantities) -> BTreeMap<String, K8sQuantity> {
    let all = [("cpu", &given.cpu), ("memory", &given.memory), ("ephemeral-storage", &given.ephemeral_storage)];
    all.into_iter().filter_map(|(name, amount)| Some((name.into(), quantity(amount.as_ref()?)))).collect()
}

pub(super) fn quantity(amount: &Quantity) -> K8sQuantity {
    K8sQuantity(match amount {
        Quantity::Number(number) => number.to_string(),
        Quantity::Text(text) => text.clone(),
    })
}

pub(super) fn mount(name: &str, path: &str) -> VolumeMount {
    VolumeMount { name: name.into(), mount_path: path.into(), ..VolumeMount::default() }
}

pub(super) fn empty_volume(name: &str) -> Volume {
    Volume { name: name.into(), empty_dir: Some(EmptyDirVolumeSource::default()), ..Volume::default() }
}

/// The files of a Secret, for the pod's group alone.
pub(super) fn secret_volume(name: &str, secret: &str) -> Volume {
    let source = SecretVolumeSource {
        secret_name: Some(secret.into()),
        default_mode: Some(0o440),
        ..SecretVolumeSource::default()
    };
    Volume { name: name.into(), secret: Some(source), ..Volume::default() }
}

/// One file of a Secret.
pub(super) fn file_volume(name: &str, secret: &str, key: &str) -> Volume {
    let mut volume = secret_volume(name, secret);
    let file = KeyToPath { key: key.into(), path: key.into(), ..KeyToPath::default() };
    volume.secret.get_or_insert_default().items = Some(vec![file]);
    volume
}
