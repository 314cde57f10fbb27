//! What the three services have alike.

use crate::Values;
use crate::values::{Annotations, ComponentImage, Database, Ingress, Probes, Resources, Service, Strategy};

/// A service and its values.
pub(super) struct Component<'a> {
    pub(super) name: &'static str,
    pub(super) fullname_override: &'a str,
    pub(super) container_name: &'a str,
    pub(super) image: &'a ComponentImage,
    pub(super) replicas: u32,
    pub(super) strategy: &'a Strategy,
    pub(super) resources: &'a Resources,
    pub(super) probes: &'a Probes,
    pub(super) pod_annotations: &'a Annotations,
    pub(super) service: &'a Service,
    pub(super) ingress: &'a Ingress,
    /// Of the two backends.
    pub(super) database: Option<&'a Database>,
}

macro_rules! component {
    ($values:ident.$name:ident, $database:expr) => {
        Component {
            name: stringify!($name),
            fullname_override: &$values.$name.fullname_override,
            container_name: &$values.$name.container_name,
            image: &$values.$name.image,
            replicas: $values.$name.replicas,
            strategy: &$values.$name.strategy,
            resources: &$values.$name.resources,
            probes: &$values.$name.probes,
            pod_annotations: &$values.$name.pod_annotations,
            service: &$values.$name.service,
            ingress: &$values.$name.ingress,
            database: $database,
        }
    };
}

impl<'a> Component<'a> {
    pub(super) fn all(values: &'a Values) -> [Self; 3] {
        [Self::thoughts(values), Self::users(values), Self::frontend(values)]
    }

    pub(super) fn thoughts(values: &'a Values) -> Self {
        component!(values.thoughts, Some(&values.thoughts.database))
    }

    pub(super) fn users(values: &'a Values) -> Self {
        component!(values.users, Some(&values.users.database))
    }

    pub(super) fn frontend(values: &'a Values) -> Self {
        component!(values.frontend, None)
    }
}
