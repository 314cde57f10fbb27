//! As many pods as the load needs.

use k8s_openapi::api::autoscaling::v2::{
    ContainerResourceMetricSource, CrossVersionObjectReference, HPAScalingRules, HorizontalPodAutoscaler,
    HorizontalPodAutoscalerBehavior, HorizontalPodAutoscalerSpec, MetricSpec, MetricTarget,
};

use super::System;
use super::component::Component;
use super::deployment::saturated;
use super::pod::quantity;
use super::quota::amount;
use crate::values::{Autoscaling, Behavior, Mode, Quantities, ScalingRules};

impl System<'_> {
    pub(super) fn autoscaler(&self, component: &Component) -> Option<HorizontalPodAutoscaler> {
        let given = component.autoscaling;
        let name = self.name(component);
        let metrics = targets(given).into_iter().map(|(resource, percent)| metric(component, resource, percent));
        let spec = HorizontalPodAutoscalerSpec {
            scale_target_ref: CrossVersionObjectReference {
                api_version: Some("apps/v1".into()),
                kind: "Deployment".into(),
                name: name.clone(),
            },
            min_replicas: Some(saturated(given.min_replicas)),
            max_replicas: saturated(given.max_replicas),
            metrics: Some(metrics.collect()),
            behavior: behavior(&given.behavior),
        };
        given.enabled.then(|| HorizontalPodAutoscaler {
            metadata: self.metadata(&name, component.name),
            spec,
            ..HorizontalPodAutoscaler::default()
        })
    }

    /// Why the load could not scale a component.
    pub(super) fn check_autoscaling(component: &Component, reasons: &mut Vec<String>) {
        let (name, given) = (component.name, component.autoscaling);
        if !given.enabled {
            return;
        }
        if component.database.is_some_and(|database| database.mode == Mode::Sidecar) {
            reasons.push(format!("{name}.autoscaling is on, but must be off with database.mode sidecar"));
        }
        let (least, most) = (given.min_replicas, given.max_replicas);
        if least > most {
            reasons.push(format!("{name}.autoscaling.minReplicas is {least}, more than maxReplicas, which is {most}"));
        }
        let none = Quantities::default();
        let requests = component.resources.requests.as_ref().unwrap_or(&none);
        for (resource, _) in targets(given) {
            let request = if resource == "cpu" { &requests.cpu } else { &requests.memory };
            if request.as_ref().is_none_or(|request| amount(resource, &quantity(request).0) == 0) {
                reasons.push(format!(
                    "{name}.autoscaling looks at {resource}, of which {name}.resources.requests says nothing"
                ));
            }
        }
    }
}

/// What is looked at, with its percent.
fn targets(given: &Autoscaling) -> Vec<(&'static str, u32)> {
    let all = [("cpu", given.target_cpu), ("memory", given.target_memory)];
    all.into_iter().filter(|(_, percent)| *percent > 0).collect()
}

/// Of the service alone: other containers of the pod have loads of their own.
fn metric(component: &Component, resource: &str, percent: u32) -> MetricSpec {
    let target = MetricTarget {
        type_: "Utilization".into(),
        average_utilization: Some(saturated(percent)),
        ..MetricTarget::default()
    };
    let source =
        ContainerResourceMetricSource { name: resource.into(), container: component.container_name.into(), target };
    MetricSpec { type_: "ContainerResource".into(), container_resource: Some(source), ..MetricSpec::default() }
}

fn behavior(given: &Behavior) -> Option<HorizontalPodAutoscalerBehavior> {
    let rules = |rules: &ScalingRules| HPAScalingRules {
        stabilization_window_seconds: rules.stabilization_window_seconds,
        select_policy: rules.select_policy.map(|policy| policy.as_str().into()),
        policies: rules.policies.clone(),
        ..HPAScalingRules::default()
    };
    (*given != Behavior::default()).then(|| HorizontalPodAutoscalerBehavior {
        scale_up: given.scale_up.as_ref().map(rules),
        scale_down: given.scale_down.as_ref().map(rules),
    })
}
