//! Values that fit their types and make no system.

use std::collections::BTreeSet;
use std::fmt;

use super::System;
use super::backup::check_schedule;
use super::cloudnative::check_cluster;
use super::component::Component;
use super::external::has_service;
use super::names::or;
use super::quota::check_resources;
use super::ways_in::service_port;
use crate::values::{Database, External, Migrations, Mode, PathType};

/// Why there are no objects for values: each reason in the chart's words, one at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub Vec<String>);

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("; "))
    }
}

impl std::error::Error for Refused {}

impl System<'_> {
    pub(super) fn check(&self) -> Result<(), Refused> {
        let mut reasons = Vec::new();
        for component in Component::all(self.values) {
            if component.ingress.enabled && component.ingress.host.is_empty() {
                reasons.push(format!(
                    "{}.ingress.host is missing: an Ingress needs the name that people ask for",
                    component.name
                ));
            }
            self.check_extras(&component, &mut reasons);
            reasons.extend(check_resources(&component));
            Self::check_canary(&component, &mut reasons);
            Self::check_autoscaling(&component, &mut reasons);
            if component.http_route.enabled && component.http_route.parent_refs.is_empty() {
                let name = component.name;
                reasons.push(format!("{name}.httpRoute.parentRefs is missing: a route hangs on a Gateway"));
            }
            if let Some(database) = component.database {
                self.check_database(&component, database, &mut reasons);
            }
        }
        reasons.extend(self.check_network());
        let external = &self.values.secrets.external;
        if external.enabled && external.store.name.is_empty() {
            reasons.push("secrets.external.store.name is missing: secrets are fetched from a store".into());
        }
        let (admin, jwt) = (&self.values.users.admin, &self.values.users.jwt);
        let makes = self.values.secrets.generate;
        for (existing, given, path, field) in [
            (&admin.existing_secret, &admin.password, "users.admin", "password"),
            (&jwt.existing_secret, &jwt.private_key, "users.jwt", "privateKey"),
        ] {
            reasons.extend(self.secret_twice(existing, given, path, field));
            reasons.extend(secret(makes || external.enabled, existing, given, path, NOT_MADE));
        }
        self.check_names(&mut reasons);
        reasons.extend(self.check_monitoring());
        if reasons.is_empty() { Ok(()) } else { Err(Refused(reasons)) }
    }

    fn check_database(&self, component: &Component, database: &Database, reasons: &mut Vec<String>) {
        let (name, replicas) = (component.name, component.replicas);
        reasons.extend(check_schedule(name, &database.backup));
        let mut why = NOT_MADE;
        match database.mode {
            Mode::External => {
                reasons.extend(check_server(name, &database.external));
                if !database.parameters.is_empty() {
                    reasons.push(format!("{name}.database.parameters are given, but with database.mode external"));
                }
                why = "with database.mode external the chart does not know the password";
            }
            Mode::Sidecar => {
                if replicas > 1 {
                    reasons.push(format!("{name}.replicas is {replicas}, but must be 1 with database.mode sidecar"));
                }
                if database.migrations == Migrations::Job {
                    reasons.push(format!("{name}.database.migrations is job, but with database.mode sidecar"));
                }
                if database.backup.enabled {
                    reasons.push(format!("{name}.database.backup.enabled is true, but with database.mode sidecar"));
                }
            }
            Mode::Statefulset => {}
            Mode::Cloudnative => {
                reasons.extend(check_cluster(name, database));
                reasons.extend(self.check_pod_monitor(name, database));
                if !database.password.is_empty() {
                    reasons.push(format!("{name}.database.password is given, but with database.mode cloudnative"));
                }
                if database.backup.enabled {
                    reasons.push(format!("{name}.database.backup.enabled is true, but with database.mode cloudnative"));
                }
                return;
            }
        }
        let makes = self.values.secrets.generate && database.mode != Mode::External;
        let path = format!("{name}.database");
        let makes = makes || self.values.secrets.external.enabled;
        reasons.extend(self.secret_twice(&database.existing_secret, &database.password, &path, "password"));
        reasons.extend(secret(makes, &database.existing_secret, &database.password, &path, why));
    }

    /// A secret is given or fetched, not both.
    fn secret_twice(&self, existing: &str, given: &str, path: &str, field: &str) -> Option<String> {
        let is_twice = self.values.secrets.external.enabled && existing.is_empty() && !given.is_empty();
        is_twice.then(|| format!("{path}.{field} is given, but secrets.external.enabled fetches it from the store"))
    }

    fn check_network(&self) -> Option<String> {
        let policies = &self.values.network_policies;
        let is_read = self.values.monitoring.service_monitor.enabled;
        let is_closed = policies.enabled && is_read && policies.metrics.from.is_empty();
        is_closed.then(|| "networkPolicies.metrics.from is missing: monitoring.serviceMonitor.enabled".into())
    }

    fn check_monitoring(&self) -> Option<String> {
        let given = &self.values.monitoring.service_monitor;
        let is_late = given.enabled && seconds(&given.scrape_timeout) > seconds(&given.interval);
        is_late.then(|| {
            format!(
                "monitoring.serviceMonitor.scrapeTimeout is {}, longer than the interval of {}",
                given.scrape_timeout, given.interval
            )
        })
    }

    fn check_names(&self, reasons: &mut Vec<String>) {
        let (mut names, mut services, mut node_ports, mut paths) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut routes, mut config_maps) = (Vec::new(), Vec::new());
        for component in Component::all(self.values) {
            let (canary, tracks) = self.canary_names(&component);
            names.push(self.name(&component));
            config_maps.push(self.name(&component));
            routes.extend(self.routed_paths(&component));
            names.extend(canary);
            services.push(self.service_name(&component));
            services.extend(tracks);
            paths.extend(paths_of(&component));
            reasons.extend(twice_a_port(&component));
            node_ports.extend((component.service.node_port > 0).then(|| component.service.node_port.to_string()));
            services.extend(self.values.monitoring.service_monitor.enabled.then(|| self.metrics_name(&component)));
            if component.database.is_some_and(|database| database.mode == Mode::Statefulset || has_service(database)) {
                services.push(self.database_name(&component));
            }
            if component.database.is_some_and(|database| database.mode == Mode::Cloudnative) {
                services.push(format!("{}-rw", self.cluster_name(&component)));
            }
        }
        config_maps.extend(self.dashboards().into_iter().filter_map(|dashboard| dashboard.metadata.name));
        let policies = self.network_policies().into_iter().filter_map(|policy| policy.metadata.name).collect();
        let accounts = self.accounts().into_iter().filter_map(|account| account.metadata.name).collect();
        for (what, names) in [
            ("components", names),
            ("Services", services),
            ("ports of the nodes", node_ports),
            ("paths of Ingresses", paths),
            ("paths of HTTPRoutes", routes),
            ("ConfigMaps", config_maps),
            ("ServiceAccounts", accounts),
            ("NetworkPolicies", policies),
        ] {
            reasons.extend(twice(what, &names));
        }
    }
}

