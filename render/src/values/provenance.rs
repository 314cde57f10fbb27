//! Which file or flag each value came from.

use std::collections::BTreeMap;

use govalue::{Map, Value};
use serde_json::Value as Json;

use super::Options;
use crate::{Chart, Error, HelmVersion, Table};

/// The file or flag of each value by its path: `-f` files by their names, flags as they were given, and the
/// `values.yaml` of the chart or a subchart.
type Provenance = BTreeMap<String, String>;

/// A value with its path and where it came from.
#[derive(Clone, Debug)]
pub struct Sourced {
    /// `image.tag`
    pub path: String,
    /// The value; an object only if it is empty.
    pub value: Value,
    /// A file or a flag; nothing for what Helm adds itself.
    pub origin: Option<String>,
}

/// Each value that a chart is rendered with, in the order of their paths, and where it came from.
pub fn sourced(chart: &Chart, values: &Map, options: &Options, version: HelmVersion) -> Result<Vec<Sourced>, Error> {
    let origins = provenance(chart, options, version)?;
    let mut all = Vec::new();
    leaves(values, "", &mut |path, value| {
        let origin = origins.get(path).or_else(|| origin_above(&origins, path)).cloned();
        all.push(Sourced { path: path.to_owned(), value: value.clone(), origin });
    });
    Ok(all)
}

/// An element of a list that a flag set is found under the list.
fn origin_above<'a>(origins: &'a Provenance, path: &str) -> Option<&'a String> {
    let (above, _) = path.rsplit_once('.')?;
    origins.get(above)
}

/// Later ones win, as when the values are put together.
fn provenance(chart: &Chart, options: &Options, version: HelmVersion) -> Result<Provenance, Error> {
    let mut origins = Provenance::new();
    add_chart(chart, "", "", &mut origins);
    for (origin, table) in options.each(version)? {
        add_table(&table, "", &origin, &mut origins);
    }
    Ok(origins)
}

/// A chart's own values win over those of its subcharts.
fn add_chart(chart: &Chart, prefix: &str, folder: &str, origins: &mut Provenance) {
    for child in &chart.dependencies {
        let name = &child.metadata.name;
        add_chart(child, &format!("{prefix}{name}."), &format!("{folder}charts/{name}/"), origins);
    }
    add_table(&chart.values, prefix, &format!("{folder}values.yaml"), origins);
}

fn add_table(table: &Table, prefix: &str, origin: &str, origins: &mut Provenance) {
    for (key, value) in table {
        let path = format!("{prefix}{key}");
        match value {
            Json::Object(inner) if !inner.is_empty() => add_table(inner, &format!("{path}."), origin, origins),
            _ => {
                origins.insert(path, origin.to_owned());
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
