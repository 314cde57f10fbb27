//! Which ways NetworkPolicies leave open.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::kinds;
use super::texts;

/// NetworkPolicies: the release's pods reach nothing and are reached by nobody, but for the ways they need
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NetworkPolicies {
    /// Whether there are any
    pub enabled: bool,
    /// true: the namespace's other pods are closed as well; what they need is for policies of theirs
    pub whole_namespace: bool,
    /// The cluster's name servers
    pub dns: Dns,
    /// The operations ports
    pub metrics: Metrics,
    /// The operator `CloudNativePG`, with `database.mode` cloudnative
    pub operator: Operator,
    /// The API server, which the pods of mode cloudnative ask
    pub api_server: ApiServer,
}

/// The cluster's name servers
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Dns {
    /// Where they listen: the ports of their pods, which some distributions have at 5353
    #[schemars(schema_with = "ports")]
    pub ports: Vec<u16>,
    /// Who they are, as peers of a NetworkPolicy; empty: anybody at these ports
    pub to: Vec<Peer>,
}

fn ports(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "minItems": 1, "items": {"type": "integer", "minimum": 1, "maximum": 65535}})
}

/// The operations ports
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Metrics {
    /// Who reads them, such as Prometheus; empty: nobody
    pub from: Vec<Peer>,
}

/// The operator `CloudNativePG`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Operator {
    /// Who it is; empty: nobody
    pub from: Vec<Peer>,
}

/// The API server of the cluster
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ApiServer {
    /// Where it listens: at its Service, and behind it
    #[schemars(schema_with = "ports")]
    pub ports: Vec<u16>,
    /// Where it is; empty: anybody at these ports
    pub to: Vec<Peer>,
}

/// What a component's NetworkPolicy leaves open beside what all need
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NetworkPolicy {
    /// Who comes in; empty: anybody where there is a way in from outside, such as an Ingress, else nobody else. An Ingress
    /// or a route opens port 8000 alone, a Service that is reached from outside its `extraPorts` as well
    pub from: Vec<Peer>,
    /// Rules beside the chart's own, as a NetworkPolicy has them
    pub extra_ingress: Vec<IngressRule>,
    /// Rules beside the chart's own, as a NetworkPolicy has them
    pub extra_egress: Vec<EgressRule>,
}

/// Who comes in, and to which ports
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct IngressRule {
    /// Left out: anybody
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<Peer>,
    /// Left out: to any
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<PolicyPort>,
}

/// Whom pods reach, and at which ports
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct EgressRule {
    /// Left out: anybody
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Peer>,
    /// Left out: at any
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<PolicyPort>,
}

/// A port of a rule
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PolicyPort {
    /// Left out: TCP
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Protocol")]
    pub protocol: Option<Protocol>,
    /// Its number
    #[schemars(range(min = 1, max = 65535))]
    pub port: u16,
}

/// How packets are sent
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(transform = crate::schema::plain_enum)]
pub enum Protocol {
    /// A stream
    Tcp,
    /// Each for itself
    Udp,
    /// Streams side by side
    Sctp,
}

impl Protocol {
    /// As Kubernetes writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "TCP",
            Self::Udp => "UDP",
            Self::Sctp => "SCTP",
        }
    }
}

/// Who is at the other end: a network, pods of this namespace, or pods of others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Peer {
    /// A network
    Block(BlockPeer),
    /// Pods of other namespaces
    Namespaces(NamespacePeer),
    /// Pods of this one
    Pods(PodPeer),
}

/// A network
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BlockPeer {
    /// Its addresses
    pub ip_block: Block,
}

/// Addresses of a network
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Block {
    /// `10.0.0.0/8`
    #[schemars(schema_with = "texts::network")]
    pub cidr: String,
}

/// Pods of other namespaces
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NamespacePeer {
    /// Which namespaces
    pub namespace_selector: Selector,
    /// Which of their pods; left out: all
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Selector")]
    pub pod_selector: Option<Selector>,
}

/// Pods of this namespace
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PodPeer {
    /// Which pods
    pub pod_selector: Selector,
}

/// What has these labels; without any, all
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Selector {
    /// The labels
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(schema_with = "kinds::match_labels")]
    pub match_labels: BTreeMap<String, String>,
}
