//! Fields of which it depends on nothing else that they cannot change.

use super::pair::{Pair, Report, touches};
use crate::Rule;

pub(crate) const IMMUTABLE_SELECTOR: Rule = Rule {
    id: "immutable-selector",
    summary: "The selector of a Deployment, DaemonSet or ReplicaSet changes.",
    reason: "Kubernetes refuses the change, and the upgrade fails.",
    allow: "When the old workload is deleted before, or the new one has another name.",
};

pub(crate) const IMMUTABLE_STATEFULSET: Rule = Rule {
    id: "immutable-statefulset",
    summary: "A field of a StatefulSet changes that cannot: its selector, serviceName, podManagementPolicy or volumeClaimTemplates, with their labels.",
    reason: "Kubernetes refuses the change, and the upgrade fails.",
    allow: "When the old StatefulSet is deleted before, with `--cascade=orphan` to keep its pods.",
};

pub(crate) const IMMUTABLE_SECRET_TYPE: Rule = Rule {
    id: "immutable-secret-type",
    summary: "The type of a Secret changes.",
    reason: "Kubernetes refuses the change, and the upgrade fails.",
    allow: "When the old Secret is deleted before.",
};

pub(crate) const IMMUTABLE_ROLE: Rule = Rule {
    id: "immutable-role",
    summary: "A RoleBinding or ClusterRoleBinding binds another role.",
    reason: "Kubernetes refuses the change, and the upgrade fails.",
    allow: "When the old binding is deleted before; better, give the new one another name.",
};

pub(crate) const IMMUTABLE_CLASS: Rule = Rule {
    id: "immutable-class",
    summary: "A class, or a CSIDriver, changes what it stands for: a StorageClass's provisioner, parameters, reclaimPolicy or volumeBindingMode, the controller of an IngressClass, the value of a PriorityClass, the handler of a RuntimeClass.",
    reason: "Kubernetes refuses the change, and the upgrade fails.",
    allow: "When the old class is deleted before; better, give the new one another name.",
};

pub(crate) const IMMUTABLE_FIELD: Rule = Rule {
    id: "immutable-field",
    summary: "A field changes that cannot: the scopes of a ResourceQuota, the addressType of an EndpointSlice, what a ControllerRevision holds, the spec of a ResourceClaim or of its template, and others of what charts seldom have.",
    reason: "Kubernetes refuses the change, and the upgrade fails.",
    allow: "When the old object is deleted before.",
};

pub(crate) const IMMUTABLE_DEFINITION: Rule = Rule {
    id: "immutable-definition",
    summary: "The scope, the group or the names of a CustomResourceDefinition change.",
    reason: "Kubernetes refuses the change, and the upgrade fails.",
    allow: "Never: define another kind, and move the objects.",
};

/// A field of a kind that cannot change.
struct Immutable {
    rule: &'static Rule,
    group: &'static str,
    kind: &'static str,
    path: &'static [&'static str],
    /// The keys right below it that can.
    except: &'static [&'static str],
}

