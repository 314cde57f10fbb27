//! Secrets: whose they are, what is in them, and where pods find them.

use std::collections::BTreeMap;

use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::{Secret, Volume, VolumeMount};

use super::System;
use super::component::Component;
use super::labels::strings;
use super::names::or;
use super::pod::{file_volume, mount, secret_volume};
use crate::values::{Database, Mode, Retention};

/// Volumes of secrets: the password of the database,
pub(super) const DATABASE: &str = "database";
/// the authority of the server's certificate,
pub(super) const DATABASE_CA: &str = "database-ca";
/// the certificate of the chart's own server, and its key,
pub(super) const DATABASE_TLS: &str = "database-tls";
/// the first administrator's password,
pub(super) const ADMIN: &str = "admin";
/// the key that signs tokens,
pub(super) const JWT: &str = "jwt";
/// and earlier ones.
pub(super) const JWT_PREVIOUS: &str = "jwt-previous";

/// Where a volume of secrets is mounted.
pub(super) fn folder(volume: &str) -> String {
    format!("/run/secrets/{volume}")
}

pub(super) fn secret_mount(volume: &str) -> VolumeMount {
    VolumeMount { read_only: Some(true), ..mount(volume, &folder(volume)) }
}

impl System<'_> {
    /// The Secret with the authority of the certificate that a database shows, or nothing.
    pub(super) fn authority(&self, component: &Component, database: &Database) -> String {
        match database.mode {
            Mode::External => database.external.ca_secret.clone(),
            Mode::Statefulset => database.tls_secret.clone(),
            Mode::Cloudnative => format!("{}-ca", self.cluster_name(component)),
            Mode::Sidecar => String::new(),
        }
    }

    /// Volumes and the Secrets in them that a service reads.
    pub(super) fn secret_volumes(&self, component: &Component) -> Vec<Volume> {
        let mut volumes = Vec::new();
        if let Some(database) = component.database {
            volumes.extend(self.database_secrets(component, database));
        }
        if component.name == "users" {
            let previous = &self.values.users.jwt.previous_keys_secret;
            volumes.push(secret_volume(ADMIN, &self.admin_secret_name()));
            volumes.push(secret_volume(JWT, &self.jwt_secret_name()));
            volumes.extend((!previous.is_empty()).then(|| secret_volume(JWT_PREVIOUS, previous)));
        }
        volumes
    }

    /// What whoever asks the database needs.
    pub(super) fn database_secrets(&self, component: &Component, database: &Database) -> Vec<Volume> {
        let mut volumes = vec![secret_volume(DATABASE, &self.database_secret_name(component, database))];
        let authority = self.authority(component, database);
        volumes.extend((!authority.is_empty()).then(|| file_volume(DATABASE_CA, &authority, "ca.crt")));
        volumes
    }

    pub(super) fn database_secret_name(&self, component: &Component, database: &Database) -> String {
        let own = match database.mode {
            Mode::Cloudnative => format!("{}-app", self.cluster_name(component)),
            _ => self.database_name(component),
        };
        or(&database.existing_secret, &own).into()
    }

    pub(super) fn admin_secret_name(&self) -> String {
        let users = &self.values.users;
        or(&users.admin.existing_secret, &format!("{}-admin", self.name(&Component::users(self.values)))).into()
    }

    pub(super) fn jwt_secret_name(&self) -> String {
        let users = &self.values.users;
        or(&users.jwt.existing_secret, &format!("{}-jwt", self.name(&Component::users(self.values)))).into()
    }

    /// The secrets of a component that are values.
    pub(super) fn given_secrets(&self, component: &Component) -> BTreeMap<String, String> {
        let users = &self.values.users;
        let mut all = Vec::from_iter(component.database.map(|it| (DATABASE, &it.password, &it.existing_secret)));
        if component.name == "users" {
            all.push((ADMIN, &users.admin.password, &users.admin.existing_secret));
            all.push((JWT, &users.jwt.private_key, &users.jwt.existing_secret));
        }
        let given = all.into_iter().filter(|(_, value, existing)| existing.is_empty() && !value.is_empty());
        given.map(|(name, value, _)| (name.into(), value.clone())).collect()
    }

    /// The password of a backend's database, unless it is in a Secret that exists.
    pub(super) fn database_secret(&self, component: &Component, database: &Database) -> Option<Secret> {
        if database.mode == Mode::Cloudnative {
            // The operator makes it.
            return None;
        }
        let name = self.database_secret_name(component, database);
        let label = format!("{}-database", component.name);
        let password = or(&database.password, &self.release.made.password);
        let mut secret = self.secret(&database.existing_secret, &name, &label, "password", password)?;
        if outlives(database) {
            // Nobody could open it without its password.
            keep(&mut secret);
        }
        Some(secret)
    }

    /// The first administrator's password, unless it is in a Secret that exists.
    pub(super) fn admin_secret(&self) -> Option<Secret> {
        let admin = &self.values.users.admin;
        let password = or(&admin.password, &self.release.made.password);
        let mut secret =
            self.secret(&admin.existing_secret, &self.admin_secret_name(), "users", "password", password)?;
        if outlives(&self.values.users.database) {
            // So does the administrator, and nobody could log in without the password.
            keep(&mut secret);
        }
        Some(secret)
    }

    /// The key that signs tokens, unless it is in a Secret that exists.
    pub(super) fn jwt_secret(&self) -> Option<Secret> {
        let jwt = &self.values.users.jwt;
        let key = or(&jwt.private_key, &self.release.made.private_key);
        let mut secret = self.secret(&jwt.existing_secret, &self.jwt_secret_name(), "users", "private-key.pem", key)?;
        if outlives(&self.values.users.database) {
            // Nobody is logged out by an install that finds the same people again.
            keep(&mut secret);
        }
        Some(secret)
    }

    fn secret(&self, existing: &str, name: &str, component: &str, key: &str, value: &str) -> Option<Secret> {
        let is_here = existing.is_empty() && !self.values.secrets.external.enabled;
        is_here.then(|| Secret {
            metadata: self.metadata(name, component),
            type_: Some("Opaque".into()),
            data: Some(BTreeMap::from([(key.into(), ByteString(value.into()))])),
            ..Secret::default()
        })
    }
}

/// Whether what is in a database outlives the release.
fn outlives(database: &Database) -> bool {
    match database.mode {
        Mode::Statefulset => database.persistence.when_deleted == Retention::Retain,
        Mode::External | Mode::Cloudnative => true,
        Mode::Sidecar => false,
    }
}

fn keep(secret: &mut Secret) {
    secret.metadata.annotations = Some(strings([("helm.sh/resource-policy", "keep")]));
}