const NOT_MADE: &str = "with secrets.generate=false the chart makes no secrets";

/// A server elsewhere has a name, or addresses behind a Service; an alias is of a name.
fn check_server(component: &str, server: &External) -> Option<String> {
    let (host, service) = (&server.host, &server.service);
    if service.enabled && !service.addresses.is_empty() {
        return None;
    }
    let path = format!("{component}.database.external.host is");
    if host.is_empty() {
        return Some(format!("{path} missing: database.mode external needs the server's name"));
    }
    let is_alias = !service.enabled || is_domain(host);
    (!is_alias).then(|| format!("{path} {host}, of which no Service can be an alias"))
}

/// Whether a text is a name of DNS: labels with dots between them, the last of which begins with a letter.
fn is_domain(host: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_label = |label: &str| {
        let bytes = label.as_bytes();
        let ends = [bytes.first(), bytes.last()];
        ends.iter().all(|end| end.is_some_and(|byte| is_inner(*byte)))
            && bytes.iter().all(|byte| is_inner(*byte) || *byte == b'-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.split('.').all(is_label) && last.starts_with(|first: char| first.is_ascii_lowercase())
}

/// A secret is named, given, or made.
fn secret(makes: bool, existing: &str, given: &str, path: &str, why: &str) -> Option<String> {
    let is_there = makes || !given.is_empty() || !existing.is_empty();
    (!is_there).then(|| format!("{path}.existingSecret is missing: {why}"))
}

/// Of `30s` or `2m`.
fn seconds(duration: &str) -> u32 {
    let (number, unit) = duration.split_at(duration.len().saturating_sub(1));
    number.parse::<u32>().unwrap_or(0) * if unit == "m" { 60 } else { 1 }
}

/// What an Ingress serves, with the host.
fn paths_of(component: &Component) -> Vec<String> {
    let ingress = component.ingress;
    let served = |path| if ingress.path_type == PathType::Exact { path } else { prefix(path) };
    let own = ingress.paths.iter().map(|path| format!("{}{}", ingress.host, served(path)));
    let extra = ingress.extra_hosts.iter();
    let extra = extra.flat_map(|extra| extra.paths.iter().map(|path| format!("{}{}", extra.host, served(path))));
    if ingress.enabled { own.chain(extra).collect() } else { Vec::new() }
}

/// With a slash at its end and without it is the same.
pub(super) fn prefix(path: &str) -> &str {
    or(path.strip_suffix('/').unwrap_or(path), "/")
}

fn twice_a_port(component: &Component) -> Vec<String> {
    let extra = &component.service.extra_ports;
    let names: Vec<_> =
        ["http"].into_iter().chain(extra.iter().map(|extra| extra.name.as_str())).map(str::to_owned).collect();
    let ports = [service_port(component)].into_iter().chain(extra.iter().map(|extra| extra.port));
    let ports: Vec<_> = ports.map(|port| port.to_string()).collect();
    let name = component.name;
    let names = twice(&format!("names of ports of the Service of {name}"), &names);
    names.into_iter().chain(twice(&format!("ports of the Service of {name}"), &ports)).collect()
}

pub(super) fn twice(what: &str, names: &[String]) -> Option<String> {
    let distinct: BTreeSet<_> = names.iter().collect();
    (distinct.len() < names.len()).then(|| format!("two {what} are the same: {}", names.join(", ")))
}
