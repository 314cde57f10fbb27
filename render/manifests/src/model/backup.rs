//! Backups of a database, the job that restores one, and the one that tries their volume.

use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, Job, JobSpec, JobTemplateSpec};
use k8s_openapi::api::core::v1::{
    Container, EnvVar, PersistentVolumeClaim, PersistentVolumeClaimSpec, PersistentVolumeClaimVolumeSource, PodSpec,
    PodTemplateSpec, Volume, VolumeResourceRequirements,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::System;
use super::component::Component;
use super::labels::{Labels, strings};
use super::names::{or, other_image};
use super::pod::{container_security, empty_volume, mount, quantity, resources};
use super::secrets::{DATABASE, folder, secret_mount};
use super::ways_in::some;
use crate::checksum;
use crate::values::{Backup, Database};

/// Where the files are.
const BACKUPS: &str = "backups";
/// What has no other place on a read-only root.
const TMP: &str = "tmp";
/// How much of a checksum tells one Job from another.
pub(super) const VERSION_LENGTH: usize = 8;
/// By which Argo CD makes a Job anew that cannot be changed.
pub(super) const REPLACEABLE: (&str, &str) = ("argocd.argoproj.io/sync-options", "Force=true,Replace=true");
/// Seconds within which a run that was missed is made up for.
const LATE_SECONDS: i64 = 3600;

/// What a job does with the files.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Task {
    Backup,
    Restore,
    Volume,
}

impl Task {
    fn name(self) -> &'static str {
        match self {
            Self::Backup => "backup",
            Self::Restore => "restore",
            Self::Volume => "volume",
        }
    }
}

