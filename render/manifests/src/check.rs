//! What a chart renders beside what the model builds for the same values.

mod locate;
mod made;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::rc::Rc;

use anyhow::Context;
use kubevalidate::compare;
use kubevalidate::normal;
use render::govalue::{Map, Value, json};
use render::{Chart, Environment, File, KNOWN_RSA_KEYS, Manifest, Options, Renderer, Table, TemplateLine};
use serde_json::Value as Json;

use crate::Values;
use crate::model::{self, Made, Object, Refused, Release};
use locate::Lines;

/// The key that both find ready: a new one takes seconds.
const MADE_KEY: &str = KNOWN_RSA_KEYS[0];
/// Which of many characters each password is made of.
const MADE_CHOICE: u64 = 23;
/// The password that an install makes, as the system needs it.
const MADE_PASSWORD: &str = "{{ randAlphaNum 32 }}";

/// Each object that the values have.
const EXTRA_OBJECTS: &str = "{{ range .Values.extraObjects }}\n---\n{{ tpl (toYaml .) $ }}\n{{ end }}";

/// A field, or a whole object, that one side has otherwise than the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// `Service default/mythoughts-users`
    pub object: String,
    /// `spec.ports[http].port`; empty for the whole object.
    pub path: String,
    /// What the chart has; of the texts in a Secret only the length.
    pub chart: Option<Json>,
    /// What the model has, likewise.
    pub model: Option<Json>,
    /// The lines of templates that made the field, or what it would stand in; none for an object that the chart lacks.
    pub lines: Vec<TemplateLine>,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |value: &Option<Json>| value.as_ref().map_or_else(|| "nothing".into(), Json::to_string);
        writeln!(formatter, "{}: {}", self.object, if self.path.is_empty() { "the whole object" } else { &self.path })?;
        writeln!(formatter, "  chart: {}", side(&self.chart))?;
        write!(formatter, "  model: {}", side(&self.model))?;
        self.lines
            .iter()
            .try_for_each(|line| write!(formatter, "\n  {}:{}: {}", line.file, line.line, line.text.trim()))
    }
}

/// Compares every object of a chart with the model's, for a release and the values that the options give.
///
/// The differences stand in the order of kinds and names. An error says what cannot be read or rendered, or why the
/// model has nothing for these values.
pub fn check(chart: &Chart, release: &render::Release, options: &Options) -> anyhow::Result<Vec<Difference>> {
    check_against(model::manifests, chart, release, options)
}

/// As [`check`], with another model.
pub fn check_against(
    model: impl Fn(&Values, &Release) -> Result<Vec<Object>, Refused>,
    chart: &Chart,
    release: &render::Release,
    options: &Options,
) -> anyhow::Result<Vec<Difference>> {
    let run = Run::new(model, chart, release, options)?;
    run.differences(&Sides::new(&run.manifests, &run.model, &release.namespace)?)
}

/// As [`check`], of what another Helm printed for the same chart, release and values.
///
/// What an install makes at random need only look like what it should be: nobody knows its chance.
pub fn check_rendered(
    text: &[u8],
    chart: &Chart,
    release: &render::Release,
    options: &Options,
) -> anyhow::Result<Vec<Difference>> {
    let run = Run::new(model::manifests, chart, release, options)?;
    let files = BTreeMap::from([("what was rendered".to_owned(), text.to_owned())]);
    let sorted = render::manifest::sort(&files, run.renderer.helm)?;
    let manifests: Vec<_> = sorted.manifests.into_iter().chain(sorted.hooks).collect();
    let mut sides = Sides::new(&manifests, &run.model, &release.namespace)?;
    for (key, object) in &mut sides.chart {
        if let Some(model) = sides.model.get(key) {
            made::align(object, model, &run.made);
        }
    }
    run.differences(&sides)
}

/// A chart rendered with values, and the model's objects for the same.
struct Run<'a> {
    renderer: Renderer,
    chart: &'a Chart,
    options: &'a Options,
    prepared: Chart,
    values: Map,
    manifests: Vec<Manifest>,
    model: Vec<Object>,
    made: Made,
}

impl<'a> Run<'a> {
    fn new(
        model: impl Fn(&Values, &Release) -> Result<Vec<Object>, Refused>,
        chart: &'a Chart,
        release: &render::Release,
        options: &'a Options,
    ) -> anyhow::Result<Self> {
        let renderer = renderer(release);
        let given = options.values(renderer.helm)?;
        let output = renderer.render(chart, &given)?;
        let (prepared, coalesced) = renderer.prepare(chart, &given)?;
        let known = known(&renderer, chart, &given)?;
        let model = model(&typed(&coalesced.values)?, &known).context("the model refuses the values")?;
        let manifests = output.manifests.into_iter().chain(output.hooks).collect();
        Ok(Self { renderer, chart, options, prepared, values: coalesced.values, manifests, model, made: known.made })
    }

    fn differences(&self, sides: &Sides) -> anyhow::Result<Vec<Difference>> {
        let (values, options) = (&self.values, self.options);
        let (renderer, chart, prepared) = (&self.renderer, self.chart, &self.prepared);
        let mut lines = Lines { renderer, chart, prepared, values, options, rendered: BTreeMap::new() };
        let mut all = Vec::new();
        let keys: BTreeSet<_> = sides.chart.keys().chain(sides.model.keys()).collect();
        for key in keys {
            let found = compare::compare(sides.model.get(key), sides.chart.get(key));
            for mut field in found {
                compare::hide(&key.0, &mut field);
                let lines = self.own(key).map(|manifest| lines.of(manifest, &field.path)).transpose()?;
                all.push(Difference {
                    object: title(key),
                    path: field.path.to_string(),
                    chart: field.new,
                    model: field.old,
                    lines: lines.unwrap_or_default(),
                });
            }
        }
        Ok(all)
    }

