//! What containers, volumes and resources ask of their pod, and of each other.

use serde_json::{Map, Value as Json};

use super::{contradiction, is_empty, is_given, missing, text};
use crate::model::Quantity;
use crate::schema::report::Report;
use crate::schema::rules::{CONTRADICTION, WRONG_VALUE};

/// Settings of the kernel that are the node's where the pod has the node's network, or its processes' messages.
const OF_NETWORK: &[&str] = &["net."];
const OF_MESSAGES: &[&str] = &["kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue."];

/// What a pod shares with its node rules other things out.
pub(super) fn shared(pod: &Map<String, Json>, report: &mut Report<'_>) {
    let has = |field: &str| is_true(pod, field);
    for field in ["hostIPC", "hostNetwork", "hostPID"] {
        if has(field) && pod.get("hostUsers") == Some(&Json::Bool(false)) {
            contradiction(report, field, "hostUsers is false");
        }
    }
    if has("hostPID") && has("shareProcessNamespace") {
        contradiction(report, "shareProcessNamespace", "the pod has the node's processes");
    }
    if has("hostNetwork") {
        ports_of_node(pod, report);
        settings_of_node(pod, OF_NETWORK, report);
    }
    if has("hostIPC") {
        settings_of_node(pod, OF_MESSAGES, report);
    }
}

fn is_true(entries: &Map<String, Json>, field: &str) -> bool {
    entries.get(field) == Some(&Json::Bool(true))
}

fn objects<'e>(entries: &'e Map<String, Json>, field: &str) -> impl Iterator<Item = (usize, &'e Map<String, Json>)> {
    let items = entries.get(field).and_then(Json::as_array).into_iter().flatten();
    items.enumerate().filter_map(|(index, item)| Some((index, item.as_object()?)))
}

fn ports_of_node(pod: &Map<String, Json>, report: &mut Report<'_>) {
    for field in ["containers", "initContainers"] {
        for (index, container) in objects(pod, field) {
            for (at, port) in objects(container, "ports") {
                let of_node = port.get("hostPort").and_then(Json::as_i64).filter(|port| *port != 0);
                if of_node.is_some() && of_node != port.get("containerPort").and_then(Json::as_i64) {
                    let path = report.path().key(field).index(index).key("ports").index(at).key("hostPort");
                    let message = format!("{path}: the pod has the node's network, so it is the containerPort");
                    report.error(&CONTRADICTION, message);
                }
            }
        }
    }
}

fn settings_of_node(pod: &Map<String, Json>, prefixes: &[&str], report: &mut Report<'_>) {
    let Some(Json::Object(security)) = pod.get("securityContext") else { return };
    for (_, setting) in objects(security, "sysctls") {
        let name = text(setting, "name").replace('/', ".");
        if prefixes.iter().any(|prefix| name.starts_with(prefix)) {
            report.key("securityContext", |report| {
                contradiction(report, "sysctls", &format!("{name} is the node's here"));
            });
        }
    }
}

pub(super) fn container(container: &Map<String, Json>, report: &mut Report<'_>) {
    if let Some(Json::Object(probe)) = container.get("readinessProbe")
        && is_given(probe, "terminationGracePeriodSeconds")
    {
        report.key("readinessProbe", |report| {
            contradiction(report, "terminationGracePeriodSeconds", "a readiness probe ends no container");
        });
    }
    let is_privileged =
        container.get("securityContext").and_then(|own| own.get("privileged")) == Some(&Json::Bool(true));
    for (index, mount) in objects(container, "volumeMounts") {
        if text(mount, "mountPropagation") == "Bidirectional" && !is_privileged {
            report.key("volumeMounts", |report| {
                report.item(index, |report| {
                    contradiction(report, "mountPropagation", "only a privileged container has it both ways");
                });
            });
        }
    }
}

/// Resources that are no part of a core or of memory: huge pages, and those of devices.
pub(super) fn resources(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let amounts = |field: &str| entries.get(field).and_then(Json::as_object).cloned().unwrap_or_default();
    let (limits, requests) = (amounts("limits"), amounts("requests"));
    let has = |name: &str| limits.contains_key(name) || requests.contains_key(name);
    if limits.keys().chain(requests.keys()).any(|name| name.starts_with("hugepages-")) && !has("cpu") && !has("memory")
    {
        missing(report, "requests", "of cpu or memory, as there are huge pages");
    }
    for (field, name, amount) in all(&limits, &requests).filter(|(_, name, _)| is_of_device(name)) {
        report.key(field, |report| whole(name, amount, report));
    }
    for (name, request) in requests.iter().filter(|(name, _)| is_of_device(name) || name.starts_with("hugepages-")) {
        let limit = limits.get(name);
        let most = limit.and_then(Quantity::of);
        // That it is more, request-over-limit tells.
        if Quantity::of(request).is_some_and(|request| most.is_none_or(|most| request < most)) {
            let limit = limit.map_or("no limit".into(), |limit| format!("the limit {limit}"));
            report.key("requests", |report| {
                contradiction(report, name, &format!("{request} beside {limit}: they are the same"));
            });
        }
    }
}

fn all<'m>(
    limits: &'m Map<String, Json>,
    requests: &'m Map<String, Json>,
) -> impl Iterator<Item = (&'static str, &'m String, &'m Json)> {
    let of = |field, amounts: &'m Map<String, Json>| amounts.iter().map(move |(name, amount)| (field, name, amount));
    of("limits", limits).chain(of("requests", requests))
}

/// `nvidia.com/gpu`; what is Kubernetes' own has parts.
fn is_of_device(name: &str) -> bool {
    name.split_once('/').is_some_and(|(domain, _)| domain != "kubernetes.io" && !domain.ends_with(".kubernetes.io"))
}

/// Of what comes in pieces there is a whole number.
pub(super) fn whole(name: &str, amount: &Json, report: &mut Report<'_>) {
    if Quantity::of(amount).is_some_and(|amount| !amount.is_whole()) {
        report.key(name, |report| {
            let message = format!("{} is {amount}, wanted a whole number", report.path());
            report.error(&WRONG_VALUE, message);
        });
    }
}

/// A Job finds its pods by a label that it makes, and counts indexes where it has some.
pub(super) fn job(entries: &Map<String, Json>, report: &mut Report<'_>) {
    if !is_empty(entries, "selector") && !is_true(entries, "manualSelector") {
        contradiction(report, "selector", "the Job makes its own, unless manualSelector is true");
    }
    if is_given(entries, "successPolicy") && text(entries, "completionMode") != "Indexed" {
        contradiction(report, "successPolicy", "the completionMode is not Indexed");
    }
}