impl System<'_> {
    pub(super) fn backup_name(&self, component: &Component) -> String {
        format!("{}-backup", self.name(component))
    }

    pub(super) fn backups(&self, component: &Component, database: &Database) -> Option<CronJob> {
        let given = enabled(database)?;
        let spec = CronJobSpec {
            schedule: given.schedule.clone(),
            successful_jobs_history_limit: Some(1),
            failed_jobs_history_limit: Some(3),
            ..self.cron(component, database, Task::Backup)
        };
        Some(CronJob {
            metadata: self.metadata(&self.backup_name(component), &job_label(component)),
            spec,
            ..CronJob::default()
        })
    }

    /// Waits for somebody to make a job of it.
    pub(super) fn restore(&self, component: &Component, database: &Database) -> Option<CronJob> {
        enabled(database)?;
        let spec = CronJobSpec {
            suspend: Some(true),
            // There is no such day.
            schedule: "0 0 31 2 *".into(),
            ..self.cron(component, database, Task::Restore)
        };
        let name = format!("{}-restore", self.name(component));
        Some(CronJob { metadata: self.metadata(&name, &job_label(component)), spec, ..CronJob::default() })
    }

    /// The volume of the files, which outlives what they are backups of.
    pub(super) fn backup_claim(&self, component: &Component, database: &Database) -> Option<PersistentVolumeClaim> {
        let given = &enabled(database)?.persistence;
        let metadata = ObjectMeta {
            annotations: Some(strings([("helm.sh/resource-policy", "keep")])),
            ..self.metadata(&self.backup_name(component), &job_label(component))
        };
        let storage = [("storage".into(), quantity(&given.size))].into();
        let spec = PersistentVolumeClaimSpec {
            access_modes: Some(vec!["ReadWriteOnce".into()]),
            storage_class_name: some(&given.storage_class),
            resources: Some(VolumeResourceRequirements {
                requests: Some(storage),
                ..VolumeResourceRequirements::default()
            }),
            ..PersistentVolumeClaimSpec::default()
        };
        given.existing_claim.is_empty().then(|| PersistentVolumeClaim {
            metadata,
            spec: Some(spec),
            ..PersistentVolumeClaim::default()
        })
    }

    /// Binds the volume, and shows that backups will work. A Job cannot be changed, so each revision has its own.
    pub(super) fn volume_job(&self, component: &Component, database: &Database) -> Option<Job> {
        enabled(database)?;
        let mut known = self.backup_settings(component, database, Task::Volume);
        known.insert("CLAIM".into(), self.backup_claim_name(component, database));
        known.insert("IMAGE".into(), other_image(&self.values.postgresql.image));
        known.insert("REVISION".into(), self.release.revision.to_string());
        let version: String = checksum::of(&known).chars().take(VERSION_LENGTH).collect();
        let name = format!("{}-volume-{version}", self.name(component));
        let annotations = Some(strings([REPLACEABLE]));
        Some(Job {
            metadata: ObjectMeta { annotations, ..self.metadata(&name, &job_label(component)) },
            spec: Some(self.backup_job(component, database, Task::Volume)),
            ..Job::default()
        })
    }

    fn backup_claim_name(&self, component: &Component, database: &Database) -> String {
        or(&database.backup.persistence.existing_claim, &self.backup_name(component)).to_owned()
    }

    /// One at a time, by the clock of the world.
    fn cron(&self, component: &Component, database: &Database, task: Task) -> CronJobSpec {
        let labels = ObjectMeta { name: None, ..self.metadata("", &job_label(component)) };
        let job = self.backup_job(component, database, task);
        CronJobSpec {
            time_zone: Some("Etc/UTC".into()),
            starting_deadline_seconds: Some(LATE_SECONDS),
            concurrency_policy: Some("Forbid".into()),
            job_template: JobTemplateSpec { metadata: Some(labels), spec: Some(job) },
            ..CronJobSpec::default()
        }
    }

    fn backup_job(&self, component: &Component, database: &Database, task: Task) -> JobSpec {
        let labels = self.pod_labels(&job_label(component));
        let template = PodTemplateSpec {
            metadata: Some(ObjectMeta { labels: Some(labels), ..ObjectMeta::default() }),
            spec: Some(self.backup_pod(component, database, task)),
        };
        JobSpec {
            // What was refused would be refused again.
            backoff_limit: Some(if task == Task::Restore { 0 } else { 2 }),
            active_deadline_seconds: Some(database.backup.deadline_seconds.into()),
            template,
            ..JobSpec::default()
        }
    }

    fn backup_pod(&self, component: &Component, database: &Database, task: Task) -> PodSpec {
        let claim_name = self.backup_claim_name(component, database);
        let source = PersistentVolumeClaimVolumeSource { claim_name, ..PersistentVolumeClaimVolumeSource::default() };
        let backups = Volume { name: BACKUPS.into(), persistent_volume_claim: Some(source), ..Volume::default() };
        let mut volumes = vec![backups, empty_volume(TMP)];
        volumes.extend(self.database_secrets(component, database));
        let pod = PodSpec {
            service_account_name: Some(self.account_name(component)),
            restart_policy: Some("Never".into()),
            containers: vec![self.backup_container(component, database, task)],
            volumes: Some(volumes),
            ..self.pod_of(super::database::USER)
        };
        component.placement.put_job(component.resolving(pod))
    }

    fn backup_container(&self, component: &Component, database: &Database, task: Task) -> Container {
        let script = match task {
            Task::Backup => self.release.connect_script.clone() + &self.release.backup_script,
            Task::Restore => self.release.connect_script.clone() + &self.release.restore_script,
            Task::Volume => self.release.volume_script.clone(),
        };
        let variable = |(name, value)| EnvVar { name, value: Some(value), ..EnvVar::default() };
        let mut mounts = vec![mount(BACKUPS, "/backups"), mount(TMP, "/tmp")];
        mounts.extend(self.database_secrets(component, database).iter().map(|volume| secret_mount(&volume.name)));
        Container {
            name: task.name().into(),
            image: Some(other_image(&self.values.postgresql.image)),
            image_pull_policy: Some(self.values.image.pull_policy.as_str().into()),
            security_context: Some(container_security()),
            command: Some(vec!["bash".into(), "-c".into(), script]),
            env: Some(self.backup_settings(component, database, task).into_iter().map(variable).collect()),
            resources: Some(resources(&database.backup.resources)),
            volume_mounts: Some(mounts),
            ..Container::default()
        }
    }

    /// What PostgreSQL's own programs read, and the scripts.
    fn backup_settings(&self, component: &Component, database: &Database, task: Task) -> Labels {
        let address = self.database_address(component, database);
        let of_service = |name: &str| address.get(name).map_or("", String::as_str);
        let mut settings = strings([
            ("PGHOST", of_service("POSTGRES_HOST")),
            ("PGPORT", of_service("POSTGRES_PORT")),
            ("PGUSER", &database.user),
            ("PGDATABASE", &database.name),
            ("PGSSLMODE", of_service("POSTGRES_SSLMODE")),
            ("PASSWORD_FILE", &format!("{}/password", folder(DATABASE))),
            ("COMPONENT", component.name),
        ]);
        let authority = match of_service("POSTGRES_SSLROOTCERT") {
            // libpq knows no authorities by itself.
            "" if of_service("POSTGRES_SSLMODE").starts_with("verify-") => "/etc/ssl/certs/ca-certificates.crt",
            given => given,
        };
        settings.extend(some(authority).map(|authority| ("PGSSLROOTCERT".into(), authority)));
        settings.extend(match task {
            Task::Backup => strings([("KEEP", &*database.backup.keep.to_string())]),
            Task::Restore => strings([("FILE", ""), ("OVERWRITE", "")]),
            Task::Volume => Labels::new(),
        });
        settings
    }
}

/// The range of a schedule that ends before it begins, which Kubernetes refuses.
pub(super) fn check_schedule(component: &str, backup: &Backup) -> Option<String> {
    let parts = backup.schedule.split([' ', ',', '/']).filter(|_| backup.enabled);
    let is_backward =
        |range: &&str| range.split_once('-').is_some_and(|(from, to)| cron_number(from) > cron_number(to));
    let range = parts.into_iter().find(is_backward)?;
    Some(format!("{component}.database.backup.schedule has the range {range}, which ends before it begins"))
}

/// Of a month or a day of the week by name, or of a number.
fn cron_number(text: &str) -> usize {
    const MONTHS: &str = "jan feb mar apr may jun jul aug sep oct nov dec";
    const DAYS: &str = "sun mon tue wed thu fri sat";
    let name = text.to_ascii_lowercase();
    let place = |names: &str| names.split(' ').position(|known| known == name);
    let named = place(MONTHS).map(|place| place + 1).or_else(|| place(DAYS));
    named.unwrap_or_else(|| text.parse().unwrap_or_default())
}

/// Of all that works on a backend's database beside it.
pub(super) fn job_label(component: &Component) -> String {
    format!("{}-job", component.name)
}

fn enabled(database: &Database) -> Option<&Backup> {
    Some(&database.backup).filter(|backup| backup.enabled)
}
