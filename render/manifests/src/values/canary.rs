//! A second version for a share of the requests.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::texts;

/// A second Deployment, of another version, that answers a share of the requests
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Canary {
    /// Whether there is one, and the Services NAME-stable and NAME-canary before the one and the other
    pub enabled: bool,
    /// Percent of the requests that the `httpRoute` leads to it, and of the component's pods that are its own, at least: it
    /// gets as many whole pods beside the others
    #[schemars(range(min = 1, max = 90))]
    pub weight: u32,
    /// The version that it runs
    pub image: CanaryImage,
}

/// The version that a canary runs; both empty: the component's
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CanaryImage {
    /// Its tag
    #[schemars(schema_with = "texts::tag")]
    pub tag: String,
    /// `sha256:…`; takes the place of the tag
    #[schemars(schema_with = "texts::digest")]
    pub digest: String,
}
