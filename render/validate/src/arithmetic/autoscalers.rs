//! Autoscalers: their bounds, and what they measure.

use super::defaults;
use crate::Rule;
use crate::model::{Field, Quantity, Report, View, Workload};

pub(crate) const AUTOSCALER_BOUNDS: Rule = Rule {
    id: "autoscaler-bounds",
    summary: "An autoscaler's least number of pods is more than its most, or the same; or it is none, and it measures its pods.",
    reason: "Kubernetes refuses the autoscaler; with the same number it never scales.",
    allow: "When the number is fixed on purpose, for a while.",
};

pub(crate) const AUTOSCALER_WITHOUT_REQUESTS: Rule = Rule {
    id: "autoscaler-without-requests",
    summary: "An autoscaler measures a share of what its pods request, and a container requests nothing, or only has a limit.",
    reason: "Without requests it cannot compute the share, and never scales; with limits alone it is the share of those.",
    allow: "When a LimitRange of the cluster gives the requests.",
};

pub(crate) const AUTOSCALER_WITHOUT_METRICS: Rule = Rule {
    id: "autoscaler-without-metrics",
    summary: "An autoscaler says nothing to measure.",
    reason: "It scales at 80 % of the requested CPU, whatever was meant.",
    allow: "When that is what is meant.",
};

pub(crate) const AUTOSCALER_FIXED_REPLICAS: Rule = Rule {
    id: "autoscaler-fixed-replicas",
    summary: "A workload that is scaled automatically states its number of pods.",
    reason: "Each upgrade sets that number, and the autoscaler has to find its own again.",
    allow: "When the number is only stated for the first install.",
};

pub(crate) const AUTOSCALER_UNREACHABLE: Rule = Rule {
    id: "autoscaler-unreachable",
    summary: "An autoscaler waits for more of a resource to be used than the limits allow, for a container that is not there, or for a resource that nobody measures.",
    reason: "It never scales.",
    allow: "Never: the share is of the requests, and must be below what limits allow.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for autoscaler in view.of_kind("autoscaling", "HorizontalPodAutoscaler") {
        bounds(autoscaler, report);
        let metrics = metrics(autoscaler);
        if metrics.is_empty() && autoscaler.items(&["spec", "metrics"]).is_empty() {
            let message = format!("{} has no metrics", autoscaler.title());
            report.warning(&AUTOSCALER_WITHOUT_METRICS, &autoscaler.or_self(&["spec"]), message);
        }
        let mine = |workload: &&Workload<'_>| {
            workload.replicas().is_some()
                && is_target(view, autoscaler, workload)
                && view.autoscaler(workload).is_some_and(|its| its.index == autoscaler.index)
        };
        let Some(workload) = view.workloads.iter().find(mine) else { continue };
        for metric in &metrics {
            if !is_measured(metric, report) {
                continue;
            }
            requests(view, workload, metric, report);
            unreachable(workload, metric, report);
        }
        if let Some(at) = workload.root.at(&["spec", "replicas"]) {
            let message = format!("{} scales {}, whose number of pods is fixed", autoscaler.title(), workload.title());
            report.warning(&AUTOSCALER_FIXED_REPLICAS, &at, message);
        }
    }
}

/// By the name alone, which is quick to ask for: there may be many.
fn is_target<'a>(view: &View<'a>, autoscaler: &Field<'a>, workload: &Workload<'a>) -> bool {
    let name = autoscaler.at(&["spec", "scaleTargetRef"]).and_then(|target| target.text("name"));
    name == Some(&workload.root.object.name) && view.namespace(autoscaler) == view.namespace(&workload.root)
}

fn bounds(autoscaler: &Field<'_>, report: &mut Report) {
    let Some(spec) = autoscaler.get("spec") else { return };
    let least = spec.int("minReplicas").unwrap_or(1);
    let mut kinds = spec.items(&["metrics"]).into_iter().filter_map(|metric| metric.text("type"));
    if least == 0 && !kinds.any(|kind| matches!(kind, "External" | "Object")) {
        let message = "no pods at least, but no External or Object metric, which alone can be measured then";
        report.error(&AUTOSCALER_BOUNDS, &spec.or_self(&["minReplicas"]), message.into());
    }
    if let Some(most) = spec.int("maxReplicas").filter(|most| *most < least) {
        let message = format!("at least {least} pods, but at most {most}");
        report.error(&AUTOSCALER_BOUNDS, &spec.or_self(&["minReplicas"]), message);
    } else if spec.int("maxReplicas") == Some(least) {
        let message = format!("at least {least} pods and at most {least}: it never scales");
        report.warning(&AUTOSCALER_BOUNDS, &spec.or_self(&["maxReplicas"]), message);
    }
}

