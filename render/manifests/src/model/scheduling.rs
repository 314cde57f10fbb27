//! Where pods run, and how many may go at a time.

use k8s_openapi::api::core::v1::{Affinity, PodSpec, Toleration, TopologySpreadConstraint};
use k8s_openapi::api::policy::v1::{PodDisruptionBudget, PodDisruptionBudgetSpec};

use super::System;
use super::component::Component;
use super::deployment::int_or_string;
use super::ways_in::some;
use crate::values::Labels;

/// Where the pods of a component or of a database run.
pub(super) struct Placement<'a> {
    pub(super) node_selector: &'a Labels,
    pub(super) tolerations: &'a [Toleration],
    pub(super) affinity: &'a Affinity,
    pub(super) priority_class_name: &'a str,
}

/// Of values that have these keys.
macro_rules! placement {
    ($values:expr) => {
        $crate::model::scheduling::Placement {
            node_selector: &$values.node_selector,
            tolerations: &$values.tolerations,
            affinity: &$values.affinity,
            priority_class_name: &$values.priority_class_name,
        }
    };
}
pub(super) use placement;

impl Placement<'_> {
    /// The pod at its place.
    pub(super) fn put(&self, pod: PodSpec) -> PodSpec {
        PodSpec {
            node_selector: Some(self.node_selector.clone()),
            tolerations: Some(self.tolerations.to_vec()),
            affinity: (*self.affinity != Affinity::default()).then(|| self.affinity.clone()),
            priority_class_name: some(self.priority_class_name),
            ..pod
        }
    }

    /// The pod of a job beside the component: what that is drawn to among pods is about its own.
    pub(super) fn put_job(&self, pod: PodSpec) -> PodSpec {
        let affinity = Affinity { node_affinity: self.affinity.node_affinity.clone(), ..Affinity::default() };
        Placement { affinity: &affinity, ..*self }.put(pod)
    }
}

impl System<'_> {
    /// How the component's own pods spread.
    pub(super) fn spread(&self, component: &Component) -> Vec<TopologySpreadConstraint> {
        let own = |given: &TopologySpreadConstraint| TopologySpreadConstraint {
            label_selector: Some(self.selector(component.name)),
            ..given.clone()
        };
        component.topology_spread_constraints.iter().map(own).collect()
    }

    /// None for a single pod, which it would either hold fast or not guard.
    pub(super) fn disruption_budget(&self, component: &Component) -> Option<PodDisruptionBudget> {
        let given = component.pod_disruption_budget;
        let spec = PodDisruptionBudgetSpec {
            max_unavailable: Some(int_or_string(&given.max_unavailable)),
            // A pod that is not ready anyway holds nothing up.
            unhealthy_pod_eviction_policy: Some("AlwaysAllow".into()),
            selector: Some(self.selector(component.name)),
            ..PodDisruptionBudgetSpec::default()
        };
        (given.enabled && component.least_replicas() > 1).then(|| PodDisruptionBudget {
            metadata: self.metadata(&self.name(component), component.name),
            spec: Some(spec),
            ..PodDisruptionBudget::default()
        })
    }
}
