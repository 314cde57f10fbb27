//! The three services. What they share is said in each, because serde cannot refuse unknown keys of a flattened part.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::database::Database;
use super::image::ComponentImage;
use super::kinds::{self, Annotations};
use super::pod::{Probes, Resources, Strategy};
use super::texts;
use super::ways_in::{Ingress, Service};

/// The service that keeps what people wrote
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Thoughts {
    /// Name of the component's objects; empty: FULLNAME-COMPONENT
    #[schemars(schema_with = "texts::backend_name")]
    pub fullname_override: String,
    /// Name of the container
    #[schemars(schema_with = "texts::container_name")]
    pub container_name: String,
    /// Its image
    pub image: ComponentImage,
    /// Pods
    #[schemars(range(max = 2_147_483_647))]
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
    /// The Service before the pods
    pub service: Service,
    /// The Ingress before the Service
    pub ingress: Ingress,
    /// Where thoughts are kept
    pub database: Database,
}

/// The service that knows who may log in
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Users {
    /// Name of the component's objects; empty: FULLNAME-COMPONENT
    #[schemars(schema_with = "texts::backend_name")]
    pub fullname_override: String,
    /// Name of the container
    #[schemars(schema_with = "texts::container_name")]
    pub container_name: String,
    /// Its image
    pub image: ComponentImage,
    /// Pods
    #[schemars(range(max = 2_147_483_647))]
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
    /// The Service before the pods
    pub service: Service,
    /// The Ingress before the Service
    pub ingress: Ingress,
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
    /// PEM
    pub private_key: String,
    /// Secret with the key `private-key.pem`
    #[schemars(schema_with = "texts::object_name")]
    pub existing_secret: String,
    /// Secret with PEM files of earlier keys, whose tokens may still live
    #[schemars(schema_with = "texts::object_name")]
    pub previous_keys_secret: String,
}

/// The service that people's browsers see
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Frontend {
    /// Name of the component's objects; empty: FULLNAME-COMPONENT
    #[schemars(schema_with = "texts::name")]
    pub fullname_override: String,
    /// Name of the container
    #[schemars(schema_with = "texts::container_name")]
    pub container_name: String,
    /// Its image
    pub image: ComponentImage,
    /// Pods
    #[schemars(range(max = 2_147_483_647))]
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
    /// The Service before the pods
    pub service: Service,
    /// The Ingress before the Service
    pub ingress: Ingress,
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
