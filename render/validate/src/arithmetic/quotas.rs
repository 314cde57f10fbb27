//! What a namespace allows: quotas and ranges, against what its pods ask for.

use super::defaults;
use crate::Rule;
use crate::model::{Field, Quantity, Report, View, Workload};

pub(crate) const QUOTA_EXCEEDED: Rule = Rule {
    id: "quota-exceeded",
    summary: "The pods or claims of a namespace ask for more than its ResourceQuota allows, or do not say what the quota counts.",
    reason: "Pods and claims over the quota are refused.",
    allow: "When not all of them run at once.",
};

pub(crate) const LIMIT_RANGE: Rule = Rule {
    id: "limit-range",
    summary: "A container asks for more than its namespace's LimitRange allows, or for less.",
    reason: "Its pods are refused.",
    allow: "Never.",
};

/// What a quota counts of containers: its name, and where containers have it.
const COUNTED: [(&str, &str, &str); 6] = [
    ("requests.cpu", "requests", "cpu"),
    ("requests.memory", "requests", "memory"),
    ("limits.cpu", "limits", "cpu"),
    ("limits.memory", "limits", "memory"),
    ("cpu", "requests", "cpu"),
    ("memory", "requests", "memory"),
];

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for quota in view.of_kind("", "ResourceQuota") {
        // A quota with scopes is about some pods only.
        let scoped =
            quota.get("spec").is_some_and(|spec| spec.get("scopes").is_some() || spec.get("scopeSelector").is_some());
        if !scoped {
            amounts(view, quota, report);
            pods(view, quota, report);
            claims(view, quota, report);
        }
    }
    for range in view.of_kind("", "LimitRange") {
        for limit in range.items(&["spec", "limits"]).iter().filter(|limit| limit.text("type") == Some("Container")) {
            ranges(view, range, limit, report);
        }
    }
}

/// The workloads of an object's namespace.
fn here<'v, 'a>(view: &'v View<'a>, object: &Field<'a>) -> impl Iterator<Item = &'v Workload<'a>> {
    let namespace = view.namespace(object);
    view.workloads.iter().filter(move |workload| view.namespace(&workload.root) == namespace)
}

fn amounts(view: &View<'_>, quota: &Field<'_>, report: &mut Report) {
    for (name, part, resource) in COUNTED {
        let Some(at) = quota.at(&["spec", "hard", name]) else { continue };
        let Some(hard) = Quantity::of(at.value()) else { continue };
        let mut total = Quantity::whole(0);
        for workload in here(view, quota).filter(|workload| has_pods(view, workload)) {
            for container in workload.pod.items(&["containers"]) {
                match amount(&container, part, resource) {
                    None if !defaults::has(view, quota, part, resource) => {
                        let message = format!("{} counts {name}, of which the container says nothing", quota.title());
                        report.warning(&QUOTA_EXCEEDED, &container, message);
                    }
                    None => {}
                    Some(own) => {
                        let pods =
                            view.replicas(workload).filter(|_| workload.is_lasting()).map_or(1, |(_, most)| most);
                        total = own.checked_mul(pods).and_then(|own| total.checked_add(own)).unwrap_or(total);
                    }
                }
            }
        }
        if total > hard {
            let message = format!("the pods ask for more {name} than {}", at.value());
            report.warning(&QUOTA_EXCEEDED, &at, message);
        }
    }
}

/// Whether there are pods to be refused: a workload may be turned off.
fn has_pods(view: &View<'_>, workload: &Workload<'_>) -> bool {
    view.replicas(workload).is_none_or(|(_, most)| most > 0)
}

/// A limit stands for a request that is not there.
fn amount(container: &Field<'_>, part: &str, resource: &str) -> Option<Quantity> {
    let own = container.at(&["resources", part, resource]);
    let own = own.or_else(|| container.at(&["resources", "limits", resource]).filter(|_| part == "requests"));
    Quantity::of(own?.value())
}

fn pods(view: &View<'_>, quota: &Field<'_>, report: &mut Report) {
    let Some(at) = quota.at(&["spec", "hard", "pods"]).or_else(|| quota.at(&["spec", "hard", "count/pods"])) else {
        return;
    };
    let Some(hard) = Quantity::of(at.value()) else { return };
    let most = here(view, quota).filter(|workload| workload.is_lasting());
    let most = most.filter_map(|workload| Some(view.replicas(workload)?.1)).fold(0, i64::saturating_add);
    if Quantity::whole(most.into()) > hard {
        report.warning(&QUOTA_EXCEEDED, &at, format!("{most} pods are asked for, and {} allowed", at.value()));
    }
}

/// Claims, those that StatefulSets make for each of their pods too.
fn claims(view: &View<'_>, quota: &Field<'_>, report: &mut Report) {
    let mut all: Vec<(i64, Option<Quantity>)> = Vec::new();
    let storage = |claim: &Field<'_>| Quantity::of(claim.at(&["spec", "resources", "requests", "storage"])?.value());
    let namespace = view.namespace(quota);
    let own = view.of_kind("", "PersistentVolumeClaim").filter(|claim| view.namespace(claim) == namespace);
    all.extend(own.map(|claim| (1, storage(claim))));
    for workload in here(view, quota).filter(|workload| workload.kind() == "StatefulSet") {
        let most = view.replicas(workload).map_or(1, |(_, most)| most);
        let templates = workload.root.items(&["spec", "volumeClaimTemplates"]);
        all.extend(templates.iter().map(|claim| (most, storage(claim))));
    }
    let count = all.iter().fold(0_i64, |sum, (number, _)| sum.saturating_add(*number));
    let sum = |total: Quantity, (number, each): &(i64, Option<Quantity>)| {
        total.checked_add(each.as_ref()?.checked_mul(*number)?)
    };
    let amount = all.iter().try_fold(Quantity::whole(0), sum);
    let asked = [("persistentvolumeclaims", Some(Quantity::whole(count.into()))), ("requests.storage", amount)];
    for (name, asked) in asked {
        let Some(at) = quota.at(&["spec", "hard", name]) else { continue };
        if let (Some(hard), Some(asked)) = (Quantity::of(at.value()), asked)
            && asked > hard
        {
            let message = format!("{count} claims ask for more {name} than {}", at.value());
            report.warning(&QUOTA_EXCEEDED, &at, message);
        }
    }
}

fn ranges(view: &View<'_>, range: &Field<'_>, limit: &Field<'_>, report: &mut Report) {
    for workload in here(view, range) {
        for container in workload.containers() {
            for part in ["requests", "limits"] {
                for (resource, at) in container.entries(&["resources", part]) {
                    bounds(range, limit, resource, &at, report);
                }
            }
        }
    }
}

fn bounds(range: &Field<'_>, limit: &Field<'_>, resource: &str, at: &Field<'_>, report: &mut Report) {
    let bound = |key: &str| limit.at(&[key, resource]).and_then(|bound| Quantity::of(bound.value()));
    let Some(amount) = Quantity::of(at.value()) else { return };
    if bound("max").is_some_and(|most| amount > most) || bound("min").is_some_and(|least| amount < least) {
        let message = format!("{} of {resource} is outside of {}", at.value(), range.title());
        report.error(&LIMIT_RANGE, at, message);
    }
}
