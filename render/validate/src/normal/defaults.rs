//! What the API server fills in.

use serde_json::{Value as Json, json};

use super::{jobs, kind, pod_path, remove_if};

/// A path as [`remove_if`] takes it, with points between its steps, and the value that is the default there.
type Default = (&'static str, Json);

/// Leaves out every field that has its default.
pub(super) fn remove(object: &mut Json) {
    let kind = kind(object).to_owned();
    if let Some(pod) = pod_path(&kind).and_then(|path| object.pointer_mut(path)) {
        one_account_name(pod);
        pull_policies(pod);
        remove_all(pod, &of_pods());
    }
    match kind.as_str() {
        "Job" => object.get_mut("spec").into_iter().for_each(jobs::remove_defaults),
        "CronJob" => object.pointer_mut("/spec/jobTemplate/spec").into_iter().for_each(jobs::remove_defaults),
        "Namespace" => {
            let name = object["metadata"]["name"].clone();
            remove_if(object, &["metadata", "labels", "kubernetes.io/metadata.name"], &name);
        }
        _ => {}
    }
    let defaults = of_workload(&kind).or_else(|| of_storage(&kind)).unwrap_or_else(|| of_kind(&kind));
    remove_all(object, &defaults);
}

pub(super) fn remove_all(json: &mut Json, defaults: &[Default]) {
    for (path, value) in defaults {
        remove_if(json, &path.split('.').collect::<Vec<_>>(), value);
    }
}

fn of_workload(kind: &str) -> Option<Vec<Default>> {
    Some(match kind {
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
            ("spec.persistentVolumeClaimRetentionPolicy.whenDeleted|whenScaled", json!("Retain")),
            ("spec.updateStrategy.rollingUpdate.partition", json!(0)),
            ("spec.updateStrategy.rollingUpdate.maxUnavailable", json!(1)),
            ("spec.updateStrategy.type", json!("RollingUpdate")),
            ("spec.volumeClaimTemplates.*.apiVersion", json!("v1")),
            ("spec.volumeClaimTemplates.*.kind", json!("PersistentVolumeClaim")),
            ("spec.volumeClaimTemplates.*.spec.volumeMode", json!("Filesystem")),
        ],
        "DaemonSet" => vec![
            ("spec.revisionHistoryLimit", json!(10)),
            ("spec.updateStrategy.rollingUpdate.maxSurge", json!(0)),
            ("spec.updateStrategy.rollingUpdate.maxUnavailable", json!(1)),
            ("spec.updateStrategy.type", json!("RollingUpdate")),
        ],
        "ReplicaSet" | "ReplicationController" => vec![("spec.replicas", json!(1))],
        "CronJob" => vec![
            ("spec.concurrencyPolicy", json!("Allow")),
            ("spec.suspend", json!(false)),
            ("spec.successfulJobsHistoryLimit", json!(3)),
            ("spec.failedJobsHistoryLimit", json!(1)),
        ],
        _ => return None,
    })
}

fn of_storage(kind: &str) -> Option<Vec<Default>> {
    Some(match kind {
        "PersistentVolumeClaim" => vec![("spec.volumeMode", json!("Filesystem"))],
        "PersistentVolume" => vec![
            ("spec.volumeMode", json!("Filesystem")),
            ("spec.persistentVolumeReclaimPolicy", json!("Retain")),
            ("spec.hostPath.type", json!("")),
        ],
        "StorageClass" => vec![("reclaimPolicy", json!("Delete")), ("volumeBindingMode", json!("Immediate"))],
        "CSIDriver" => vec![
            ("spec.attachRequired", json!(true)),
            ("spec.podInfoOnMount|storageCapacity|requiresRepublish|seLinuxMount", json!(false)),
            ("spec.fsGroupPolicy", json!("ReadWriteOnceWithFSType")),
            ("spec.volumeLifecycleModes", json!(["Persistent"])),
        ],
        _ => return None,
    })
}

