//! Numbers and words of single fields that the OpenAPI files leave open, and the API server does not.

use serde_json::{Map, Value as Json};

use super::report::{Report, shown, suggestion};
use super::rules::WRONG_VALUE;

/// Type, field, least and most.
type Range = (&'static str, &'static str, i64, i64);

const MOST: i64 = i64::MAX;

const RANGES: &[Range] = &[
    ("apps.v1.DeploymentSpec", "replicas", 0, MOST),
    ("apps.v1.DeploymentSpec", "minReadySeconds", 0, MOST),
    ("apps.v1.DeploymentSpec", "revisionHistoryLimit", 0, MOST),
    ("apps.v1.StatefulSetSpec", "replicas", 0, MOST),
    ("apps.v1.StatefulSetSpec", "minReadySeconds", 0, MOST),
    ("apps.v1.StatefulSetSpec", "revisionHistoryLimit", 0, MOST),
    ("apps.v1.ReplicaSetSpec", "replicas", 0, MOST),
    ("apps.v1.DaemonSetSpec", "minReadySeconds", 0, MOST),
    ("apps.v1.DaemonSetSpec", "revisionHistoryLimit", 0, MOST),
    ("apps.v1.RollingUpdateStatefulSetStrategy", "partition", 0, MOST),
    ("autoscaling.v1.HorizontalPodAutoscalerSpec", "maxReplicas", 1, MOST),
    ("autoscaling.v1.HorizontalPodAutoscalerSpec", "minReplicas", 0, MOST),
    ("autoscaling.v1.HorizontalPodAutoscalerSpec", "targetCPUUtilizationPercentage", 1, MOST),
    ("autoscaling.v2.HorizontalPodAutoscalerSpec", "maxReplicas", 1, MOST),
    ("autoscaling.v2.HorizontalPodAutoscalerSpec", "minReplicas", 0, MOST),
    ("autoscaling.v2.HPAScalingRules", "stabilizationWindowSeconds", 0, 3600),
    ("autoscaling.v2.HPAScalingPolicy", "value", 1, MOST),
    ("autoscaling.v2.HPAScalingPolicy", "periodSeconds", 1, 1800),
    ("autoscaling.v2.MetricTarget", "averageUtilization", 1, MOST),
    ("batch.v1.CronJobSpec", "failedJobsHistoryLimit", 0, MOST),
    ("batch.v1.CronJobSpec", "startingDeadlineSeconds", 0, MOST),
    ("batch.v1.CronJobSpec", "successfulJobsHistoryLimit", 0, MOST),
    ("core.v1.ClientIPConfig", "timeoutSeconds", 1, 86400),
    ("core.v1.ConfigMapVolumeSource", "defaultMode", 0, 0o777),
    ("core.v1.DownwardAPIVolumeSource", "defaultMode", 0, 0o777),
    ("core.v1.KeyToPath", "mode", 0, 0o777),
    ("core.v1.PodSecurityContext", "fsGroup", 0, MAX_ID),
    ("core.v1.PodSecurityContext", "runAsGroup", 0, MAX_ID),
    ("core.v1.PodSecurityContext", "runAsUser", 0, MAX_ID),
    ("core.v1.PodSpec", "activeDeadlineSeconds", 1, MOST),
    ("core.v1.PreferredSchedulingTerm", "weight", 1, 100),
    ("core.v1.ProjectedVolumeSource", "defaultMode", 0, 0o777),
    ("core.v1.SecretVolumeSource", "defaultMode", 0, 0o777),
    ("core.v1.SecurityContext", "runAsGroup", 0, MAX_ID),
    ("core.v1.SecurityContext", "runAsUser", 0, MAX_ID),
    ("core.v1.ServiceAccountTokenProjection", "expirationSeconds", 600, 1 << 32),
    ("core.v1.TopologySpreadConstraint", "maxSkew", 1, MOST),
    ("core.v1.WeightedPodAffinityTerm", "weight", 1, 100),
];

/// The largest id of a user or a group.
pub(in crate::schema) const MAX_ID: i64 = i32::MAX as i64;

/// Type, field, and the words that it may have.
const WORDS: &[(&str, &str, &[&str])] = &[
    ("autoscaling.v2.HPAScalingPolicy", "type", &["Pods", "Percent"]),
    ("autoscaling.v2.MetricSpec", "type", &["ContainerResource", "External", "Object", "Pods", "Resource"]),
    ("autoscaling.v2.MetricTarget", "type", &["AverageValue", "Utilization", "Value"]),
    ("core.v1.AppArmorProfile", "type", &["Localhost", "RuntimeDefault", "Unconfined"]),
    ("core.v1.EmptyDirVolumeSource", "medium", &["", "Memory", "HugePages"]),
    ("networking.v1.HTTPIngressPath", "pathType", &["Exact", "ImplementationSpecific", "Prefix"]),
    ("networking.v1.NetworkPolicyPort", "protocol", &["SCTP", "TCP", "UDP"]),
    ("rbac.v1.RoleRef", "apiGroup", &["", "rbac.authorization.k8s.io"]),
    ("rbac.v1.RoleRef", "kind", &["ClusterRole", "Role"]),
    ("rbac.v1.Subject", "kind", &["Group", "ServiceAccount", "User"]),
    ("core.v1.NodeSelectorRequirement", "operator", &["DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn"]),
    ("meta.v1.LabelSelectorRequirement", "operator", &["DoesNotExist", "Exists", "In", "NotIn"]),
];

