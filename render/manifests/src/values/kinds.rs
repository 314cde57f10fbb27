//! What several values are: annotations, counts, quantities.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value as Json, json};

/// Annotations, by key.
pub type Annotations = BTreeMap<String, String>;

/// Texts, by a name with a domain before it or not.
pub(super) fn annotations(_: &mut SchemaGenerator) -> Schema {
    let key = r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";
    json_schema!({"type": "object", "propertyNames": {"pattern": key}, "additionalProperties": {"type": "string"}})
}

/// A number of pods, or a share of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Count {
    /// `1`
    Pods(u32),
    /// `25%`
    Share(String),
}

impl JsonSchema for Count {
    fn schema_name() -> Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A number of pods, or a share of them",
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": i32::MAX},
                {"type": "string", "pattern": "^(100|[1-9]?[0-9])%$"}
            ]
        })
    }
}

/// Counts that let no pod be replaced.
pub(super) fn both_zero() -> Json {
    let zero = json!({"enum": [0, "0%"]});
    json!({"properties": {"maxSurge": zero, "maxUnavailable": zero}, "required": ["maxSurge", "maxUnavailable"]})
}

/// Of probes that need not succeed twice, because Kubernetes does not let them.
pub(super) fn once() -> Json {
    json!({"successThreshold": {"const": 1}})
}

/// A Service that is inside the cluster
pub(super) fn inside() -> Json {
    json!({"properties": {"type": {"const": "ClusterIP"}}})
}

/// has no port of the nodes.
pub(super) fn no_node_port() -> Json {
    json!({"properties": {"nodePort": {"const": 0}}})
}

/// An amount of a resource, as Kubernetes writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Quantity {
    /// `1.5`
    Number(Number),
    /// `64Mi`
    Text(String),
}

/// Fewer than a thousand, which no node has.
pub(super) fn cores(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"anyOf": [
        {"type": "number", "minimum": 0, "exclusiveMaximum": 1000},
        {"type": "string", "pattern": r"^([0-9]{1,3}(\.[0-9]{1,3})?|[0-9]{1,6}m)$"}
    ]})
}

/// At least a mebibyte: less is a unit forgotten.
pub(super) fn bytes(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"anyOf": [
        {"type": "integer", "minimum": 1 << 20, "maximum": 1_i64 << 50},
        {"type": "string", "pattern": r"^([1-9][0-9]{0,4}(\.[0-9]{1,3})?([MGT]i|[GT])|[1-9][0-9]{1,5}M)$"}
    ]})
}
