//! What is elsewhere: a database's server, and a store of secrets.

use k8s_openapi::api::core::v1::{Service, ServiceSpec};
use k8s_openapi::api::discovery::v1::{Endpoint, EndpointPort, EndpointSlice};
use serde::Serialize;

use super::System;
use super::component::Component;
use super::custom::Custom;
use super::labels::strings;
use super::ways_in::port;
use crate::values::{Database, Mode};

/// The `spec` of an `ExternalSecret`, as far as the chart has it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fetched {
    refresh_interval: String,
    secret_store_ref: StoreRef,
    target: Target,
    data: Vec<Entry>,
}

#[derive(Serialize)]
struct StoreRef {
    name: String,
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    name: String,
    creation_policy: &'static str,
    deletion_policy: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    secret_key: &'static str,
    remote_ref: RemoteRef,
}

#[derive(Serialize)]
struct RemoteRef {
    key: String,
    property: &'static str,
}

/// Whether pods know the server of a database by a Service of the chart.
pub(super) fn has_service(database: &Database) -> bool {
    database.mode == Mode::External && database.external.service.enabled
}

impl System<'_> {
    /// An alias of the server's name, or an address of the cluster before the server's own.
    pub(super) fn external_service(&self, component: &Component, database: &Database) -> Option<Service> {
        let server = &database.external;
        let spec = if server.service.addresses.is_empty() {
            let external_name = Some(server.host.clone());
            ServiceSpec { type_: Some("ExternalName".into()), external_name, ..ServiceSpec::default() }
        } else {
            let ports = Some(vec![port("postgresql", server.port, server.port)]);
            ServiceSpec { type_: Some("ClusterIP".into()), ports, ..ServiceSpec::default() }
        };
        has_service(database).then(|| Service {
            metadata: self.metadata(&self.database_name(component), &format!("{}-database", component.name)),
            spec: Some(spec),
            ..Service::default()
        })
    }

    /// The server's addresses, for each family that it has any of.
    pub(super) fn external_addresses(&self, component: &Component, database: &Database) -> Vec<EndpointSlice> {
        let families = ["IPv4", "IPv6"].into_iter().filter(|_| has_service(database));
        families.filter_map(|family| self.addresses(component, database, family)).collect()
    }

    fn addresses(&self, component: &Component, database: &Database, family: &str) -> Option<EndpointSlice> {
        let (server, service) = (&database.external, self.database_name(component));
        let is_new = family == "IPv6";
        let own = server.service.addresses.iter().filter(|address| address.contains(':') == is_new);
        let endpoint = |address: &String| Endpoint { addresses: vec![address.clone()], ..Endpoint::default() };
        let endpoints: Vec<_> = own.map(endpoint).collect();
        let name = format!("{service}-{}", family.to_lowercase());
        let mut metadata = self.metadata(&name, &format!("{}-database", component.name));
        let labels = metadata.labels.get_or_insert_default();
        labels.extend(strings([
            ("kubernetes.io/service-name", &service),
            ("endpointslice.kubernetes.io/managed-by", "Helm"),
        ]));
        let port = EndpointPort {
            name: Some("postgresql".into()),
            port: Some(server.port.into()),
            protocol: Some("TCP".into()),
            ..EndpointPort::default()
        };
        (!endpoints.is_empty()).then(|| EndpointSlice {
            metadata,
            address_type: family.into(),
            endpoints: Some(endpoints),
            ports: Some(vec![port]),
        })
    }

    /// What the operator fetches into a Secret: `key` is the Secret's, `remote` is what the store calls it.
    pub(super) fn fetched(&self, name: &str, label: &str, key: &'static str, remote: &str) -> Custom<Fetched> {
        let external = &self.values.secrets.external;
        Custom {
            api_version: "external-secrets.io/v1",
            kind: "ExternalSecret",
            metadata: self.metadata(name, label),
            spec: Fetched {
                refresh_interval: external.refresh_interval.clone(),
                secret_store_ref: StoreRef { name: external.store.name.clone(), kind: external.store.kind.as_str() },
                target: Target { name: name.into(), creation_policy: "Owner", deletion_policy: "Retain" },
                data: vec![Entry { secret_key: key, remote_ref: RemoteRef { key: remote.into(), property: key } }],
            },
        }
    }

    /// Every secret that is fetched: all that are in no existing one.
    pub(super) fn external_secrets(&self) -> Vec<Custom<Fetched>> {
        let external = &self.values.secrets.external;
        let (users, keys) = (&self.values.users, &external.keys);
        let mut all = Vec::new();
        if !external.enabled {
            return all;
        }
        for (component, remote) in [
            (Component::thoughts(self.values), &keys.thoughts_database),
            (Component::users(self.values), &keys.users_database),
        ] {
            // That of a Cluster is made by its operator.
            let is_ours =
                |database: &&Database| database.mode != Mode::Cloudnative && database.existing_secret.is_empty();
            all.extend(component.database.filter(is_ours).map(|database| {
                let label = format!("{}-database", component.name);
                self.fetched(&self.database_secret_name(&component, database), &label, "password", remote)
            }));
        }
        if users.admin.existing_secret.is_empty() {
            all.push(self.fetched(&self.admin_secret_name(), "users", "password", &keys.admin));
        }
        if users.jwt.existing_secret.is_empty() {
            all.push(self.fetched(&self.jwt_secret_name(), "users", "private-key.pem", &keys.jwt));
        }
        all
    }
}