fn of_kind(kind: &str) -> Vec<Default> {
    match kind {
        "Service" => vec![
            ("spec.type", json!("ClusterIP")),
            ("spec.sessionAffinity", json!("None")),
            ("spec.sessionAffinityConfig.clientIP.timeoutSeconds", json!(10800)),
            ("spec.internalTrafficPolicy|externalTrafficPolicy", json!("Cluster")),
            ("spec.allocateLoadBalancerNodePorts", json!(true)),
            ("spec.ipFamilyPolicy", json!("SingleStack")),
            ("spec.ports.*.protocol", json!("TCP")),
        ],
        "Endpoints" => vec![("subsets.*.ports.*.protocol", json!("TCP"))],
        "EndpointSlice" => vec![("ports.*.protocol", json!("TCP"))],
        "Secret" => vec![("type", json!("Opaque"))],
        "HorizontalPodAutoscaler" => vec![("spec.minReplicas", json!(1))],
        "IngressClass" => vec![("spec.parameters.scope", json!("Cluster"))],
        "NetworkPolicy" => vec![("spec.ingress|egress.*.ports.*.protocol", json!("TCP"))],
        "PriorityClass" => {
            vec![("preemptionPolicy", json!("PreemptLowerPriority")), ("globalDefault", json!(false))]
        }
        "RoleBinding" | "ClusterRoleBinding" => {
            vec![
                ("roleRef.apiGroup", json!(RBAC)),
                ("subjects.*.apiGroup", json!(RBAC)),
                ("subjects.*.apiGroup", json!("")),
            ]
        }
        "ValidatingWebhookConfiguration" | "MutatingWebhookConfiguration" => vec![
            ("webhooks.*.failurePolicy", json!("Fail")),
            ("webhooks.*.matchPolicy", json!("Equivalent")),
            ("webhooks.*.reinvocationPolicy", json!("Never")),
            ("webhooks.*.timeoutSeconds", json!(10)),
            ("webhooks.*.namespaceSelector|objectSelector", json!({})),
            ("webhooks.*.rules.*.scope", json!("*")),
            ("webhooks.*.clientConfig.service.port", json!(443)),
        ],
        "CustomResourceDefinition" => {
            vec![("spec.conversion.strategy", json!("None")), ("spec.preserveUnknownFields", json!(false))]
        }
        _ => Vec::new(),
    }
}

const RBAC: &str = "rbac.authorization.k8s.io";

fn of_pods() -> Vec<Default> {
    vec![
        ("restartPolicy", json!("Always")),
        ("dnsPolicy", json!("ClusterFirst")),
        ("schedulerName", json!("default-scheduler")),
        ("terminationGracePeriodSeconds", json!(30)),
        ("enableServiceLinks", json!(true)),
        ("hostNetwork|hostPID|hostIPC", json!(false)),
        ("securityContext.fsGroupChangePolicy", json!("Always")),
        ("volumes.*.secret|configMap|projected|downwardAPI.defaultMode", json!(0o644)),
        ("volumes.*.hostPath.type", json!("")),
        ("volumes.*.downwardAPI.items.*.fieldRef.apiVersion", json!("v1")),
        ("volumes.*.projected.sources.*.downwardAPI.items.*.fieldRef.apiVersion", json!("v1")),
        ("volumes.*.projected.sources.*.serviceAccountToken.expirationSeconds", json!(3600)),
        ("volumes.*.ephemeral.volumeClaimTemplate.spec.volumeMode", json!("Filesystem")),
        ("containers|initContainers.*.terminationMessagePath", json!("/dev/termination-log")),
        ("containers|initContainers.*.terminationMessagePolicy", json!("File")),
        ("containers|initContainers.*.stdin|stdinOnce|tty", json!(false)),
        ("containers|initContainers.*.ports.*.protocol", json!("TCP")),
        ("containers|initContainers.*.env.*.value", json!("")),
        ("containers|initContainers.*.env.*.valueFrom.fieldRef.apiVersion", json!("v1")),
        ("containers|initContainers.*.env.*.valueFrom.resourceFieldRef.divisor", json!("0m")),
        ("containers|initContainers.*.volumeMounts.*.readOnly", json!(false)),
        ("containers|initContainers.*.lifecycle.postStart|preStop.httpGet.scheme", json!("HTTP")),
        ("containers|initContainers.*.lifecycle.postStart|preStop.httpGet.path", json!("/")),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.grpc.service", json!("")),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.httpGet.scheme", json!("HTTP")),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.httpGet.path", json!("/")),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.initialDelaySeconds", json!(0)),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.periodSeconds", json!(10)),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.timeoutSeconds", json!(1)),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.successThreshold", json!(1)),
        ("containers|initContainers.*.startupProbe|readinessProbe|livenessProbe.failureThreshold", json!(3)),
    ]
}

/// The account has two names: the deprecated one is a copy of the other.
fn one_account_name(pod: &mut Json) {
    let Some(pod) = pod.as_object_mut() else { return };
    if let Some(account) = pod.remove("serviceAccount") {
        pod.entry("serviceAccountName").or_insert(account);
    }
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
