//! How a service is reached.

use k8s_openapi::api::core::v1::{Service, ServicePort, ServiceSpec};
use k8s_openapi::api::networking::v1::{
    HTTPIngressPath, HTTPIngressRuleValue, Ingress, IngressBackend, IngressRule, IngressServiceBackend, IngressSpec,
    IngressTLS, ServiceBackendPort,
};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::System;
use super::component::Component;
use super::pod::HTTP_PORT;
use crate::values::ServiceType;

impl System<'_> {
    pub(super) fn service(&self, component: &Component) -> Service {
        let given = component.service;
        let mut metadata = self.metadata(&self.service_name(component), component.name);
        metadata.annotations = Some(given.annotations.clone());
        metadata.labels.get_or_insert_default().extend(given.labels.clone());
        let own = ServicePort {
            node_port: (given.node_port > 0).then(|| given.node_port.into()),
            ..port("http", service_port(component), HTTP_PORT)
        };
        let extra = given.extra_ports.iter().map(|extra| port(&extra.name, extra.port, extra.target_port));
        let is_outside = given.kind != ServiceType::ClusterIP;
        let spec = ServiceSpec {
            type_: Some(given.kind.as_str().into()),
            session_affinity: Some(given.session_affinity.as_str().into()),
            cluster_ip: given.headless.then(|| "None".into()),
            external_ips: Some(given.external_ips.clone()),
            external_traffic_policy: is_outside.then(|| given.external_traffic_policy.as_str().into()),
            load_balancer_class: some(&given.load_balancer_class),
            load_balancer_source_ranges: Some(given.load_balancer_source_ranges.clone()),
            selector: Some(self.all_pods(component)),
            ports: Some([own].into_iter().chain(extra).collect()),
            ..ServiceSpec::default()
        };
        Service { metadata, spec: Some(spec), ..Service::default() }
    }

    pub(super) fn ingress(&self, component: &Component) -> Option<Ingress> {
        let given = component.ingress;
        if !given.enabled {
            return None;
        }
        let mut metadata = self.metadata(&self.name(component), component.name);
        metadata.annotations = Some(given.annotations.clone());
        let own = (&given.host, &given.paths, &given.tls_secret);
        let extra = given.extra_hosts.iter().map(|extra| (&extra.host, &extra.paths, &extra.tls_secret));
        let hosts: Vec<_> = [own].into_iter().chain(extra).collect();
        let rule = |host: &String, paths: &[String]| IngressRule {
            host: Some(host.clone()),
            http: Some(HTTPIngressRuleValue {
                paths: paths.iter().map(|path| self.ingress_path(component, path)).collect(),
            }),
        };
        let tls = |host: &String, secret: &String| IngressTLS {
            hosts: Some(vec![host.clone()]),
            secret_name: Some(secret.clone()),
        };
        let certified = hosts.iter().filter(|(_, _, secret)| !secret.is_empty());
        let spec = IngressSpec {
            ingress_class_name: some(&given.class_name),
            rules: Some(hosts.iter().map(|(host, paths, _)| rule(host, paths)).collect()),
            tls: Some(certified.map(|(host, _, secret)| tls(host, secret)).collect()),
            ..IngressSpec::default()
        };
        Some(Ingress { metadata, spec: Some(spec), ..Ingress::default() })
    }

    /// A prefix that leads to the component's Service.
    fn ingress_path(&self, component: &Component, path: &str) -> HTTPIngressPath {
        let port = ServiceBackendPort { number: Some(service_port(component).into()), ..ServiceBackendPort::default() };
        let service = IngressServiceBackend { name: self.service_name(component), port: Some(port) };
        HTTPIngressPath {
            path: Some(path.into()),
            path_type: component.ingress.path_type.as_str().into(),
            backend: IngressBackend { service: Some(service), ..IngressBackend::default() },
        }
    }
}

/// Where a component's Service answers: headless, nothing stands between its callers and the pods.
pub(super) fn service_port(component: &Component) -> u16 {
    if component.service.headless { HTTP_PORT } else { component.service.port }
}

/// A port of a Service.
pub(super) fn port(name: &str, number: u16, target: u16) -> ServicePort {
    ServicePort {
        name: Some(name.into()),
        port: number.into(),
        target_port: Some(IntOrString::Int(target.into())),
        ..ServicePort::default()
    }
}

/// Nothing, if it is empty.
pub(super) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
