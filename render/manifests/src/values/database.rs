//! Where a backend keeps its data.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::account::ServiceAccount;
use super::backup::Backup;
use super::kinds::{self, Annotations, Quantity};
use super::pod::Resources;
use super::scheduling::placed;
use super::texts;

placed! {
    /// The database of a backend
    pub struct Database {
        /// Where PostgreSQL runs
        pub mode: Mode,
        /// Name of the database container
        #[schemars(schema_with = "texts::container_name")]
        pub container_name: String,
        /// Name of the database
        #[schemars(schema_with = "texts::database_name")]
        pub name: String,
        /// Who owns it; PostgreSQL keeps the names that begin with `pg_` for itself
        #[schemars(schema_with = "texts::database_user")]
        pub user: String,
        /// Of the first start; PostgreSQL keeps it in its volume, so that a later change here has to be made there too
        #[schemars(schema_with = "texts::password")]
        pub password: String,
        /// Secret with the key `password`
        #[schemars(schema_with = "texts::object_name")]
        pub existing_secret: String,
        /// Settings of PostgreSQL, by name; a server elsewhere has its own
        #[schemars(schema_with = "parameters")]
        pub parameters: Parameters,
        /// Connections of each replica
        #[schemars(range(min = 1, max = 1000))]
        pub pool: u32,
        /// Who applies migrations
        pub migrations: Migrations,
        /// The Cluster of mode cloudnative
        pub cloudnative: Cloudnative,
        /// The server of mode external
        pub external: External,
        /// What the database container may use
        pub resources: Resources,
        /// Annotations of the database's pod in mode statefulset
        #[schemars(schema_with = "kinds::annotations")]
        pub pod_annotations: Annotations,
    } {
        /// The volume of mode statefulset; it outlives the release, unless `persistence.whenDeleted` is Delete
        pub persistence: Persistence,
        /// Secret with tls.crt, tls.key and ca.crt for the database's Service in mode statefulset, NAME-database: connections
        /// are encrypted and the certificate is checked; empty: plain. Refused with mode cloudnative, whose operator makes them
        #[schemars(schema_with = "texts::object_name")]
        pub tls_secret: String,
        /// The account of the database's pod in mode statefulset; it has no token
        pub service_account: ServiceAccount,
        /// Dumps of the database, each a file on a volume, for the modes statefulset and external
        pub backup: Backup,
    }
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
    /// A Cluster of the operator `CloudNativePG`
    Cloudnative,
}

/// The Cluster of mode cloudnative
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Cloudnative {
    /// Pods: one writes, the others follow it
    #[schemars(range(min = 1, max = 99))]
    pub instances: u32,
    /// Its image, with registry and tag; empty: the operator's own
    #[schemars(schema_with = "texts::whole_image")]
    pub image: String,
    /// A `PodMonitor` of the Prometheus operator for its pods
    pub pod_monitor: bool,
}

/// Who applies migrations
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(transform = crate::schema::plain_enum)]
pub enum Migrations {
    /// Each pod when it starts, one at a time
    Start,
    /// A Job before an upgrade, for which pods wait
    Job,
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
    /// Networks of the server, to which a NetworkPolicy lets the pods out; empty: any, at its port
    #[schemars(schema_with = "texts::networks")]
    pub cidrs: Vec<String>,
    /// A Service of the chart before the server
    pub service: ExternalService,
}

/// A Service of the chart before a server elsewhere
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExternalService {
    /// Whether there is one, by whose name pods know the server: NAME-database. A certificate that is checked with
    /// verify-full has to be for that name
    pub enabled: bool,
    /// The server's addresses; empty: the Service is an alias of the host
    #[schemars(schema_with = "texts::addresses")]
    pub addresses: Vec<String>,
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

/// Settings of PostgreSQL, by name.
pub type Parameters = BTreeMap<String, String>;

/// All but those that the chart gives, and those by which nobody would find the server.
fn parameters(_: &mut SchemaGenerator) -> Schema {
    const OWN: &str = "^(ssl|ssl_cert_file|ssl_key_file|listen_addresses|port|unix_socket_directories|(config|data|hba|ident)_(file|directory)|external_pid_file)$";
    let value = json!({"type": "string", "pattern": r"^[^\x00-\x1f\x7f-\x9f]*$"});
    let name = json!({"pattern": r"^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$", "not": {"pattern": OWN}});
    json_schema!({"type": "object", "propertyNames": name, "additionalProperties": value})
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
    /// What becomes of it when the `StatefulSet` is deleted
    pub when_deleted: Retention,
    /// What becomes of it when there are no pods
    pub when_scaled: Retention,
}

/// What becomes of a volume
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(transform = crate::schema::plain_enum)]
pub enum Retention {
    /// It stays
    Retain,
    /// It goes, and the data with it
    Delete,
}

impl Retention {
    /// As Kubernetes writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Retain => "Retain",
            Self::Delete => "Delete",
        }
    }
}
