//! What the API server fills in.

use serde_json::{Value as Json, json};

use super::{kind, pod_path, remove_if};

/// Leaves out every field that has its default.
pub(super) fn remove(object: &mut Json) {
    if let Some(pod) = pod_path(kind(object)).and_then(|path| object.pointer_mut(path)) {
        pull_policies(pod);
        remove_all(pod, &of_pods());
    }
    let defaults = of_kind(kind(object));
    remove_all(object, &defaults);
}

fn remove_all(json: &mut Json, defaults: &[(&str, Json)]) {
    for (path, value) in defaults {
        remove_if(json, &path.split('.').collect::<Vec<_>>(), value);
    }
}

fn of_kind(kind: &str) -> Vec<(&'static str, Json)> {
    match kind {
        "Deployment" => vec![
            ("spec.replicas", json!(1)),
            ("spec.revisionHistoryLimit", json!(10)),
            ("spec.progressDeadlineSeconds", json!(600)),
            ("spec.strategy.rollingUpdate.maxSurge", json!("25%")),
            ("spec.strategy.rollingUpdate.maxUnavailable", json!("25%")),
            ("spec.strategy.type", json!("RollingUpdate")),
        ],
        "StatefulSet" => vec![
            ("spec.replicas", json!(1)),
            ("spec.revisionHistoryLimit", json!(10)),
            ("spec.podManagementPolicy", json!("OrderedReady")),
            ("spec.updateStrategy.rollingUpdate.partition", json!(0)),
            ("spec.updateStrategy.type", json!("RollingUpdate")),
            ("spec.volumeClaimTemplates.*.apiVersion", json!("v1")),
            ("spec.volumeClaimTemplates.*.kind", json!("PersistentVolumeClaim")),
            ("spec.volumeClaimTemplates.*.spec.volumeMode", json!("Filesystem")),
        ],
        "Service" => vec![
            ("spec.type", json!("ClusterIP")),
            ("spec.sessionAffinity", json!("None")),
            ("spec.internalTrafficPolicy", json!("Cluster")),
            ("spec.ports.*.protocol", json!("TCP")),
        ],
        "Secret" => vec![("type", json!("Opaque"))],
        _ => Vec::new(),
    }
}

fn of_pods() -> Vec<(&'static str, Json)> {
    vec![
        ("restartPolicy", json!("Always")),
        ("dnsPolicy", json!("ClusterFirst")),
        ("schedulerName", json!("default-scheduler")),
        ("terminationGracePeriodSeconds", json!(30)),
        ("enableServiceLinks", json!(true)),
        ("securityContext.fsGroupChangePolicy", json!("Always")),
        ("volumes.*.secret|configMap|projected|downwardAPI.defaultMode", json!(0o644)),
        ("containers|initContainers.*.terminationMessagePath", json!("/dev/termination-log")),
        ("containers|initContainers.*.terminationMessagePolicy", json!("File")),
        ("containers|initContainers.*.ports.*.protocol", json!("TCP")),
        ("containers|initContainers.*.env.*.value", json!("")),
        ("containers|initContainers.*.volumeMounts.*.readOnly", json!(false)),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.httpGet.scheme", json!("HTTP")),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.httpGet.path", json!("/")),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.initialDelaySeconds", json!(0)),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.periodSeconds", json!(10)),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.timeoutSeconds", json!(1)),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.successThreshold", json!(1)),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.failureThreshold", json!(3)),
    ]
}

/// An image with the tag `latest`, or none, is pulled always, any other if it is not there.
fn pull_policies(pod: &mut Json) {
    for list in ["containers", "initContainers"] {
        for container in pod.get_mut(list).and_then(Json::as_array_mut).into_iter().flatten() {
            let policy =
                if is_latest(container["image"].as_str().unwrap_or_default()) { "Always" } else { "IfNotPresent" };
            remove_if(container, &["imagePullPolicy"], &policy.into());
        }
    }
}

fn is_latest(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or_default();
    !name.contains('@') && name.split_once(':').is_none_or(|(_, tag)| tag == "latest")
}
