//! The order in which kinds are installed.

use std::cmp::Ordering;

use crate::HelmVersion;

/// Helm 4's `InstallOrder`; Helm 3 knows all but the last two.
const INSTALL_ORDER: [&str; 38] = [
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// The kinds that this Helm knows the place of.
pub(super) fn order(version: HelmVersion) -> &'static [&'static str] {
    match version {
        HelmVersion::V3 => INSTALL_ORDER.split_at(INSTALL_ORDER.len() - 2).0,
        HelmVersion::V4 => &INSTALL_ORDER,
    }
}

/// Which kind comes first; unknown ones come last, by their names. A stable sort keeps the rest.
pub(super) fn compare(order: &[&str], one: &str, other: &str) -> Ordering {
    let place = |kind: &str| order.iter().position(|known| *known == kind);
    match (place(one), place(other)) {
        (None, None) => one.cmp(other),
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(one), Some(other)) => one.cmp(&other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(version: HelmVersion, mut kinds: Vec<&str>) -> Vec<&str> {
        kinds.sort_by(|one, other| compare(order(version), one, other));
        kinds
    }

    #[test]
    fn known_kinds_come_first_and_unknown_ones_by_name() {
        let kinds = vec!["Zebra", "Service", "Ant", "Namespace", "APIService", ""];
        assert_eq!(sorted(HelmVersion::V4, kinds), ["Namespace", "Service", "APIService", "", "Ant", "Zebra"]);
    }

    #[test]
    fn helm_4_alone_knows_the_place_of_webhooks() {
        let kinds = vec!["Ant", "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"];
        let four = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration", "Ant"];
        assert_eq!(sorted(HelmVersion::V4, kinds.clone()), four);
        let three = ["Ant", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
        assert_eq!(sorted(HelmVersion::V3, kinds), three);
    }
}
