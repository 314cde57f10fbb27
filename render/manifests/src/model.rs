//! What the system needs of Kubernetes for given values: every object, in Kubernetes' own types. Knows no template.

mod component;
mod database;
mod deployment;
mod labels;
mod names;
mod pod;
mod refused;
mod release;
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
        objects.push(&system.service(&component))?;
        objects.push_some(system.ingress(&component).as_ref())?;
        if let Some(database) = component.database {
            objects.push_some(system.database_secret(&component, database).as_ref())?;
            objects.push_some(system.database_service(&component, database).as_ref())?;
            objects.push_some(system.database_set(&component, database).as_ref())?;
        }
    }
    objects.push_some(system.admin_secret().as_ref())?;
    objects.push_some(system.jwt_secret().as_ref())?;
    objects.push(&system.test_pod())?;
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

    fn push_some<T: Serialize + Metadata<Ty = ObjectMeta>>(&mut self, object: Option<&T>) -> Result<(), Refused> {
        object.map_or(Ok(()), |object| self.push(object))
    }
}
