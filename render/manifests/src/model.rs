//! What the system needs of Kubernetes for given values: every object, in Kubernetes' own types. Knows no template.

mod accounts;
mod alerts;
mod autoscaling;
mod backup;
mod canary;
mod cloudnative;
mod component;
mod custom;
mod database;
mod deployment;
mod external;
mod extras;
mod labels;
mod migrate;
mod monitoring;
mod names;
mod network;
mod pod;
mod quota;
mod refused;
mod release;
mod route;
mod scheduling;
mod secrets;
mod settings;
mod test_pod;
mod ways_in;

use k8s_openapi::Metadata;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;
use serde_json::Value as Json;

use crate::Values;
use component::Component;
use custom::Custom;
pub use refused::Refused;
pub use release::{Made, Release};

/// An object of Kubernetes.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// `kind`
    pub kind: String,
    /// `metadata.namespace`, or that of the release
    pub namespace: String,
    /// `metadata.name`
    pub name: String,
    /// All of it.
    pub json: Json,
}

/// Every object that a release of the chart has, the pod of `helm test` among them.
///
/// Refuses values that fit their types and make no system: each secret must come from somewhere, an external database
/// and an Ingress need a host, a database in the pod has no second replica, and no two objects have one name.
pub fn manifests(values: &Values, release: &Release) -> Result<Vec<Object>, Refused> {
    let system = System { values, release };
    system.check()?;
    let mut objects = Objects { namespace: &release.namespace, all: Vec::new() };
    for component in Component::all(values) {
        objects.push(&system.settings_map(&component))?;
        objects.push(&system.deployment(&component))?;
        objects.push_some(system.canary(&component).as_ref())?;
        for service in system.canary_services(&component) {
            objects.push(&service)?;
        }
        objects.push_some(system.autoscaler(&component).as_ref())?;
        objects.push_some(system.disruption_budget(&component).as_ref())?;
        objects.push(&system.service(&component))?;
        objects.push_some(system.ingress(&component).as_ref())?;
        objects.push_custom(system.http_route(&component))?;
        objects.push_some(system.metrics_service(&component).as_ref())?;
        if let Some(database) = component.database {
            objects.push_some(system.database_secret(&component, database).as_ref())?;
            objects.push_some(system.database_service(&component, database).as_ref())?;
            objects.push_some(system.external_service(&component, database).as_ref())?;
            system.external_addresses(&component, database).iter().try_for_each(|slice| objects.push(slice))?;
            objects.push_some(system.database_set(&component, database).as_ref())?;
            objects.push_some(system.backups(&component, database).as_ref())?;
            objects.push_some(system.restore(&component, database).as_ref())?;
            objects.push_custom(system.cluster(&component, database))?;
            objects.push_some(system.migrate_job(&component, database).as_ref())?;
            objects.push_some(system.volume_job(&component, database).as_ref())?;
            objects.push_some(system.backup_claim(&component, database).as_ref())?;
        }
    }
    objects.push_some(system.admin_secret().as_ref())?;
    objects.push_some(system.jwt_secret().as_ref())?;
    system.external_secrets().into_iter().try_for_each(|secret| objects.push_custom(Some(secret)))?;
    for account in system.accounts() {
        objects.push(&account)?;
    }
    for policy in system.network_policies() {
        objects.push(&policy)?;
    }
    objects.push(&system.test_pod())?;
    objects.push_custom(system.service_monitor())?;
    objects.push_custom(system.prometheus_rule())?;
    system.dashboards().iter().try_for_each(|dashboard| objects.push(dashboard))?;
    let busiest = quota::busiest(&objects.all);
    objects.push_some(system.resource_quota(&busiest).as_ref())?;
    objects.push_some(system.limit_range(&busiest).as_ref())?;
    objects.push_given(&release.extra_objects);
    Ok(objects.all)
}

/// What all parts are made from.
struct System<'a> {
    values: &'a Values,
    release: &'a Release,
}

struct Objects<'a> {
    namespace: &'a str,
    all: Vec<Object>,
}

impl Objects<'_> {
    fn push<T: Serialize + Metadata<Ty = ObjectMeta>>(&mut self, object: &T) -> Result<(), Refused> {
        self.all.push(Object {
            kind: T::KIND.into(),
            namespace: object.metadata().namespace.clone().unwrap_or_else(|| self.namespace.into()),
            name: object.metadata().name.clone().unwrap_or_default(),
            json: serde_json::to_value(object).map_err(|error| Refused(vec![error.to_string()]))?,
        });
        Ok(())
    }

    fn push_custom<S: Serialize>(&mut self, object: Option<Custom<S>>) -> Result<(), Refused> {
        let Some(object) = object else { return Ok(()) };
        self.all.push(Object {
            kind: object.kind.into(),
            namespace: object.metadata.namespace.clone().unwrap_or_else(|| self.namespace.into()),
            name: object.metadata.name.clone().unwrap_or_default(),
            json: serde_json::to_value(object).map_err(|error| Refused(vec![error.to_string()]))?,
        });
        Ok(())
    }

    /// As somebody wrote them.
    fn push_given(&mut self, given: &[Json]) {
        let text = |object: &Json, path: &str| object.pointer(path).and_then(Json::as_str).map(str::to_owned);
        self.all.extend(given.iter().map(|object| Object {
            kind: text(object, "/kind").unwrap_or_default(),
            namespace: text(object, "/metadata/namespace").unwrap_or_else(|| self.namespace.into()),
            name: text(object, "/metadata/name").unwrap_or_default(),
            json: object.clone(),
        }));
    }

    fn push_some<T: Serialize + Metadata<Ty = ObjectMeta>>(&mut self, object: Option<&T>) -> Result<(), Refused> {
        object.map_or(Ok(()), |object| self.push(object))
    }
}
