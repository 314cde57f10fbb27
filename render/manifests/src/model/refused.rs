//! Values that fit their types and make no system.

use crate::Values;
use crate::model::component::Component;
use crate::values::{Database, Mode};

/// Why there are no objects for values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

impl std::fmt::Display for Refused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

pub(super) fn check(values: &Values) -> Result<(), Refused> {
    for component in Component::all(values) {
        let name = component.name;
        if component.ingress.enabled {
            needed(&component.ingress.host, &format!("{name}.ingress.host"))?;
        }
        if let Some(database) = component.database {
            check_database(&component, database)?;
            let can_make = values.secrets.generate && database.mode != Mode::External;
            secret(can_make, &database.existing_secret, &database.password, &format!("{name}.database"))?;
        }
    }
    let (admin, jwt) = (&values.users.admin, &values.users.jwt);
    secret(values.secrets.generate, &admin.existing_secret, &admin.password, "users.admin")?;
    secret(values.secrets.generate, &jwt.existing_secret, &jwt.private_key, "users.jwt")
}

fn check_database(component: &Component, database: &Database) -> Result<(), Refused> {
    match database.mode {
        Mode::External => needed(&database.external.host, &format!("{}.database.external.host", component.name)),
        Mode::Sidecar if component.replicas > 1 => Err(Refused(format!(
            "{}.replicas is {}, but must be 1 with database.mode sidecar",
            component.name, component.replicas
        ))),
        Mode::Sidecar | Mode::Statefulset => Ok(()),
    }
}

/// A secret is named, given, or made.
fn secret(can_make: bool, existing: &str, given: &str, path: &str) -> Result<(), Refused> {
    if can_make || !given.is_empty() { Ok(()) } else { needed(existing, &format!("{path}.existingSecret")) }
}

fn needed(value: &str, path: &str) -> Result<(), Refused> {
    if value.is_empty() { Err(Refused(format!("{path} is missing"))) } else { Ok(()) }
}
