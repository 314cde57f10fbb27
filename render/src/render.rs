//! From a chart and values to manifests: what `helm template` does.

use std::collections::BTreeMap;
use std::mem;
use std::path::Path;
use std::rc::Rc;

use gotemplate::Limits;
use govalue::Map;
use sprig::Environment;

use crate::chart::Crd;
use crate::engine::{self, Input, Lookup, Trace};
use crate::manifest::{self, Manifest, Sorted};
use crate::parallel::{self, Results};
use crate::{Capabilities, Chart, Error, HelmVersion, Table, values, warning};

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

/// Sees a chart and its values before its templates are executed.
pub(crate) type Observe<'a> = &'a mut dyn FnMut(&Chart, &Map) -> Trace;

/// How charts are rendered: which Helm to be, for which release and cluster, with which clock and chance.
///
/// Values of templates are shared without locks, so a renderer stays on its thread; a [`Chart`] may be sent to others.
///
/// ```
/// use render::{Chart, File, Release, Renderer};
/// let chart = Chart::from_files([
///     File::new("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
///     File::new("values.yaml", "replicas: 2\n"),
///     File::new("templates/web.yaml", "kind: Deployment\nmetadata: {name: web}\nspec: {replicas: {{ .Values.replicas }}}\n"),
/// ])?;
/// let renderer = Renderer { release: Release::new("mine", "shops"), ..Renderer::default() };
/// let rendered = renderer.render(&chart, &serde_json::from_str(r#"{"replicas": 3}"#)?)?;
/// let manifest = rendered.manifest("Deployment", "web").unwrap();
/// assert_eq!(manifest.source, "shop/templates/web.yaml");
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

impl Rendered {
    /// The manifest of this kind and name that is installed; hooks are not looked at.
    pub fn manifest(&self, kind: &str, name: &str) -> Option<&Manifest> {
        self.manifests.iter().find(|manifest| manifest.kind == kind && manifest.name == name)
    }
}

/// What rendering a chart came to, also when it failed.
#[derive(Clone, Debug, Default)]
pub struct Attempt {
    /// All of it, or what there was before the error: after [`Error::Manifest`], each file as it was rendered is a
    /// manifest, as `helm template --debug` prints them.
    pub rendered: Rendered,
    /// What went wrong.
    pub error: Option<Error>,
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

    /// Reads a chart as [`Chart::load_as`] does, and parses templates meanwhile: it renders sooner.
    pub fn load(&self, path: impl AsRef<Path>) -> Result<Chart, Error> {
        let mut ahead = engine::Ahead::new(self.helm);
        Chart::load_beside(path.as_ref(), self.helm, &mut |file| ahead.see(file))
    }

    /// Renders a chart with values over its own.
    ///
    /// The error is Helm's: of values that do not fit, of a template with its place, of a manifest that is no YAML.
    pub fn render(&self, chart: &Chart, given: &Table) -> Result<Rendered, Error> {
        let Attempt { rendered, error } = self.attempt(chart, given);
        error.map_or(Ok(rendered), Err)
    }

    /// As [`Renderer::render`], with what there was before an error.
    pub fn attempt(&self, chart: &Chart, given: &Table) -> Attempt {
        self.attempt_observed(chart, given, None)
    }

    /// As [`Renderer::attempt`]. `observe` sees the chart and the values that templates get, and gives what is told of
    /// each of their steps.
    pub(crate) fn attempt_observed(&self, chart: &Chart, given: &Table, observe: Option<Observe<'_>>) -> Attempt {
        let mut rendered = Rendered { warnings: chart.warnings.clone(), ..Rendered::default() };
        let error = self.render_into(&mut rendered, chart, given, observe).err();
        Attempt { rendered, error }
    }

    fn render_into(
        &self,
        rendered: &mut Rendered,
        chart: &Chart,
        given: &Table,
        observe: Option<Observe<'_>>,
    ) -> Result<(), Error> {
        chart.check_kind()?;
        if chart.metadata.deprecated {
            rendered.warnings.push(match self.helm {
                HelmVersion::V3 => "WARNING: This chart is deprecated".into(),
                HelmVersion::V4 => warning::logged("WARN", "this chart is deprecated", &[]),
            });
        }
        chart.check_dependencies(self.helm)?;
        self.release.check(self.helm)?;
        let (chart, coalesced) = self.values(rendered, chart, given)?;
        let mut files = self.checked_files(&chart, &coalesced, observe)?;
        rendered.notes = take_notes(&mut files, &chart.metadata.name);
        let mut sorted = Sorted::default();
        let documents = files.values_mut().flat_map(|file| mem::take(&mut file.documents));
        let outcome = manifest::sort_into(&mut sorted, documents, self.helm).map_err(Error::Manifest);
        rendered.warnings.append(&mut sorted.warnings);
        rendered.hooks = sorted.hooks;
        rendered.manifests = if outcome.is_ok() { sorted.manifests } else { whole_files(files) };
        rendered.crds = if outcome.is_ok() { chart.crds() } else { Vec::new() };
        outcome
    }

