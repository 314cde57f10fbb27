//! What leads to Services from outside: Ingresses and the routes of the Gateway API.

use std::collections::HashMap;

use crate::Rule;
use crate::model::{Field, Report, View};
use crate::reach::way::is_external;

pub(crate) const BACKEND_SERVICE: Rule = Rule {
    id: "backend-service",
    summary: "The set has no Service that an Ingress or a route leads to.",
    reason: "Requests are answered with 503.",
    allow: "When another chart has the Service.",
};

pub(crate) const BACKEND_PORT: Rule = Rule {
    id: "backend-port",
    summary: "The Service that an Ingress or a route leads to has no such port.",
    reason: "Requests are answered with 503.",
    allow: "Never: name a port of the Service.",
};

pub(crate) const INGRESS_PATH_TWICE: Rule = Rule {
    id: "ingress-path-twice",
    summary: "Ingresses of a class have one path of one host twice, and it leads to different Services.",
    reason: "One of the two is never asked; which one, the controller decides.",
    allow: "When the controller tells them apart by annotations, as it does a canary.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for group in ["networking.k8s.io", "extensions"] {
        for ingress in view.of_kind(group, "Ingress") {
            for backend in ingress_backends(ingress) {
                ingress_backend(view, &backend, report);
            }
        }
    }
    paths(view, report);
    for kind in ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"] {
        for route in view.of_kind("gateway.networking.k8s.io", kind) {
            for rule in route.items(&["spec", "rules"]) {
                for backend in rule.items(&["backendRefs"]) {
                    route_backend(view, &backend, report);
                }
            }
        }
    }
}

fn paths(view: &View<'_>, report: &mut Report) {
    let mut taken = HashMap::new();
    for ingress in view.of_kind("networking.k8s.io", "Ingress") {
        let class = ingress.at(&["spec", "ingressClassName"]).and_then(|class| class.str());
        // Annotations may say when a path is meant.
        let annotations = ingress.at(&["metadata", "annotations"]).map(|at| at.value());
        for rule in ingress.items(&["spec", "rules"]) {
            for path in rule.items(&["http", "paths"]) {
                let own = path.at(&["backend", "service"]).map(|service| (view.namespace(ingress), service.value()));
                let key = (
                    class,
                    annotations.map(ToString::to_string),
                    rule.text("host"),
                    path.text("path"),
                    path.text("pathType"),
                );
                if let Some(other) = taken.insert(key, own).filter(|other| *other != own) {
                    let name = other.and_then(|(_, service)| service["name"].as_str()).unwrap_or("another");
                    report.warning(&INGRESS_PATH_TWICE, &path, format!("the path leads to {name} before"));
                }
            }
        }
    }
}

/// All backends of an Ingress.
pub(crate) fn ingress_backends<'a>(ingress: &Field<'a>) -> Vec<Field<'a>> {
    let paths = ingress.items(&["spec", "rules"]).into_iter().flat_map(|rule| rule.items(&["http", "paths"]));
    let backends = paths.filter_map(|path| path.get("backend"));
    let default = ingress.at(&["spec", "defaultBackend"]).or_else(|| ingress.at(&["spec", "backend"]));
    default.into_iter().chain(backends).collect()
}

/// The Service's name and the port, in the shape of either version of the API.
pub(crate) fn ingress_service<'a>(backend: &Field<'a>) -> Option<(Field<'a>, Option<Field<'a>>)> {
    if let Some(service) = backend.get("service") {
        let port = service.at(&["port", "name"]).or_else(|| service.at(&["port", "number"]));
        return Some((service.get("name")?, port));
    }
    Some((backend.get("serviceName")?, backend.get("servicePort")))
}

fn ingress_backend(view: &View<'_>, backend: &Field<'_>, report: &mut Report) {
    let Some((name, port)) = ingress_service(backend) else { return };
    // The AWS controller reads an annotation in place of a Service.
    if port.as_ref().and_then(Field::str) == Some("use-annotation") {
        return;
    }
    meets(view, &name, view.namespace(backend), port.as_ref(), report);
}

fn route_backend(view: &View<'_>, backend: &Field<'_>, report: &mut Report) {
    let is_service = backend.text("kind").unwrap_or("Service") == "Service" && backend.text("group").is_none();
    if let Some(name) = backend.get("name").filter(|_| is_service) {
        if backend.get("port").is_none() {
            report.error(&BACKEND_PORT, backend, "a Service needs its port beside it".into());
        }
        let namespace = backend.text("namespace").unwrap_or_else(|| view.namespace(backend));
        meets(view, &name, namespace, backend.get("port").as_ref(), report);
    }
}

fn meets(view: &View<'_>, name: &Field<'_>, namespace: &str, port: Option<&Field<'_>>, report: &mut Report) {
    let Some(wanted) = name.str().filter(|name| !name.is_empty()) else { return };
    let Some(service) = view.find("", "Service", namespace, wanted) else {
        let services = view.of_kind("", "Service").map(|service| service.object.name.as_str());
        let message = format!("the set has no Service {wanted}{}", View::hint(services, wanted));
        return report.missing(&BACKEND_SERVICE, name, message);
    };
    // Behind a name for something elsewhere there may be any port.
    let Some(port) = port.filter(|_| !is_external(service)) else { return };
    if !service.items(&["spec", "ports"]).iter().any(|has| is_port(has, port)) {
        report.error(&BACKEND_PORT, port, format!("Service {wanted} has no port {}", shown(port)));
    }
}

/// Whether a port of a Service is the one that is named or numbered.
pub(crate) fn is_port(has: &Field<'_>, wanted: &Field<'_>) -> bool {
    match wanted.str() {
        Some(name) => has.text("name") == Some(name) || has.int("port").is_some_and(|port| name.parse() == Ok(port)),
        None => has.int("port") == wanted.value().as_i64(),
    }
}

fn shown(port: &Field<'_>) -> String {
    port.str().map_or_else(|| port.value().to_string(), str::to_owned)
}
