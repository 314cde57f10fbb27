//! The services' settings, by the names of their `Config`.

use k8s_openapi::api::core::v1::{ConfigMap, EnvVar};

use super::System;
use super::component::Component;
use super::labels::{Labels, strings};
use super::pod::{HTTP_PORT, OPERATIONS_PORT};
use super::secrets::{ADMIN, DATABASE, DATABASE_CA, JWT, JWT_PREVIOUS, folder};
use crate::values::{Database, LogFormat, Migrations, Mode, SslMode};

impl System<'_> {
    /// The ConfigMap from which the pods of a component take their environment.
    pub(super) fn settings_map(&self, component: &Component) -> ConfigMap {
        ConfigMap {
            metadata: self.metadata(&self.name(component), component.name),
            data: Some(self.settings(component)),
            ..ConfigMap::default()
        }
    }

    pub(super) fn settings(&self, component: &Component) -> Labels {
        let values = self.values;
        let mut settings = strings([
            ("LISTEN", &format!("0.0.0.0:{HTTP_PORT}")),
            ("OPERATIONS_LISTEN", &format!("0.0.0.0:{OPERATIONS_PORT}")),
            ("LOG", &values.log.level),
            ("LOG_FORMAT", log_format(values.log.format)),
            ("DRAIN_DELAY", &values.shutdown.drain_delay.to_string()),
            ("SHUTDOWN_TIMEOUT", &values.shutdown.timeout.to_string()),
        ]);
        if let Some(database) = component.database {
            settings.extend(self.database_settings(component, database));
        }
        settings.extend(match component.name {
            "thoughts" => strings([("JWKS_URL", &self.jwks_url())]),
            "users" => self.users_settings(),
            _ => self.frontend_settings(),
        });
        settings
    }

    /// Empty, which a service takes for not given: it would read them before the files with the passwords.
    pub(super) fn closed_variables(&self, component: &Component) -> Vec<EnvVar> {
        let settings = self.settings(component);
        let passwords = settings.keys().filter_map(|name| name.strip_suffix("_FILE"));
        let closed = passwords.filter(|name| name.ends_with("_PASSWORD"));
        closed.map(|name| EnvVar { name: name.into(), value: Some(String::new()), ..EnvVar::default() }).collect()
    }

    fn database_settings(&self, component: &Component, database: &Database) -> Labels {
        let mut settings = self.database_login(component, database);
        settings.extend(strings([
            ("SAMPLE_DATA", &*self.values.sample_data.to_string()),
            ("POSTGRES_POOL", &*database.pool.to_string()),
        ]));
        if database.migrations == Migrations::Job {
            settings.insert("MIGRATE".into(), "false".into());
        }
        settings
    }

    /// Where a backend's database is, and who opens it.
    pub(super) fn database_login(&self, component: &Component, database: &Database) -> Labels {
        let mut settings = strings([
            ("DATABASE_ENGINE", "POSTGRESQL"),
            ("POSTGRES_DB", &database.name),
            ("POSTGRES_USER", &database.user),
            ("POSTGRES_PASSWORD_FILE", &format!("{}/password", folder(DATABASE))),
        ]);
        settings.extend(self.database_address(component, database));
        settings
    }

    pub(super) fn database_address(&self, component: &Component, database: &Database) -> Labels {
        let mut settings = match database.mode {
            Mode::Sidecar => address("127.0.0.1", super::database::PORT, SslMode::Disable),
            Mode::Statefulset => {
                let mode = if database.tls_secret.is_empty() { SslMode::Disable } else { SslMode::VerifyFull };
                address(&self.database_name(component), super::database::PORT, mode)
            }
            Mode::External => {
                let (server, own) = (&database.external, self.database_name(component));
                let host = if server.service.enabled { &own } else { &server.host };
                address(host, server.port, server.ssl_mode)
            }
            Mode::Cloudnative => {
                address(&format!("{}-rw", self.cluster_name(component)), super::database::PORT, SslMode::VerifyFull)
            }
        };
        if !self.authority(component, database).is_empty() {
            settings.insert("POSTGRES_SSLROOTCERT".into(), format!("{}/ca.crt", folder(DATABASE_CA)));
        }
        settings
    }

    fn users_settings(&self) -> Labels {
        let users = &self.values.users;
        let mut settings = strings([
            ("ADMIN_USERNAME", &users.admin.username),
            ("ADMIN_PASSWORD_FILE", &format!("{}/password", folder(ADMIN))),
            ("JWT_PRIVATE_KEY_FILE", &format!("{}/private-key.pem", folder(JWT))),
            ("TRUSTED_PROXIES", &users.trusted_proxies.join(",")),
        ]);
        if !users.jwt.previous_keys_secret.is_empty() {
            settings.insert("JWT_PREVIOUS_KEYS_DIR".into(), folder(JWT_PREVIOUS));
        }
        settings
    }

    fn frontend_settings(&self) -> Labels {
        let frontend = &self.values.frontend;
        strings([
            ("THOUGHTS_BACKEND_URL", &self.url(&Component::thoughts(self.values))),
            ("USER_BACKEND_URL", &self.url(&Component::users(self.values))),
            ("JWKS_URL", &self.jwks_url()),
            ("ALLOWED_HOSTS", &frontend.allowed_hosts.join(",")),
            ("TRUSTED_PROXIES", &frontend.trusted_proxies.join(",")),
            ("KEYS_WAIT", "30"),
            ("COOKIE_SECURE", &frontend.cookie_secure.to_string()),
        ])
    }

    fn jwks_url(&self) -> String {
        format!("{}/.well-known/jwks.json", self.url(&Component::users(self.values)))
    }
}

fn address(host: &str, port: u16, ssl_mode: SslMode) -> Labels {
    strings([("POSTGRES_HOST", host), ("POSTGRES_PORT", &port.to_string()), ("POSTGRES_SSLMODE", ssl_mode.as_str())])
}

pub(super) fn log_format(format: LogFormat) -> &'static str {
    match format {
        LogFormat::Json => "json",
        LogFormat::Text => "text",
    }
}
