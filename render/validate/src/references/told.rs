//! Containers that a pod names: whose resources it is told of, and which one people mean.

use crate::Rule;
use crate::model::{Field, Report, View, Workload};

pub(crate) const MISSING_CONTAINER: Rule = Rule {
    id: "missing-container",
    summary: "A pod is told of the resources of a container that it does not have, or names it as the one that people mean.",
    reason: "The container that is to be told does not start; commands that name no container fail.",
    allow: "When something injects the container.",
};

const DEFAULT: &str = "kubectl.kubernetes.io/default-container";

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        let containers = workload.containers();
        let names: Vec<_> = containers.iter().filter_map(|container| container.text("name")).collect();
        for at in told(workload) {
            if let Some(message) = missing(&names, &at) {
                report.error(&MISSING_CONTAINER, &at, message);
            }
        }
        if let Some(at) = workload.template.at(&["metadata", "annotations", DEFAULT])
            && let Some(message) = missing(&names, &at)
        {
            report.warning(&MISSING_CONTAINER, &at, message);
        }
    }
}

/// Where the names stand of containers whose resources are told.
fn told<'a>(workload: &Workload<'a>) -> Vec<Field<'a>> {
    let variables = workload.containers().into_iter().flat_map(|container| container.items(&["env"]));
    let variables = variables.filter_map(|variable| variable.get("valueFrom"));
    let volumes = workload.pod.items(&["volumes"]);
    let projected = volumes.iter().flat_map(|volume| volume.items(&["projected", "sources"]));
    let files = volumes.iter().cloned().chain(projected).flat_map(|source| source.items(&["downwardAPI", "items"]));
    variables.chain(files).filter_map(|from| from.at(&["resourceFieldRef", "containerName"])).collect()
}

fn missing(names: &[&str], at: &Field<'_>) -> Option<String> {
    let wanted = at.str().filter(|wanted| !wanted.is_empty() && !names.contains(wanted))?;
    Some(format!("the pod has no container {wanted}{}", View::hint(names.iter().copied(), wanted)))
}
