//! How pods run: replaced, bounded, probed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::kinds::{self, Count, Quantity};

/// How pods are replaced
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Strategy {
    /// One after the other, or all at once
    #[serde(rename = "type")]
    pub kind: StrategyType,
    /// How many at a time
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "RollingUpdate")]
    pub rolling_update: Option<RollingUpdate>,
}

/// One after the other, or all at once
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(transform = crate::schema::plain_enum)]
pub enum StrategyType {
    /// New pods come before old ones go
    RollingUpdate,
    /// Old pods go first
    Recreate,
}

/// How many pods are replaced at a time
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(extend("not" = kinds::both_zero()))]
pub struct RollingUpdate {
    /// Pods above the wanted number
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Count")]
    pub max_surge: Option<Count>,
    /// Pods below the wanted number
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Count")]
    pub max_unavailable: Option<Count>,
}

/// What a container may use
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Resources {
    /// What it is promised
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Quantities")]
    pub requests: Option<Quantities>,
    /// What it may not exceed
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Quantities")]
    pub limits: Option<Quantities>,
}

/// An amount of each resource
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Quantities {
    /// Cores
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "kinds::cores")]
    pub cpu: Option<Quantity>,
    /// Bytes
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "kinds::bytes")]
    pub memory: Option<Quantity>,
    /// Bytes of the node's disk
    #[serde(rename = "ephemeral-storage", default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "kinds::bytes")]
    pub ephemeral_storage: Option<Quantity>,
}

/// Who runs a pod; what is null is left to the cluster, which OpenShift wants
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Identity {
    /// The user, not root
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i64", range(min = 1, max = 2_147_483_647))]
    pub run_as_user: Option<i64>,
    /// Its group
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i64", range(min = 1, max = 2_147_483_647))]
    pub run_as_group: Option<i64>,
    /// The group that may read the secrets
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i64", range(min = 1, max = 2_147_483_647))]
    pub fs_group: Option<i64>,
}

/// Timing of the probes; /livez and /readyz on the operations port are what they ask
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Probes {
    /// Until it first succeeds, the others wait
    #[serde(default)]
    #[schemars(extend("properties" = kinds::once()))]
    pub startup: Probe,
    /// While it fails, no request comes
    #[serde(default)]
    pub readiness: Probe,
    /// When it fails, the container starts anew
    #[serde(default)]
    #[schemars(extend("properties" = kinds::once()))]
    pub liveness: Probe,
}

/// Timing of a probe; what is left out is Kubernetes' default
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Probe {
    /// Seconds before the first
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", range(min = 0, max = 2_147_483_647))]
    pub initial_delay_seconds: Option<i32>,
    /// Seconds from one to the next
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", range(min = 1, max = 2_147_483_647))]
    pub period_seconds: Option<i32>,
    /// Seconds that an answer may take
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", range(min = 1, max = 2_147_483_647))]
    pub timeout_seconds: Option<i32>,
    /// Successes in a row that make it succeed
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", range(min = 1, max = 2_147_483_647))]
    pub success_threshold: Option<i32>,
    /// Failures in a row that make it fail
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", range(min = 1, max = 2_147_483_647))]
    pub failure_threshold: Option<i32>,
}
