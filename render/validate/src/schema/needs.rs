//! What the API server asks for beyond what the OpenAPI files require, and fields of one type that rule each other out.

mod cluster;
mod definitions;
mod pods;
mod workloads;

use serde_json::{Map, Value as Json};

use super::report::Report;
use super::rules::{CONTRADICTION, MISSING_FIELD, WRONG_VALUE};
use crate::model::Quantity;

/// Checks the fields of a type that need others.
pub(super) fn check<'a>(definition: &str, entries: &'a Map<String, Json>, report: &mut Report<'a>) {
    match definition {
        "admissionregistration.v1.MutatingWebhook" | "admissionregistration.v1.ValidatingWebhook" => {
            cluster::webhook(entries, report);
        }
        "apiextensions.v1.CustomResourceDefinition" => definitions::definition(entries, report),
        "apiextensions.v1.CustomResourceDefinitionVersion" => definitions::version(entries, report),
        "apiextensions.v1.CustomResourceDefinitionSpec" => definitions::versions(entries, report),
        "apiextensions.v1.JSONSchemaProps" => definitions::schema(entries, report),
        "batch.v1.JobSpec" => {
            workloads::job(entries, report);
            pods::job(entries, report);
        }
        "core.v1.ConfigMap" => distinct_keys(entries, report),
        "core.v1.Container" => pods::container(entries, report),
        "core.v1.ResourceQuotaSpec" => cluster::quota(entries, report),
        "core.v1.ResourceRequirements" => pods::resources(entries, report),
        "networking.v1.HTTPIngressPath" => ingress_path(entries, report),
        "rbac.v1.Role" => cluster::role(entries, report),
        "core.v1.CSIVolumeSource" => named_secret(entries, report),
        "core.v1.DownwardAPIVolumeFile" => workloads::told_file(entries, report),
        "core.v1.LimitRangeItem" => {
            cluster::limits(entries, report);
            cluster::limited_pods(entries, report);
        }
        "core.v1.Namespace" => cluster::namespace(entries, report),
        "admissionregistration.v1.ValidatingAdmissionPolicySpec" => cluster::admission_policy(entries, report),
        "batch.v1.PodFailurePolicyOnExitCodesRequirement" => workloads::exit_codes(entries, report),
        "autoscaling.v2.HPAScalingRules" if is_given(entries, "policies") && is_empty(entries, "policies") => {
            missing(report, "policies", "of which there must be one");
        }
        "autoscaling.v2.HorizontalPodAutoscalerSpec" => scaled_group(entries, report),
        "core.v1.Secret" => cluster::secret(entries, report),
        "core.v1.TopologySpreadConstraint"
            if !is_empty(entries, "matchLabelKeys") && !is_given(entries, "labelSelector") =>
        {
            missing(report, "labelSelector", "as there are matchLabelKeys");
        }
        "core.v1.TopologySpreadConstraint"
            if is_given(entries, "minDomains") && text(entries, "whenUnsatisfiable") == "ScheduleAnyway" =>
        {
            contradiction(report, "minDomains", "whenUnsatisfiable is not DoNotSchedule");
        }
        "discovery.v1.EndpointSlice" => cluster::endpoints(entries, report),
        "networking.v1.NetworkPolicyPort" if is_given(entries, "endPort") => last_port(entries, report),
        "core.v1.PersistentVolumeSpec" => cluster::volume(entries, report),
        "core.v1.PodSpec" => {
            pod(entries, report);
            workloads::first_containers(entries, report);
            pods::shared(entries, report);
        }
        "core.v1.SeccompProfile" => workloads::seccomp(entries, report),
        "networking.v1.IPBlock" => cluster::ip_block(entries, report),
        "networking.v1.IngressClassParametersReference" => cluster::class_parameters(entries, report),
        "rbac.v1.Subject" => cluster::subject(entries, report),
        "scheduling.v1.PriorityClass" => cluster::priority_class(entries, report),
        "core.v1.ServiceSpec" => service(entries, report),
        "core.v1.PersistentVolumeClaimSpec" => claim(entries, report),
        "networking.v1.IngressSpec" if is_empty(entries, "rules") && is_empty(entries, "defaultBackend") => {
            missing(report, "rules", "or a defaultBackend");
        }
        "core.v1.SecurityContext" => security(entries, report),
        "core.v1.Toleration" => toleration(entries, report),
        "rbac.v1.PolicyRule" if !is_empty(entries, "resources") => cluster::role_rule(entries, report),
        "rbac.v1.PolicyRule" if is_empty(entries, "resources") && is_empty(entries, "nonResourceURLs") => {
            missing(report, "resources", "or nonResourceURLs");
        }
        "core.v1.NodeSelectorRequirement"
        | "core.v1.ScopedResourceSelectorRequirement"
        | "meta.v1.LabelSelectorRequirement" => requirement(entries, report),
        _ => {}
    }
}

