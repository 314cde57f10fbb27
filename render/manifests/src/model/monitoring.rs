//! How Prometheus finds the pods, what it warns of, and what Grafana shows.

use k8s_openapi::api::core::v1::{ConfigMap, Service, ServicePort, ServiceSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement, ObjectMeta};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use serde::Serialize;

use super::System;
use super::alerts::Group;
use super::component::Component;
use super::custom::Custom;
use super::labels::strings;
use super::pod::OPERATIONS_PORT;
use crate::values::{Annotations, Labels, Relabeling};

const API_VERSION: &str = "monitoring.coreos.com/v1";

/// What a `ServiceMonitor` of the Prometheus operator says.
#[derive(Serialize)]
pub(super) struct ServiceMonitorSpec {
    selector: LabelSelector,
    endpoints: Vec<Endpoint>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint {
    port: &'static str,
    path: &'static str,
    interval: String,
    scrape_timeout: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relabelings: Vec<Relabeling>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    metric_relabelings: Vec<Relabeling>,
}

/// What a `PrometheusRule` says.
#[derive(Serialize)]
pub(super) struct RuleSpec {
    groups: Vec<Group>,
}

impl System<'_> {
    /// By which Prometheus finds the pods, and the job that it calls them.
    pub(super) fn metrics_name(&self, component: &Component) -> String {
        format!("{}-metrics", self.name(component))
    }

    /// The operations port apart from the component's own Service, which may be reached from outside.
    pub(super) fn metrics_service(&self, component: &Component) -> Option<Service> {
        let port = ServicePort {
            name: Some("operations".into()),
            port: OPERATIONS_PORT.into(),
            target_port: Some(IntOrString::String("operations".into())),
            ..ServicePort::default()
        };
        let spec = ServiceSpec {
            cluster_ip: Some("None".into()),
            publish_not_ready_addresses: Some(true),
            selector: Some(self.all_pods(component)),
            ports: Some(vec![port]),
            ..ServiceSpec::default()
        };
        self.values.monitoring.service_monitor.enabled.then(|| Service {
            metadata: self.metadata(&self.metrics_name(component), &metrics_label(component)),
            spec: Some(spec),
            ..Service::default()
        })
    }

    pub(super) fn service_monitor(&self) -> Option<Custom<ServiceMonitorSpec>> {
        let given = &self.values.monitoring.service_monitor;
        let endpoint = Endpoint {
            port: "operations",
            path: "/metrics",
            interval: given.interval.clone(),
            scrape_timeout: given.scrape_timeout.clone(),
            relabelings: given.relabelings.clone(),
            metric_relabelings: given.metric_relabelings.clone(),
        };
        let components = LabelSelectorRequirement {
            key: "app.kubernetes.io/component".into(),
            operator: "In".into(),
            values: Some(Component::all(self.values).iter().map(metrics_label).collect()),
        };
        let own = [("app.kubernetes.io/name", self.app()), ("app.kubernetes.io/instance", &self.release.name)];
        let selector = LabelSelector { match_labels: Some(strings(own)), match_expressions: Some(vec![components]) };
        given.enabled.then(|| Custom {
            api_version: API_VERSION,
            kind: "ServiceMonitor",
            metadata: self.monitoring_metadata(&self.fullname(), &given.labels),
            spec: ServiceMonitorSpec { selector, endpoints: vec![endpoint] },
        })
    }

    pub(super) fn prometheus_rule(&self) -> Option<Custom<RuleSpec>> {
        let given = &self.values.monitoring.prometheus_rule;
        given.enabled.then(|| Custom {
            api_version: API_VERSION,
            kind: "PrometheusRule",
            metadata: self.monitoring_metadata(&self.fullname(), &given.labels),
            spec: RuleSpec { groups: vec![self.alerts()] },
        })
    }

    /// A ConfigMap for each dashboard.
    pub(super) fn dashboards(&self) -> Vec<ConfigMap> {
        let given = &self.values.monitoring.dashboards;
        let files = self.release.dashboards.iter().filter(|_| given.enabled);
        files.map(|(file, text)| self.dashboard(file, text, &given.labels, &given.annotations)).collect()
    }

    fn dashboard(&self, file: &str, text: &str, labels: &Labels, annotations: &Annotations) -> ConfigMap {
        let name = format!("{}-dashboard-{}", self.fullname(), file.trim_end_matches(".json"));
        let metadata = ObjectMeta { annotations: Some(annotations.clone()), ..self.monitoring_metadata(&name, labels) };
        ConfigMap { metadata, data: Some(strings([(file, text)])), ..ConfigMap::default() }
    }

    /// What it is selected by wins over the labels of all objects.
    fn monitoring_metadata(&self, name: &str, labels: &Labels) -> ObjectMeta {
        let own = self.metadata(name, "monitoring");
        let mut all = own.labels.clone().unwrap_or_default();
        all.extend(labels.clone());
        ObjectMeta { labels: Some(all), ..own }
    }
}

fn metrics_label(component: &Component) -> String {
    format!("{}-metrics", component.name)
}
