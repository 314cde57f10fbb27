//! A release with values, and what must hold for it.

use std::fmt;
use std::path::PathBuf;
use std::rc::Rc;

use kubevalidate::{Set, Settings, Severity, kube_versions, validate};
use mythoughts_manifests::{Release, Values, check, manifests};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use render::{Chart, Environment, Error, HelmVersion, KNOWN_RSA_KEYS, Options, Rendered, Renderer};
use serde_json::Value as Json;
use tempfile::TempDir;

use super::document::documents;
use super::faults::Fault;
use super::schema::over;
use super::sensible::sensible;
use crate::common::{root, yaml};

/// A release and the values that somebody gives it.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) namespace: String,
    pub(super) values: Json,
}

impl fmt::Debug for Case {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "release {} in {} with {}", self.name, self.namespace, self.values)
    }
}

/// What chart and model make of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The same objects.
    Agreed,
    /// Nothing, for the same reason.
    Refused,
}

/// The chart, its own values, and a place for a values file.
pub(super) struct Bench {
    pub(super) chart: Chart,
    pub(super) defaults: Json,
    folder: TempDir,
}

/// A key that is ready: a new one takes seconds.
pub(super) const KEY: &str = KNOWN_RSA_KEYS[0];
/// Helm's names of releases: labels with dots between them, at most 53 characters.
const RELEASE: &str = r"[a-z0-9]([-a-z0-9]{0,8}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,3}[a-z0-9])?){0,2}";
const LONGEST_RELEASE: usize = 53;

impl Bench {
    pub(super) fn new() -> Self {
        let chart = root().join("chart");
        Self {
            chart: Chart::load(&chart).unwrap(),
            defaults: yaml(&chart.join("values.yaml")),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(super) fn schema() -> Json {
        serde_json::from_slice(&std::fs::read(root().join("chart/values.schema.json")).unwrap()).unwrap()
    }

    /// Cases of all kinds.
    pub(super) fn cases(&self) -> impl Strategy<Value = Case> + use<> {
        let defaults = self.defaults.clone();
        let values = documents(&Self::schema(), &defaults).prop_map(move |values| sensible(values, &defaults));
        let name = prop_oneof![
            4 => RELEASE,
            1 => (RELEASE, 30..=LONGEST_RELEASE).prop_map(|(name, length)| name.chars().cycle().take(length - 1).chain(['x']).collect()),
            1 => Just("mythoughts".to_owned()),
        ];
        let name =
            name.prop_filter("a name that Helm takes", |name: &String| !name.contains("..") && !name.contains("-."));
        let namespace = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
        (name, namespace, values).prop_map(|(name, namespace, values)| Case { name, namespace, values })
    }

    /// Writes the values as a user gives them.
    pub(super) fn values_file(&self, case: &Case) -> PathBuf {
        let path = self.folder.path().join("values.yaml");
        std::fs::write(&path, case.values.to_string()).unwrap();
        path
    }

    /// Chart and model say the same, and Kubernetes takes it; or both refuse for the same reason.
    pub(super) fn examine(&self, case: &Case) -> Result<Outcome, TestCaseError> {
        let options = Options { files: vec![self.values_file(case).display().to_string()], ..Options::default() };
        let renderer = renderer(case);
        let given = options.values(renderer.helm).map_err(fail)?;
        match renderer.render(&self.chart, &given) {
            Ok(output) => {
                let differences = check(&self.chart, &renderer.release, &options).map_err(fail)?;
                let shown: Vec<_> = differences.iter().map(ToString::to_string).collect();
                prop_assert!(shown.is_empty(), "{}", shown.join("\n"));
                no_errors(&output, &case.namespace)?;
                Ok(Outcome::Agreed)
            }
            Err(Error::Template(refusal)) => self.model_refuses(case, &refusal.text),
            Err(error) => Err(fail(error)),
        }
    }

    /// The schema refuses a fault, and names its key.
    pub(super) fn refuses(&self, case: &Case, fault: &Fault) -> Result<(), TestCaseError> {
        let options = Options { files: vec![self.values_file(case).display().to_string()], ..Options::default() };
        let given = options.values(HelmVersion::default()).map_err(fail)?;
        let Err(error) = renderer(case).render(&self.chart, &given) else {
            return Err(TestCaseError::fail(format!("the chart accepts {}", fault.what)));
        };
        let Error::Schema(message) = &error else { return Err(fail(error)) };
        let place = format!("'/{}", fault.path.join("/"));
        let is_named = message.contains(&format!("'{}'", fault.key)) || message.contains(&place);
        prop_assert!(is_named, "wanted {} to be named, met {message}", fault.key);
        Ok(())
    }

    fn model_refuses(&self, case: &Case, refusal: &str) -> Result<Outcome, TestCaseError> {
        let values = Values::read(over(&self.defaults, &case.values)).map_err(fail)?;
        let known = Release {
            name: case.name.clone(),
            namespace: case.namespace.clone(),
            chart: "mythoughts".into(),
            ..Release::default()
        };
        let Err(reasons) = manifests(&values, &known) else {
            return Err(TestCaseError::fail(format!("the chart alone refuses: {refusal}")));
        };
        let is_told = reasons.0.iter().any(|reason| refusal.contains(reason));
        prop_assert!(is_told, "the chart refuses: {refusal}\nthe model: {reasons}");
        Ok(Outcome::Refused)
    }
}

fn renderer(case: &Case) -> Renderer {
    let environment = Rc::new(Environment::new().with_rsa_key(KEY));
    Renderer { release: render::Release::new(&case.name, &case.namespace), environment, ..Renderer::default() }
}

fn fail(error: impl fmt::Display) -> TestCaseError {
    TestCaseError::fail(format!("{error:#}"))
}

/// Of custom resources whose operators' own are not to be had.
fn definitions() -> Result<Set, TestCaseError> {
    let mut set = Set::default();
    for entry in std::fs::read_dir(root().join("ci/schemas/definitions")).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let text = std::fs::read(&path).map_err(fail)?;
        set.read(&path.display().to_string(), &text).map_err(fail)?;
    }
    Ok(set)
}

/// By the schemas and rules of the oldest and of the newest Kubernetes that is known.
fn no_errors(rendered: &Rendered, namespace: &str) -> Result<(), TestCaseError> {
    let mut set = Set::new(namespace);
    for manifest in rendered.manifests.iter().chain(&rendered.hooks) {
        set.read(&manifest.source, &manifest.text).map_err(fail)?;
    }
    for kube_version in kube_versions().next().into_iter().chain(kube_versions().last()) {
        let settings = Settings { kube_version, definitions: definitions()?, ..Settings::default() };
        let findings = validate(&set, &settings);
        let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        prop_assert!(errors.is_empty(), "Kubernetes {kube_version}: {errors:#?}");
    }
    Ok(())
}
