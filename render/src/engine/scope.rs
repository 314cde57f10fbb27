//! What each template sees: the values, files and metadata of its own chart.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

use govalue::{Map, NamedType, Value};

use super::{Input, files, metadata, object, objects};
use crate::{Chart, HelmVersion, chart};

/// A template of the chart or a subchart.
pub(super) struct Template<'a> {
    pub(super) path: String,
    pub(super) source: &'a chart::Template,
    pub(super) dot: Map,
    base_path: String,
}

impl Template<'_> {
    /// Tells the templates of this chart which of them is executed: they share their dot.
    pub(super) fn enter(&self, version: HelmVersion) {
        let template = Map::volatile([("Name", self.path.as_str()), ("BasePath", self.base_path.as_str())]);
        self.dot.insert_volatile("Template", template.named(objects::values_type(version)));
    }
}

/// All templates, in the order in which Helm parses and executes them: the deeper in folders the sooner.
pub(super) fn templates<'a>(input: &Input<'a>, unread: &files::Unread) -> Vec<Template<'a>> {
    let mut collector = Collector { version: input.version, unread: Rc::clone(unread), templates: BTreeMap::new() };
    let root = object([
        ("Capabilities", objects::capabilities(input.capabilities, input.version)),
        ("Release", release(input)),
        ("Values", input.values.clone().named(objects::values_type(input.version)).into()),
    ]);
    collector.collect(input.chart, &root, None);
    let mut templates: Vec<_> = collector.templates.into_values().collect();
    templates.sort_by_cached_key(|template| Reverse((depth(&template.path), template.path.clone())));
    templates
}

/// Of a library chart only the partial ones.
fn used_templates(chart: &Chart) -> impl Iterator<Item = &chart::Template> {
    let is_library = chart.metadata.kind.eq_ignore_ascii_case("library");
    chart.templates.iter().filter(move |source| !is_library || crate::manifest::is_partial(&source.file.name))
}

fn depth(path: &str) -> usize {
    path.bytes().filter(|byte| *byte == b'/').count()
}

fn release(input: &Input<'_>) -> Value {
    let release = input.release;
    object([
        ("Name", release.name.as_str().into()),
        ("Namespace", release.namespace.as_str().into()),
        ("IsUpgrade", release.is_upgrade.into()),
        ("IsInstall", (!release.is_upgrade).into()),
        ("Revision", Value::Int(release.revision)),
        ("Service", "Helm".into()),
    ])
    .into()
}

struct Collector<'a> {
    version: HelmVersion,
    unread: files::Unread,
    templates: BTreeMap<String, Template<'a>>,
}

impl<'a> Collector<'a> {
    /// Adds the templates of a chart and its subcharts; gives what the chart's templates see.
    fn collect(&mut self, chart: &'a Chart, above: &Map, parent: Option<&str>) -> Map {
        let path = parent.map_or_else(|| chart.metadata.name.clone(), |parent| chart.path_below(parent));
        let subcharts = Map::new();
        let dot = object([
            ("Chart", metadata::chart(&chart.metadata, parent.is_none(), self.version)),
            ("Files", files::files(&chart.files, &self.unread)),
            ("Release", above.get("Release").unwrap_or_default()),
            ("Capabilities", above.get("Capabilities").unwrap_or_default()),
            ("Values", self.values(chart, above, parent.is_none())),
            ("Subcharts", subcharts.clone().into()),
        ]);
        for child in &chart.dependencies {
            let below = self.collect(child, &dot, Some(&path));
            subcharts.insert(child.metadata.name.as_str(), below);
        }
        self.add(chart, &path, &dot);
        dot
    }

    /// A subchart sees what its parent has under its name: the same map, so that both see a change.
    fn values(&self, chart: &Chart, above: &Map, is_root: bool) -> Value {
        let values = above.get("Values").unwrap_or_default();
        if is_root {
            return values;
        }
        let named: &'static NamedType = objects::values_type(self.version);
        let table = chart.metadata.name.split('.').try_fold(values, |table, key| match table.as_map()?.get(key) {
            Some(Value::Map(map)) => Some(Value::Map(map)),
            _ => None,
        });
        match table {
            Some(Value::Map(map)) => map.named(named).into(),
            _ => Map::new().named(named).into(),
        }
    }

    fn add(&mut self, chart: &'a Chart, chart_path: &str, dot: &Map) {
        for source in used_templates(chart) {
            let path = format!("{chart_path}/{}", source.file.name);
            let base_path = format!("{chart_path}/templates");
            let template = Template { path: path.clone(), source, dot: dot.clone(), base_path };
            self.templates.insert(path, template);
        }
    }
}
