//! The three services.

use k8s_openapi::api::core::v1::{
    Container, EnvFromSource, EnvVar, HostAlias, PodDNSConfig, TopologySpreadConstraint, Volume, VolumeMount,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::account::ServiceAccount;
use super::autoscaling::Autoscaling;
use super::canary::Canary;
use super::database::Database;
use super::extras;
use super::image::ComponentImage;
use super::kinds::{self, Annotations, Labels};
use super::network::NetworkPolicy;
use super::pod::{Identity, Probes, Resources, Strategy};
use super::route::HttpRoute;
use super::scheduling::{self, PodDisruptionBudget, placed};
use super::texts;
use super::ways_in::{Ingress, Service};

/// A service: what it shares with the others stands between its own first and last keys.
macro_rules! component {
    ($(#[$meta:meta])* $name:ident { $($first:tt)* } { $($last:tt)* }) => {
        placed! {
            $(#[$meta])*
            pub struct $name {
                $($first)*
                /// Name of the container
                #[schemars(schema_with = "texts::container_name")]
                pub container_name: String,
                /// Its image
                pub image: ComponentImage,
                /// Pods
                #[schemars(range(max = 100_000))]
                pub replicas: u32,
                /// How pods are replaced; by default they never fall below their number
                pub strategy: Strategy,
                /// What the container may use
                pub resources: Resources,
                /// Timing of the probes; /livez and /readyz on the operations port are what they ask
                pub probes: Probes,
                /// Annotations of the pods
                #[schemars(schema_with = "kinds::annotations")]
                pub pod_annotations: Annotations,
                /// More labels of the pods; none is selected by
                #[schemars(schema_with = "kinds::labels")]
                pub pod_labels: Labels,
                /// Who runs the pods; what else the restricted Pod Security Standard asks cannot be changed
                pub pod_security_context: Identity,
                /// Earlier ReplicaSets that are kept for `kubectl rollout undo`
                #[schemars(range(max = 100))]
                pub revision_history_limit: u32,
                /// Name servers of the pods beside the cluster's, and of the jobs beside the database, as Kubernetes has it
                #[schemars(schema_with = "scheduling::dns_config")]
                pub dns_config: PodDNSConfig,
                /// Names that they find without DNS: `[{ip: 192.0.2.7, hostnames: [db.example.com]}]`
                #[schemars(schema_with = "scheduling::host_aliases")]
                pub host_aliases: Vec<HostAlias>,
            } {
                /// How pods spread; the component's own are counted
                #[schemars(schema_with = "scheduling::spread")]
                pub topology_spread_constraints: Vec<TopologySpreadConstraint>,
                /// How many pods a drain may take at a time
                pub pod_disruption_budget: PodDisruptionBudget,
                /// As many pods as the load needs, in place of replicas
                pub autoscaling: Autoscaling,
                /// What the container runs; empty: what its image says
                #[schemars(schema_with = "extras::words")]
                pub command: Vec<String>,
                /// Its arguments; empty: what the image says
                #[schemars(schema_with = "extras::words")]
                pub args: Vec<String>,
                /// Whether the container has an input, for `kubectl attach`
                pub stdin: bool,
                /// Whether the container has a terminal
                pub tty: bool,
                /// Run the image REPOSITORY-debug, which has symbols and a shell. A digest must be that image's
                pub debug: bool,
                /// More variables, as `{name, value}` or `{name, valueFrom}`; those that the chart gives are refused
                #[schemars(schema_with = "extras::variables")]
                pub extra_env: Vec<EnvVar>,
                /// More ConfigMaps and Secrets with variables; those that the chart gives count
                #[schemars(schema_with = "extras::sources")]
                pub extra_env_from: Vec<EnvFromSource>,
                /// More volumes, as Kubernetes writes them
                #[schemars(schema_with = "extras::volumes")]
                pub extra_volumes: Vec<Volume>,
                /// Where the service's container has them
                #[schemars(schema_with = "extras::mounts")]
                pub extra_volume_mounts: Vec<VolumeMount>,
                /// Containers that run before the service
                #[schemars(schema_with = "extras::first_containers")]
                pub init_containers: Vec<Container>,
                /// Containers that run beside the service
                #[schemars(schema_with = "extras::containers")]
                pub extra_containers: Vec<Container>,
                /// A second Deployment, of another version, that answers a share of the requests
                pub canary: Canary,
                /// The Service before the pods
                pub service: Service,
                /// The Ingress before the Service
                pub ingress: Ingress,
                /// The route of the Gateway API before the Service, in place of the Ingress or beside it
                pub http_route: HttpRoute,
                /// The account that the pods run as; none has its token
                pub service_account: ServiceAccount,
                /// With `networkPolicies.enabled`
                pub network_policy: NetworkPolicy,
                $($last)*
            }
        }
    };
}

component! {
    /// The service that keeps what people wrote
    Thoughts {
        /// Name of the component's objects; empty: FULLNAME-COMPONENT. Cannot be changed later: a database would begin anew
        #[schemars(schema_with = "texts::component_name")]
        pub fullname_override: String,
    } {
        /// Where thoughts are kept
        pub database: Database,
    }
}

component! {
    /// The service that knows who may log in
    Users {
        /// Name of the component's objects; empty: FULLNAME-COMPONENT. Cannot be changed later: a database would begin anew
        #[schemars(schema_with = "texts::component_name")]
        pub fullname_override: String,
    } {
        /// The first administrator, made if there is none
        pub admin: Admin,
        /// The RSA key that signs the tokens; only users holds it
        pub jwt: Jwt,
        /// Who may say for whom a login is asked: the frontend's pods, whose addresses lie in the private ranges
        #[schemars(schema_with = "texts::proxies")]
        pub trusted_proxies: Vec<String>,
        /// Where users are kept
        pub database: Database,
    }
}

/// The first administrator
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Admin {
    /// The administrator's name
    #[schemars(schema_with = "texts::username")]
    pub username: String,
    /// The administrator's password
    #[schemars(schema_with = "texts::user_password")]
    pub password: String,
    /// Secret with the key `password`
    #[schemars(schema_with = "texts::object_name")]
    pub existing_secret: String,
}

/// The keys of the tokens
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Jwt {
    /// PEM, of an RSA key
    #[schemars(schema_with = "texts::private_key")]
    pub private_key: String,
    /// Secret with the key `private-key.pem`
    #[schemars(schema_with = "texts::object_name")]
    pub existing_secret: String,
    /// Secret with PEM files of earlier keys, whose tokens may still live
    #[schemars(schema_with = "texts::object_name")]
    pub previous_keys_secret: String,
}

component! {
    /// The service that people's browsers see
    Frontend {
        /// Name of the component's objects; empty: FULLNAME-COMPONENT. Cannot be changed later: a database would begin anew
        #[schemars(schema_with = "texts::component_name")]
        pub fullname_override: String,
    } {
        /// Names it answers to; `*`: all. Another Host gets 400
        #[schemars(schema_with = "texts::hosts")]
        pub allowed_hosts: Vec<String>,
        /// Addresses or CIDRs of the proxies before it, whose X-Forwarded-… headers count. Without them all people behind
        /// an Ingress share its address in the limit of failed logins
        #[schemars(schema_with = "texts::proxies")]
        pub trusted_proxies: Vec<String>,
        /// true as soon as people come by https alone
        pub cookie_secure: bool,
    }
}
