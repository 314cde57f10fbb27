//! Where a backend keeps its data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::kinds::{self, Annotations, Quantity};
use super::pod::Resources;
use super::texts;

/// The database of a backend
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Database {
    /// Where PostgreSQL runs
    pub mode: Mode,
    /// Name of the database container
    #[schemars(schema_with = "texts::container_name")]
    pub container_name: String,
    /// Name of the database
    #[schemars(schema_with = "texts::database_name")]
    pub name: String,
    /// Who owns it
    #[schemars(schema_with = "texts::database_name")]
    pub user: String,
    /// Of the first start; PostgreSQL keeps it in its volume, so that a later change here has to be made there too
    #[schemars(schema_with = "texts::password")]
    pub password: String,
    /// Secret with the key `password`
    #[schemars(schema_with = "texts::object_name")]
    pub existing_secret: String,
    /// Connections of each replica
    #[schemars(range(min = 1, max = 1000))]
    pub pool: u32,
    /// The server of mode external
    pub external: External,
    /// What the database container may use
    pub resources: Resources,
    /// Annotations of the database's pod in mode statefulset
    #[schemars(schema_with = "kinds::annotations")]
    pub pod_annotations: Annotations,
    /// The volume of mode statefulset; it outlives the release
    pub persistence: Persistence,
}

/// Where PostgreSQL runs
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(transform = crate::schema::plain_enum)]
pub enum Mode {
    /// A second container of the pod; one replica, data live as long as the pod
    Sidecar,
    /// A pod of the chart with a volume
    Statefulset,
    /// A server of yours
    External,
}

/// The server of mode external
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct External {
    /// Needed with mode external
    #[schemars(schema_with = "texts::server")]
    pub host: String,
    /// Its port
    #[schemars(range(min = 1, max = 65535))]
    pub port: u16,
    /// How the connection is protected
    pub ssl_mode: SslMode,
    /// Secret with the key `ca.crt`; empty: the public authorities
    #[schemars(schema_with = "texts::object_name")]
    pub ca_secret: String,
}

/// How the connection is protected, as PostgreSQL names it
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(transform = crate::schema::plain_enum)]
pub enum SslMode {
    /// Not
    Disable,
    /// If the server can
    Prefer,
    /// Encrypted, by whomever
    Require,
    /// And the certificate's authority is checked
    VerifyCa,
    /// And its host name
    VerifyFull,
}

impl SslMode {
    /// As PostgreSQL writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::Prefer => "prefer",
            Self::Require => "require",
            Self::VerifyCa => "verify-ca",
            Self::VerifyFull => "verify-full",
        }
    }
}

/// A volume
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Persistence {
    /// Its size
    #[schemars(schema_with = "kinds::bytes")]
    pub size: Quantity,
    /// Empty: the cluster's default
    #[schemars(schema_with = "texts::object_name")]
    pub storage_class: String,
}
