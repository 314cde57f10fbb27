//! The chart's values as types. Field by field, this is the source of `values.schema.json` and of the table in the
//! chart's README.
//!
//! A type has every key that the schema admits and refuses others. What may be left out is an `Option`; the rest is
//! always there, because a user's values lie over the chart's own.

mod component;
mod database;
mod defaults;
mod image;
mod kinds;
mod pod;
mod texts;
mod ways_in;

use kubevalidate::normal::with_whole_numbers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

pub use component::{Admin, Frontend, Jwt, Thoughts, Users};
pub use database::{Database, External, Mode, Persistence, SslMode};
pub use image::{ComponentImage, OtherImage, PullPolicy, PullSecret, SharedImage};
pub use kinds::{Annotations, Count, Quantity};
pub use pod::{Probe, Probes, Quantities, Resources, RollingUpdate, Strategy, StrategyType};
pub use ways_in::{Ingress, Service, ServiceType};

/// Values of the chart mythoughts
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Values {
    /// Helm hands it to every chart; this one does not read it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Map<String, Json>")]
    pub global: Option<Map<String, Json>>,
    /// Replaces the chart's name in labels and in the names of objects
    #[schemars(schema_with = "texts::name")]
    pub name_override: String,
    /// Replaces RELEASE-mythoughts, with which the names of objects begin
    #[schemars(schema_with = "texts::name")]
    pub fullname_override: String,
    /// What the images of the three services share
    pub image: SharedImage,
    /// Where passwords and the key come from
    pub secrets: Secrets,
    /// Users bruce, stephen and the administrator admin (the password is the name) with five thoughts, put into an
    /// empty database. For trying only; give `users.admin.password: admin` along with it
    pub sample_data: bool,
    /// What the services log
    pub log: Log,
    /// How a service stops
    pub shutdown: Shutdown,
    /// The service that keeps what people wrote
    pub thoughts: Thoughts,
    /// The service that knows who may log in
    pub users: Users,
    /// The service that people's browsers see
    pub frontend: Frontend,
    /// The PostgreSQL of the modes sidecar and statefulset
    pub postgresql: Postgresql,
    /// The pod of `helm test`
    pub tests: Tests,
}

/// Where passwords and the key come from
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Secrets {
    /// true: passwords and the key that are neither given nor in an existing Secret are made at install and kept over
    /// upgrades. false: each must be given or named, as rendering without a cluster (GitOps) needs it
    pub generate: bool,
}

/// What the services log
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Log {
    /// Level (error, warn, info, debug, trace) or a filter such as `info,thoughts=debug`
    #[schemars(schema_with = "texts::log_filter")]
    pub level: String,
    /// The form of a line
    pub format: LogFormat,
}

/// The form of a line of the log
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(transform = crate::schema::plain_enum)]
pub enum LogFormat {
    /// An object for each line
    Json,
    /// For people
    Text,
}

/// How a service stops
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Shutdown {
    /// Seconds that a stopping service still serves, because routers lag
    #[schemars(range(max = 86400))]
    pub drain_delay: u32,
    /// Seconds that running requests may then take
    #[schemars(range(max = 86400))]
    pub timeout: u32,
}

/// The PostgreSQL of the modes sidecar and statefulset
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Postgresql {
    /// Its image
    pub image: OtherImage,
}

/// The pod of `helm test`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Tests {
    /// An image with bash
    pub image: OtherImage,
}

impl Values {
    /// Reads values that were put together as Helm does it: the chart's own with the given ones over them.
    ///
    /// Whole numbers may be floats, as Helm has them. An error names the key that is unknown, missing or of another type.
    pub fn read(coalesced: Json) -> Result<Self, serde_json::Error> {
        serde_json::from_value(with_whole_numbers(coalesced))
    }
}
