//! PostgreSQL for a backend, in its pod or in one of its own.

use k8s_openapi::api::apps::v1::{StatefulSet, StatefulSetPersistentVolumeClaimRetentionPolicy, StatefulSetSpec};
use k8s_openapi::api::core::v1::{
    Container, EmptyDirVolumeSource, EnvVar, ExecAction, PersistentVolumeClaim, PersistentVolumeClaimSpec, PodSpec,
    PodTemplateSpec, Probe, SecurityContext, Service, ServicePort, ServiceSpec, Volume, VolumeResourceRequirements,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::System;
use super::component::Component;
use super::deployment::port;
use super::labels::strings;
use super::names::other_image;
use super::pod::{container_security, empty_volume, mount, quantity, resources, secret_volume, sleep};
use super::scheduling::placement;
use super::secrets::{DATABASE, DATABASE_TLS, folder, secret_mount};
use super::ways_in::some;
use crate::values::{Database, Mode, Parameters};

/// Where PostgreSQL answers.
pub(super) const PORT: u16 = 5432;
/// The user of the image of PostgreSQL.
pub(super) const USER: i64 = 999;
/// Seconds in which a stopping server writes a checkpoint.
const GRACE_SECONDS: i64 = 60;
/// The volumes: the data,
const DATA: &str = "database-data";
/// the socket,
const RUN: &str = "database-run";
/// what it writes for the moment, as its root is read-only,
const TMP: &str = "database-tmp";
/// and what parallel queries share.
const MEMORY: &str = "database-memory";

impl System<'_> {
    /// An address that stays when the pod is replaced.
    pub(super) fn database_service(&self, component: &Component, database: &Database) -> Option<Service> {
        let label = format!("{}-database", component.name);
        let port = ServicePort {
            name: Some("postgresql".into()),
            port: PORT.into(),
            target_port: Some(IntOrString::Int(PORT.into())),
            ..ServicePort::default()
        };
        (database.mode == Mode::Statefulset).then(|| Service {
            metadata: self.metadata(&self.database_name(component), &label),
            spec: Some(ServiceSpec {
                selector: Some(self.selector_labels(&label)),
                ports: Some(vec![port]),
                ..ServiceSpec::default()
            }),
            ..Service::default()
        })
    }

    /// One PostgreSQL with a volume.
    pub(super) fn database_set(&self, component: &Component, database: &Database) -> Option<StatefulSet> {
        if database.mode != Mode::Statefulset {
            return None;
        }
        let (name, label) = (self.database_name(component), format!("{}-database", component.name));
        let template = PodTemplateSpec {
            metadata: Some(ObjectMeta {
                labels: Some(self.pod_labels(&label)),
                annotations: Some(database.pod_annotations.clone()),
                ..ObjectMeta::default()
            }),
            spec: Some(self.database_pod(component, database)),
        };
        let spec = StatefulSetSpec {
            service_name: Some(name.clone()),
            replicas: Some(1),
            selector: self.selector(&label),
            template,
            persistent_volume_claim_retention_policy: Some(StatefulSetPersistentVolumeClaimRetentionPolicy {
                when_deleted: Some(database.persistence.when_deleted.as_str().into()),
                when_scaled: Some(database.persistence.when_scaled.as_str().into()),
            }),
            volume_claim_templates: Some(vec![self.claim(database, &label)]),
            ..StatefulSetSpec::default()
        };
        Some(StatefulSet { metadata: self.metadata(&name, &label), spec, ..StatefulSet::default() })
    }

    fn database_pod(&self, component: &Component, database: &Database) -> PodSpec {
        let secret = secret_volume(DATABASE, &self.database_secret_name(component, database));
        let tls = &database.tls_secret;
        let certificate = (!tls.is_empty()).then(|| secret_volume(DATABASE_TLS, tls));
        let mut container = self.database_container(database);
        container.args = arguments(&database.parameters, certificate.is_some());
        container.volume_mounts.get_or_insert_default().extend(certificate.iter().map(|_| secret_mount(DATABASE_TLS)));
        placement!(database).put(PodSpec {
            service_account_name: Some(self.database_account_name(component, database)),
            termination_grace_period_seconds: Some(GRACE_SECONDS),
            containers: vec![container],
            volumes: Some([secret].into_iter().chain(scratch_volumes()).chain(certificate).collect()),
            ..self.pod_of(USER)
        })
    }

    fn claim(&self, database: &Database, label: &str) -> PersistentVolumeClaim {
        let storage = [("storage".into(), quantity(&database.persistence.size))].into();
        PersistentVolumeClaim {
            metadata: ObjectMeta {
                name: Some(DATA.into()),
                labels: Some(self.selector_labels(label)),
                ..ObjectMeta::default()
            },
            spec: Some(PersistentVolumeClaimSpec {
                access_modes: Some(vec!["ReadWriteOnce".into()]),
                storage_class_name: some(&database.persistence.storage_class),
                resources: Some(VolumeResourceRequirements {
                    requests: Some(storage),
                    ..VolumeResourceRequirements::default()
                }),
                ..PersistentVolumeClaimSpec::default()
            }),
            ..PersistentVolumeClaim::default()
        }
    }

    /// The second container of a backend's pod: it stops after the service, which still needs it while it drains.
    pub(super) fn database_sidecar(&self, database: &Database) -> Container {
        let shutdown = &self.values.shutdown;
        Container {
            lifecycle: Some(sleep(i64::from(shutdown.pre_stop_sleep) + i64::from(shutdown.drain_delay) + 1)),
            ..self.database_container(database)
        }
    }

    fn database_container(&self, database: &Database) -> Container {
        let variables = strings([
            ("POSTGRES_DB", &database.name),
            ("POSTGRES_USER", &database.user),
            ("POSTGRES_PASSWORD_FILE", &format!("{}/password", folder(DATABASE))),
            // Below the mount: a fresh volume may hold lost+found.
            ("PGDATA", "/var/lib/postgresql/data/pgdata"),
        ]);
        let variable = |(name, value)| EnvVar { name, value: Some(value), ..EnvVar::default() };
        Container {
            name: database.container_name.clone(),
            image: Some(other_image(&self.values.postgresql.image)),
            image_pull_policy: Some(self.values.image.pull_policy.as_str().into()),
            security_context: Some(SecurityContext {
                run_as_user: Some(USER),
                run_as_group: Some(USER),
                ..container_security()
            }),
            args: arguments(&database.parameters, false),
            env: Some(variables.into_iter().map(variable).collect()),
            ports: Some(vec![port("postgresql", PORT)]),
            // The time of a recovery after a crash.
            startup_probe: Some(probe(database, 1, 300)),
            readiness_probe: Some(probe(database, 5, 3)),
            liveness_probe: Some(probe(database, 10, 6)),
            resources: Some(resources(&database.resources)),
            volume_mounts: Some(vec![
                mount(DATA, "/var/lib/postgresql/data"),
                mount(RUN, "/var/run/postgresql"),
                mount(TMP, "/tmp"),
                mount(MEMORY, "/dev/shm"),
                secret_mount(DATABASE),
            ]),
            ..Container::default()
        }
    }
}

