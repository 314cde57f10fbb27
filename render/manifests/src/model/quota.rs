//! What a namespace allows: reckoned from the objects themselves.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{
    LimitRange, LimitRangeItem, LimitRangeSpec, PodSpec, ResourceQuota, ResourceQuotaSpec, ResourceRequirements,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as K8sQuantity;
use serde_json::Value as Json;

use super::component::Component;
use super::pod::{quantities, resources};
use super::{Object, System};
use crate::values::Quantities;

/// What is counted of each container.
const RESOURCES: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
/// Bytes are counted by so many.
const MEBIBYTE: i128 = 1 << 20;

type Amounts = BTreeMap<String, K8sQuantity>;

/// Pods that are alike.
pub(super) struct Pods {
    count: i128,
    containers: Vec<ResourceRequirements>,
}

impl System<'_> {
    /// What the release's pods ask for when it is busiest, and the headroom.
    pub(super) fn resource_quota(&self, busiest: &[Pods]) -> Option<ResourceQuota> {
        let given = &self.values.resource_quota;
        if !given.enabled {
            return None;
        }
        let headroom = &given.headroom;
        let pods = i128::from(headroom.pods) + busiest.iter().map(|pods| pods.count).sum::<i128>();
        let mut hard = Amounts::from([("pods".into(), K8sQuantity(pods.to_string()))]);
        let ranges = self.ranges(busiest).unwrap_or_default();
        for (part, beside) in [("requests", &headroom.requests), ("limits", &headroom.limits)] {
            for resource in RESOURCES {
                let beside = amount_in(resource, &quantities(beside)).unwrap_or(0);
                let all = busiest.iter().map(|pods| Some(pods.count * ranges.asked(pods, part, resource)?));
                let total = all.sum::<Option<i128>>().map(|total| written(resource, total + beside));
                hard.extend(total.map(|total| (format!("{part}.{resource}"), total)));
            }
        }
        let spec = ResourceQuotaSpec { hard: Some(hard), ..ResourceQuotaSpec::default() };
        let metadata = self.metadata(&self.fullname(), "namespace");
        Some(ResourceQuota { metadata, spec: Some(spec), ..ResourceQuota::default() })
    }

    /// What a container has that says nothing, and the most that any has.
    pub(super) fn limit_range(&self, busiest: &[Pods]) -> Option<LimitRange> {
        let ranges = self.ranges(busiest)?;
        let item = LimitRangeItem {
            type_: "Container".into(),
            default_request: Some(ranges.default_request),
            default: Some(ranges.default),
            max: Some(ranges.max),
            ..LimitRangeItem::default()
        };
        let metadata = self.metadata(&self.fullname(), "namespace");
        Some(LimitRange { metadata, spec: Some(LimitRangeSpec { limits: vec![item] }) })
    }

    fn ranges(&self, busiest: &[Pods]) -> Option<Ranges> {
        let given = &self.values.limit_range;
        let mut ranges = Ranges::default();
        let containers: Vec<_> = busiest.iter().flat_map(|pods| &pods.containers).collect();
        for resource in RESOURCES {
            let amount = |amounts: &Quantities| amount_in(resource, &quantities(amounts)).filter(|amount| *amount > 0);
            let limits = containers.iter().filter_map(|container| said(container, "limits", resource));
            let unlimited = containers.iter().filter(|container| said(container, "limits", resource).is_none());
            let unlimited = unlimited.filter_map(|container| said(container, "requests", resource));
            let requests = containers.iter().filter_map(|container| said(container, "requests", resource));
            let request = amount(&given.default_request);
            let default = amount(&given.default).map(|default| unlimited.chain(request).fold(default, i128::max));
            let most = amount(&given.max);
            let most = most.map(|most| limits.chain(requests).chain(request).chain(default).fold(most, i128::max));
            for (amounts, amount) in
                [(&mut ranges.default_request, request), (&mut ranges.default, default), (&mut ranges.max, most)]
            {
                amounts.extend(amount.map(|amount| (resource.into(), written(resource, amount))));
            }
        }
        given.enabled.then_some(ranges)
    }
}

/// Of a `LimitRange` of containers.
#[derive(Default)]
struct Ranges {
    default_request: Amounts,
    default: Amounts,
    max: Amounts,
}

impl Ranges {
    /// What the containers of a pod ask for together, unless one says nothing and is given nothing.
    fn asked(&self, pods: &Pods, part: &str, resource: &str) -> Option<i128> {
        let limit = [&self.default, &self.max];
        let request = [&self.default_request, &self.default, &self.max];
        let given = if part == "requests" { &request[..] } else { &limit[..] };
        let given = || given.iter().find_map(|amounts| amount_in(resource, amounts));
        pods.containers.iter().map(|container| said(container, part, resource).or_else(given)).sum()
    }
}

/// What a container itself asks for; a limit stands for a request that is not there.
fn said(container: &ResourceRequirements, part: &str, resource: &str) -> Option<i128> {
    let of = |amounts: &Option<Amounts>| amount_in(resource, amounts.as_ref()?);
    let limit = || of(&container.limits);
    if part == "requests" { of(&container.requests).or_else(limit) } else { limit() }
}

/// In thousandths of a core, or in mebibytes.
fn amount_in(resource: &str, amounts: &Amounts) -> Option<i128> {
    amounts.get(resource).map(|quantity| amount(resource, &quantity.0))
}

