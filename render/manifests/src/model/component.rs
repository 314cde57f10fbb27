//! What the three services have alike.

use k8s_openapi::api::core::v1::{HostAlias, PodDNSConfig, PodSpec, TopologySpreadConstraint};

use super::extras::{Extras, extras};
use super::scheduling::{Placement, placement};
use crate::Values;
use crate::values::{
    Annotations, Autoscaling, Canary, ComponentImage, Database, HttpRoute, Identity, Ingress, Labels, NetworkPolicy,
    PodDisruptionBudget, Probes, Resources, Service, ServiceAccount, Strategy,
};

/// A service and its values.
pub(super) struct Component<'a> {
    pub(super) name: &'static str,
    pub(super) fullname_override: &'a str,
    pub(super) container_name: &'a str,
    pub(super) image: &'a ComponentImage,
    pub(super) replicas: u32,
    pub(super) strategy: &'a Strategy,
    pub(super) resources: &'a Resources,
    pub(super) probes: &'a Probes,
    pub(super) pod_annotations: &'a Annotations,
    pub(super) pod_labels: &'a Labels,
    pub(super) pod_security_context: &'a Identity,
    pub(super) dns_config: &'a PodDNSConfig,
    pub(super) host_aliases: &'a [HostAlias],
    pub(super) revision_history_limit: u32,
    pub(super) placement: Placement<'a>,
    pub(super) topology_spread_constraints: &'a [TopologySpreadConstraint],
    pub(super) pod_disruption_budget: &'a PodDisruptionBudget,
    pub(super) autoscaling: &'a Autoscaling,
    pub(super) extras: Extras<'a>,
    pub(super) debug: bool,
    pub(super) canary: &'a Canary,
    pub(super) service: &'a Service,
    pub(super) ingress: &'a Ingress,
    pub(super) http_route: &'a HttpRoute,
    pub(super) service_account: &'a ServiceAccount,
    pub(super) network_policy: &'a NetworkPolicy,
    /// Of the two backends.
    pub(super) database: Option<&'a Database>,
}

macro_rules! component {
    ($values:ident.$name:ident, $database:expr) => {
        Component {
            name: stringify!($name),
            fullname_override: &$values.$name.fullname_override,
            container_name: &$values.$name.container_name,
            image: &$values.$name.image,
            replicas: $values.$name.replicas,
            strategy: &$values.$name.strategy,
            resources: &$values.$name.resources,
            probes: &$values.$name.probes,
            pod_annotations: &$values.$name.pod_annotations,
            pod_labels: &$values.$name.pod_labels,
            pod_security_context: &$values.$name.pod_security_context,
            dns_config: &$values.$name.dns_config,
            host_aliases: &$values.$name.host_aliases,
            revision_history_limit: $values.$name.revision_history_limit,
            placement: placement!($values.$name),
            topology_spread_constraints: &$values.$name.topology_spread_constraints,
            pod_disruption_budget: &$values.$name.pod_disruption_budget,
            autoscaling: &$values.$name.autoscaling,
            extras: extras!($values.$name),
            debug: $values.$name.debug,
            canary: &$values.$name.canary,
            service: &$values.$name.service,
            ingress: &$values.$name.ingress,
            http_route: &$values.$name.http_route,
            service_account: &$values.$name.service_account,
            network_policy: &$values.$name.network_policy,
            database: $database,
        }
    };
}

impl<'a> Component<'a> {
    pub(super) fn all(values: &'a Values) -> [Self; 3] {
        [Self::thoughts(values), Self::users(values), Self::frontend(values)]
    }

    /// The pod with the names that it finds.
    pub(super) fn resolving(&self, pod: PodSpec) -> PodSpec {
        PodSpec {
            dns_config: (*self.dns_config != PodDNSConfig::default()).then(|| self.dns_config.clone()),
            host_aliases: Some(self.host_aliases.to_vec()),
            ..pod
        }
    }

    /// How many pods there are at least.
    pub(super) fn least_replicas(&self) -> u32 {
        if self.autoscaling.enabled { self.autoscaling.min_replicas } else { self.replicas }
    }

    pub(super) fn thoughts(values: &'a Values) -> Self {
        component!(values.thoughts, Some(&values.thoughts.database))
    }

    pub(super) fn users(values: &'a Values) -> Self {
        component!(values.users, Some(&values.users.database))
    }

    pub(super) fn frontend(values: &'a Values) -> Self {
        component!(values.frontend, None)
    }
}
