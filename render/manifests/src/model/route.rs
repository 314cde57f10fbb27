//! Routes of the Gateway API.

use serde::Serialize;

use super::System;
use super::canary::{CANARY, STABLE};
use super::component::Component;
use super::custom::Custom;
use super::refused::prefix;
use super::ways_in::service_port;
use crate::values::ParentRef;

/// The `spec` of an `HTTPRoute`, as far as the chart has it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Route {
    parent_refs: Vec<ParentRef>,
    hostnames: Vec<String>,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    matches: Vec<Match>,
    backend_refs: Vec<Backend>,
}

#[derive(Serialize)]
struct Match {
    path: Path,
}

#[derive(Serialize)]
struct Path {
    #[serde(rename = "type")]
    kind: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Backend {
    name: String,
    port: u16,
    /// Percent of the requests, where there are two.
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<u32>,
}

impl System<'_> {
    /// A component's route, where it has one.
    pub(super) fn http_route(&self, component: &Component) -> Option<Custom<Route>> {
        let given = component.http_route;
        let mut metadata = self.metadata(&self.name(component), component.name);
        metadata.annotations = Some(given.annotations.clone());
        let matches =
            given.paths.iter().map(|path| Match { path: Path { kind: "PathPrefix", value: path.clone() } }).collect();
        given.enabled.then(|| Custom {
            api_version: "gateway.networking.k8s.io/v1",
            kind: "HTTPRoute",
            metadata,
            spec: Route {
                parent_refs: given.parent_refs.clone(),
                hostnames: given.hostnames.clone(),
                rules: vec![Rule { matches, backend_refs: self.backends(component) }],
            },
        })
    }

    /// What a route serves of which Gateways.
    pub(super) fn routed_paths(&self, component: &Component) -> Vec<String> {
        let given = component.http_route;
        let all = ["*".to_owned()];
        let hosts = if given.hostnames.is_empty() { &all[..] } else { &given.hostnames };
        let mut paths = Vec::new();
        for parent in given.parent_refs.iter().filter(|_| given.enabled) {
            let namespace = parent.namespace.as_deref().unwrap_or(&self.release.namespace);
            let gateway = [namespace, &parent.name, parent.section_name.as_deref().unwrap_or_default()];
            let gateway = gateway.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
            let at = |host| given.paths.iter().map(move |path| (host, prefix(path)));
            paths.extend(hosts.iter().flat_map(at).map(|(host, path)| format!("{gateway} {host}{path}")));
        }
        paths
    }

    /// The component's Service, or by weight those of its stable pods and of its canary.
    fn backends(&self, component: &Component) -> Vec<Backend> {
        let canary = component.canary;
        if !canary.enabled {
            return vec![Backend { name: self.service_name(component), port: service_port(component), weight: None }];
        }
        let backend = |track: &str, weight: u32| Backend {
            name: self.track_name(component, track),
            port: component.service.port,
            weight: Some(weight),
        };
        vec![backend(STABLE, 100 - canary.weight), backend(CANARY, canary.weight)]
    }
}