/// Checks the fields of a type that are a number of a range, or one of some words.
pub(super) fn check(definition: &str, entries: &Map<String, Json>, report: &mut Report<'_>) {
    for (_, field, least, most) in RANGES.iter().filter(|(owner, ..)| *owner == definition) {
        let Some(number) = entries.get(*field).and_then(Json::as_i64) else { continue };
        if !(*least..=*most).contains(&number) {
            let wanted =
                if *most == MOST { format!("at least {least}") } else { format!("a number from {least} to {most}") };
            out_of_range(field, &number.to_string(), &wanted, report);
        }
    }
    for (_, field, words) in WORDS.iter().filter(|(owner, ..)| *owner == definition) {
        let Some(word) = entries.get(*field).and_then(Json::as_str) else { continue };
        if !words.contains(&word) && !word.starts_with("HugePages-") {
            let known: Vec<_> = words.iter().copied().filter(|known| !known.is_empty()).collect();
            let wanted = format!("one of {}{}", known.join(", "), suggestion(word, known.iter().copied()));
            out_of_range(field, &format!("{word:?}"), &wanted, report);
        }
    }
    match definition {
        "networking.v1.HTTPIngressPath" => ingress_path(entries, report),
        "core.v1.VolumeMount" => mount(entries, report),
        "core.v1.ResourceRequirements" => {
            resources(entries, "limits", report);
            resources(entries, "requests", report);
        }
        "core.v1.ObjectFieldSelector" => field_path(entries, report),
        _ => {}
    }
}

fn out_of_range(field: &str, met: &str, wanted: &str, report: &mut Report<'_>) {
    report.key(field, |report| {
        let message = format!("{} is {met}, wanted {wanted}", report.path());
        report.error(&WRONG_VALUE, message);
    });
}

fn text<'e>(entries: &'e Map<String, Json>, field: &str) -> Option<&'e str> {
    entries.get(field).and_then(Json::as_str).filter(|text| !text.is_empty())
}

fn ingress_path(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let is_literal = matches!(text(entries, "pathType"), Some("Exact" | "Prefix"));
    let path = text(entries, "path").unwrap_or_default();
    if is_literal && !path.starts_with('/') {
        out_of_range("path", &format!("{path:?}"), "a path that begins with /", report);
    }
}

fn mount(entries: &Map<String, Json>, report: &mut Report<'_>) {
    let is_outside = |path: &&str| path.starts_with('/') || path.split('/').any(|part| part == "..");
    if let Some(path) = text(entries, "subPath").filter(is_outside) {
        out_of_range("subPath", &format!("{path:?}"), "a path below the volume", report);
    }
}

/// What containers may ask for without a domain before it.
fn resources(entries: &Map<String, Json>, part: &str, report: &mut Report<'_>) {
    const KNOWN: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
    let Some(Json::Object(amounts)) = entries.get(part) else { return };
    report.key(part, |report| {
        for (name, amount) in amounts {
            let is_known = KNOWN.contains(&name.as_str()) || name.contains('/') || name.starts_with("hugepages-");
            if !is_known {
                let hint = suggestion(name, KNOWN.into_iter());
                let message = format!("{} is no resource of containers{hint}", report.path().key(name));
                report.key(name, |report| report.error(&WRONG_VALUE, message));
            } else if amount.as_str().is_some_and(|text| text.starts_with('-'))
                || amount.as_f64() < Some(0.0) && amount.is_number()
            {
                out_of_range(name, &shown(amount), "no amount below 0", report);
            }
        }
    });
}

/// What a pod may be told of itself.
fn field_path(entries: &Map<String, Json>, report: &mut Report<'_>) {
    const KNOWN: [&str; 12] = [
        "metadata.name",
        "metadata.namespace",
        "metadata.uid",
        "metadata.labels",
        "metadata.annotations",
        "spec.host",
        "spec.nodeName",
        "spec.serviceAccountName",
        "status.hostIP",
        "status.hostIPs",
        "status.podIP",
        "status.podIPs",
    ];
    let Some(path) = text(entries, "fieldPath") else { return };
    let whole = path.split_once('[').map_or(path, |(whole, _)| whole);
    if !KNOWN.contains(&whole) {
        let wanted = format!("a field that pods are told{}", suggestion(path, KNOWN.into_iter()));
        out_of_range("fieldPath", &format!("{path:?}"), &wanted, report);
    }
}
