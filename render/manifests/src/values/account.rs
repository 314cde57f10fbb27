//! Whom pods run as.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::kinds::{self, Annotations};
use super::texts;

/// The account that each namespace has.
fn made_twice() -> Json {
    json!({"properties": {"create": {"const": true}, "name": {"const": "default"}}, "required": ["create", "name"]})
}

/// A ServiceAccount
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(extend("not" = made_twice()))]
pub struct ServiceAccount {
    /// Whether the chart makes it; false: it is there already
    pub create: bool,
    /// Its name; empty: that of the pods' owner, or `default` where none is made
    #[schemars(schema_with = "texts::object_name")]
    pub name: String,
    /// Annotations of the ServiceAccount
    #[schemars(schema_with = "kinds::annotations")]
    pub annotations: Annotations,
}
