//! Whom pods run as.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::kinds::{self, Annotations};
use super::texts;

/// A ServiceAccount
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
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
