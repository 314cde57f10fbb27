//! What containers ask for, and what they may use.

use crate::Rule;
use crate::model::{Field, Quantity, Report, View};

pub(crate) const REQUEST_OVER_LIMIT: Rule = Rule {
    id: "request-over-limit",
    summary: "A container requests more of a resource than it may use.",
    reason: "Kubernetes refuses the pod.",
    allow: "Never.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        requests(&workload.pod, report);
        for container in workload.containers() {
            requests(&container, report);
        }
    }
}

fn requests(of: &Field<'_>, report: &mut Report) {
    for (resource, request) in of.entries(&["resources", "requests"]) {
        let Some(limit) = of.at(&["resources", "limits", resource]) else { continue };
        let (Some(asked), Some(most)) = (Quantity::of(request.value()), Quantity::of(limit.value())) else { continue };
        if asked > most {
            let message = format!("{resource}: {} is requested, but the limit is {}", request.value(), limit.value());
            report.error(&REQUEST_OVER_LIMIT, &request, message);
        }
    }
}
