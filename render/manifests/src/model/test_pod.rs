//! The pod of `helm test`, which uses the system as a person does.

use k8s_openapi::api::core::v1::{Container, EnvVar, Pod, PodSpec};

use super::System;
use super::component::Component;
use super::labels::strings;
use super::names::other_image;
use super::pod::{TEST_USER, container_security, resources, secret_volume};
use super::scheduling::placement;
use super::secrets::{ADMIN, folder, secret_mount};
use super::ways_in::service_port;
use crate::values::{Quantities, Quantity, Resources};

impl System<'_> {
    pub(super) fn test_pod(&self) -> Pod {
        let mut metadata = self.metadata(&self.test_name(), "test");
        metadata.annotations = Some(strings([
            ("helm.sh/hook", "test"),
            // A failed pod stays, so that its log can be read.
            ("helm.sh/hook-delete-policy", "before-hook-creation,hook-succeeded"),
        ]));
        let spec = placement!(self.values.tests).put(PodSpec {
            service_account_name: Some(self.test_account_name()),
            restart_policy: Some("Never".into()),
            containers: vec![self.test_container()],
            volumes: Some(vec![secret_volume(ADMIN, &self.admin_secret_name())]),
            ..self.pod_of(TEST_USER)
        });
        Pod { metadata, spec: Some(spec), ..Pod::default() }
    }

    /// Name of the pod and of what is its own.
    pub(super) fn test_name(&self) -> String {
        format!("{}-test", self.fullname())
    }

    fn test_container(&self) -> Container {
        Container {
            name: "test".into(),
            image: Some(other_image(&self.values.tests.image)),
            image_pull_policy: Some(self.values.image.pull_policy.as_str().into()),
            security_context: Some(container_security()),
            command: Some(vec!["bash".into(), "-c".into(), self.release.test_script.clone()]),
            env: Some(self.test_variables()),
            resources: Some(resources(&test_resources())),
            volume_mounts: Some(vec![secret_mount(ADMIN)]),
            ..Container::default()
        }
    }

    fn test_variables(&self) -> Vec<EnvVar> {
        let variable = |name: String, value: String| EnvVar { name, value: Some(value), ..EnvVar::default() };
        let addresses = Component::all(self.values).into_iter().flat_map(|component| {
            let name = component.name.to_uppercase();
            let port = variable(format!("{name}_PORT"), service_port(&component).to_string());
            [variable(name, self.service_name(&component)), port]
        });
        // With allowedHosts it answers to these alone.
        let host = self.values.frontend.allowed_hosts.iter().find(|host| *host != "*").cloned().unwrap_or_default();
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        let admin = [
            variable("HOST_HEADER".into(), host),
            // Kubernetes replaces `$(NAME)`; `$$` stands for a `$`.
            variable("ADMIN_USERNAME".into(), self.values.users.admin.username.replace('$', "$$")),
            variable("ADMIN_PASSWORD_FILE".into(), format!("{}/password", folder(ADMIN))),
        ];
        addresses.chain(admin).collect()
    }
}

fn test_resources() -> Resources {
    let text = |text: &str| Some(Quantity::Text(text.into()));
    Resources {
        requests: Some(Quantities { cpu: text("10m"), memory: text("16Mi"), ephemeral_storage: None }),
        limits: Some(Quantities { cpu: text("500m"), memory: text("64Mi"), ephemeral_storage: None }),
    }
}
