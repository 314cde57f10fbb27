//! The chart's values as types. Field by field, this is the source of `values.schema.json` and of the table in the
//! chart's README.
//!
//! A type has every key that the schema admits and refuses others. What may be left out is an `Option`; the rest is
//! always there, because a user's values lie over the chart's own.

mod account;
mod autoscaling;
mod backup;
mod canary;
mod component;
mod database;
mod defaults;
mod extras;
mod image;
mod kinds;
mod monitoring;
mod network;
mod pod;
mod quota;
mod route;
mod scheduling;
mod secrets;
mod texts;
mod ways_in;

use kubevalidate::normal::with_whole_numbers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

pub use account::ServiceAccount;
pub use autoscaling::{Autoscaling, Behavior, ScalingRules, SelectPolicy};
pub use backup::{Backup, BackupPersistence};
pub use canary::{Canary, CanaryImage};
pub use component::{Admin, Frontend, Jwt, Thoughts, Users};
pub use database::{
    Cloudnative, Database, External, ExternalService, Migrations, Mode, Parameters, Persistence, Retention, SslMode,
};
pub use image::{ComponentImage, OtherImage, PullPolicy, PullSecret, SharedImage};
pub use kinds::{Annotations, Count, Labels, Quantity};
pub use monitoring::{Dashboards, Monitoring, PrometheusRule, RelabelAction, Relabeling, ServiceMonitor, Thresholds};
pub use network::{
    ApiServer, Block, BlockPeer, Dns, EgressRule, IngressRule, Metrics, NamespacePeer, NetworkPolicies, NetworkPolicy,
    Operator, Peer, PodPeer, PolicyPort, Protocol, Selector,
};
pub use pod::{Identity, Probe, Probes, Quantities, Resources, RollingUpdate, Strategy, StrategyType};
pub use quota::{Headroom, LimitRange, ResourceQuota};
pub use route::{HttpRoute, ParentRef};
pub use scheduling::PodDisruptionBudget;
pub use secrets::{ExternalSecrets, Secrets, Store, StoreKeys, StoreKind};
pub use ways_in::{ExtraHost, ExtraPort, Ingress, PathType, Service, ServiceType, SessionAffinity, TrafficPolicy};

/// Values of the chart mythoughts
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Values {
    /// Helm hands it to every chart; this one does not read it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Map<String, Json>")]
    pub global: Option<Map<String, Json>>,
    /// Replaces the chart's name in labels and in the names of objects; cannot be changed later
    #[schemars(schema_with = "texts::name")]
    pub name_override: String,
    /// Replaces RELEASE-mythoughts, with which the names of objects begin. Cannot be changed later: databases would begin anew
    #[schemars(schema_with = "texts::name")]
    pub fullname_override: String,
    /// What the images of the three services share
    pub image: SharedImage,
    /// Where passwords and the key come from
    pub secrets: Secrets,
    /// NetworkPolicies: the release's pods reach nothing and are reached by nobody, but for the ways they need
    pub network_policies: NetworkPolicies,
    /// Users bruce, stephen and the administrator admin (the password is the name) with five thoughts, put into an
    /// empty database. For trying only; give `users.admin.password: admin` along with it
    pub sample_data: bool,
    /// What the services log
    pub log: Log,
    /// How a pod stops; the seconds add up to the time that it is given
    pub shutdown: Shutdown,
    /// The label `environment` of all objects and pods, if it is given
    #[schemars(schema_with = "texts::label")]
    pub environment: String,
    /// More labels of all objects and pods; none is selected by, and `monitoring` has some that win
    #[schemars(schema_with = "kinds::labels")]
    pub common_labels: Labels,
    /// Why this revision is made, for `kubectl rollout history`; empty: nothing
    #[schemars(schema_with = "texts::line")]
    pub change_cause: String,
    /// What the namespace gives the release
    pub resource_quota: ResourceQuota,
    /// What the namespace gives each container
    pub limit_range: LimitRange,
    /// More objects of the release, as Kubernetes writes them; texts in them are templates
    #[schemars(schema_with = "extras::objects")]
    pub extra_objects: Vec<Map<String, Json>>,
    /// The service that keeps what people wrote
    pub thoughts: Thoughts,
    /// The service that knows who may log in
    pub users: Users,
    /// The service that people's browsers see
    pub frontend: Frontend,
    /// What Prometheus and Grafana are told
    pub monitoring: Monitoring,
    /// The PostgreSQL of the modes sidecar and statefulset
    pub postgresql: Postgresql,
    /// The pod of `helm test`
    pub tests: Tests,
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

/// How a pod stops
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Shutdown {
    /// Seconds before a service is told to stop, while Kubernetes takes its address out of the routers. It is still ready
    #[schemars(range(max = 86400))]
    pub pre_stop_sleep: u32,
    /// Seconds that it then still serves while it says that it is not ready, for the routers that ask it themselves
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

scheduling::placed! {
    /// The pod of `helm test`
    pub struct Tests {
        /// An image with bash
        pub image: OtherImage,
    } {
        /// The account of the pod; it has no token
        pub service_account: ServiceAccount,
    }
}

impl Values {
    /// Reads values that were put together as Helm does it: the chart's own with the given ones over them.
    ///
    /// Whole numbers may be floats, as Helm has them. An error names the key that is unknown, missing or of another type.
    pub fn read(coalesced: Json) -> Result<Self, serde_json::Error> {
        serde_json::from_value(with_whole_numbers(coalesced))
    }
}
