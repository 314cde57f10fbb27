//! Quantities that are surely not meant.

use crate::Rule;
use crate::model::{Field, Quantity, Report, View};

pub(crate) const QUANTITY_MISTAKE: Rule = Rule {
    id: "quantity-mistake",
    summary: "A quantity has a unit that makes no sense: thousandths of a byte, a few bytes, thousands of cores.",
    reason: "The container is killed as soon as it starts, or never scheduled.",
    allow: "Never: write the unit that is meant, `m` for CPU and `Mi` for memory.",
};

const MEBIBYTE: Quantity = Quantity::whole(1 << 20);
/// No node has as many.
const CORES: Quantity = Quantity::whole(1000);
/// Few nodes have as many for one container.
const MANY_CORES: Quantity = Quantity::whole(64);

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        for container in workload.containers().iter().chain([&workload.pod]) {
            for part in ["requests", "limits"] {
                for (resource, at) in container.entries(&["resources", part]) {
                    resource_quantity(resource, &at, part == "limits", report);
                }
            }
        }
        for volume in workload.pod.items(&["volumes"]) {
            bytes(volume.at(&["emptyDir", "sizeLimit"]), true, report);
        }
        for claim in workload.root.items(&["spec", "volumeClaimTemplates"]) {
            bytes(claim.at(&["spec", "resources", "requests", "storage"]), true, report);
        }
    }
    for claim in view.of_kind("", "PersistentVolumeClaim") {
        bytes(claim.at(&["spec", "resources", "requests", "storage"]), true, report);
    }
}

fn resource_quantity(resource: &str, at: &Field<'_>, limit: bool, report: &mut Report) {
    match resource {
        "cpu" if Quantity::of(at.value()).is_some_and(|cores| cores >= CORES) => {
            report.error(&QUANTITY_MISTAKE, at, format!("{} are more cores than a node has", at.value()));
        }
        "cpu" if Quantity::of(at.value()).is_some_and(|cores| cores >= MANY_CORES) => {
            report.warning(&QUANTITY_MISTAKE, at, format!("{} are many cores; thousandths have an m", at.value()));
        }
        "memory" | "ephemeral-storage" => bytes(Some(at.clone()), limit, report),
        _ => {}
    }
}

fn bytes(at: Option<Field<'_>>, limit: bool, report: &mut Report) {
    let Some(at) = at else { return };
    let Some(quantity) = Quantity::of(at.value()).filter(|quantity| quantity.is_positive()) else { return };
    if at.str().is_some_and(|text| text.ends_with('m')) && !quantity.is_whole() || quantity < MEBIBYTE && limit {
        report.error(&QUANTITY_MISTAKE, &at, format!("{} is less than a mebibyte", at.value()));
    } else if at.str().is_some_and(|text| text.ends_with('m')) {
        report.error(&QUANTITY_MISTAKE, &at, format!("{} are thousandths of a byte", at.value()));
    } else if quantity < MEBIBYTE {
        report.warning(&QUANTITY_MISTAKE, &at, format!("{} is less than a mebibyte", at.value()));
    }
}
