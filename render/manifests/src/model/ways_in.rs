//! How a service is reached.

use k8s_openapi::api::core::v1::{Service, ServicePort, ServiceSpec};
use k8s_openapi::api::networking::v1::{
    HTTPIngressPath, HTTPIngressRuleValue, Ingress, IngressBackend, IngressRule, IngressServiceBackend, IngressSpec,
    IngressTLS, ServiceBackendPort,
};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::System;
use super::component::Component;

impl System<'_> {
    pub(super) fn service(&self, component: &Component) -> Service {
        let given = component.service;
        let mut metadata = self.metadata(&self.service_name(component), component.name);
        metadata.annotations = Some(given.annotations.clone());
        let port = ServicePort {
            name: Some("http".into()),
            port: given.port.into(),
            target_port: Some(IntOrString::String("http".into())),
            node_port: (given.node_port > 0).then(|| given.node_port.into()),
            ..ServicePort::default()
        };
        let spec = ServiceSpec {
            type_: Some(given.kind.as_str().into()),
            selector: Some(self.selector_labels(component.name)),
            ports: Some(vec![port]),
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
        let paths = given.paths.iter().map(|path| self.ingress_path(component, path)).collect();
        let rule = IngressRule { host: Some(given.host.clone()), http: Some(HTTPIngressRuleValue { paths }) };
        let tls = IngressTLS { hosts: Some(vec![given.host.clone()]), secret_name: Some(given.tls_secret.clone()) };
        let spec = IngressSpec {
            ingress_class_name: some(&given.class_name),
            rules: Some(vec![rule]),
            tls: (!given.tls_secret.is_empty()).then(|| vec![tls]),
            ..IngressSpec::default()
        };
        Some(Ingress { metadata, spec: Some(spec), ..Ingress::default() })
    }

    /// A prefix that leads to the component's Service.
    fn ingress_path(&self, component: &Component, path: &str) -> HTTPIngressPath {
        let port = ServiceBackendPort { number: Some(component.service.port.into()), ..ServiceBackendPort::default() };
        let service = IngressServiceBackend { name: self.service_name(component), port: Some(port) };
        HTTPIngressPath {
            path: Some(path.into()),
            path_type: "Prefix".into(),
            backend: IngressBackend { service: Some(service), ..IngressBackend::default() },
        }
    }
}

/// Nothing, if it is empty.
pub(super) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
