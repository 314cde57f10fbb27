//! The Job that applies migrations, where pods do not.

use k8s_openapi::api::batch::v1::{Job, JobSpec};
use k8s_openapi::api::core::v1::{Container, EnvVar, PodSpec, PodTemplateSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::System;
use super::backup::{REPLACEABLE, VERSION_LENGTH, job_label};
use super::component::Component;
use super::external::has_service;
use super::labels::{Labels, strings};
use super::pod::{container_security, resources};
use super::secrets::secret_mount;
use super::settings::log_format;
use crate::checksum;
use crate::values::{Database, Migrations, Mode};

/// The time of the longest migration, and of a database that comes up.
const DEADLINE_SECONDS: i64 = 1800;

impl System<'_> {
    /// Before an upgrade a hook; beside the pods where the database, or what leads to it, comes with them.
    pub(super) fn migrate_job(&self, component: &Component, database: &Database) -> Option<Job> {
        if database.migrations != Migrations::Job {
            return None;
        }
        let label = job_label(component);
        let hook =
            [("helm.sh/hook", "pre-upgrade"), ("helm.sh/hook-delete-policy", "before-hook-creation,hook-succeeded")];
        let template = PodTemplateSpec {
            metadata: Some(ObjectMeta { labels: Some(self.pod_labels(&label)), ..ObjectMeta::default() }),
            spec: Some(self.migrate_pod(component, database)),
        };
        let spec = JobSpec {
            backoff_limit: Some(3),
            active_deadline_seconds: Some(DEADLINE_SECONDS),
            template,
            ..JobSpec::default()
        };
        let mut annotations = strings([REPLACEABLE]);
        let is_before = self.release.is_upgrade && self.is_database_here(component, database);
        annotations.extend(is_before.then(|| strings(hook)).into_iter().flatten());
        let metadata = ObjectMeta {
            annotations: Some(annotations),
            ..self.metadata(&self.migrate_name(component, database), &label)
        };
        Some(Job { metadata, spec: Some(spec), ..Job::default() })
    }

    /// Whether the cluster has what the Job needs: the Secrets, the account, and the database.
    fn is_database_here(&self, component: &Component, database: &Database) -> bool {
        let has = |kind: &str, name: String| self.release.installed.contains(&(kind.to_owned(), name));
        let volumes = self.database_secrets(component, database);
        let mut secrets = volumes.into_iter().filter_map(|volume| volume.secret?.secret_name);
        let has_set = has("StatefulSet", self.database_name(component));
        let has_server = match database.mode {
            Mode::Statefulset => has_set,
            // A Service of that name may still lead to the set.
            Mode::External if has_service(database) => !has_set && has("Service", self.database_name(component)),
            Mode::Cloudnative => !has_set && has("Service", format!("{}-rw", self.cluster_name(component))),
            Mode::External | Mode::Sidecar => true,
        };
        has_server && secrets.all(|name| has("Secret", name)) && has("ServiceAccount", self.account_name(component))
    }

    /// A Job cannot be changed: for another image or other settings there is another.
    fn migrate_name(&self, component: &Component, database: &Database) -> String {
        let mut all = self.migrate_settings(component, database);
        all.insert("image".into(), self.component_image(component));
        let version: String = checksum::of(&all).chars().take(VERSION_LENGTH).collect();
        format!("{}-migrate-{version}", self.name(component))
    }

    fn migrate_settings(&self, component: &Component, database: &Database) -> Labels {
        let log = &self.values.log;
        let mut settings = self.database_login(component, database);
        settings.extend(strings([("LOG", &*log.level), ("LOG_FORMAT", log_format(log.format))]));
        settings
    }

    fn migrate_pod(&self, component: &Component, database: &Database) -> PodSpec {
        let secrets = self.database_secrets(component, database);
        let variable = |(name, value)| EnvVar { name, value: Some(value), ..EnvVar::default() };
        let container = Container {
            name: "migrate".into(),
            image: Some(self.component_image(component)),
            image_pull_policy: Some(self.values.image.pull_policy.as_str().into()),
            security_context: Some(container_security()),
            args: Some(vec!["migrate".into()]),
            env: Some(self.migrate_settings(component, database).into_iter().map(variable).collect()),
            resources: Some(resources(component.resources)),
            volume_mounts: Some(secrets.iter().map(|volume| secret_mount(&volume.name)).collect()),
            ..Container::default()
        };
        let pod = PodSpec {
            service_account_name: Some(self.account_name(component)),
            restart_policy: Some("Never".into()),
            containers: vec![container],
            volumes: Some(secrets),
            ..self.pod(component.pod_security_context)
        };
        component.placement.put_job(component.resolving(pod))
    }
}
