//! A database that the operator `CloudNativePG` runs: `postgresql.cnpg.io/v1`, as its documentation has it.

use k8s_openapi::api::core::v1::{
    LocalObjectReference, NodeAffinity, PodAffinity, PodAntiAffinity, ResourceRequirements, Toleration,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;

use super::System;
use super::component::Component;
use super::custom::Custom;
use super::labels::{Labels, strings};
use super::pod::{quantity, resources};
use super::ways_in::some;
use crate::values::{Database, Mode, Parameters};

/// What a `Cluster` says.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClusterSpec {
    instances: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    image_name: Option<String>,
    image_pull_policy: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    image_pull_secrets: Vec<LocalObjectReference>,
    bootstrap: Bootstrap,
    #[serde(skip_serializing_if = "Option::is_none")]
    postgresql: Option<Postgresql>,
    storage: Storage,
    resources: ResourceRequirements,
    monitoring: Monitoring,
    #[serde(skip_serializing_if = "ClusterAffinity::is_empty")]
    affinity: ClusterAffinity,
    #[serde(skip_serializing_if = "Option::is_none")]
    priority_class_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inherited_metadata: Option<InheritedMetadata>,
}

/// How its data begin.
#[derive(Serialize)]
struct Bootstrap {
    initdb: InitDb,
}

/// An empty database, and who owns it.
#[derive(Serialize)]
struct InitDb {
    database: String,
    owner: String,
    /// With the keys `username` and `password`; without one the operator makes NAME-app.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<LocalObjectReference>,
}

/// How its servers are set.
#[derive(Serialize)]
struct Postgresql {
    parameters: Parameters,
}

/// The volume of each pod.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Storage {
    size: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage_class: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Monitoring {
    enable_pod_monitor: bool,
}

/// Where its pods run.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ClusterAffinity {
    #[serde(skip_serializing_if = "Labels::is_empty")]
    node_selector: Labels,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tolerations: Vec<Toleration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    node_affinity: Option<NodeAffinity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_pod_affinity: Option<PodAffinity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_pod_anti_affinity: Option<PodAntiAffinity>,
}

impl ClusterAffinity {
    fn new(database: &Database) -> Self {
        let affinity = database.affinity.clone();
        Self {
            node_selector: database.node_selector.clone(),
            tolerations: database.tolerations.clone(),
            node_affinity: affinity.node_affinity,
            additional_pod_affinity: affinity.pod_affinity,
            additional_pod_anti_affinity: affinity.pod_anti_affinity,
        }
    }

    fn is_empty(&self) -> bool {
        self.node_selector.is_empty()
            && self.tolerations.is_empty()
            && self.node_affinity.is_none()
            && self.additional_pod_affinity.is_none()
            && self.additional_pod_anti_affinity.is_none()
    }
}

/// What its pods and other objects have.
#[derive(Serialize)]
struct InheritedMetadata {
    annotations: Labels,
}

impl System<'_> {
    /// To which the operator adds ends such as `-rw`.
    pub(super) fn cluster_name(&self, component: &Component) -> String {
        format!("{}-db", self.name(component))
    }

    pub(super) fn cluster(&self, component: &Component, database: &Database) -> Option<Custom<ClusterSpec>> {
        if database.mode != Mode::Cloudnative {
            return None;
        }
        let metadata = ObjectMeta {
            // Its volumes go with it, and data outlive the release.
            annotations: Some(strings([("helm.sh/resource-policy", "keep")])),
            ..self.metadata(&self.cluster_name(component), &format!("{}-database", component.name))
        };
        Some(Custom {
            api_version: "postgresql.cnpg.io/v1",
            kind: "Cluster",
            metadata,
            spec: self.cluster_spec(database),
        })
    }

    fn cluster_spec(&self, database: &Database) -> ClusterSpec {
        let (given, image) = (&database.cloudnative, &self.values.image);
        let annotations = database.pod_annotations.clone();
        let reference = |name: &str| LocalObjectReference { name: name.to_owned() };
        ClusterSpec {
            instances: given.instances,
            image_name: some(&given.image),
            image_pull_policy: image.pull_policy.as_str(),
            image_pull_secrets: image.pull_secrets.iter().map(|secret| reference(&secret.name)).collect(),
            bootstrap: Bootstrap {
                initdb: InitDb {
                    database: database.name.clone(),
                    owner: database.user.clone(),
                    secret: some(&database.existing_secret).map(|name| reference(&name)),
                },
            },
            postgresql: (!database.parameters.is_empty())
                .then(|| Postgresql { parameters: database.parameters.clone() }),
            storage: Storage {
                size: quantity(&database.persistence.size).0,
                storage_class: some(&database.persistence.storage_class),
            },
            resources: resources(&database.resources),
            monitoring: Monitoring { enable_pod_monitor: given.pod_monitor },
            affinity: ClusterAffinity::new(database),
            priority_class_name: some(&database.priority_class_name),
            inherited_metadata: (!annotations.is_empty()).then_some(InheritedMetadata { annotations }),
        }
    }
}

impl System<'_> {
    /// Metrics that nobody reaches.
    pub(super) fn check_pod_monitor(&self, component: &str, database: &Database) -> Option<String> {
        let policies = &self.values.network_policies;
        let is_closed = database.cloudnative.pod_monitor && policies.enabled && policies.metrics.from.is_empty();
        is_closed.then(|| {
            format!("networkPolicies.metrics.from is missing: {component}.database.cloudnative.podMonitor has")
        })
    }
}

/// What is said of another database than the operator's.
pub(super) fn check_cluster(component: &str, database: &Database) -> Vec<String> {
    let server = &database.external;
    let others = [
        ("tlsSecret", !database.tls_secret.is_empty()),
        ("external.host", !server.host.is_empty()),
        ("external.caSecret", !server.ca_secret.is_empty()),
        ("external.cidrs", !server.cidrs.is_empty()),
        ("external.service.enabled", server.service.enabled),
    ];
    let given = others.into_iter().filter(|(_, is_given)| *is_given);
    given.map(|(key, _)| format!("{component}.database.{key} is given, but with database.mode cloudnative")).collect()
}
