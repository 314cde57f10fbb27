//! Which file or flag each value came from.

use std::collections::BTreeMap;

use govalue::{Map, Value};
use serde_json::Value as Json;

use super::Options;
use crate::{Chart, Error, HelmVersion, Table};

/// What was said for each value by its path, the last counts: the value, and the file or flag that says it. `-f` files
/// are known by their names, flags as they were given, and there is the `values.yaml` of the chart or a subchart.
type Provenance = BTreeMap<String, Vec<Source>>;

/// A value that was given for a path, and by what.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// A file or a flag.
    pub origin: String,
    /// What it says.
    pub value: Json,
    /// Whether it is the chart's own or a subchart's.
    pub is_default: bool,
}

/// A value with its path and where it came from.
#[derive(Clone, Debug)]
pub struct Sourced {
    /// `image.tag`
    pub path: String,
    /// The value; an object only if it is empty.
    pub value: Value,
    /// A file or a flag; nothing for what Helm adds itself.
    pub origin: Option<String>,
    /// What else was said for it, which this one won over; the last first.
    pub over: Vec<Source>,
    /// Whether a file or a flag gives it, rather than a chart.
    pub is_given: bool,
    /// Whether neither the chart nor a subchart has a value of this path: perhaps one that was misspelt.
    pub is_unknown: bool,
}

/// Each value that a chart is rendered with, in the order of their paths, and where it came from.
pub fn sourced(chart: &Chart, values: &Map, options: &Options, version: HelmVersion) -> Result<Vec<Sourced>, Error> {
    let origins = provenance(chart, options, version)?;
    let mut all = Vec::new();
    leaves(values, "", &mut |path, value| {
        let sources = origins.get(path).or_else(|| origin_above(&origins, path));
        all.push(Sourced::new(path, value, sources.map(Vec::as_slice).unwrap_or_default()));
    });
    Ok(all)
}

impl Sourced {
    fn new(path: &str, value: &Value, sources: &[Source]) -> Self {
        let (last, over) = sources.split_last().map_or((None, [].as_slice()), |(last, over)| (Some(last), over));
        Self {
            path: path.to_owned(),
            value: value.clone(),
            origin: last.map(|source| source.origin.clone()),
            over: over.iter().rev().cloned().collect(),
            is_given: last.is_some_and(|source| !source.is_default),
            is_unknown: !sources.is_empty() && !sources.iter().any(|source| source.is_default),
        }
    }
}

/// An element of a list that a flag set is found under the list.
fn origin_above<'a>(origins: &'a Provenance, path: &str) -> Option<&'a Vec<Source>> {
    let (above, _) = path.rsplit_once('.')?;
    origins.get(above)
}

/// Later ones win, as when the values are put together.
fn provenance(chart: &Chart, options: &Options, version: HelmVersion) -> Result<Provenance, Error> {
    let mut origins = Provenance::new();
    add_chart(chart, "", "", &mut origins);
    for (origin, table) in options.each(version)? {
        add_table(&table, "", &origin, false, &mut origins);
    }
    Ok(origins)
}

/// A chart's own values win over those of its subcharts.
fn add_chart(chart: &Chart, prefix: &str, folder: &str, origins: &mut Provenance) {
    for child in &chart.dependencies {
        let name = &child.metadata.name;
        add_chart(child, &format!("{prefix}{name}."), &format!("{folder}charts/{name}/"), origins);
    }
    add_table(&chart.values, prefix, &format!("{folder}values.yaml"), true, origins);
}

fn add_table(table: &Table, prefix: &str, origin: &str, is_default: bool, origins: &mut Provenance) {
    for (key, value) in table {
        let path = format!("{prefix}{key}");
        match value {
            Json::Object(inner) if !inner.is_empty() => {
                add_table(inner, &format!("{path}."), origin, is_default, origins);
            }
            _ => {
                let source = Source { origin: origin.to_owned(), value: value.clone(), is_default };
                origins.entry(path).or_default().push(source);
            }
        }
    }
}

fn leaves(map: &Map, prefix: &str, visit: &mut dyn FnMut(&str, &Value)) {
    for (key, value) in map.entries() {
        let path = format!("{prefix}{key}");
        match &value {
            Value::Map(inner) if !inner.is_empty() => leaves(inner, &format!("{path}."), visit),
            _ => visit(&path, &value),
        }
    }
}
