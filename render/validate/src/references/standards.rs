//! Pod Security Standards: what a Namespace of the set lets pods do.

use crate::Rule;
use crate::model::{Field, Report, View, Workload};

pub(crate) const POD_SECURITY: Rule = Rule {
    id: "pod-security",
    summary: "A pod does what the Pod Security Standard does not let it that its Namespace enforces.",
    reason: "Kubernetes refuses the pods: the workload is there, and nothing runs.",
    allow: "When the cluster exempts the pod's class or whoever makes it.",
};

/// The least version of the standards that is looked at: those before want less.
const FIRST_MINOR: u32 = 25;

/// What containers may add to what they can do, under the standard `baseline`.
const CAPABILITIES: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        let Some(standard) = enforced(view, view.namespace(&workload.root)) else { continue };
        if workload.pod.at(&["os", "name"]).and_then(|name| name.str()) == Some("windows") {
            continue;
        }
        let mut broken = baseline(workload);
        if standard == "restricted" {
            broken.extend(restricted(workload));
        }
        for (at, wanted) in broken {
            report.error(&POD_SECURITY, &at, format!("the Namespace enforces {standard}, which wants {wanted}"));
        }
    }
}

/// The standard that a Namespace of the set enforces, if it is one that asks for anything.
fn enforced<'a>(view: &View<'a>, namespace: &str) -> Option<&'a str> {
    let labels = view.find_of_cluster("", "Namespace", namespace)?.at(&["metadata", "labels"])?;
    let version = labels.text("pod-security.kubernetes.io/enforce-version").unwrap_or("latest");
    let is_old = crate::KubeVersion::parse(version).is_some_and(|version| version.minor < FIRST_MINOR);
    let standard = labels.text("pod-security.kubernetes.io/enforce")?;
    (matches!(standard, "baseline" | "restricted") && !is_old).then_some(standard)
}

/// Where a pod breaks a standard, and what it wants.
type Broken<'a> = Vec<(Field<'a>, &'static str)>;

fn baseline<'a>(workload: &Workload<'a>) -> Broken<'a> {
    let pod = &workload.pod;
    let host = ["hostNetwork", "hostPID", "hostIPC"].into_iter().filter(|key| pod.flag(key));
    let mut broken: Broken<'_> = host.map(|key| (pod.or_self(&[key]), "nothing of the node's own")).collect();
    let volumes = pod.items(&["volumes"]);
    broken.extend(volumes.iter().filter_map(|volume| Some((volume.get("hostPath")?, "no folders of the node"))));
    for container in workload.containers() {
        if let Some(at) = container.at(&["securityContext", "privileged"]).filter(|at| at.value() == true) {
            broken.push((at, "no privileged containers"));
        }
        let added = container.items(&["securityContext", "capabilities", "add"]);
        let is_more = |at: &Field<'_>| at.str().is_some_and(|name| !CAPABILITIES.contains(&name));
        broken.extend(added.into_iter().filter(is_more).map(|at| (at, "no more capabilities")));
        let ports = container.items(&["ports"]);
        let on_node = ports.iter().filter_map(|port| port.get("hostPort")).filter(|at| at.value() != 0);
        broken.extend(on_node.map(|at| (at, "no ports of the node")));
    }
    broken
}

fn restricted<'a>(workload: &Workload<'a>) -> Broken<'a> {
    let mut broken = Broken::new();
    for container in workload.containers() {
        let own = |keys: &[&str]| container.at(&["securityContext"])?.at(keys);
        let either = |keys: &[&str]| own(keys).or_else(|| workload.pod.at(&["securityContext"])?.at(keys));
        let at = container.or_self(&["securityContext"]);
        let mut wants = |holds: bool, wanted| {
            if !holds {
                broken.push((at.clone(), wanted));
            }
        };
        wants(
            own(&["allowPrivilegeEscalation"]).is_some_and(|at| at.value() == false),
            "allowPrivilegeEscalation: false",
        );
        wants(either(&["runAsNonRoot"]).is_some_and(|at| at.value() == true), "runAsNonRoot: true");
        wants(either(&["runAsUser"]).is_none_or(|at| at.value() != 0), "a runAsUser that is not 0");
        let profile = either(&["seccompProfile", "type"]).and_then(|profile| profile.str());
        wants(matches!(profile, Some("RuntimeDefault" | "Localhost")), "a seccompProfile of type RuntimeDefault");
        let list = |key| container.items(&["securityContext", "capabilities", key]);
        wants(list("drop").iter().any(|at| at.str() == Some("ALL")), "all capabilities dropped");
        wants(list("add").iter().all(|at| at.str() == Some("NET_BIND_SERVICE")), "no capability but NET_BIND_SERVICE");
    }
    broken
}
