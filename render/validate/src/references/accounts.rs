//! ServiceAccounts, and what roles are bound to.

use super::uses::uses;
use crate::Rule;
use crate::model::{Field, Report, View};

pub(crate) const MISSING_SERVICE_ACCOUNT: Rule = Rule {
    id: "missing-service-account",
    summary: "The set has no ServiceAccount that a pod runs as, or that a role is bound to.",
    reason: "Kubernetes makes no pod for an account that is not there; a binding to none gives nobody rights.",
    allow: "When a person or another chart makes the account.",
};

pub(crate) const MISSING_ROLE: Rule = Rule {
    id: "missing-role",
    summary: "The set has no Role or ClusterRole that is bound.",
    reason: "The binding gives no rights.",
    allow: "When another chart has the role.",
};

pub(crate) const SUBJECT_NAMESPACE: Rule = Rule {
    id: "subject-namespace",
    summary: "An account is bound in a namespace other than its own, or for the whole cluster in none.",
    reason: "Without a namespace Kubernetes refuses a ClusterRoleBinding; with another the account gets no rights.",
    allow: "When an account of that name is in the other namespace too.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        for used in uses(workload).iter().filter(|used| used.kind == "ServiceAccount" && used.name != "default") {
            if view.find("", "ServiceAccount", view.namespace(&workload.root), used.name).is_none() {
                let message = format!("the set has no ServiceAccount {}{}", used.name, hint(view, used.name));
                report.missing(&MISSING_SERVICE_ACCOUNT, &used.at, message);
            }
        }
    }
    for kind in ["RoleBinding", "ClusterRoleBinding"] {
        for binding in view.of_kind("rbac.authorization.k8s.io", kind) {
            role(view, binding, report);
            for subject in binding.items(&["subjects"]) {
                account(view, &subject, kind, report);
            }
        }
    }
}

fn hint(view: &View<'_>, name: &str) -> String {
    View::hint(view.of_kind("", "ServiceAccount").map(|account| account.object.name.as_str()), name)
}

fn role(view: &View<'_>, binding: &Field<'_>, report: &mut Report) {
    const GROUP: &str = "rbac.authorization.k8s.io";
    let Some(reference) = binding.get("roleRef") else { return };
    let (Some(kind), Some(name)) = (reference.text("kind"), reference.text("name")) else { return };
    let found = match kind {
        "Role" => {
            is_built_in_role(view.namespace(binding), name)
                || view.find(GROUP, kind, view.namespace(binding), name).is_some()
        }
        "ClusterRole" => is_built_in(name) || view.find_of_cluster(GROUP, kind, name).is_some(),
        _ => return,
    };
    if !found {
        let names = view.of_kind(GROUP, kind).map(|role| role.object.name.as_str());
        let message = format!("the set has no {kind} {name}{}", View::hint(names, name));
        report.missing(&MISSING_ROLE, &reference.or_self(&["name"]), message);
    }
}

/// The roles that every cluster has.
fn is_built_in(name: &str) -> bool {
    matches!(name, "cluster-admin" | "admin" | "edit" | "view") || name.starts_with("system:")
}

/// The roles that every cluster has in `kube-system`.
fn is_built_in_role(namespace: &str, name: &str) -> bool {
    namespace == "kube-system" && (name == "extension-apiserver-authentication-reader" || name.starts_with("system:"))
}

/// Those of the cluster's own controllers, in `kube-system`.
const CONTROLLERS: [&str; 39] = [
    "attachdetach-controller",
    "bootstrap-signer",
    "certificate-controller",
    "clusterrole-aggregation-controller",
    "cronjob-controller",
    "daemon-set-controller",
    "deployment-controller",
    "disruption-controller",
    "endpoint-controller",
    "endpointslice-controller",
    "endpointslicemirroring-controller",
    "ephemeral-volume-controller",
    "expand-controller",
    "generic-garbage-collector",
    "horizontal-pod-autoscaler",
    "job-controller",
    "legacy-service-account-token-cleaner",
    "namespace-controller",
    "node-controller",
    "persistent-volume-binder",
    "pod-garbage-collector",
    "pv-protection-controller",
    "pvc-protection-controller",
    "replicaset-controller",
    "replication-controller",
    "resource-claim-controller",
    "resourcequota-controller",
    "root-ca-cert-publisher",
    "route-controller",
    "selinux-warning-controller",
    "service-account-controller",
    "service-controller",
    "service-cidrs-controller",
    "statefulset-controller",
    "token-cleaner",
    "ttl-after-finished-controller",
    "ttl-controller",
    "validatingadmissionpolicy-status-controller",
    "volumeattributesclass-protection-controller",
];

/// The accounts that every namespace has, and every cluster.
fn is_built_in_account(namespace: &str, name: &str) -> bool {
    name == "default" || namespace == "kube-system" && CONTROLLERS.contains(&name)
}

fn account(view: &View<'_>, subject: &Field<'_>, binding: &str, report: &mut Report) {
    let Some(name) = subject.text("name").filter(|_| subject.text("kind") == Some("ServiceAccount")) else { return };
    let namespace = match subject.text("namespace") {
        Some(namespace) => namespace,
        // A RoleBinding's own namespace stands for it.
        None if binding == "RoleBinding" => view.namespace(subject),
        None => {
            let message = format!("{binding} names ServiceAccount {name} without its namespace");
            return report.error(&SUBJECT_NAMESPACE, subject, message);
        }
    };
    if is_built_in_account(namespace, name) || view.find("", "ServiceAccount", namespace, name).is_some() {
        return;
    }
    match view.find_of_cluster("", "ServiceAccount", name) {
        Some(elsewhere) => {
            let message = format!("ServiceAccount {name} is in {}, not in {namespace}", view.namespace(elsewhere));
            report.missing(&SUBJECT_NAMESPACE, &subject.or_self(&["namespace"]), message);
        }
        None => {
            let message = format!("the set has no ServiceAccount {name} in {namespace}{}", hint(view, name));
            report.missing(&MISSING_SERVICE_ACCOUNT, &subject.or_self(&["name"]), message);
        }
    }
}
