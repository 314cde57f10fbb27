//! The services' settings, by the names of their `Config`.

use k8s_openapi::api::core::v1::ConfigMap;

use super::System;
use super::component::Component;
use super::labels::{Labels, strings};
use super::pod::{HTTP_PORT, OPERATIONS_PORT};
use super::secrets::{ADMIN, DATABASE, DATABASE_CA, JWT, JWT_PREVIOUS, folder};
use crate::values::{Database, LogFormat, Mode, SslMode};

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

    fn database_settings(&self, component: &Component, database: &Database) -> Labels {
        let mut settings = strings([
            ("SAMPLE_DATA", &self.values.sample_data.to_string()),
            ("DATABASE_ENGINE", "POSTGRESQL"),
            ("POSTGRES_DB", &database.name),
            ("POSTGRES_USER", &database.user),
            ("POSTGRES_PASSWORD_FILE", &format!("{}/password", folder(DATABASE))),
            ("POSTGRES_POOL", &database.pool.to_string()),
        ]);
        settings.extend(match database.mode {
            Mode::Sidecar => address("127.0.0.1", super::database::PORT, SslMode::Disable),
            Mode::Statefulset => address(&self.database_name(component), super::database::PORT, SslMode::Disable),
            Mode::External => external(database),
        });
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

fn external(database: &Database) -> Labels {
    let server = &database.external;
    let mut settings = address(&server.host, server.port, server.ssl_mode);
    if !server.ca_secret.is_empty() {
        settings.insert("POSTGRES_SSLROOTCERT".into(), format!("{}/ca.crt", folder(DATABASE_CA)));
    }
    settings
}

fn log_format(format: LogFormat) -> &'static str {
    match format {
        LogFormat::Json => "json",
        LogFormat::Text => "text",
    }
}
