//! Which images the pods run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::texts;

/// What the images of the three services share
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SharedImage {
    /// Registry, without a slash at the end; empty: what the node takes for its default
    #[schemars(schema_with = "texts::registry")]
    pub registry: String,
    /// Tag; empty: the chart's appVersion
    #[schemars(schema_with = "texts::tag")]
    pub tag: String,
    /// When the node pulls it
    pub pull_policy: PullPolicy,
    /// Secrets for a private registry: `[{name: registry-login}]`
    pub pull_secrets: Vec<PullSecret>,
}

/// When the node pulls an image
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(transform = crate::schema::plain_enum)]
pub enum PullPolicy {
    /// Before each start
    Always,
    /// When the node has none
    IfNotPresent,
    /// The node has it
    Never,
}

impl PullPolicy {
    /// As Kubernetes writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Always => "Always",
            Self::IfNotPresent => "IfNotPresent",
            Self::Never => "Never",
        }
    }
}

/// A Secret for a private registry
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PullSecret {
    /// Its name
    #[schemars(schema_with = "texts::needed_object_name")]
    pub name: String,
}

/// The image of a service
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ComponentImage {
    /// The image's name in the registry
    #[schemars(schema_with = "texts::repository")]
    pub repository: String,
    /// Empty: `image.tag`
    #[schemars(schema_with = "texts::tag")]
    pub tag: String,
    /// `sha256:…`; takes the place of the tag
    #[schemars(schema_with = "texts::digest")]
    pub digest: String,
}

/// An image that is not one of the services'
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OtherImage {
    /// Registry; empty: what the node takes for its default
    #[schemars(schema_with = "texts::registry")]
    pub registry: String,
    /// The image's name in the registry
    #[schemars(schema_with = "texts::repository")]
    pub repository: String,
    /// Tag
    #[schemars(schema_with = "texts::own_tag")]
    pub tag: String,
    /// `sha256:…`; takes the place of the tag
    #[schemars(schema_with = "texts::digest")]
    pub digest: String,
}
