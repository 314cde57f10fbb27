//! A release of the chart.

use std::env;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::command::{Answer, helm, run};
use crate::namespace::Namespace;

const NAME: &str = "mythoughts";

/// The chart in a namespace, with the images that `ci/images` builds.
pub(crate) struct Release<'a> {
    pub(crate) namespace: &'a Namespace,
    helm: String,
    settings: Vec<String>,
}

impl<'a> Release<'a> {
    /// Not installed yet; `values` is a file of the folder values/.
    pub(crate) fn new(namespace: &'a Namespace, values: Option<&str>) -> Self {
        let file = values.map(|name| format!("--values={}", repository().join("values").join(name).display()));
        let release = Self { namespace, helm: helm(), settings: file.into_iter().collect() };
        release.set("image.registry=localhost").set("image.tag=dev")
    }

    /// The same, driven by another Helm.
    #[must_use]
    pub(crate) fn with_helm(mut self, helm: String) -> Self {
        self.helm = helm;
        self
    }

    /// The same with a value: `path=value`.
    #[must_use]
    pub(crate) fn set(mut self, value: &str) -> Self {
        self.settings.push(format!("--set={value}"));
        self
    }

    /// The same with host names of this namespace, so that tests may run side by side on one Ingress controller.
    #[must_use]
    pub(crate) fn with_own_hosts(self, components: &[&str]) -> Self {
        components.iter().fold(self, |release, component| {
            let host = release.host(component);
            release.set(&format!("{component}.ingress.host={host}"))
        })
    }

    /// The host name of a component in this namespace.
    pub(crate) fn host(&self, component: &str) -> String {
        format!("{component}.{}.example.local", self.namespace.name)
    }

    /// Installs it and waits until all of it is ready.
    pub(crate) fn install(&self) {
        self.must_succeed("install", &self.try_install());
    }

    /// Installs it; may fail.
    pub(crate) fn try_install(&self) -> Answer {
        self.apply("install")
    }

    /// Upgrades it to the present settings and waits until all of it is ready.
    pub(crate) fn upgrade(&self) {
        self.must_succeed("upgrade", &self.apply("upgrade"));
    }

    /// Runs `helm test`.
    pub(crate) fn test(&self) {
        self.must_succeed("test", &self.helm(&["test", NAME, "--timeout=120s"]));
    }

    /// Uninstalls it and waits until its pods are gone.
    pub(crate) fn uninstall(&self) {
        let answer = self.helm(&["uninstall", NAME, "--wait", "--cascade=foreground", "--timeout=180s"]);
        self.must_succeed("uninstall", &answer);
    }

    /// A value of a Secret.
    pub(crate) fn secret(&self, name: &str, key: &str) -> String {
        let path = format!("{{.data.{}}}", key.replace('.', "\\."));
        let encoded = self.namespace.field(&format!("secret/{name}"), &path);
        let value = STANDARD.decode(&encoded).expect("a Secret's values are base64");
        assert!(!value.is_empty(), "wanted a value for {key} in the Secret {name}, met none");
        String::from_utf8(value).expect("our secrets are text")
    }

    fn apply(&self, verb: &str) -> Answer {
        let chart = repository().join("chart").display().to_string();
        let mut arguments = vec![verb, NAME, &chart, "--wait", "--timeout=300s"];
        arguments.extend(self.settings.iter().map(String::as_str));
        self.helm(&arguments)
    }

    fn helm(&self, arguments: &[&str]) -> Answer {
        run(&self.helm, &[arguments, &["--namespace", &self.namespace.name]].concat())
    }

    fn must_succeed(&self, verb: &str, answer: &Answer) {
        let settings = self.settings.join(" ");
        assert!(answer.success, "wanted {} {verb} to succeed with {settings}, met:\n{}", self.helm, answer.text);
    }
}

/// The root of the repository: that of the build, unless the variable `REPOSITORY` says another.
pub(crate) fn repository() -> PathBuf {
    let built = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    env::var_os("REPOSITORY").map_or_else(|| PathBuf::from(built), PathBuf::from)
}
