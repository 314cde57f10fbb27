//! How a service is reached.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::kinds::{self, Annotations};
use super::texts;

/// The Service before the pods
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(extend("if" = kinds::inside(), "then" = kinds::no_node_port()))]
pub struct Service {
    /// Name of the Service; empty: the name of the component
    #[schemars(schema_with = "texts::name")]
    pub name_override: String,
    /// From where it is reached
    #[serde(rename = "type")]
    pub kind: ServiceType,
    /// Its port
    #[schemars(range(min = 1, max = 65535))]
    pub port: u16,
    /// The port on every node, for the types NodePort and LoadBalancer; 0: Kubernetes chooses
    #[schemars(range(min = 0, max = 65535))]
    pub node_port: u16,
    /// Annotations of the Service
    #[schemars(schema_with = "kinds::annotations")]
    pub annotations: Annotations,
}

/// From where a Service is reached
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(transform = crate::schema::plain_enum)]
pub enum ServiceType {
    /// Inside the cluster
    ClusterIP,
    /// A port of every node
    NodePort,
    /// An address of its own
    LoadBalancer,
}

impl ServiceType {
    /// As Kubernetes writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ClusterIP => "ClusterIP",
            Self::NodePort => "NodePort",
            Self::LoadBalancer => "LoadBalancer",
        }
    }
}

/// The Ingress before the Service
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ingress {
    /// Whether there is one
    pub enabled: bool,
    /// Empty: the cluster's default class
    #[schemars(schema_with = "texts::object_name")]
    pub class_name: String,
    /// Annotations of the Ingress
    #[schemars(schema_with = "kinds::annotations")]
    pub annotations: Annotations,
    /// The host name; needed when enabled
    #[schemars(schema_with = "texts::domain")]
    pub host: String,
    /// Prefixes that are served; the backends' admin calls lie outside of /api
    #[schemars(schema_with = "texts::paths")]
    pub paths: Vec<String>,
    /// Secret with the certificate; empty: plain HTTP
    #[schemars(schema_with = "texts::object_name")]
    pub tls_secret: String,
}