/// A share of a resource's request that is measured.
struct Metric<'a> {
    at: Field<'a>,
    resource: &'a str,
    /// Of this container alone.
    container: Option<&'a str>,
    /// Of the request, in hundredths.
    percent: Option<i64>,
}

fn metrics<'a>(autoscaler: &Field<'a>) -> Vec<Metric<'a>> {
    let mut metrics = Vec::new();
    if let Some(at) = autoscaler.at(&["spec", "targetCPUUtilizationPercentage"]) {
        let percent = at.value().as_i64();
        metrics.push(Metric { at, resource: "cpu", container: None, percent });
    }
    for metric in autoscaler.items(&["spec", "metrics"]) {
        for key in ["resource", "containerResource"] {
            let Some(at) = metric.get(key) else { continue };
            // The field is `targetAverageUtilization` in the beta of the API.
            let share = at.at(&["target", "averageUtilization"]).or_else(|| at.get("targetAverageUtilization"));
            if let Some(resource) = at.text("name").filter(|_| share.is_some()) {
                let percent = share.and_then(|share| share.value().as_i64());
                metrics.push(Metric { container: at.text("container"), at, resource, percent });
            }
        }
    }
    metrics
}

fn requests(view: &View<'_>, workload: &Workload<'_>, metric: &Metric<'_>, report: &mut Report) {
    let resource = metric.resource;
    if defaults::has(view, &workload.root, "requests", resource)
        || workload.pod.at(&["resources", "requests", resource]).is_some()
    {
        return;
    }
    for container in workload.running() {
        let name = container.text("name").unwrap_or_default();
        if metric.container.is_some_and(|only| only != name)
            || container.at(&["resources", "requests", resource]).is_some()
        {
            continue;
        }
        let title = workload.title();
        if container.at(&["resources", "limits", resource]).is_some() {
            let message =
                format!("container {name} of {title} has a limit of {resource}, which stands for its request");
            report.warning(&AUTOSCALER_WITHOUT_REQUESTS, &metric.at, message);
        } else {
            let message = format!("container {name} of {title} requests no {resource}");
            // A LimitRange outside the set may give it one.
            report.missing(&AUTOSCALER_WITHOUT_REQUESTS, &metric.at, message);
        }
    }
}

/// The metrics of resources are those of processors and memory; other names are of metrics of another type.
fn is_measured(metric: &Metric<'_>, report: &mut Report) -> bool {
    let small = metric.resource.to_lowercase();
    let known = ["cpu", "memory"].into_iter().find(|known| *known == small);
    if known == Some(metric.resource) {
        return true;
    }
    let hint = known.map_or_else(|| View::hint(["cpu", "memory"], &small), |known| format!(", did you mean {known}?"));
    let message = format!("nobody measures {} of pods{hint}", metric.resource);
    report.error(&AUTOSCALER_UNREACHABLE, &metric.at.or_self(&["name"]), message);
    false
}

fn unreachable(workload: &Workload<'_>, metric: &Metric<'_>, report: &mut Report) {
    let mut running = workload.running();
    if let Some(only) = metric.container {
        running.retain(|container| container.text("name") == Some(only));
        if running.is_empty() {
            let names = workload.running().into_iter().filter_map(|container| container.text("name"));
            let message = format!("{} has no container {only}{}", workload.title(), View::hint(names, only));
            return report.error(&AUTOSCALER_UNREACHABLE, &metric.at, message);
        }
    }
    let amounts = |part: &str| {
        running.iter().try_fold(Quantity::whole(0), |sum, container| {
            sum.checked_add(Quantity::of(container.at(&["resources", part, metric.resource])?.value())?)
        })
    };
    let (Some(percent), Some(requests), Some(limits)) = (metric.percent, amounts("requests"), amounts("limits")) else {
        return;
    };
    if requests.share(percent).is_some_and(|wanted| wanted > limits) {
        let message = format!("{percent} % of the requested {} is more than the limits", metric.resource);
        report.warning(&AUTOSCALER_UNREACHABLE, &metric.at, message);
    }
}
