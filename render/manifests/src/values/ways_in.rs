//! How a service is reached.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::kinds::{self, Annotations, Labels};
use super::texts;

/// The Service before the pods
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(extend("allOf" = kinds::fitting_service()))]
pub struct Service {
    /// Name of the Service; empty: the name of the component
    #[schemars(schema_with = "texts::name")]
    pub name_override: String,
    /// From where it is reached
    #[serde(rename = "type")]
    pub kind: ServiceType,
    /// Its port; 8000 where it is headless
    #[schemars(range(min = 1, max = 65535))]
    pub port: u16,
    /// The port on every node, for the types NodePort and LoadBalancer; 0: Kubernetes chooses
    #[schemars(range(min = 0, max = 65535))]
    pub node_port: u16,
    /// Annotations of the Service
    #[schemars(schema_with = "kinds::annotations")]
    pub annotations: Annotations,
    /// More labels of the Service
    #[schemars(schema_with = "kinds::labels")]
    pub labels: Labels,
    /// Whether a client comes to the same pod again
    pub session_affinity: SessionAffinity,
    /// Whether DNS answers with the pods' addresses, for the type ClusterIP without external addresses; cannot be changed later
    pub headless: bool,
    /// Addresses from outside of the cluster that lead to its nodes
    #[schemars(schema_with = "texts::addresses")]
    #[serde(rename = "externalIPs")]
    pub external_ips: Vec<String>,
    /// Which nodes answer, for the types NodePort and LoadBalancer
    pub external_traffic_policy: TrafficPolicy,
    /// Networks that may come, for the type LoadBalancer; empty: all
    #[schemars(schema_with = "texts::networks")]
    pub load_balancer_source_ranges: Vec<String>,
    /// Who makes the balancer, for the type LoadBalancer; empty: the cluster's default. Cannot be changed later
    #[schemars(schema_with = "texts::qualified_name")]
    pub load_balancer_class: String,
    /// Ports beside its own, for containers of yours: `[{name: admin, port: 81, targetPort: 8081}]`
    pub extra_ports: Vec<ExtraPort>,
}

/// Whether a client comes to the same pod again
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(transform = crate::schema::plain_enum)]
pub enum SessionAffinity {
    /// To any
    None,
    /// By its address, for three hours
    ClientIP,
}

impl SessionAffinity {
    /// As Kubernetes writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::ClientIP => "ClientIP",
        }
    }
}

/// How an Ingress compares paths
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(transform = crate::schema::plain_enum)]
pub enum PathType {
    /// What is under them, too
    Prefix,
    /// They alone
    Exact,
    /// As its class does
    ImplementationSpecific,
}

impl PathType {
    /// As Kubernetes writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prefix => "Prefix",
            Self::Exact => "Exact",
            Self::ImplementationSpecific => "ImplementationSpecific",
        }
    }
}

/// A further port of a Service
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExtraPort {
    /// Its name
    #[schemars(schema_with = "texts::container_name")]
    pub name: String,
    /// Its number
    #[schemars(range(min = 1, max = 65535))]
    pub port: u16,
    /// The pods' port
    #[schemars(range(min = 1, max = 65535))]
    pub target_port: u16,
}

/// Which nodes answer for a Service
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(transform = crate::schema::plain_enum)]
pub enum TrafficPolicy {
    /// All
    Cluster,
    /// Those with a pod, which then sees the client's address
    Local,
}

impl TrafficPolicy {
    /// As Kubernetes writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cluster => "Cluster",
            Self::Local => "Local",
        }
    }
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
    /// Prefixes that are served; the backends' admin calls lie outside. No two services have one by default, so that
    /// one host can serve all three
    #[schemars(schema_with = "texts::paths")]
    pub paths: Vec<String>,
    /// How they are compared, those of more hosts too
    pub path_type: PathType,
    /// Secret with the certificate; empty: plain HTTP
    #[schemars(schema_with = "texts::object_name")]
    pub tls_secret: String,
    /// More hosts: `[{host: www.example.com, paths: [/], tlsSecret: certificate}]`
    pub extra_hosts: Vec<ExtraHost>,
}

/// A further host of an Ingress
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExtraHost {
    /// Its name
    #[schemars(schema_with = "texts::needed_domain")]
    pub host: String,
    /// Prefixes that are served
    #[schemars(schema_with = "texts::paths")]
    pub paths: Vec<String>,
    /// Secret with the certificate; left out or empty: plain HTTP
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schemars(schema_with = "texts::object_name")]
    pub tls_secret: String,
}
