//! What Prometheus and Grafana are told.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::kinds::{self, Annotations, Labels};

/// What Prometheus and Grafana are told
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Monitoring {
    /// How Prometheus finds the pods
    pub service_monitor: ServiceMonitor,
    /// What Prometheus warns of
    pub prometheus_rule: PrometheusRule,
    /// What Grafana shows
    pub dashboards: Dashboards,
}

/// How Prometheus finds the pods
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ServiceMonitor {
    /// A `ServiceMonitor` of the Prometheus operator, and for each service a headless Service with its operations port,
    /// which no Ingress and no port of the nodes leads to
    pub enabled: bool,
    /// From one scrape to the next
    #[schemars(schema_with = "duration")]
    pub interval: String,
    /// How long a scrape may take; at most the interval
    #[schemars(schema_with = "duration")]
    pub scrape_timeout: String,
    /// Labels by which Prometheus selects it
    #[schemars(schema_with = "kinds::labels")]
    pub labels: Labels,
    /// Changes of targets before the scrape
    pub relabelings: Vec<Relabeling>,
    /// Changes of samples after the scrape
    pub metric_relabelings: Vec<Relabeling>,
}

/// A change of labels, in the words of Prometheus
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Relabeling {
    /// Labels whose values are read
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "label_names")]
    pub source_labels: Option<Vec<String>>,
    /// What stands between them
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub separator: Option<String>,
    /// The label that is written
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "label_name")]
    pub target_label: Option<String>,
    /// What the values have to match
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub regex: Option<String>,
    /// Of the hash of the values, for the action hashmod
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", range(min = 1, max = 65_536))]
    pub modulus: Option<u32>,
    /// What is written
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub replacement: Option<String>,
    /// What is done
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "RelabelAction")]
    pub action: Option<RelabelAction>,
}

/// What a relabeling does
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(transform = crate::schema::plain_enum)]
pub enum RelabelAction {
    /// Writes the replacement
    Replace,
    /// Keeps what matches
    Keep,
    /// Drops what matches
    Drop,
    /// Writes the hash
    HashMod,
    /// Renames labels that match
    LabelMap,
    /// Drops labels that match
    LabelDrop,
    /// Keeps labels that match
    LabelKeep,
    /// Writes the values in small letters
    Lowercase,
    /// Writes the values in capitals
    Uppercase,
}

/// What Prometheus warns of
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PrometheusRule {
    /// A `PrometheusRule` of the Prometheus operator with the alerts
    pub enabled: bool,
    /// Labels by which Prometheus selects it
    #[schemars(schema_with = "kinds::labels")]
    pub labels: Labels,
    /// The page with a section for each alert
    #[schemars(schema_with = "page")]
    pub runbook_url: String,
    /// When alerts fire
    pub thresholds: Thresholds,
}

/// When alerts fire
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Thresholds {
    /// Replies with a status of 5xx, in a hundred
    #[schemars(range(min = 1, max = 100))]
    pub error_percent: u32,
    /// Time within which 95 of 100 requests have their reply
    #[schemars(range(min = 1, max = 10_000))]
    pub latency_milliseconds: u32,
    /// Logins that fail, of all people together
    #[schemars(range(min = 1, max = 1_000_000))]
    pub failed_logins_per_minute: u32,
    /// Time since the last backup; more than lies between two. Asks kube-state-metrics
    #[schemars(range(min = 1, max = 10_000))]
    pub backup_hours: u32,
}

/// What Grafana shows
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Dashboards {
    /// A `ConfigMap` for each dashboard, which the sidecar of Grafana's chart finds by its label
    pub enabled: bool,
    /// Labels by which the sidecar selects them
    #[schemars(schema_with = "kinds::labels")]
    pub labels: Labels,
    /// Annotations, by which the sidecar chooses a folder
    #[schemars(schema_with = "kinds::annotations")]
    pub annotations: Annotations,
}

/// Seconds or minutes.
fn duration(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": "^[1-9][0-9]{0,3}[sm]$"})
}

fn label_name(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": "^[a-zA-Z_][a-zA-Z0-9_]*$"})
}

fn label_names(generator: &mut SchemaGenerator) -> Schema {
    let name = label_name(generator);
    json_schema!({"type": "array", "items": name})
}

fn page(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": r"^https?://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$"})
}
