//! Where pods run, and how many may go at a time. What is Kubernetes' own has Kubernetes' types.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::kinds::{self, Count};
use super::texts;

/// How many pods a drain may take at a time
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PodDisruptionBudget {
    /// Whether there is one; with a single pod there is none, so that none ever blocks a drain
    pub enabled: bool,
    /// So many, or such a share, rounded up
    #[schemars(schema_with = "kinds::some_pods")]
    pub max_unavailable: Count,
}

/// A type whose pods have a place: what says where they run stands between its own first and last keys. `serde` cannot refuse
/// unknown keys of a flattened part, so that each type has all of them.
macro_rules! placed {
    ($(#[$meta:meta])* pub struct $name:ident { $($first:tt)* } { $($last:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        pub struct $name {
            $($first)*
            /// Labels of the nodes where pods run
            #[schemars(schema_with = "crate::values::kinds::node_labels")]
            pub node_selector: $crate::values::Labels,
            /// Taints of nodes that do not keep them away
            #[schemars(schema_with = "crate::values::scheduling::tolerations")]
            pub tolerations: Vec<k8s_openapi::api::core::v1::Toleration>,
            /// What they are drawn to, and kept away from
            #[schemars(schema_with = "crate::values::scheduling::affinity")]
            pub affinity: k8s_openapi::api::core::v1::Affinity,
            /// A PriorityClass of the cluster; empty: its default
            #[schemars(schema_with = "crate::values::texts::object_name")]
            pub priority_class_name: String,
            $($last)*
        }
    };
}
pub(super) use placed;

/// Taints of nodes that do not keep pods away.
pub(super) fn tolerations(generator: &mut SchemaGenerator) -> Schema {
    let mut toleration = object(
        &json!({
            "key": {"type": "string", "pattern": kinds::KEY},
            "operator": {"enum": ["Exists", "Equal"]},
            "value": texts::label(generator),
            "effect": {"enum": ["NoSchedule", "PreferNoSchedule", "NoExecute"]},
            "tolerationSeconds": {"type": "integer", "minimum": i32::MIN, "maximum": i32::MAX}
        }),
        &[],
    );
    toleration["allOf"] = possible_toleration();
    let dedicated = json!({"key": "dedicated", "operator": "Equal", "value": "thoughts", "effect": "NoSchedule"});
    let gone = json!({"key": "node.kubernetes.io/unreachable", "effect": "NoExecute", "tolerationSeconds": 30});
    let examples = json!([[], [dedicated], [{"operator": "Exists"}, gone]]);
    json_schema!({"type": "array", "items": toleration, "examples": examples})
}

/// What Kubernetes takes: any taint has no value, only `Exists` is for every key, and seconds are for what runs.
fn possible_toleration() -> Json {
    let is = |key: &str, word: &str| json!({"properties": {key: {"const": word}}, "required": [key]});
    json!([
        {"if": is("operator", "Exists"), "then": {"properties": {"value": {"const": ""}}}},
        {"if": {"not": is("operator", "Exists")}, "then": {"required": ["key"]}},
        {"if": {"required": ["tolerationSeconds"]}, "then": is("effect", "NoExecute")}
    ])
}

/// What pods are drawn to, and kept away from.
pub(super) fn affinity(_: &mut SchemaGenerator) -> Schema {
    let any = json!({"type": "object"});
    let fast = json!({"key": "disk", "operator": "In", "values": ["ssd"]});
    let term = json!({"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"tier": "backend"}}});
    let nodes = json!({"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{"matchExpressions": [fast]}]}});
    let pods = json!({"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 100, "podAffinityTerm": term}]});
    json_schema!({
        "type": "object",
        "properties": {"nodeAffinity": any, "podAffinity": any, "podAntiAffinity": any},
        "additionalProperties": false,
        "examples": [{}, {"nodeAffinity": nodes}, {"podAffinity": pods, "podAntiAffinity": pods}]
    })
}

/// How pods spread; whose they are, the chart says.
pub(super) fn spread(_: &mut SchemaGenerator) -> Schema {
    let policy = json!({"enum": ["Honor", "Ignore"]});
    let mut constraint = object(
        &json!({
            "maxSkew": {"type": "integer", "minimum": 1, "maximum": i32::MAX},
            "topologyKey": {"type": "string", "pattern": kinds::KEY},
            "whenUnsatisfiable": {"enum": ["ScheduleAnyway", "DoNotSchedule"]},
            "minDomains": {"type": "integer", "minimum": 1, "maximum": i32::MAX},
            "matchLabelKeys": {"type": "array", "items": {"type": "string", "pattern": kinds::KEY}},
            "nodeAffinityPolicy": policy,
            "nodeTaintsPolicy": policy
        }),
        &["maxSkew", "topologyKey", "whenUnsatisfiable"],
    );
    let required = json!({"properties": {"whenUnsatisfiable": {"const": "DoNotSchedule"}}});
    constraint["if"] = json!({"required": ["minDomains"]});
    constraint["then"] = required;
    let zones = json!({"maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule", "minDomains": 2});
    let nodes = json!({"maxSkew": 2, "topologyKey": "kubernetes.io/hostname", "whenUnsatisfiable": "ScheduleAnyway"});
    json_schema!({"type": "array", "items": constraint, "examples": [[], [nodes], [zones, nodes]]})
}

/// Name servers beside the cluster's.
pub(super) fn dns_config(generator: &mut SchemaGenerator) -> Schema {
    let option = object(&json!({"name": {"type": "string", "minLength": 1}, "value": {"type": "string"}}), &["name"]);
    let own = json!({"nameservers": ["192.0.2.53"], "searches": ["example.com"], "options": [{"name": "ndots", "value": "2"}]});
    json_schema!({
        "type": "object",
        "properties": {
            "nameservers": {"type": "array", "maxItems": 3, "items": texts::address(generator)},
            "searches": {"type": "array", "maxItems": 32, "items": texts::needed_object_name(generator)},
            "options": {"type": "array", "items": option}
        },
        "additionalProperties": false,
        "examples": [{}, own]
    })
}

/// Names and their addresses.
pub(super) fn host_aliases(generator: &mut SchemaGenerator) -> Schema {
    let names = json!({"type": "array", "minItems": 1, "items": texts::needed_object_name(generator)});
    let alias = object(&json!({"ip": texts::address(generator), "hostnames": names}), &["ip", "hostnames"]);
    let server = json!({"ip": "192.0.2.7", "hostnames": ["db.example.com"]});
    json_schema!({"type": "array", "items": alias, "examples": [[], [server]]})
}

/// An object that has these keys and no others.
pub(super) fn object(properties: &Json, required: &[&str]) -> Json {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}
