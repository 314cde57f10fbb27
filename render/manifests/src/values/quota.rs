//! What a namespace allows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::pod::Quantities;

/// A ResourceQuota: what the release's pods ask for at the most, and the headroom
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ResourceQuota {
    /// Whether there is one. It counts pods, and of each resource what every container of the release says, by itself or
    /// by the `limitRange`; pods that an update rolls are counted twice, because they count until they are gone
    pub enabled: bool,
    /// For other pods of the namespace
    pub headroom: Headroom,
}

/// What other pods of a namespace may ask for
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Headroom {
    /// So many of them
    #[schemars(range(max = 100_000))]
    pub pods: u32,
    /// What they are promised
    #[serde(default)]
    pub requests: Quantities,
    /// What they may not exceed
    #[serde(default)]
    pub limits: Quantities,
}

/// A LimitRange: what each container of the namespace has that says nothing
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct LimitRange {
    /// Whether there is one. Each amount is raised to what the release's containers ask for; a resource that is left out is
    /// not bounded
    pub enabled: bool,
    /// Requests of containers that have none
    #[serde(default)]
    pub default_request: Quantities,
    /// Limits of containers that have none
    #[serde(default)]
    pub default: Quantities,
    /// What no container exceeds
    #[serde(default)]
    pub max: Quantities,
}
