//! What is demanded, by type and field. The API server's own checks of Kubernetes 1.34 say so: each row has refused an
//! object there that was sound but for it.

use super::forms;
use super::{Demand, Row};
use crate::schema::format;
use Demand::{Alone, Distinct, Few, Form, Given, Name, NotEmpty, Or, Range, Words};

const MOST: i64 = i64::MAX;
const COUNT: Demand = Range(0, MOST);
const PORT: Demand = Form(forms::port_name);
const ID: Demand = Range(0, i32::MAX as i64);
const MODE: Demand = Range(0, 0o777);
const PORT_NUMBER: Demand = Range(1, 65535);
const AMOUNT: Demand = Or(0, MOST, forms::percentage);
/// A part of what there is.
const PART: Demand = Or(0, MOST, forms::part);
const RELATIVE: Demand = Form(forms::relative_path);
const OPERATIONS: Demand = Words(&["*", "CONNECT", "CREATE", "DELETE", "UPDATE"]);
const SCOPES: Demand = Words(&["*", "Cluster", "Namespaced"]);
const STATUSES: Demand = Words(&["", "False", "True", "Unknown"]);

/// The fields of a reference to a key of a ConfigMap or a Secret.
const KEY: &[Row] = &[("name", Name(forms::subdomain)), ("key", Given), ("key", Name(format::data_key))];
const NAMED: &[Row] = &[("name", Name(forms::subdomain))];
const ITEM: &[Row] = &[("key", Given), ("path", Given), ("path", RELATIVE)];
/// The rules of webhooks and of admission policies.
const OPERATION_RULE: &[Row] = &[
    ("apiGroups", Given),
    ("apiGroups", Alone("*")),
    ("apiVersions", Given),
    ("apiVersions", NotEmpty),
    ("apiVersions", Alone("*")),
    ("operations", Given),
    ("operations", OPERATIONS),
    ("operations", Alone("*")),
    ("resources", Given),
    ("resources", NotEmpty),
    ("scope", SCOPES),
];
const WEBHOOK: &[Row] = &[
    ("admissionReviewVersions", Given),
    ("admissionReviewVersions", Distinct(&[])),
    ("admissionReviewVersions", Name(format::label_1035)),
    ("failurePolicy", NotEmpty),
    ("matchConditions", Distinct(&["name"])),
    ("matchPolicy", NotEmpty),
    ("name", Given),
    ("name", Name(forms::webhook)),
    ("sideEffects", Words(&["None", "NoneOnDryRun"])),
    ("timeoutSeconds", Range(1, 30)),
];
const CONDITION: &[Row] = &[("expression", Given), ("name", Given), ("name", Name(format::qualified_name))];
const SPEC: &[Row] = &[("spec", Given)];
const ROLLING: &[Row] = &[("maxSurge", AMOUNT), ("maxUnavailable", PART)];
const CLAIM_WORDS: Demand = Words(&["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]);

/// A type may have several entries.
pub(super) const DEMANDS: &[(&str, &[Row])] = &[
    ("admissionregistration.v1.MatchCondition", CONDITION),
    ("admissionregistration.v1.MatchResources", &[("matchPolicy", NotEmpty)]),
    ("admissionregistration.v1.MutatingWebhook", WEBHOOK),
    ("admissionregistration.v1.MutatingWebhook", &[("reinvocationPolicy", NotEmpty)]),
    ("admissionregistration.v1.MutatingWebhookConfiguration", &[("webhooks", Distinct(&["name"]))]),
    ("admissionregistration.v1.NamedRuleWithOperations", OPERATION_RULE),
    ("admissionregistration.v1.RuleWithOperations", OPERATION_RULE),
    (
        "admissionregistration.v1.ServiceReference",
        &[("name", Given), ("namespace", Given), ("path", Form(forms::absolute_path)), ("port", Range(1, 65535))],
    ),
    ("admissionregistration.v1.ValidatingAdmissionPolicy", SPEC),
    (
        "admissionregistration.v1.ValidatingAdmissionPolicySpec",
        &[("failurePolicy", NotEmpty), ("matchConstraints", Given)],
    ),
    ("admissionregistration.v1.ValidatingWebhook", WEBHOOK),
    ("admissionregistration.v1.ValidatingWebhookConfiguration", &[("webhooks", Distinct(&["name"]))]),
    ("admissionregistration.v1.Validation", &[("expression", Given)]),
    ("admissionregistration.v1.Variable", &[("expression", Given), ("name", Given), ("name", Form(forms::identifier))]),
    ("admissionregistration.v1.WebhookClientConfig", &[("url", Form(forms::https_url))]),
    (
        "apiextensions.v1.CustomResourceColumnDefinition",
        &[
            ("jsonPath", Form(forms::json_path)),
            ("name", Given),
            ("type", Words(&["boolean", "date", "integer", "number", "string"])),
        ],
    ),
    ("apiextensions.v1.CustomResourceConversion", &[("strategy", Given), ("strategy", Words(&["None", "Webhook"]))]),
    (
        "apiextensions.v1.CustomResourceDefinitionNames",
        &[
            ("categories", Name(format::label_1035)),
            ("kind", Given),
            ("kind", Name(forms::kind)),
            ("listKind", Name(forms::kind)),
            ("plural", Given),
            ("plural", Name(format::label_1035)),
            ("shortNames", Name(format::label_1035)),
            ("singular", Name(forms::label_1035)),
        ],
    ),
    (
        "apiextensions.v1.CustomResourceDefinitionSpec",
        &[
            ("group", Given),
            ("group", Name(forms::api_group)),
            ("scope", Words(&["Cluster", "Namespaced"])),
            ("versions", Given),
            ("versions", Distinct(&["name"])),
        ],
    ),
    (
        "apiextensions.v1.CustomResourceDefinitionVersion",
        &[
            ("deprecationWarning", NotEmpty),
            ("name", Name(format::label_1035)),
            ("schema", Given),
            ("selectableFields", Distinct(&["jsonPath"])),
        ],
    ),
    (
        "apiextensions.v1.CustomResourceSubresourceScale",
        &[("specReplicasPath", Form(forms::json_path)), ("statusReplicasPath", Form(forms::json_path))],
    ),
    ("apiextensions.v1.CustomResourceValidation", &[("openAPIV3Schema", Given)]),
    ("apiextensions.v1.SelectableField", &[("jsonPath", Form(forms::json_path))]),
    ("apiextensions.v1.ValidationRule", &[("rule", Given)]),
    ("apps.v1.DaemonSet", SPEC),
    ("apps.v1.DaemonSetSpec", &[("minReadySeconds", COUNT), ("revisionHistoryLimit", COUNT)]),
    ("apps.v1.Deployment", SPEC),
    ("apps.v1.DeploymentSpec", &[("replicas", COUNT), ("minReadySeconds", COUNT), ("revisionHistoryLimit", COUNT)]),
    ("apps.v1.ReplicaSetSpec", &[("replicas", COUNT)]),
    ("apps.v1.RollingUpdateDaemonSet", ROLLING),
    ("apps.v1.RollingUpdateDeployment", ROLLING),
    ("apps.v1.RollingUpdateStatefulSetStrategy", &[("maxUnavailable", PART), ("partition", COUNT)]),
    ("apps.v1.StatefulSet", SPEC),
    ("apps.v1.StatefulSetOrdinals", &[("start", COUNT)]),
    (
        "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy",
        &[("whenDeleted", Words(&["", "Delete", "Retain"])), ("whenScaled", Words(&["", "Delete", "Retain"]))],
    ),
    (
        "apps.v1.StatefulSetSpec",
        &[
            ("serviceName", Name(forms::label)),
            ("replicas", COUNT),
            ("minReadySeconds", COUNT),
            ("revisionHistoryLimit", COUNT),
        ],
    ),
    (
        "autoscaling.v1.HorizontalPodAutoscalerSpec",
        &[("maxReplicas", Range(1, MOST)), ("minReplicas", COUNT), ("targetCPUUtilizationPercentage", Range(1, MOST))],
    ),
    (
        "autoscaling.v2.ContainerResourceMetricSource",
        &[("container", Given), ("container", Name(format::label)), ("name", Given)],
    ),
    ("autoscaling.v2.CrossVersionObjectReference", &[("kind", Given), ("name", Given)]),
    (
        "autoscaling.v2.HPAScalingPolicy",
        &[("value", Range(1, MOST)), ("periodSeconds", Range(1, 1800)), ("type", Words(&["Pods", "Percent"]))],
    ),
    (
        "autoscaling.v2.HPAScalingRules",
        &[("selectPolicy", Words(&["Disabled", "Max", "Min"])), ("stabilizationWindowSeconds", Range(0, 3600))],
    ),
    ("autoscaling.v2.HorizontalPodAutoscaler", SPEC),
    ("autoscaling.v2.HorizontalPodAutoscalerSpec", &[("maxReplicas", Range(1, MOST)), ("minReplicas", COUNT)]),
    ("autoscaling.v2.MetricIdentifier", &[("name", Given)]),
    ("autoscaling.v2.MetricSpec", &[("type", Words(&["ContainerResource", "External", "Object", "Pods", "Resource"]))]),
    (
        "autoscaling.v2.MetricTarget",
        &[("averageUtilization", Range(1, MOST)), ("type", Words(&["AverageValue", "Utilization", "Value"]))],
    ),
    ("autoscaling.v2.ResourceMetricSource", &[("name", Given)]),
    ("batch.v1.CronJob", SPEC),
    (
        "batch.v1.CronJobSpec",
        &[
            ("schedule", Given),
            ("timeZone", Form(forms::time_zone)),
            ("failedJobsHistoryLimit", COUNT),
            ("startingDeadlineSeconds", COUNT),
            ("successfulJobsHistoryLimit", COUNT),
        ],
    ),
    ("batch.v1.Job", SPEC),
    (
        "batch.v1.JobSpec",
        &[
            ("backoffLimitPerIndex", COUNT),
            ("completionMode", NotEmpty),
            ("maxFailedIndexes", COUNT),
            ("podReplacementPolicy", NotEmpty),
        ],
    ),
    ("batch.v1.JobTemplateSpec", SPEC),
    ("batch.v1.PodFailurePolicyOnExitCodesRequirement", &[("operator", Given), ("values", Given)]),
    (
        "batch.v1.PodFailurePolicyOnPodConditionsPattern",
        &[("status", STATUSES), ("type", Given), ("type", Name(format::qualified_name))],
    ),
    ("batch.v1.PodFailurePolicyRule", &[("action", Given)]),
    ("coordination.v1.LeaseSpec", &[("leaseDurationSeconds", Range(1, MOST)), ("leaseTransitions", COUNT)]),
    ("core.v1.AppArmorProfile", &[("type", Words(&["Localhost", "RuntimeDefault", "Unconfined"]))]),
    ("core.v1.CSIVolumeSource", &[("driver", Given), ("driver", Name(forms::subdomain))]),
    ("core.v1.ClientIPConfig", &[("timeoutSeconds", Range(1, 86400))]),
    ("core.v1.ConfigMapEnvSource", NAMED),
    ("core.v1.ConfigMapEnvSource", &[("name", Given)]),
    ("core.v1.ConfigMapKeySelector", KEY),
    ("core.v1.ConfigMapKeySelector", &[("name", Given)]),
    ("core.v1.ConfigMapProjection", NAMED),
    ("core.v1.ConfigMapProjection", &[("name", Given)]),
    ("core.v1.ConfigMapVolumeSource", NAMED),
    ("core.v1.ConfigMapVolumeSource", &[("defaultMode", MODE), ("name", Given)]),
    (
        "core.v1.Container",
        &[
            ("name", Given),
            ("resizePolicy", Distinct(&["resourceName"])),
            ("restartPolicy", Words(&["Always", "Never", "OnFailure"])),
            ("volumeDevices", Distinct(&["devicePath"])),
            ("name", Name(forms::label)),
        ],
    ),
    (
        "core.v1.ContainerPort",
        &[("name", Name(forms::port_name)), ("containerPort", PORT_NUMBER), ("hostPort", Range(0, 65535))],
    ),
    (
        "core.v1.ContainerResizePolicy",
        &[("resourceName", Words(&["cpu", "memory"])), ("restartPolicy", Words(&["NotRequired", "RestartContainer"]))],
    ),
    ("core.v1.DownwardAPIVolumeFile", &[("path", Given), ("path", RELATIVE)]),
    ("core.v1.DownwardAPIVolumeSource", &[("defaultMode", MODE)]),
    ("core.v1.EmptyDirVolumeSource", &[("medium", Form(forms::medium)), ("sizeLimit", Form(forms::size))]),
    ("core.v1.EnvVar", &[("name", Given), ("name", Form(forms::variable))]),
    ("core.v1.EphemeralContainer", &[("name", Name(forms::label))]),
    ("core.v1.EphemeralVolumeSource", &[("volumeClaimTemplate", Given)]),
    ("core.v1.ExecAction", &[("command", Given)]),
    ("core.v1.GRPCAction", &[("port", PORT_NUMBER)]),
    ("core.v1.HTTPGetAction", &[("port", PORT), ("port", PORT_NUMBER)]),
    ("core.v1.HTTPHeader", &[("name", Form(forms::header))]),
    ("core.v1.HostAlias", &[("hostnames", Name(format::subdomain)), ("ip", Form(forms::address))]),
    ("core.v1.HostPathVolumeSource", &[("path", Given), ("path", Form(forms::straight_path))]),
    ("core.v1.KeyToPath", ITEM),
    ("core.v1.KeyToPath", &[("mode", MODE)]),
    ("core.v1.LimitRangeItem", &[("type", Form(forms::limited_kind))]),
    ("core.v1.LimitRangeSpec", &[("limits", Distinct(&["type"]))]),
    ("core.v1.LocalObjectReference", NAMED),
    ("core.v1.NFSVolumeSource", &[("path", Given), ("path", Form(forms::absolute_path)), ("server", Given)]),
    ("core.v1.NodeSelector", &[("nodeSelectorTerms", Given)]),
    (
        "core.v1.NodeSelectorRequirement",
        &[
            ("key", Given),
            ("key", Name(forms::qualified_name)),
            ("operator", Words(&["DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn"])),
        ],
    ),
    ("core.v1.ObjectFieldSelector", &[("apiVersion", Words(&["", "v1"])), ("fieldPath", Given)]),
    ("core.v1.PersistentVolume", SPEC),
    ("core.v1.PersistentVolumeClaim", &[("spec", Given)]),
    (
        "core.v1.PersistentVolumeClaimSpec",
        &[
            ("accessModes", CLAIM_WORDS),
            ("accessModes", Alone("ReadWriteOncePod")),
            ("storageClassName", Name(forms::subdomain)),
            ("volumeMode", NotEmpty),
        ],
    ),
    ("core.v1.PersistentVolumeClaimVolumeSource", &[("claimName", Given)]),
    (
        "core.v1.PersistentVolumeSpec",
        &[
            ("accessModes", Given),
            ("accessModes", CLAIM_WORDS),
            ("accessModes", Alone("ReadWriteOncePod")),
            ("capacity", Given),
            ("storageClassName", Name(forms::subdomain)),
            ("volumeMode", NotEmpty),
        ],
    ),
    (
        "core.v1.PodAffinityTerm",
        &[("namespaces", Name(format::label)), ("topologyKey", Given), ("topologyKey", Name(forms::qualified_name))],
    ),
    (
        "core.v1.PodDNSConfig",
        &[
            ("nameservers", Few(3)),
            ("nameservers", Form(forms::address)),
            ("searches", Few(32)),
            ("searches", Name(forms::search_domain)),
        ],
    ),
    ("core.v1.PodDNSConfigOption", &[("name", Given)]),
    (
        "core.v1.PodSecurityContext",
        &[
            ("fsGroupChangePolicy", NotEmpty),
            ("supplementalGroups", ID),
            ("sysctls", Distinct(&["name"])),
            ("fsGroup", ID),
            ("runAsGroup", ID),
            ("runAsUser", ID),
        ],
    ),
    (
        "core.v1.PodSpec",
        &[
            ("hostname", Name(forms::label)),
            ("priorityClassName", Name(forms::subdomain)),
            ("schedulingGates", Distinct(&["name"])),
            ("serviceAccountName", Name(forms::subdomain)),
            ("subdomain", Name(forms::label)),
            ("topologySpreadConstraints", Distinct(&["topologyKey", "whenUnsatisfiable"])),
            ("activeDeadlineSeconds", Range(1, MOST)),
        ],
    ),
    ("core.v1.PodTemplateSpec", SPEC),
    ("core.v1.PreferredSchedulingTerm", &[("weight", Range(1, 100))]),
    ("core.v1.Probe", &[("terminationGracePeriodSeconds", Range(1, MOST))]),
    ("core.v1.ProjectedVolumeSource", &[("defaultMode", MODE)]),
    ("core.v1.ResourceFieldSelector", &[("resource", Form(forms::told_resource))]),
    ("core.v1.ResourceQuotaSpec", &[("scopes", NotEmpty)]),
    ("core.v1.ScopedResourceSelectorRequirement", &[("operator", NotEmpty), ("scopeName", NotEmpty)]),
    ("core.v1.SeccompProfile", &[("type", Given)]),
    ("core.v1.SecretEnvSource", NAMED),
    ("core.v1.SecretEnvSource", &[("name", Given)]),
    ("core.v1.SecretKeySelector", KEY),
    ("core.v1.SecretKeySelector", &[("name", Given)]),
    ("core.v1.SecretProjection", NAMED),
    ("core.v1.SecretProjection", &[("name", Given)]),
    ("core.v1.SecretVolumeSource", &[("defaultMode", MODE), ("secretName", Given)]),
    ("core.v1.SecurityContext", &[("procMount", NotEmpty), ("runAsGroup", ID), ("runAsUser", ID)]),
    ("core.v1.Service", SPEC),
    (
        "core.v1.ServiceAccountTokenProjection",
        &[("path", Given), ("path", RELATIVE), ("expirationSeconds", Range(600, 1 << 32))],
    ),
    (
        "core.v1.ServicePort",
        &[
            ("appProtocol", Name(forms::qualified_name)),
            ("targetPort", PORT),
            ("name", Name(forms::label)),
            ("port", PORT_NUMBER),
            ("targetPort", Range(0, 65535)),
            ("nodePort", Range(0, 65535)),
        ],
    ),
    (
        "core.v1.ServiceSpec",
        &[
            ("clusterIP", Form(forms::cluster_address)),
            ("clusterIPs", Form(forms::cluster_address)),
            ("clusterIPs", Distinct(&[])),
            ("externalIPs", Form(forms::outer_address)),
            ("externalName", Name(forms::subdomain)),
            ("externalTrafficPolicy", NotEmpty),
            ("internalTrafficPolicy", NotEmpty),
            ("ipFamilies", NotEmpty),
            ("ipFamilies", Distinct(&[])),
            ("ipFamilyPolicy", NotEmpty),
            ("loadBalancerClass", Name(format::qualified_name)),
            ("loadBalancerSourceRanges", Form(forms::block)),
            ("trafficDistribution", Words(&["PreferClose", "PreferSameNode", "PreferSameZone"])),
        ],
    ),
    ("core.v1.Sysctl", &[("name", Form(forms::sysctl))]),
    ("core.v1.TCPSocketAction", &[("port", PORT), ("port", PORT_NUMBER)]),
    ("core.v1.Toleration", &[("key", Name(forms::qualified_name)), ("value", Name(format::label_value))]),
    (
        "core.v1.TopologySelectorLabelRequirement",
        &[("key", Given), ("key", Name(forms::qualified_name)), ("values", Given), ("values", Distinct(&[]))],
    ),
    (
        "core.v1.TopologySelectorTerm",
        &[("matchLabelExpressions", Given), ("matchLabelExpressions", Distinct(&["key"]))],
    ),
    (
        "core.v1.TopologySpreadConstraint",
        &[
            ("matchLabelKeys", Name(format::qualified_name)),
            ("minDomains", Range(1, MOST)),
            ("nodeAffinityPolicy", NotEmpty),
            ("nodeTaintsPolicy", NotEmpty),
            ("topologyKey", Given),
            ("whenUnsatisfiable", Given),
            ("maxSkew", Range(1, MOST)),
        ],
    ),
    ("core.v1.TypedLocalObjectReference", &[("apiGroup", Name(format::subdomain)), ("kind", Given), ("name", Given)]),
    ("core.v1.Volume", &[("name", Given), ("name", Name(forms::label))]),
    ("core.v1.VolumeDevice", &[("devicePath", Given), ("name", Given)]),
    ("core.v1.VolumeMount", &[("mountPath", Given), ("mountPropagation", NotEmpty), ("name", Given)]),
    ("core.v1.VolumeNodeAffinity", &[("required", Given)]),
    ("core.v1.WeightedPodAffinityTerm", &[("weight", Range(1, 100))]),
    (
        "discovery.v1.Endpoint",
        &[("addresses", Given), ("hostname", Name(format::label)), ("nodeName", Name(format::subdomain))],
    ),
    (
        "discovery.v1.EndpointPort",
        &[("appProtocol", Name(format::qualified_name)), ("name", Name(forms::label)), ("protocol", NotEmpty)],
    ),
    (
        "discovery.v1.EndpointSlice",
        &[("addressType", Words(&["FQDN", "IPv4", "IPv6"])), ("ports", Distinct(&["name"]))],
    ),
    (
        "meta.v1.LabelSelectorRequirement",
        &[
            ("key", Given),
            ("key", Name(forms::qualified_name)),
            ("operator", Words(&["DoesNotExist", "Exists", "In", "NotIn"])),
        ],
    ),
    ("meta.v1.ObjectMeta", &[("finalizers", Name(forms::finalizer)), ("namespace", Name(forms::label))]),
    ("networking.v1.HTTPIngressPath", &[("pathType", Words(&["Exact", "ImplementationSpecific", "Prefix"]))]),
    ("networking.v1.HTTPIngressRuleValue", &[("paths", Given)]),
    ("networking.v1.IPBlock", &[("cidr", Form(forms::block)), ("except", Form(forms::block))]),
    ("networking.v1.Ingress", SPEC),
    ("networking.v1.IngressClass", SPEC),
    (
        "networking.v1.IngressClassParametersReference",
        &[
            ("apiGroup", Name(format::subdomain)),
            ("kind", Given),
            ("name", Given),
            ("namespace", Name(format::label)),
            ("scope", Given),
            ("scope", Words(&["Cluster", "Namespace"])),
        ],
    ),
    ("networking.v1.IngressClassSpec", &[("controller", Given), ("controller", Form(forms::controller))]),
    ("networking.v1.IngressRule", &[("host", Name(forms::host))]),
    ("networking.v1.IngressServiceBackend", &[("name", Given), ("name", Name(forms::label_1035)), ("port", Given)]),
    ("networking.v1.IngressSpec", &[("ingressClassName", Name(format::subdomain))]),
    ("networking.v1.IngressTLS", &[("hosts", Name(forms::tls_host)), ("secretName", Name(forms::subdomain))]),
    (
        "networking.v1.NetworkPolicyPort",
        &[
            ("endPort", Range(1, 65535)),
            ("port", Or(1, 65535, format::port_name)),
            ("protocol", Words(&["SCTP", "TCP", "UDP"])),
        ],
    ),
    ("networking.v1.NetworkPolicySpec", &[("policyTypes", NotEmpty), ("policyTypes", Distinct(&[]))]),
    ("networking.v1.ServiceBackendPort", &[("name", Name(forms::port_name)), ("number", PORT_NUMBER)]),
    ("node.v1.RuntimeClass", &[("handler", Name(format::label))]),
    (
        "policy.v1.PodDisruptionBudgetSpec",
        &[("maxUnavailable", PART), ("minAvailable", PART), ("unhealthyPodEvictionPolicy", NotEmpty)],
    ),
    ("rbac.v1.AggregationRule", &[("clusterRoleSelectors", Given)]),
    ("rbac.v1.PolicyRule", &[("verbs", Given)]),
    (
        "rbac.v1.RoleRef",
        &[
            ("name", Given),
            ("apiGroup", Words(&["", "rbac.authorization.k8s.io"])),
            ("kind", Words(&["ClusterRole", "Role"])),
        ],
    ),
    (
        "rbac.v1.Subject",
        &[
            ("apiGroup", Words(&["", "rbac.authorization.k8s.io"])),
            ("name", Given),
            ("kind", Words(&["Group", "ServiceAccount", "User"])),
        ],
    ),
    ("scheduling.v1.PriorityClass", &[("preemptionPolicy", NotEmpty)]),
    (
        "storage.v1.StorageClass",
        &[
            ("reclaimPolicy", Words(&["", "Delete", "Retain"])),
            ("provisioner", Given),
            ("provisioner", Name(forms::qualified_name)),
            ("volumeBindingMode", NotEmpty),
        ],
    ),
];
