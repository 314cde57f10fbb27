//! A namespace for each test.

use std::thread;

use crate::unique;

use super::command::{kubectl, run, succeed};

/// A namespace that enforces the restricted Pod Security Standard; it is deleted, with all in it, when it is dropped.
pub struct Namespace {
    /// What it is called.
    pub name: String,
}

impl Namespace {
    /// Creates one, and fails the test if that is refused.
    pub fn create() -> Self {
        let created = Self::without_security();
        let label = "pod-security.kubernetes.io/enforce=restricted";
        succeed(&kubectl(), &["label", "namespace", &created.name, label]);
        created
    }

    /// One that admits any pod.
    pub fn without_security() -> Self {
        let name = unique("mythoughts-");
        succeed(&kubectl(), &["create", "namespace", &name]);
        Self { name }
    }

    /// Runs kubectl in this namespace; it must succeed.
    pub fn kubectl(&self, arguments: &[&str]) -> String {
        succeed(&kubectl(), &[&["--namespace", &self.name], arguments].concat())
    }

    /// Fields of an object, by a template such as `{.spec.type}`; what is not there is empty.
    pub fn field(&self, object: &str, template: &str) -> String {
        self.kubectl(&["get", object, "--output", &format!("jsonpath={template}")])
    }

    /// All that is here and not made by Kubernetes itself, as KIND/NAME.
    pub fn objects(&self) -> Vec<String> {
        let kinds = "all,configmap,ingress,persistentvolumeclaim,secret";
        let names = self.kubectl(&["get", kinds, "--output", "name"]);
        names.lines().filter(|name| *name != "configmap/kube-root-ca.crt").map(ToOwned::to_owned).collect()
    }

    /// Waits until the pods of a workload that were asked for are there and ready.
    pub fn wait_for_rollout(&self, workload: &str) {
        self.kubectl(&["rollout", "status", workload, "--timeout=180s"]);
    }

    /// Deletes the pods of a component, waits until they are gone, and until others are ready in their place.
    pub fn replace_pods(&self, component: &str, workload: &str) {
        let selector = format!("app.kubernetes.io/component={component}");
        let deleted = self.kubectl(&["delete", "pod", "--selector", &selector, "--timeout=120s"]);
        assert!(deleted.contains("deleted"), "wanted a pod of {component} to delete, met: {deleted}");
        self.wait_for_rollout(workload);
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("--- namespace {} ---", self.name);
            for what in [&["get", "pods", "--output", "wide"][..], &["get", "events", "--sort-by=.lastTimestamp"]] {
                eprintln!("{}", run(&kubectl(), &[&["--namespace", &self.name], what].concat()).text);
            }
            let logs =
                ["logs", "--selector=app.kubernetes.io/name=mythoughts", "--all-containers", "--prefix", "--tail=15"];
            eprintln!("{}", run(&kubectl(), &[&["--namespace", &self.name], &logs[..]].concat()).text);
        }
        let deleted = run(&kubectl(), &["delete", "namespace", &self.name, "--wait=false"]);
        if !deleted.success {
            eprintln!("namespace {} could not be deleted: {}", self.name, deleted.text);
        }
    }
}
