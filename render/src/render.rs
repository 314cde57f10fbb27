//! From a chart and values to manifests: what `helm template` does.

use std::collections::BTreeMap;
use std::rc::Rc;

use gotemplate::Limits;
use govalue::Map;
use sprig::Environment;

use crate::chart::Crd;
use crate::engine::{self, Input, Lookup, Trace};
use crate::manifest::{self, Manifest};
use crate::{Capabilities, Chart, Error, HelmVersion, Table, values};

/// The release that a chart is rendered for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// `.Release.Name`
    pub name: String,
    /// `.Release.Namespace`
    pub namespace: String,
    /// `.Release.IsUpgrade`; `.Release.IsInstall` is the opposite.
    pub is_upgrade: bool,
    /// `.Release.Revision`
    pub revision: i64,
}

impl Default for Release {
    /// What `helm template` takes: `release-name` in `default`, an installation.
    fn default() -> Self {
        Self { name: "release-name".into(), namespace: "default".into(), is_upgrade: false, revision: 1 }
    }
}

impl Release {
    /// An installation of this name, in this namespace.
    pub fn new(name: impl Into<String>, namespace: impl Into<String>) -> Self {
        Self { name: name.into(), namespace: namespace.into(), ..Self::default() }
    }

    /// By Helm's rule: DNS labels with dots between them, 53 characters.
    fn check(&self, version: HelmVersion) -> Result<(), Error> {
        if is_release_name(&self.name) {
            return Ok(());
        }
        let prefix = if version == HelmVersion::V4 { "release name check failed: " } else { "" };
        let name = crate::error::quote(&self.name);
        let problem = if self.name.is_empty() { "no name provided" } else { INVALID_NAME };
        Err(Error::Values(format!("{prefix}release name {name}: {problem}")))
    }
}

const INVALID_NAME: &str = r"invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer than 53";

fn is_release_name(name: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_label = |label: &str| {
        label.bytes().all(|byte| is_inner(byte) || byte == b'-')
            && label.bytes().next().is_some_and(is_inner)
            && label.bytes().last().is_some_and(is_inner)
    };
    (1..=53).contains(&name.len()) && name.split('.').all(is_label)
}

/// How charts are rendered: which Helm to be, for which release and cluster, with which clock and chance.
///
/// ```
/// use render::{Chart, File, Release, Renderer};
/// let chart = Chart::from_files([
///     File::new("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
///     File::new("values.yaml", "replicas: 2\n"),
///     File::new("templates/web.yaml", "kind: Deployment\nspec: {replicas: {{ .Values.replicas }}}\n"),
/// ])?;
/// let renderer = Renderer { release: Release::new("mine", "shops"), ..Renderer::default() };
/// let rendered = renderer.render(&chart, &serde_json::from_str(r#"{"replicas": 3}"#)?)?;
/// let manifest = &rendered.manifests[0];
/// assert_eq!((manifest.kind.as_str(), manifest.source.as_str()), ("Deployment", "shop/templates/web.yaml"));
/// assert_eq!(manifest.object()?["spec"]["replicas"], 3.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Renderer {
    /// Which Helm to be.
    pub helm: HelmVersion,
    /// The release to render for.
    pub release: Release,
    /// What templates are told of the cluster and of Helm.
    pub capabilities: Capabilities,
    /// The clock, randomness and keys.
    pub environment: Rc<Environment>,
    /// What `lookup` answers; nothing without.
    pub lookup: Option<Lookup>,
    /// How far templates may go.
    pub limits: Limits,
    /// Whether values need not meet `values.schema.json`.
    pub skip_schema_validation: bool,
}

impl Default for Renderer {
    fn default() -> Self {
        Self::of(HelmVersion::default())
    }
}

/// What a chart renders to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The manifests that are installed, in Helm's order.
    pub manifests: Vec<Manifest>,
    /// The hooks, in Helm's order.
    pub hooks: Vec<Manifest>,
    /// The custom resource definitions of `crds/`, which are no templates.
    pub crds: Vec<Crd>,
    /// What `NOTES.txt` of the chart itself says.
    pub notes: String,
    /// What Helm would have printed on standard error.
    pub warnings: Vec<String>,
}

impl Renderer {
    /// As this Helm does by default.
    pub fn of(helm: HelmVersion) -> Self {
        Self {
            helm,
            release: Release::default(),
            capabilities: Capabilities::of(helm),
            environment: Rc::default(),
            lookup: None,
            limits: Limits::default(),
            skip_schema_validation: false,
        }
    }

    /// Renders a chart with values over its own.
    ///
    /// The error is Helm's: of values that do not fit, of a template with its place, of a manifest that is no YAML.
    pub fn render(&self, chart: &Chart, given: &Table) -> Result<Rendered, Error> {
        chart.check_installable(self.helm)?;
        self.release.check(self.helm)?;
        let (chart, coalesced) = self.prepare(chart, given)?;
        self.capabilities.check(Some(&chart.metadata.kube_version), self.helm)?;
        let mut files = self.files(&chart, &coalesced.values, None)?;
        let notes = take_notes(&mut files, &chart.metadata.name);
        let sorted = manifest::sort(&files, self.helm).map_err(Error::Manifest)?;
        let warnings = chart.warnings.iter().chain(&coalesced.warnings).cloned().collect();
        Ok(Rendered { manifests: sorted.manifests, hooks: sorted.hooks, crds: chart.crds(), notes, warnings })
    }

    /// What one file of a prepared chart renders to; an error if there is none of this path.
    pub fn file(&self, chart: &Chart, values: &Map, path: &str) -> Result<Vec<u8>, Error> {
        let mut files = self.files(chart, values, None)?;
        files.remove(path).ok_or_else(|| Error::Values(format!("could not find template {path} in chart")))
    }

    /// What every file of a prepared chart renders to.
    pub(crate) fn files(
        &self,
        chart: &Chart,
        values: &Map,
        trace: Option<Trace>,
    ) -> Result<BTreeMap<String, Vec<u8>>, Error> {
        engine::render(&Input {
            chart,
            values,
            release: &self.release,
            capabilities: &self.capabilities,
            version: self.helm,
            environment: &self.environment,
            lookup: self.lookup.as_ref(),
            limits: self.limits,
            trace,
        })
    }

    /// The chart with those of its dependencies that the values turn on, and the values that it is rendered with.
    pub fn prepare(&self, chart: &Chart, given: &Table) -> Result<(Chart, values::Coalesced), Error> {
        let chart = chart.with_dependencies(given, self.helm)?;
        let coalesced = if self.skip_schema_validation {
            values::coalesce(&chart, given, self.helm)?
        } else {
            values::checked(&chart, given, self.helm)?
        };
        Ok((chart, coalesced))
    }
}

/// Takes every `NOTES.txt` out: none is a manifest.
fn take_notes(files: &mut BTreeMap<String, Vec<u8>>, chart: &str) -> String {
    let own = files.remove(&format!("{chart}/templates/NOTES.txt")).unwrap_or_default();
    files.retain(|path, _| !path.ends_with("NOTES.txt"));
    String::from_utf8_lossy(&own).into_owned()
}
