//! Routes of the Gateway API.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::kinds::{self, Annotations};
use super::texts;

/// A route of the Gateway API before the Service
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct HttpRoute {
    /// Whether there is one
    pub enabled: bool,
    /// Annotations of the HTTPRoute
    #[schemars(schema_with = "kinds::annotations")]
    pub annotations: Annotations,
    /// The Gateways it hangs on; needed when enabled: `[{name: public, namespace: gateways, sectionName: https}]`
    #[schemars(length(max = 32))]
    pub parent_refs: Vec<ParentRef>,
    /// Its host names; empty: all of the Gateway
    #[schemars(schema_with = "texts::hostnames")]
    pub hostnames: Vec<String>,
    /// Prefixes that are served, as those of the Ingress
    #[schemars(schema_with = "texts::paths")]
    pub paths: Vec<String>,
}

/// A Gateway
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ParentRef {
    /// Its name
    #[schemars(schema_with = "texts::needed_object_name")]
    pub name: String,
    /// Where it is; left out: in the release's namespace
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "texts::container_name")]
    pub namespace: Option<String>,
    /// Which of its listeners; left out: all
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "texts::container_name")]
    pub section_name: Option<String>,
}