/// What a server is told: what is given, and whether it shows a certificate.
fn arguments(given: &Parameters, is_encrypted: bool) -> Option<Vec<String>> {
    let mut settings = given.clone();
    if is_encrypted {
        let file = |name: &str| format!("{}/{name}", folder(DATABASE_TLS));
        settings.extend(strings([
            ("ssl", "on"),
            ("ssl_cert_file", &file("tls.crt")),
            ("ssl_key_file", &file("tls.key")),
        ]));
    }
    // Kubernetes replaces `$(NAME)`; `$$` stands for a `$`.
    let flags = settings.iter().flat_map(|(name, value)| ["-c".into(), format!("{name}={}", value.replace('$', "$$"))]);
    (!settings.is_empty()).then(|| ["postgres".into()].into_iter().chain(flags).collect())
}

/// What a sidecar has beside its password: data that live as long as the pod.
pub(super) fn sidecar_volumes() -> Vec<Volume> {
    [empty_volume(DATA)].into_iter().chain(scratch_volumes()).collect()
}

/// What a server writes beside its data, on a read-only root.
fn scratch_volumes() -> [Volume; 3] {
    let memory = EmptyDirVolumeSource { medium: Some("Memory".into()), ..EmptyDirVolumeSource::default() };
    let memory = Volume { name: MEMORY.into(), empty_dir: Some(memory), ..Volume::default() };
    [empty_volume(RUN), empty_volume(TMP), memory]
}

/// By TCP: while the image still initialises, it answers on its socket alone.
fn probe(database: &Database, period: i32, failures: i32) -> Probe {
    let command = ["pg_isready", "-h", "127.0.0.1", "-U", &database.user, "-d", &database.name];
    Probe {
        exec: Some(ExecAction { command: Some(command.map(str::to_owned).into()) }),
        period_seconds: Some(period),
        timeout_seconds: Some(5),
        failure_threshold: Some(failures),
        ..Probe::default()
    }
}
