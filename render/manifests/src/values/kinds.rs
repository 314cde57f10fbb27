//! What several values are: annotations, counts, quantities.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value as Json, json};

use super::texts;

/// Annotations, by key.
pub type Annotations = BTreeMap<String, String>;

/// Labels, by key.
pub type Labels = BTreeMap<String, String>;

/// A name with a domain before it or not.
pub(super) const KEY: &str = r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";

/// Texts, by such a name.
pub(super) fn annotations(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "object", "propertyNames": {"pattern": KEY}, "additionalProperties": {"type": "string"}})
}

/// Labels of nodes.
pub(super) fn node_labels(generator: &mut SchemaGenerator) -> Schema {
    let value = texts::label(generator);
    json_schema!({"type": "object", "propertyNames": {"pattern": KEY}, "additionalProperties": value})
}

/// Labels that are neither the chart's own nor those that Kubernetes gives.
pub(super) fn labels(generator: &mut SchemaGenerator) -> Schema {
    let own = r"^(tier|environment|service|helm\.sh/.*)$";
    let kubernetes = r"^(job-name|controller-uid|pod-template-hash|controller-revision-hash|kubernetes\.io/service-name|(app|apps|batch|statefulset|endpointslice)\.kubernetes\.io/.*)$";
    let own = format!("{own}|{kubernetes}");
    let names = json!({"pattern": KEY, "not": {"pattern": own}});
    json_schema!({"type": "object", "propertyNames": names, "additionalProperties": texts::label(generator)})
}

/// Labels that pods or namespaces are chosen by: any.
pub(super) fn match_labels(generator: &mut SchemaGenerator) -> Schema {
    let names = json!({"pattern": KEY});
    json_schema!({"type": "object", "propertyNames": names, "additionalProperties": texts::label(generator)})
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

/// A number of pods, or a share of them, that is not nothing.
pub(super) fn some_pods(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"anyOf": [
        {"type": "integer", "minimum": 1, "maximum": i32::MAX},
        {"type": "string", "pattern": "^(100|[1-9][0-9]?)%$"}
    ]})
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

/// What Kubernetes takes of a Service, by its type.
pub(super) fn fitting_service() -> Json {
    let is = |kind: &str| json!({"properties": {"type": {"const": kind}}});
    let inside = json!({"nodePort": {"const": 0}, "externalTrafficPolicy": {"const": "Cluster"}});
    let unbalanced = json!({"loadBalancerSourceRanges": {"const": []}, "loadBalancerClass": {"const": ""}});
    let addressed = json!({"headless": {"const": false}});
    json!([
        {"if": is("ClusterIP"), "then": {"properties": inside}},
        {"if": {"not": is("ClusterIP")}, "then": {"properties": addressed}},
        {"if": {"not": is("LoadBalancer")}, "then": {"properties": unbalanced}},
        {"if": {"properties": {"headless": {"const": true}}}, "then": {"properties": {"externalIPs": {"const": []}}}}
    ])
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

/// About a mebibyte at least: less is a unit forgotten.
pub(super) fn bytes(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"anyOf": [
        {"type": "integer", "minimum": 1 << 20, "maximum": 1_i64 << 50},
        {"type": "string", "pattern": r"^([1-9][0-9]{0,4}(\.[0-9]{1,3})?([MGT]i|[GT])|0\.[0-9]?[1-9][0-9]?([GT]i|[GT])|[1-9][0-9]{1,5}M|[1-9][0-9]{4,9}(k|Ki))$"}
    ]})
}
