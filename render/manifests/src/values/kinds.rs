//! What several values are: names, ports, quantities.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// Annotations, by key.
pub type Annotations = BTreeMap<String, String>;

/// A DNS label, or nothing.
pub(super) fn name(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "maxLength": 63, "pattern": "^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$"})
}

/// The digest of an image, or nothing.
pub(super) fn digest(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": "^(sha256:[0-9a-f]{64})?$"})
}

/// Addresses and networks.
pub(super) fn proxies(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "items": {"type": "string", "pattern": "^[0-9A-Fa-f:.]+(/[0-9]+)?$"}})
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
            "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+%$"}]
        })
    }
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

impl JsonSchema for Quantity {
    fn schema_name() -> Cow<'static, str> {
        "Quantity".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An amount of a resource, as Kubernetes writes it",
            "anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?([kKMGTPE]i?|m)?$"}
            ]
        })
    }
}
