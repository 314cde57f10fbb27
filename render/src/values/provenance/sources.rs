//! All that gives values, in the order in which later ones win.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::Source;
use crate::chart::{File, decode_metadata};
use crate::values::{Options, read_values};
use crate::{Chart, Error, HelmVersion, Table};

const GLOBAL: &str = "global";

/// The tables of charts, files and flags.
pub(crate) struct Sources {
    all: Vec<Given>,
    /// The paths of subcharts.
    subcharts: Vec<Vec<String>>,
    /// The paths of subcharts that are turned off.
    off: Vec<Vec<String>>,
}

struct Given {
    origin: String,
    /// The path that the table stands at.
    prefix: Vec<String>,
    /// What it says by itself.
    own: Table,
    /// All values after it; nothing if it is as it says.
    after: Option<Table>,
    is_default: bool,
}

impl Sources {
    pub(crate) fn new(chart: &Chart, options: &Options, version: HelmVersion) -> Result<Self, Error> {
        let mut sources = Self { all: Vec::new(), subcharts: Vec::new(), off: Vec::new() };
        sources.add_chart(chart, &mut Vec::new(), "", version);
        for (origin, own, after) in options.each(version)? {
            sources.all.push(Given { origin, prefix: Vec::new(), own, after: Some(after), is_default: false });
        }
        Ok(sources)
    }

    /// A chart's own values win over those that it imports, and these over its subcharts'.
    fn add_chart(&mut self, chart: &Chart, prefix: &mut Vec<String>, folder: &str, version: HelmVersion) {
        let metadata = decode_metadata(&chart.raw, version);
        for dependency in &metadata.dependencies {
            let name = if dependency.alias.is_empty() { &dependency.name } else { &dependency.alias };
            if !chart.dependencies.iter().any(|subchart| subchart.metadata.name == *name) {
                self.off.push([prefix.as_slice(), std::slice::from_ref(name)].concat());
            }
        }
        for child in &chart.dependencies {
            let own_name = decode_metadata(&child.raw, version).name;
            prefix.push(child.metadata.name.clone());
            self.subcharts.push(prefix.clone());
            self.add_chart(child, prefix, &format!("{folder}charts/{own_name}/"), version);
            prefix.pop();
        }
        let mut add = |origin: String, own: Table| {
            self.all.push(Given { origin, prefix: prefix.clone(), own, after: None, is_default: true });
        };
        if metadata.dependencies.iter().any(|dependency| !dependency.import_values.is_empty()) {
            let is_of_subchart = |key: &str| chart.dependencies.iter().any(|subchart| subchart.metadata.name == key);
            let imported = chart.values.iter().filter(|(key, _)| !is_of_subchart(key));
            let imported = imported.map(|(key, value)| (key.clone(), value.clone())).collect();
            let imported = without(imported, &own_values(chart, version));
            add(format!("{folder}Chart.yaml, by import-values"), imported);
        }
        add(format!("{folder}values.yaml"), own_values(chart, version));
    }

    /// What was said for a path, or for what stands above it, the last last. What is said for the globals of outer
    /// charts counts for their subcharts, over what these have.
    pub(super) fn said(&self, path: &[String]) -> Vec<Source> {
        let mut said: Vec<Source> = self.all.iter().filter_map(|given| given.said(path)).collect();
        let is_global =
            |chart: &&Vec<String>| path.starts_with(chart) && path.get(chart.len()).is_some_and(|key| key == GLOBAL);
        if let Some(chart) = self.subcharts.iter().find(is_global) {
            let outer = [&chart[..chart.len() - 1], &path[chart.len()..]].concat();
            said.extend(self.said(&outer));
        }
        said
    }

    /// Whether a chart has a value of this path, or an object or null above it for anything that is given.
    pub(crate) fn is_known(&self, path: &[String]) -> bool {
        self.off.iter().any(|chart| path.starts_with(chart))
            || self.all.iter().any(|given| given.is_default && given.leaves_room_for(path))
            || !self.said(path).iter().all(|source| !source.is_default)
    }

    /// The paths of what the chart's own `values.yaml` has, or also those of its subcharts; without those of subcharts
    /// that are turned off.
    pub(crate) fn declared(&self, subcharts: bool) -> BTreeSet<Vec<String>> {
        let mut all = BTreeSet::new();
        for given in self.all.iter().filter(|given| given.is_default && (subcharts || given.prefix.is_empty())) {
            add_paths(&given.own, &mut given.prefix.clone(), &mut all);
        }
        all.retain(|path| !self.off.iter().any(|chart| path.starts_with(chart)));
        all
    }

    /// Every path that has a value somewhere.
    pub(super) fn paths(&self) -> BTreeSet<Vec<String>> {
        let mut all = BTreeSet::new();
        for given in &self.all {
            add_paths(&given.own, &mut given.prefix.clone(), &mut all);
        }
        all
    }
}

impl Given {
    /// What it says for a path, or for what stands above it and has no keys.
    fn said(&self, path: &[String]) -> Option<Source> {
        let rest = path.strip_prefix(self.prefix.as_slice())?;
        let own = at(&self.own, rest)?;
        let value = self.after.as_ref().and_then(|after| at(after, rest)).unwrap_or(own).clone();
        Some(Source { origin: self.origin.clone(), value, is_default: self.is_default })
    }

    /// Whether it has an empty object or a null above the path.
    fn leaves_room_for(&self, path: &[String]) -> bool {
        let Some((_, above)) = path.strip_prefix(self.prefix.as_slice()).and_then(<[String]>::split_last) else {
            return false;
        };
        (1..=above.len()).any(|length| match above.get(..length).and_then(|above| at(&self.own, above)) {
            Some(Json::Object(table)) => table.is_empty(),
            Some(Json::Null) => true,
            _ => false,
        })
    }
}

/// The value at a path, or the one above it that has no keys.
fn at<'a>(table: &'a Table, path: &[String]) -> Option<&'a Json> {
    let (first, rest) = path.split_first()?;
    let mut value = table.get(first)?;
    for key in rest {
        let Json::Object(inner) = value else { return Some(value) };
        value = inner.get(key)?;
    }
    Some(value)
}

/// The paths of what a table gives; of objects those of what is in them.
pub(crate) fn paths_of(table: &Table) -> BTreeSet<Vec<String>> {
    let mut all = BTreeSet::new();
    add_paths(table, &mut Vec::new(), &mut all);
    all
}

fn add_paths(table: &Table, path: &mut Vec<String>, all: &mut BTreeSet<Vec<String>>) {
    for (key, value) in table {
        path.push(key.clone());
        match value {
            Json::Object(inner) if !inner.is_empty() => govalue::grow(|| add_paths(inner, path, all)),
            _ => {
                all.insert(path.clone());
            }
        }
        path.pop();
    }
}

/// What a table has that another one has not.
fn without(table: Table, other: &Table) -> Table {
    let rest = table.into_iter().filter_map(|(key, value)| match (value, other.get(&key)) {
        (value, None) => Some((key, value)),
        (Json::Object(inner), Some(Json::Object(other))) => {
            let rest = govalue::grow(|| without(inner, other));
            (!rest.is_empty()).then(|| (key, rest.into()))
        }
        _ => None,
    });
    rest.collect()
}

/// What the chart's `values.yaml` says, without what the chart imports.
fn own_values(chart: &Chart, version: HelmVersion) -> Table {
    let file = chart.raw.iter().find(|file: &&File| file.name == "values.yaml");
    file.and_then(|file| read_values(file.read().ok()?, version).ok()).unwrap_or_else(|| (*chart.values).clone())
}
