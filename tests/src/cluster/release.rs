//! A release of the chart.

use std::env;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::command::{Answer, helm, run};
use super::namespace::Namespace;

const NAME: &str = "mythoughts";
const WAIT: [&str; 2] = ["--wait", "--timeout=300s"];

/// The chart in a namespace, with the images that `ci/images` builds.
#[derive(Clone)]
pub struct Release<'a> {
    /// Where it is.
    pub namespace: &'a Namespace,
    helm: String,
    settings: Vec<String>,
}

impl<'a> Release<'a> {
    /// Not installed yet; `values` is a file of the folder values/. The images' tag is that of `ci/images`, unless the
    /// variable `IMAGE_TAG` says another.
    pub fn new(namespace: &'a Namespace, values: Option<&str>) -> Self {
        let file = values.map(|name| format!("--values={}", repository().join("values").join(name).display()));
        let release = Self { namespace, helm: helm(), settings: file.into_iter().collect() };
        let tag = env::var("IMAGE_TAG").unwrap_or_else(|_| "dev".to_owned());
        release.set("image.registry=localhost").set(&format!("image.tag={tag}"))
    }

    /// The same, driven by another Helm.
    #[must_use]
    pub fn with_helm(mut self, helm: String) -> Self {
        self.helm = helm;
        self
    }

    /// The same with a value: `path=value`.
    #[must_use]
    pub fn set(mut self, value: &str) -> Self {
        self.settings.push(format!("--set={value}"));
        self
    }

    /// The same with a flag of `helm install` and `helm upgrade`.
    #[must_use]
    pub fn flag(mut self, flag: &str) -> Self {
        self.settings.push(flag.to_owned());
        self
    }

    /// The same with one more file of values, by its path in the repository.
    #[must_use]
    pub fn values(mut self, path: &str) -> Self {
        self.settings.push(format!("--values={}", repository().join(path).display()));
        self
    }

    /// The same with host names of this namespace, so that tests may run side by side on one Ingress controller.
    #[must_use]
    pub fn with_own_hosts(self, components: &[&str]) -> Self {
        components.iter().fold(self, |release, component| {
            let host = release.host(component);
            release.set(&format!("{component}.ingress.host={host}"))
        })
    }

    /// The host name of a component in this namespace.
    pub fn host(&self, component: &str) -> String {
        format!("{component}.{}.example.local", self.namespace.name)
    }

    /// Installs it and waits until all of it is ready.
    pub fn install(&self) {
        self.must_succeed("install", &self.try_install());
    }

    /// Installs it; may fail.
    pub fn try_install(&self) -> Answer {
        self.apply("install", &WAIT)
    }

    /// Upgrades it to the present settings and waits until all of it is ready.
    pub fn upgrade(&self) {
        self.must_succeed("upgrade", &self.apply("upgrade", &WAIT));
    }

    /// Installs or upgrades it (`verb`) without waiting for its pods.
    pub fn begin(&self, verb: &str) {
        self.must_succeed(verb, &self.apply(verb, &[]));
    }

    /// Upgrades it to the present settings, and gives up after this many seconds; may fail.
    pub fn try_upgrade(&self, seconds: u32) -> Answer {
        let timeout = format!("--timeout={seconds}s");
        self.apply("upgrade", &["--wait", &timeout])
    }

    /// Goes back to a revision, or to the one before, and waits until all of it is ready.
    pub fn roll_back(&self, revision: Option<u32>) {
        let revision = revision.unwrap_or_default().to_string();
        self.must_succeed("rollback", &self.helm(&[&["rollback", NAME, &revision], &WAIT[..]].concat()));
    }

    /// Runs `helm test`.
    pub fn test(&self) {
        self.must_succeed("test", &self.helm(&["test", NAME, "--timeout=120s"]));
    }

    /// What Helm tells who has installed it.
    pub fn notes(&self) -> String {
        let answer = self.helm(&["get", "notes", NAME]);
        self.must_succeed("get notes", &answer);
        answer.text
    }

    /// Uninstalls it and waits until its pods are gone.
    pub fn uninstall(&self) {
        let answer = self.helm(&["uninstall", NAME, "--wait", "--cascade=foreground", "--timeout=180s"]);
        self.must_succeed("uninstall", &answer);
    }

    /// A value of a Secret.
    pub fn secret(&self, name: &str, key: &str) -> String {
        let path = format!("{{.data.{}}}", key.replace('.', "\\."));
        let encoded = self.namespace.field(&format!("secret/{name}"), &path);
        let value = STANDARD.decode(&encoded).expect("a Secret's values are base64");
        assert!(!value.is_empty(), "wanted a value for {key} in the Secret {name}, met none");
        String::from_utf8(value).expect("our secrets are text")
    }

    fn apply(&self, verb: &str, flags: &[&str]) -> Answer {
        let chart = repository().join("chart").display().to_string();
        let mut arguments = [&[verb, NAME, &chart], flags].concat();
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
pub fn repository() -> PathBuf {
    let built = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    env::var_os("REPOSITORY").map_or_else(|| PathBuf::from(built), PathBuf::from)
}
