//! Names of Services in DNS.

use super::{Field, View};

/// The Service of the set that a host names, for a pod of a namespace: `web`, `web.shops`, `web.shops.svc.cluster.local`.
pub(crate) fn service_of_host<'v, 'a>(view: &'v View<'a>, namespace: &str, host: &str) -> Option<&'v Field<'a>> {
    let (name, namespace) = service_name(view, namespace, host)?;
    view.find("", "Service", &namespace, &name)
}

/// The name and the namespace of the Service that a host names; none for a host that is no Service's.
pub(crate) fn service_name(view: &View<'_>, namespace: &str, host: &str) -> Option<(String, String)> {
    let host = host.trim_end_matches('.');
    let labels: Vec<_> = host.split('.').collect();
    let is_name = |label: &str| {
        label.starts_with(|c: char| c.is_ascii_lowercase())
            && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    match labels.as_slice() {
        [name] if is_name(name) && *name != "localhost" => Some(((*name).into(), namespace.into())),
        [name, space, "svc"] | [name, space, "svc", "cluster", "local"] => Some(((*name).into(), (*space).into())),
        // The name of a pod of a StatefulSet.
        [_, name, space, "svc"] | [_, name, space, "svc", "cluster", "local"] => {
            Some(((*name).into(), (*space).into()))
        }
        // The name of a pod of a StatefulSet, in the caller's namespace.
        [pod, name] if is_pod_of(view, namespace, pod, name) => Some(((*name).into(), namespace.into())),
        // Any domain has two labels; only a Service that is there tells.
        [name, space] if view.find("", "Service", space, name).is_some() => Some(((*name).into(), (*space).into())),
        _ => None,
    }
}

fn is_pod_of(view: &View<'_>, namespace: &str, pod: &str, service: &str) -> bool {
    let is_ordinal = |rest: &str| rest.strip_prefix('-').is_some_and(|ordinal| ordinal.parse::<u32>().is_ok());
    let here = view.workloads.iter().filter(|workload| view.namespace(&workload.root) == namespace);
    here.filter(|workload| workload.kind() == "StatefulSet").any(|workload| {
        let of = workload.root.at(&["spec", "serviceName"]).and_then(|name| name.str());
        of == Some(service) && pod.strip_prefix(workload.root.object.name.as_str()).is_some_and(is_ordinal)
    })
}
