//! Names of Services and of their pods in DNS.

use super::{Field, View, Workload};

/// A host that is a Service's, or a pod's of it.
#[derive(Debug)]
pub(crate) struct Host<'h> {
    pod: Option<&'h str>,
    pub(crate) service: &'h str,
    pub(crate) namespace: &'h str,
    /// Whether the name stops before the end that DNS has: `web.shops.svc.cluster`.
    pub(crate) is_cut: bool,
}

impl<'h> Host<'h> {
    /// What a host is for a pod of a namespace: `web`, `web.shops`, `web.shops.svc.cluster.local`, each with a pod of a
    /// StatefulSet before it or not; none for a host that is no Service's.
    pub(crate) fn of(view: &View<'_>, namespace: &'h str, host: &'h str) -> Option<Self> {
        let labels: Vec<_> = host.trim_end_matches('.').split('.').collect();
        let (labels, is_cut) = match labels.as_slice() {
            [labels @ .., "svc", "cluster"] => (labels, true),
            [labels @ .., "svc"] | [labels @ .., "svc", "cluster", "local"] => (labels, false),
            labels => return Self::short(view, namespace, labels),
        };
        let (pod, service, namespace) = match *labels {
            [service, namespace] => (None, service, namespace),
            [pod, service, namespace] => (Some(pod), service, namespace),
            _ => return None,
        };
        Some(Self { pod, service, namespace, is_cut })
    }

    /// Without the end: any domain has two labels or more, so that only a Service or a pod that is there tells.
    fn short(view: &View<'_>, namespace: &'h str, labels: &[&'h str]) -> Option<Self> {
        let (pod, service, namespace) = match *labels {
            [name] if is_name(name) && name != "localhost" => (None, name, namespace),
            [pod, name] if is_pod(view, namespace, pod) && is_name(name) => (Some(pod), name, namespace),
            [name, space] if view.find("", "Service", space, name).is_some() => (None, name, space),
            [pod, name, space] if is_pod(view, space, pod) && is_name(name) => (Some(pod), name, space),
            _ => return None,
        };
        Some(Self { pod, service, namespace, is_cut: false })
    }

    /// The Service, if the set has it.
    pub(crate) fn find<'v, 'a>(&self, view: &'v View<'a>) -> Option<&'v Field<'a>> {
        view.find("", "Service", self.namespace, self.service)
    }

    /// Why there is no such pod, if the set tells: `StatefulSet db has 2 replicas`.
    pub(crate) fn no_pod(&self, view: &View<'_>) -> Option<String> {
        let pod = self.pod.filter(|pod| is_name(pod))?;
        // Other pods may take names of their own.
        if view.workloads.iter().any(|workload| workload.pod.text("subdomain").is_some()) {
            return None;
        }
        let sets: Vec<_> = sets(view, self.namespace, self.service).collect();
        let most = |set: &Workload<'_>| view.replicas(set).map_or(1, |(_, most)| most);
        let has = |set: &&Workload<'_>| ordinal(set, pod).is_some_and(|at| (0..most(set)).contains(&(at - first(set))));
        let told = sets.first().map(|set| format!("{} has {} replicas", set.title(), most(set)));
        if sets.iter().any(has) { None } else { told }
    }
}

fn is_name(label: &str) -> bool {
    label.starts_with(|c: char| c.is_ascii_lowercase())
        && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether a name is that of a StatefulSet's pod, of whatever number.
fn is_pod(view: &View<'_>, namespace: &str, pod: &str) -> bool {
    let here = view.workloads.iter().filter(|workload| view.namespace(&workload.root) == namespace);
    here.filter(|workload| workload.kind() == "StatefulSet").any(|set| ordinal(set, pod).is_some())
}

/// The StatefulSets whose pods a Service names.
fn sets<'v, 'a>(view: &'v View<'a>, namespace: &str, service: &str) -> impl Iterator<Item = &'v Workload<'a>> {
    view.workloads.iter().filter(move |workload| {
        let of = workload.root.at(&["spec", "serviceName"]).and_then(|name| name.str());
        workload.kind() == "StatefulSet" && view.namespace(&workload.root) == namespace && of == Some(service)
    })
}

fn ordinal(set: &Workload<'_>, pod: &str) -> Option<i64> {
    let ordinal = pod.strip_prefix(set.root.object.name.as_str())?.strip_prefix('-')?;
    ordinal.parse::<u32>().ok().map(i64::from)
}

/// The ordinal of a StatefulSet's first pod.
fn first(set: &Workload<'_>) -> i64 {
    set.root.at(&["spec", "ordinals"]).and_then(|ordinals| ordinals.int("start")).unwrap_or_default()
}
