//! Where passwords and the key come from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::texts;

/// Where passwords and the key come from
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Secrets {
    /// true: passwords and the key that are neither given nor in an existing Secret are made at install and kept over
    /// upgrades. false: each must be given or named, as rendering without a cluster (GitOps) needs it
    pub generate: bool,
    /// What is not in an existing Secret is fetched from a store by the External Secrets Operator
    pub external: ExternalSecrets,
}

/// What is fetched from a store
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExternalSecrets {
    /// Whether anything is
    pub enabled: bool,
    /// The store
    pub store: Store,
    /// How often it is fetched again
    #[schemars(schema_with = "texts::interval")]
    pub refresh_interval: String,
    /// Where it is in the store
    pub keys: StoreKeys,
}

/// A store of secrets
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Store {
    /// Its name; needed when enabled
    #[schemars(schema_with = "texts::object_name")]
    pub name: String,
    /// For whom it is
    pub kind: StoreKind,
}

/// For whom a store is
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(transform = crate::schema::plain_enum)]
pub enum StoreKind {
    /// For its namespace
    SecretStore,
    /// For the cluster
    ClusterSecretStore,
}

impl StoreKind {
    /// As the operator writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SecretStore => "SecretStore",
            Self::ClusterSecretStore => "ClusterSecretStore",
        }
    }
}

/// Where secrets are in a store
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StoreKeys {
    /// With the property `password`
    #[schemars(schema_with = "texts::store_key")]
    pub thoughts_database: String,
    /// With the property `password`
    #[schemars(schema_with = "texts::store_key")]
    pub users_database: String,
    /// With the property `password`
    #[schemars(schema_with = "texts::store_key")]
    pub admin: String,
    /// With the property `private-key.pem`
    #[schemars(schema_with = "texts::store_key")]
    pub jwt: String,
}
