//! Values that fit their types and make no system.

use std::collections::BTreeSet;
use std::fmt;

use super::System;
use super::component::Component;
use crate::values::{Database, Mode};

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
            if let Some(database) = component.database {
                self.check_database(&component, database, &mut reasons);
            }
        }
        let (admin, jwt) = (&self.values.users.admin, &self.values.users.jwt);
        let makes = self.values.secrets.generate;
        reasons.extend(secret(makes, &admin.existing_secret, &admin.password, "users.admin", NOT_MADE));
        reasons.extend(secret(makes, &jwt.existing_secret, &jwt.private_key, "users.jwt", NOT_MADE));
        self.check_names(&mut reasons);
        if reasons.is_empty() { Ok(()) } else { Err(Refused(reasons)) }
    }

    fn check_database(&self, component: &Component, database: &Database, reasons: &mut Vec<String>) {
        let (name, replicas) = (component.name, component.replicas);
        let mut why = NOT_MADE;
        match database.mode {
            Mode::External => {
                if database.external.host.is_empty() {
                    reasons.push(format!(
                        "{name}.database.external.host is missing: database.mode external needs the server's name"
                    ));
                }
                why = "with database.mode external the chart does not know the password";
            }
            Mode::Sidecar => {
                if replicas > 1 {
                    reasons.push(format!("{name}.replicas is {replicas}, but must be 1 with database.mode sidecar"));
                }
                let containers = vec![component.container_name.to_owned(), database.container_name.clone()];
                reasons.extend(twice(&format!("containers of {name}"), &containers));
            }
            Mode::Statefulset => {}
        }
        let makes = self.values.secrets.generate && database.mode != Mode::External;
        let path = format!("{name}.database");
        reasons.extend(secret(makes, &database.existing_secret, &database.password, &path, why));
    }

    fn check_names(&self, reasons: &mut Vec<String>) {
        let (mut names, mut services, mut node_ports) = (Vec::new(), Vec::new(), Vec::new());
        for component in Component::all(self.values) {
            names.push(self.name(&component));
            services.push(self.service_name(&component));
            node_ports.extend((component.service.node_port > 0).then(|| component.service.node_port.to_string()));
            if component.database.is_some_and(|database| database.mode == Mode::Statefulset) {
                services.push(self.database_name(&component));
            }
        }
        for (what, names) in [("components", names), ("Services", services), ("ports of the nodes", node_ports)] {
            reasons.extend(twice(what, &names));
        }
    }
}

const NOT_MADE: &str = "with secrets.generate=false the chart makes no secrets";

/// A secret is named, given, or made.
fn secret(makes: bool, existing: &str, given: &str, path: &str, why: &str) -> Option<String> {
    let is_there = makes || !given.is_empty() || !existing.is_empty();
    (!is_there).then(|| format!("{path}.existingSecret is missing: {why}"))
}

fn twice(what: &str, names: &[String]) -> Option<String> {
    let distinct: BTreeSet<_> = names.iter().collect();
    (distinct.len() < names.len()).then(|| format!("two {what} are the same: {}", names.join(", ")))
}