fn is_empty(entries: &Map<String, Json>, field: &str) -> bool {
    match entries.get(field) {
        None | Some(Json::Null) => true,
        Some(Json::Array(items)) => items.is_empty(),
        Some(Json::Object(map)) => map.is_empty(),
        Some(Json::String(text)) => text.is_empty(),
        Some(_) => false,
    }
}

/// Whether a field is there, whatever it has.
fn is_given(entries: &Map<String, Json>, field: &str) -> bool {
    entries.get(field).is_some_and(|value| !value.is_null())
}

/// What is scaled has a group, but for the one kind of the core.
fn scaled_group(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let Some(Json::Object(target)) = entries.get("scaleTargetRef") else { return };
    let is_core = text(target, "kind") == "ReplicationController";
    if !is_core && !text(target, "apiVersion").contains('/') {
        report.key("scaleTargetRef", |report| missing(report, "apiVersion", "with the group, such as apps/v1"));
    }
}

/// The Secret for a driver must have a name, where one is given.
fn named_secret(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let secret = entries.get("nodePublishSecretRef").and_then(Json::as_object);
    if secret.is_some_and(|secret| is_empty(secret, "name")) {
        report.key("nodePublishSecretRef", |report| missing(report, "name", ""));
    }
}

/// A range of ports goes up from a number.
fn last_port(entries: &Map<String, Json>, report: &mut Report<'_>) {
    match (entries.get("port").filter(|port| !port.is_null()), entries.get("endPort").and_then(Json::as_i64)) {
        (None, _) => missing(report, "port", "as there is an endPort"),
        (Some(Json::String(_)), _) => contradiction(report, "endPort", "the port is a name"),
        (Some(port), Some(last)) if port.as_i64().is_some_and(|port| port > last) => {
            contradiction(report, "endPort", &format!("{last} is before the port, which is {port}"));
        }
        _ => {}
    }
}

/// A key is a text or bytes.
fn distinct_keys(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let Some(Json::Object(bytes)) = entries.get("binaryData") else { return };
    let texts = entries.get("data").and_then(Json::as_object).into_iter().flatten();
    for (key, _) in texts.filter(|(key, _)| bytes.contains_key(*key)) {
        contradiction(report, "data", &format!("{key} is a key of binaryData as well"));
    }
}

/// A path that is compared part by part has no empty parts, and none that lead elsewhere.
fn ingress_path(entries: &Map<String, Json>, report: &mut Report<'_>) {
    const PARTS: [&str; 5] = ["//", "/./", "/../", "%2f", "%2F"];
    let path = text(entries, "path");
    if !matches!(text(entries, "pathType"), "Exact" | "Prefix") {
        return;
    }
    let part = PARTS.iter().find(|part| path.contains(*part));
    let end = ["/..", "/."].iter().find(|end| path.ends_with(*end));
    if let Some(part) = part.or(end) {
        contradiction(report, "path", &format!("it has {part:?}, but the pathType is {}", text(entries, "pathType")));
    }
}

fn text<'e>(entries: &'e Map<String, Json>, field: &str) -> &'e str {
    entries.get(field).and_then(Json::as_str).unwrap_or_default()
}

fn missing(report: &mut Report<'_>, field: &str, note: &str) {
    let note = if note.is_empty() { String::new() } else { format!(", {note}") };
    report.error(&MISSING_FIELD, format!("missing field {}{note}", report.path().key(field)));
}

fn contradiction(report: &mut Report<'_>, field: &str, message: &str) {
    report.key(field, |report| {
        let message = format!("{}: {message}", report.path());
        report.error(&CONTRADICTION, message);
    });
}

fn pod(entries: &Map<String, Json>, report: &mut Report<'_>) {
    if matches!(entries.get("containers"), Some(Json::Array(containers)) if containers.is_empty()) {
        missing(report, "containers", "of which there must be one");
    }
    for field in ["initContainers", "containers"] {
        let containers = entries.get(field).and_then(Json::as_array).into_iter().flatten();
        for (index, container) in containers.enumerate() {
            let Json::Object(container) = container else { continue };
            if is_empty(container, "image") {
                let path = report.path().key(field).index(index).key("image");
                report.error(&MISSING_FIELD, format!("missing field {path}"));
            }
            run_as_root(entries, container, report);
        }
    }
    if text(entries, "dnsPolicy") == "None"
        && entries.get("dnsConfig").and_then(|config| config.get("nameservers")).is_none()
    {
        missing(report, "dnsConfig", "as the dnsPolicy is None");
    }
}

