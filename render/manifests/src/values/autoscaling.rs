//! As many pods as the load needs.

use k8s_openapi::api::autoscaling::v2::HPAScalingPolicy;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::scheduling::object;

/// As many pods as the load needs, in place of replicas
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(extend("not" = nothing_to_look_at()))]
pub struct Autoscaling {
    /// Whether the number of pods follows the load
    pub enabled: bool,
    /// Pods at least
    #[schemars(range(min = 1, max = 1000))]
    pub min_replicas: u32,
    /// Pods at most
    #[schemars(range(min = 1, max = 1000))]
    pub max_replicas: u32,
    /// Percent of the requested CPU that the pods use on average; 0: not looked at
    #[serde(rename = "targetCPUUtilizationPercentage")]
    #[schemars(range(max = 1000))]
    pub target_cpu: u32,
    /// Percent of the requested memory that the pods use on average; 0: not looked at
    #[serde(rename = "targetMemoryUtilizationPercentage")]
    #[schemars(range(max = 1000))]
    pub target_memory: u32,
    /// How fast pods come and go; what is left out is Kubernetes' default
    #[serde(default)]
    pub behavior: Behavior,
}

/// How fast pods come and go
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Behavior {
    /// How they come
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ScalingRules")]
    pub scale_up: Option<ScalingRules>,
    /// How they go
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ScalingRules")]
    pub scale_down: Option<ScalingRules>,
}

/// How fast the number of pods changes in one direction
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ScalingRules {
    /// Seconds over which the most careful number counts
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", range(min = 0, max = 3600))]
    pub stabilization_window_seconds: Option<i32>,
    /// Which of the policies counts
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "SelectPolicy")]
    pub select_policy: Option<SelectPolicy>,
    /// How many pods, or percent of them, change in how many seconds
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "policies")]
    pub policies: Option<Vec<HPAScalingPolicy>>,
}

/// Which of several policies counts
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(transform = crate::schema::plain_enum)]
pub enum SelectPolicy {
    /// The one that changes the most
    Max,
    /// The one that changes the least
    Min,
    /// None: the number does not change in this direction
    Disabled,
}

impl SelectPolicy {
    /// As Kubernetes writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Max => "Max",
            Self::Min => "Min",
            Self::Disabled => "Disabled",
        }
    }
}

/// Numbers by which nothing would scale.
fn nothing_to_look_at() -> Json {
    let zero = json!({"const": 0});
    let targets = ["targetCPUUtilizationPercentage", "targetMemoryUtilizationPercentage"];
    json!({"properties": {targets[0]: zero, targets[1]: zero}, "required": targets})
}

fn policies(_: &mut SchemaGenerator) -> Schema {
    let policy = object(
        &json!({
            "type": {"enum": ["Pods", "Percent"]},
            "value": {"type": "integer", "minimum": 1, "maximum": i32::MAX},
            "periodSeconds": {"type": "integer", "minimum": 1, "maximum": 1800}
        }),
        &["type", "value", "periodSeconds"],
    );
    let (pods, percent) = (
        json!({"type": "Pods", "value": 1, "periodSeconds": 60}),
        json!({"type": "Percent", "value": 100, "periodSeconds": 15}),
    );
    json_schema!({"type": "array", "items": policy, "minItems": 1, "examples": [[pods], [pods, percent]]})
}
