//! Two values, field by field.

mod hide;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use hide::hide;
use serde_json::Value as Json;

/// By which of its fields Kubernetes tells an element of a list from others, in the order in which they are tried.
const MERGE_KEYS: [&str; 5] = ["mountPath", "name", "path", "host", "ip"];

/// Where a field is.
#[derive(Clone, Debug, Default)]
pub struct Path(
    /// The steps from the object on.
    pub Vec<Step>,
);

/// From a value to one in it.
#[derive(Clone, Debug)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An element of a list: what it is called, and its index if the chart has it.
    Element(String, Option<usize>),
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Element(name, _) => write!(formatter, "[{name}]")?,
                Step::Key(key) if index == 0 => formatter.write_str(key)?,
                Step::Key(key) if key.contains(['.', '/']) => write!(formatter, "[{key:?}]")?,
                Step::Key(key) => write!(formatter, ".{key}")?,
            }
        }
        Ok(())
    }
}

/// A place where the two differ.
pub struct Field {
    /// Where.
    pub path: Path,
    /// What the one has there.
    pub chart: Option<Json>,
    /// What the other has there.
    pub model: Option<Json>,
}

/// Adds where two values differ, each as deep as both have it.
pub fn compare(path: &mut Path, chart: Option<&Json>, model: Option<&Json>, found: &mut Vec<Field>) {
    match (chart, model) {
        (Some(Json::Object(chart)), Some(Json::Object(model))) => {
            for key in chart.keys().chain(model.keys()).collect::<BTreeSet<_>>() {
                path.0.push(Step::Key(key.clone()));
                compare(path, chart.get(key), model.get(key), found);
                path.0.pop();
            }
        }
        (Some(Json::Array(chart)), Some(Json::Array(model))) => elements(path, chart, model, found),
        (chart, model) if chart == model => {}
        (chart, model) => {
            found.push(Field { path: path.clone(), chart: chart.cloned(), model: model.cloned() });
        }
    }
}

/// Pairs elements by what tells them apart, else by their order.
fn elements(path: &mut Path, chart: &[Json], model: &[Json], found: &mut Vec<Field>) {
    let key = if is_ordered(path) { None } else { merge_key(chart, model) };
    let named = |items: &[Json]| -> BTreeMap<String, usize> {
        items.iter().enumerate().map(|(index, item)| (name(item, key, index), index)).collect()
    };
    let (chart_names, model_names) = (named(chart), named(model));
    for name in chart_names.keys().chain(model_names.keys()).collect::<BTreeSet<_>>() {
        let (chart_index, model_index) = (chart_names.get(name), model_names.get(name));
        path.0.push(Step::Element(name.clone(), chart_index.copied()));
        compare(
            path,
            chart_index.and_then(|index| chart.get(*index)),
            model_index.and_then(|index| model.get(*index)),
            found,
        );
        path.0.pop();
    }
}

/// Init containers run one after the other.
fn is_ordered(path: &Path) -> bool {
    matches!(path.0.last(), Some(Step::Key(key)) if key == "initContainers")
}

/// The first field that every element has, and no two alike.
fn merge_key(chart: &[Json], model: &[Json]) -> Option<&'static str> {
    let tells = |items: &[Json], key: &str| {
        let names: BTreeSet<_> = items.iter().filter_map(|item| item[key].as_str()).collect();
        names.len() == items.len()
    };
    MERGE_KEYS.into_iter().find(|key| tells(chart, key) && tells(model, key))
}

fn name(item: &Json, key: Option<&str>, index: usize) -> String {
    key.and_then(|key| item[key].as_str()).map_or_else(|| index.to_string(), str::to_owned)
}
