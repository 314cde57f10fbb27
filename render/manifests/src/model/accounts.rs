//! Whom pods run as.

use k8s_openapi::api::core::v1::ServiceAccount;

use super::System;
use super::component::Component;
use super::names::or;
use crate::values::{self, Database, Mode};

impl System<'_> {
    /// The account of a service's pods.
    pub(super) fn account_name(&self, component: &Component) -> String {
        name(component.service_account, &self.name(component))
    }

    /// The account of the pod of a database.
    pub(super) fn database_account_name(&self, component: &Component, database: &Database) -> String {
        name(&database.service_account, &self.database_name(component))
    }

    /// The account of the pod of `helm test`.
    pub(super) fn test_account_name(&self) -> String {
        name(&self.values.tests.service_account, &self.test_name())
    }

    /// Every account that the release makes.
    pub(super) fn accounts(&self) -> Vec<ServiceAccount> {
        let mut all = Vec::new();
        for component in Component::all(self.values) {
            all.extend(self.made(component.service_account, &self.account_name(&component), component.name));
            let own = component.database.filter(|database| database.mode == Mode::Statefulset);
            all.extend(own.and_then(|database| {
                let name = self.database_account_name(&component, database);
                self.made(&database.service_account, &name, &format!("{}-database", component.name))
            }));
        }
        all.extend(self.made(&self.values.tests.service_account, &self.test_account_name(), "test"));
        all
    }

    fn made(&self, given: &values::ServiceAccount, name: &str, component: &str) -> Option<ServiceAccount> {
        let mut metadata = self.metadata(name, component);
        metadata.annotations = Some(given.annotations.clone());
        let token = Some(false);
        given.create.then(|| ServiceAccount {
            metadata,
            automount_service_account_token: token,
            ..ServiceAccount::default()
        })
    }
}

/// The account's name, where the chart's own would have this one.
fn name(given: &values::ServiceAccount, own: &str) -> String {
    or(&given.name, if given.create { own } else { "default" }).into()
}
