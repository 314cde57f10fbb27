//! Labels of nodes that every cluster has.

use crate::Rule;
use crate::model::{Field, Report, View, Workload};

pub(crate) const NODE_LABEL: Rule = Rule {
    id: "node-label",
    summary: "A pod asks for a label or a taint of nodes that differs by a slip from one that every cluster has, or for a system or an architecture that there is not.",
    reason: "No node has it: the pod stays pending, or is spread over nothing.",
    allow: "When the nodes have that label.",
};

const KNOWN: [&str; 8] = [
    "kubernetes.io/arch",
    "kubernetes.io/hostname",
    "kubernetes.io/os",
    "node-role.kubernetes.io/control-plane",
    "node.kubernetes.io/instance-type",
    "node.kubernetes.io/windows-build",
    "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",
];

/// The values of a label, where they are known.
const VALUES: [(&str, &[&str]); 2] = [
    ("kubernetes.io/arch", &["386", "amd64", "arm", "arm64", "loong64", "ppc64le", "riscv64", "s390x"]),
    ("kubernetes.io/os", &["linux", "windows"]),
];

const TERMS: [&str; 2] =
    ["requiredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution"];

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        for (key, value) in workload.pod.entries(&["nodeSelector"]) {
            slip(key, &value, report);
            known_value(key, &value, report);
        }
        for at in keys(workload) {
            slip(at.str().unwrap_or_default(), &at, report);
        }
    }
}

/// Where the keys stand of labels and taints, but for those of the node selector.
fn keys<'a>(workload: &Workload<'a>) -> Vec<Field<'a>> {
    let pod = &workload.pod;
    let affinity =
        |kind: &str| TERMS.iter().flat_map(|terms| pod.items(&["affinity", kind, terms])).collect::<Vec<_>>();
    let pods = [affinity("podAffinity"), affinity("podAntiAffinity")].concat();
    let terms = pods.into_iter().map(|term| term.or_self(&["podAffinityTerm"]));
    let spread = terms.chain(pod.items(&["topologySpreadConstraints"])).filter_map(|term| term.get("topologyKey"));
    let tolerated = pod.items(&["tolerations"]).into_iter().filter_map(|toleration| toleration.get("key"));
    spread.chain(tolerated).collect()
}

fn slip(key: &str, at: &Field<'_>, report: &mut Report) {
    let hint = View::hint(KNOWN, key);
    if !hint.is_empty() && !KNOWN.contains(&key) {
        report.warning(&NODE_LABEL, at, format!("no node has {key}{hint}"));
    }
}

fn known_value(key: &str, at: &Field<'_>, report: &mut Report) {
    let Some((_, values)) = VALUES.iter().find(|(known, _)| *known == key) else { return };
    if let Some(value) = at.str().filter(|value| !values.contains(value)) {
        report.warning(&NODE_LABEL, at, format!("{key} is {value}, wanted one of {}", values.join(", ")));
    }
}