    /// All rendered files by their paths. The values are checked while they are rendered, unless somebody would see
    /// what is done with wrong ones.
    fn checked_files(
        &self,
        chart: &Chart,
        values: &Map,
        observe: Option<Observe<'_>>,
    ) -> Result<BTreeMap<String, RenderedFile>, Error> {
        let mut check = (!self.skip_schema_validation).then(|| values::Check::start(chart, values));
        if observe.is_some() || self.lookup.is_some() {
            check.take().map_or(Ok(()), values::Check::finish)?;
        }
        let files = self.capabilities.check(Some(&chart.metadata.kube_version), self.helm).and_then(|()| {
            let trace = observe.map(|observe| observe(chart, values));
            self.rendered_files(chart, values, trace)
        });
        check.map_or(Ok(()), values::Check::finish)?;
        files
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
        let mut files = BTreeMap::new();
        self.execute(chart, values, trace, &mut |(path, text)| drop(files.insert(path, text)))?;
        Ok(files)
    }

    /// All rendered files by their paths; their manifests are read while the next ones are rendered.
    fn rendered_files(
        &self,
        chart: &Chart,
        values: &Map,
        trace: Option<Trace>,
    ) -> Result<BTreeMap<String, RenderedFile>, Error> {
        let mut reading = Reading::new(self.helm);
        self.execute(chart, values, trace, &mut |(path, text)| reading.add(path, text))?;
        Ok(reading.files())
    }

    fn execute(
        &self,
        chart: &Chart,
        values: &Map,
        trace: Option<Trace>,
        send: &mut dyn FnMut((String, Vec<u8>)),
    ) -> Result<(), Error> {
        let input = Input {
            chart,
            values,
            release: &self.release,
            capabilities: &self.capabilities,
            version: self.helm,
            environment: &self.environment,
            lookup: self.lookup.as_ref(),
            limits: self.limits,
            trace,
        };
        engine::render(&input, send)
    }

    /// The chart with its dependencies for these values, and the values that it sees.
    fn values(&self, rendered: &mut Rendered, chart: &Chart, given: &Table) -> Result<(Chart, Map), Error> {
        let chart = chart.with_dependencies_into(&mut rendered.warnings, given, self.helm)?;
        let values = values::coalesce_map(&(&chart).into(), &values::to_map(given), self.helm, &mut rendered.warnings);
        Ok((chart, values.map_err(Error::Values)?))
    }

    /// The chart with those of its dependencies that the values turn on, and the values that it is rendered with.
    pub fn prepare(&self, chart: &Chart, given: &Table) -> Result<(Chart, values::Coalesced), Error> {
        let chart = chart.with_dependencies(given, self.helm)?;
        let coalesced = values::coalesce(&chart, given, self.helm)?;
        if !self.skip_schema_validation {
            values::check_schema(&chart, &coalesced.values)?;
        }
        Ok((chart, coalesced))
    }
}

/// Manifests that are read, once there is enough of them by other threads.
struct Reading {
    helm: HelmVersion,
    waiting: Vec<(String, Vec<u8>)>,
    /// How much text waits.
    bytes: usize,
    read: Results<Vec<(String, RenderedFile)>>,
}

impl Reading {
    fn new(helm: HelmVersion) -> Self {
        Self { helm, waiting: Vec::new(), bytes: 0, read: Results::new() }
    }

    fn add(&mut self, path: String, text: Vec<u8>) {
        self.bytes += text.len();
        self.waiting.push((path, text));
        if parallel::is_worth(self.bytes) {
            let (helm, files) = (self.helm, mem::take(&mut self.waiting));
            self.bytes = 0;
            self.read.spawn(move || read_files(files, helm));
        }
    }

    /// All files by their paths.
    fn files(self) -> BTreeMap<String, RenderedFile> {
        let last = read_files(self.waiting, self.helm);
        self.read.collect().into_iter().flatten().chain(last).collect()
    }
}

fn read_files(files: Vec<(String, Vec<u8>)>, helm: HelmVersion) -> Vec<(String, RenderedFile)> {
    let read = |(path, text): (String, Vec<u8>)| {
        let documents = if is_notes(&path) { Vec::new() } else { manifest::documents(&path, &text, helm) };
        (path, RenderedFile { text, documents })
    };
    files.into_iter().map(read).collect()
}

/// What a template gave.
struct RenderedFile {
    text: Vec<u8>,
    documents: Vec<manifest::Document>,
}

fn is_notes(path: &str) -> bool {
    path.ends_with("NOTES.txt")
}

/// The files that are not blank, each as one manifest.
fn whole_files(files: BTreeMap<String, RenderedFile>) -> Vec<Manifest> {
    let files = files.into_iter().map(|(source, file)| (source, file.text));
    let files = files.filter(|(_, text)| !manifest::split::trim(text).is_empty());
    files.map(|(source, text)| Manifest { source, text, ..Manifest::default() }).collect()
}

/// Takes every `NOTES.txt` out: none is a manifest.
fn take_notes(files: &mut BTreeMap<String, RenderedFile>, chart: &str) -> String {
    let own = files.remove(&format!("{chart}/templates/NOTES.txt"));
    files.retain(|path, _| !is_notes(path));
    own.map_or_else(String::new, |own| String::from_utf8_lossy(&own.text).into_owned())
}