/// The kubelet starts no container as root that must not be root.
fn run_as_root(pod: &Map<String, Json>, container: &Map<String, Json>, report: &mut Report<'_>) {
    let value = |field: &str| {
        let own =
            |of: &Map<String, Json>| of.get("securityContext")?.get(field).filter(|value| !value.is_null()).cloned();
        own(container).or_else(|| own(pod))
    };
    if value("runAsNonRoot") == Some(Json::Bool(true)) && value("runAsUser").and_then(|user| user.as_i64()) == Some(0) {
        let message = format!("container {} runs as user 0, but runAsNonRoot is true", text(container, "name"));
        report.error(&CONTRADICTION, format!("{}: {message}", report.path()));
    }
}

fn service(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let kind = text(entries, "type");
    let is_headless = text(entries, "clusterIP") == "None";
    if kind == "ExternalName" {
        if is_empty(entries, "externalName") {
            missing(report, "externalName", "as the type is ExternalName");
        }
    } else if is_empty(entries, "ports") && !is_headless {
        missing(report, "ports", "of which there must be one");
    }
    if is_headless && matches!(kind, "NodePort" | "LoadBalancer") {
        contradiction(report, "clusterIP", &format!("a Service of type {kind} has an address"));
    }
    if matches!(kind, "" | "ClusterIP") {
        for port in entries.get("ports").and_then(Json::as_array).into_iter().flatten() {
            if port.get("nodePort").and_then(Json::as_i64).is_some_and(|port| port > 0) {
                contradiction(report, "ports", "a Service of type ClusterIP has no nodePort");
            }
        }
        if !is_empty(entries, "externalTrafficPolicy") && is_empty(entries, "externalIPs") {
            contradiction(report, "externalTrafficPolicy", "a Service of type ClusterIP has none");
        }
    }
    let families =
        ["clusterIPs", "ipFamilies"].map(|field| entries.get(field).and_then(Json::as_array).map_or(0, Vec::len));
    if text(entries, "ipFamilyPolicy") == "SingleStack" && families.iter().any(|count| *count > 1) {
        contradiction(report, "ipFamilyPolicy", "the Service has two families of addresses");
    }
    let first = entries.get("clusterIPs").and_then(|all| all.get(0)?.as_str());
    if first.is_some_and(|first| first != text(entries, "clusterIP")) {
        contradiction(report, "clusterIPs", "the first of them is not the clusterIP");
    }
    let is_local = kind == "LoadBalancer" && text(entries, "externalTrafficPolicy") == "Local";
    if entries.get("healthCheckNodePort").and_then(Json::as_i64).is_some_and(|port| port != 0) && !is_local {
        contradiction(report, "healthCheckNodePort", "only a LoadBalancer whose externalTrafficPolicy is Local has it");
    }
    if kind != "LoadBalancer" {
        for field in ["loadBalancerClass", "loadBalancerSourceRanges"].iter().filter(|field| !is_empty(entries, field))
        {
            contradiction(report, field, "only a Service of type LoadBalancer has it");
        }
    }
}

fn claim(entries: &Map<String, Json>, report: &mut Report<'_>) {
    if is_empty(entries, "accessModes") {
        missing(report, "accessModes", "");
    }
    let storage = entries.get("resources").and_then(|resources| resources.get("requests")?.get("storage"));
    let path = report.path().key("resources").key("requests").key("storage");
    match storage.filter(|storage| !storage.is_null()) {
        None => report.error(&MISSING_FIELD, format!("missing field {path}")),
        Some(storage) if Quantity::of(storage).is_some_and(|storage| !storage.is_positive()) => {
            report.error(&WRONG_VALUE, format!("{path} is {storage}, wanted more than nothing"));
        }
        Some(_) => {}
    }
}

fn security(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let flag = |field: &str| entries.get(field).and_then(Json::as_bool);
    if flag("allowPrivilegeEscalation") == Some(false) && flag("privileged") == Some(true) {
        contradiction(report, "privileged", "allowPrivilegeEscalation is false");
    }
}

fn toleration(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let operator = text(entries, "operator");
    if operator == "Exists" && !is_empty(entries, "value") {
        contradiction(report, "value", "the operator is Exists");
    }
    if is_empty(entries, "key") && operator != "Exists" {
        missing(report, "key", "or the operator Exists");
    }
    let seconds = entries.get("tolerationSeconds").is_some_and(|seconds| !seconds.is_null());
    if seconds && text(entries, "effect") != "NoExecute" {
        contradiction(report, "tolerationSeconds", "the effect is not NoExecute");
    }
}

fn requirement(entries: &Map<String, Json>, report: &mut Report<'_>) {
    match text(entries, "operator") {
        "In" | "NotIn" if is_empty(entries, "values") => missing(report, "values", ""),
        "Exists" | "DoesNotExist" if !is_empty(entries, "values") => {
            contradiction(report, "values", &format!("the operator is {}", text(entries, "operator")));
        }
        _ => {}
    }
}