/// Rounded up.
pub(super) fn amount(resource: &str, text: &str) -> i128 {
    let (all, parts) = ratio(resource, text);
    all / parts + i128::from(all % parts > 0)
}

/// Not rounded: so many of such parts.
fn ratio(resource: &str, text: &str) -> (i128, i128) {
    let end = text.find(|character: char| character.is_ascii_alphabetic() && character != 'e').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let (times, parts) = match unit {
        "" if resource == "cpu" => (1000, 1),
        "k" => (1000, MEBIBYTE),
        "Ki" => (1, 1 << 10),
        "Ti" => (1 << 20, 1),
        "Gi" => (1 << 10, 1),
        "M" => (1_000_000, MEBIBYTE),
        "G" => (1_000_000_000, MEBIBYTE),
        "T" => (1_000_000_000_000, MEBIBYTE),
        "" => (1, MEBIBYTE),
        // Of what is counted in them: m and Mi.
        _ => (1, 1),
    };
    // Without an exponent, which numbers may have.
    let number = if number.contains('e') { number.parse().unwrap_or(0.0_f64).to_string() } else { number.into() };
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().unwrap_or(0);
    let scale = u32::try_from(fraction.len()).ok().and_then(|decimals| 10_i128.checked_pow(decimals));
    let parts = scale.and_then(|scale| scale.checked_mul(parts)).unwrap_or(i128::MAX);
    (digits.saturating_mul(times), parts)
}

/// What a container asks for beyond its limit, which Kubernetes refuses; `path` is where it says so.
fn excess(path: &str, container: &ResourceRequirements) -> Vec<String> {
    let of = |amounts: &Option<Amounts>, resource: &str| Some(ratio(resource, &amounts.as_ref()?.get(resource)?.0));
    let is_more = |resource: &&str| {
        let (request, limit) = (of(&container.requests, resource), of(&container.limits, resource));
        request
            .zip(limit)
            .is_some_and(|(request, limit)| request.0.saturating_mul(limit.1) > limit.0.saturating_mul(request.1))
    };
    let more = RESOURCES.into_iter().filter(is_more);
    more.map(|resource| format!("{path}.requests.{resource} is more than the limit")).collect()
}

/// Of all containers of a component that are given.
pub(super) fn check_resources(component: &Component) -> Vec<String> {
    let name = component.name;
    let mut reasons = excess(&format!("{name}.resources"), &resources(component.resources));
    let extras =
        [("initContainers", component.extras.init_containers), ("extraContainers", component.extras.containers)];
    for (key, container) in extras.into_iter().flat_map(|(key, all)| all.iter().map(move |container| (key, container)))
    {
        let given = container.resources.clone().unwrap_or_default();
        reasons.extend(excess(&format!("{name}.{key} of {}: resources", container.name), &given));
    }
    if let Some(database) = component.database {
        reasons.extend(excess(&format!("{name}.database.resources"), &resources(&database.resources)));
        reasons.extend(excess(&format!("{name}.database.backup.resources"), &resources(&database.backup.resources)));
    }
    reasons
}

fn written(resource: &str, amount: i128) -> K8sQuantity {
    K8sQuantity(format!("{amount}{}", if resource == "cpu" { "m" } else { "Mi" }))
}

/// The pods that objects may have at a time, all of them at work; those too of which there are none until somebody scales.
///
/// Pods that stop are counted until they are gone, so that a rolling update has each twice. Init containers are counted as
/// if they ran beside the others.
pub(super) fn busiest(objects: &[Object]) -> Vec<Pods> {
    let pods = |object: &Object| {
        let (path, count) = match object.kind.as_str() {
            "Pod" => ("/spec", 1),
            "Job" | "StatefulSet" => ("/spec/template/spec", 1),
            "CronJob" => ("/spec/jobTemplate/spec/template/spec", 1),
            "Deployment" => ("/spec/template/spec", rolling(objects, object)),
            "Cluster" => return cluster(&object.json),
            _ => return None,
        };
        let pod: PodSpec = serde_json::from_value(object.json.pointer(path)?.clone()).ok()?;
        let containers = pod.init_containers.into_iter().flatten().chain(pod.containers);
        let containers = containers.map(|container| container.resources.unwrap_or_default()).collect();
        Some(Pods { count, containers })
    };
    objects.iter().filter_map(pods).collect()
}

/// All the pods that a Deployment may have, and those that they take the place of.
fn rolling(objects: &[Object], deployment: &Object) -> i128 {
    let is_scaler = |other: &&Object| other.kind == "HorizontalPodAutoscaler" && other.name == deployment.name;
    let most = objects.iter().find(is_scaler).map(|scaler| &scaler.json["spec"]["maxReplicas"]);
    let spec = &deployment.json["spec"];
    let most = most.unwrap_or(&spec["replicas"]).as_i64().map_or(0, i128::from);
    if spec["strategy"]["type"] == "Recreate" { most } else { 2 * most }
}

/// The instances, and the operator's own pod by which another joins.
fn cluster(object: &Json) -> Option<Pods> {
    let spec = &object["spec"];
    let resources = serde_json::from_value(spec["resources"].clone()).ok()?;
    Some(Pods { count: i128::from(spec["instances"].as_i64()?) + 1, containers: vec![resources] })
}