    /// The object as it is rendered here, with the template that it comes from.
    fn own(&self, (kind, namespace, name): &Key) -> Option<&Manifest> {
        let is_here = *namespace == self.renderer.release.namespace;
        self.manifests.iter().find(|manifest| is_here && manifest.kind == *kind && manifest.name == *name)
    }
}

fn renderer(release: &render::Release) -> Renderer {
    let environment = Environment::new().with_choice(MADE_CHOICE).with_rsa_key(MADE_KEY);
    Renderer { release: release.clone(), environment: Rc::new(environment), ..Renderer::default() }
}

fn typed(values: &Map) -> anyhow::Result<Values> {
    let text = json::marshal(&Value::from(values.clone())).map_err(anyhow::Error::msg)?;
    Values::read(serde_json::from_slice(&text)?).context("the values do not fit their types")
}

/// What the model is told of the release: what the chart itself says, and the same chance.
fn known(renderer: &Renderer, chart: &Chart, given: &Table) -> anyhow::Result<Release> {
    let metadata = &chart.metadata;
    Ok(Release {
        name: renderer.release.name.clone(),
        namespace: renderer.release.namespace.clone(),
        is_upgrade: renderer.release.is_upgrade,
        // Nothing is looked up in a cluster.
        installed: BTreeSet::new(),
        revision: renderer.release.revision,
        chart: metadata.name.clone(),
        version: metadata.version.clone(),
        app_version: metadata.app_version.clone(),
        test_script: text(chart, "files/test.sh")?,
        connect_script: text(chart, "files/connect.sh")?,
        backup_script: text(chart, "files/backup.sh")?,
        restore_script: text(chart, "files/restore.sh")?,
        volume_script: text(chart, "files/volume.sh")?,
        dashboards: dashboards(chart)?,
        extra_objects: extra_objects(renderer, chart, given)?,
        made: Made { password: made_password(renderer)?, private_key: MADE_KEY.into() },
    })
}

/// A file that is no template.
fn text(chart: &Chart, name: &str) -> anyhow::Result<String> {
    let file = chart.files.iter().find(|file| file.name == name);
    let file = file.with_context(|| format!("the chart has no {name}"))?;
    Ok(String::from_utf8_lossy(file.data()?).into_owned())
}

fn dashboards(chart: &Chart) -> anyhow::Result<BTreeMap<String, String>> {
    let names = chart.files.iter().filter_map(|file| file.name.strip_prefix("dashboards/"));
    let dashboards = names.filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "json"));
    dashboards.map(|name| Ok((name.to_owned(), text(chart, &format!("dashboards/{name}"))?))).collect()
}

/// The objects that the values have, whose texts are templates: executed with the chart's helpers, and nothing else of it.
fn extra_objects(renderer: &Renderer, chart: &Chart, given: &Table) -> anyhow::Result<Vec<Json>> {
    if given.get("extraObjects").is_none() {
        return Ok(Vec::new());
    }
    let is_helper = |file: &&File| !file.name.starts_with("templates/") || file.name.starts_with("templates/_");
    let helpers = chart.raw.iter().filter(is_helper).cloned();
    let chart = Chart::from_files(helpers.chain([File::new("templates/extra.yaml", EXTRA_OBJECTS)]))?;
    let output = renderer.render(&chart, given)?;
    output.manifests.iter().chain(&output.hooks).map(|manifest| Ok(manifest.object()?)).collect()
}

/// By the same chance as the chart's.
fn made_password(renderer: &Renderer) -> anyhow::Result<String> {
    let chart = Chart::from_files([
        File::new("Chart.yaml", "apiVersion: v2\nname: chance\nversion: 0.1.0\n"),
        File::new("templates/NOTES.txt", MADE_PASSWORD),
    ])?;
    Ok(renderer.render(&chart, &Table::new())?.notes)
}

/// Kind, namespace and name.
type Key = (String, String, String);

/// Both sides in normal form, by what pairs them.
struct Sides {
    chart: BTreeMap<Key, Json>,
    model: BTreeMap<Key, Json>,
}

impl Sides {
    fn new(manifests: &[Manifest], model: &[Object], namespace: &str) -> anyhow::Result<Self> {
        let objects: Vec<Json> = manifests.iter().map(Manifest::object).collect::<Result<_, _>>()?;
        let mut chart = BTreeMap::new();
        let forms = normal::forms(objects.clone(), namespace);
        for ((manifest, object), form) in manifests.iter().zip(objects).zip(forms) {
            let namespace = object["metadata"]["namespace"].as_str().unwrap_or(namespace);
            let key = (manifest.kind.clone(), namespace.to_owned(), manifest.name.clone());
            let twice = format!("the chart renders {} twice", title(&key));
            anyhow::ensure!(chart.insert(key, form).is_none(), twice);
        }
        let forms = normal::forms(model.iter().map(|object| object.json.clone()).collect(), namespace);
        let keys = model.iter().map(|object| (object.kind.clone(), object.namespace.clone(), object.name.clone()));
        Ok(Self { chart, model: keys.zip(forms).collect() })
    }
}

fn title((kind, namespace, name): &Key) -> String {
    format!("{kind} {namespace}/{name}")
}