const fn of(rule: &'static Rule, group: &'static str, kind: &'static str, path: &'static [&'static str]) -> Immutable {
    Immutable { rule, group, kind, path, except: &[] }
}

const SELECTOR: &[&str] = &["spec", "selector"];
const ROLES: &str = "rbac.authorization.k8s.io";
const STORAGE: &str = "storage.k8s.io";

/// After the API server's own validation of updates, `pkg/apis/*/validation` of Kubernetes 1.34 to 1.37.
const FIELDS: &[Immutable] = &[
    of(&IMMUTABLE_SELECTOR, "apps", "Deployment", SELECTOR),
    of(&IMMUTABLE_SELECTOR, "apps", "DaemonSet", SELECTOR),
    of(&IMMUTABLE_SELECTOR, "apps", "ReplicaSet", SELECTOR),
    Immutable {
        except: &[
            "minReadySeconds",
            "ordinals",
            "persistentVolumeClaimRetentionPolicy",
            "replicas",
            "revisionHistoryLimit",
            "template",
            "updateStrategy",
        ],
        ..of(&IMMUTABLE_STATEFULSET, "apps", "StatefulSet", &["spec"])
    },
    of(&IMMUTABLE_SECRET_TYPE, "", "Secret", &["type"]),
    of(&IMMUTABLE_ROLE, ROLES, "RoleBinding", &["roleRef"]),
    of(&IMMUTABLE_ROLE, ROLES, "ClusterRoleBinding", &["roleRef"]),
    of(&IMMUTABLE_CLASS, STORAGE, "StorageClass", &["provisioner"]),
    of(&IMMUTABLE_CLASS, STORAGE, "StorageClass", &["parameters"]),
    of(&IMMUTABLE_CLASS, STORAGE, "StorageClass", &["reclaimPolicy"]),
    of(&IMMUTABLE_CLASS, STORAGE, "StorageClass", &["volumeBindingMode"]),
    of(&IMMUTABLE_CLASS, STORAGE, "VolumeAttributesClass", &["driverName"]),
    of(&IMMUTABLE_CLASS, STORAGE, "VolumeAttributesClass", &["parameters"]),
    of(&IMMUTABLE_CLASS, STORAGE, "CSIDriver", &["spec", "attachRequired"]),
    of(&IMMUTABLE_CLASS, STORAGE, "CSIDriver", &["spec", "volumeLifecycleModes"]),
    of(&IMMUTABLE_CLASS, "networking.k8s.io", "IngressClass", &["spec", "controller"]),
    of(&IMMUTABLE_CLASS, "scheduling.k8s.io", "PriorityClass", &["value"]),
    of(&IMMUTABLE_CLASS, "scheduling.k8s.io", "PriorityClass", &["preemptionPolicy"]),
    of(&IMMUTABLE_CLASS, "node.k8s.io", "RuntimeClass", &["handler"]),
    of(&IMMUTABLE_FIELD, "", "ResourceQuota", &["spec", "scopes"]),
    of(&IMMUTABLE_FIELD, "apps", "ControllerRevision", &["data"]),
    of(&IMMUTABLE_FIELD, "discovery.k8s.io", "EndpointSlice", &["addressType"]),
    of(&IMMUTABLE_FIELD, "networking.k8s.io", "IPAddress", &["spec", "parentRef"]),
    of(&IMMUTABLE_FIELD, "certificates.k8s.io", "ClusterTrustBundle", &["spec", "signerName"]),
    of(&IMMUTABLE_FIELD, "resource.k8s.io", "ResourceClaim", &["spec"]),
    of(&IMMUTABLE_FIELD, "resource.k8s.io", "ResourceClaimTemplate", &["spec"]),
    of(&IMMUTABLE_FIELD, STORAGE, "VolumeAttachment", &["spec"]),
    of(&IMMUTABLE_FIELD, STORAGE, "CSIStorageCapacity", &["nodeTopology"]),
    of(&IMMUTABLE_FIELD, STORAGE, "CSIStorageCapacity", &["storageClassName"]),
    of(&IMMUTABLE_DEFINITION, "apiextensions.k8s.io", "CustomResourceDefinition", &["spec", "scope"]),
    of(&IMMUTABLE_DEFINITION, "apiextensions.k8s.io", "CustomResourceDefinition", &["spec", "group"]),
    of(&IMMUTABLE_DEFINITION, "apiextensions.k8s.io", "CustomResourceDefinition", &["spec", "names", "kind"]),
    of(&IMMUTABLE_DEFINITION, "apiextensions.k8s.io", "CustomResourceDefinition", &["spec", "names", "plural"]),
];

pub(super) fn check(pair: &Pair<'_>, report: &mut Report) {
    for immutable in FIELDS.iter().filter(|field| pair.is(field.group, field.kind)) {
        let exceptions: Vec<_> = immutable.except.iter().map(|key| [immutable.path, &[*key]].concat()).collect();
        for field in pair.under(immutable.path) {
            if !exceptions.iter().any(|path| touches(field, path)) {
                report.refused(immutable.rule, pair, field);
            }
        }
    }
}
