//! Which maps and lists are parts of the values, known by what they are rather than by what is in them.

use std::collections::{BTreeSet, HashMap};

use govalue::{Map, Value};

use crate::Chart;
use crate::values::escaped;

/// The maps and lists of a chart's values by their addresses, and the paths that a user gives them by.
pub(crate) struct Known {
    paths: HashMap<usize, String>,
    /// So that no other map gets the address of one that a template drops.
    kept: Vec<Value>,
    values: Map,
    /// The paths of the subcharts' values, with a dot behind each.
    subcharts: BTreeSet<String>,
}

impl Known {
    pub(crate) fn new(chart: &Chart, values: &Map) -> Self {
        let mut known =
            Self { paths: HashMap::new(), kept: Vec::new(), values: values.clone(), subcharts: BTreeSet::new() };
        add_subcharts(chart, "", &mut known.subcharts);
        known.add("", &values.clone().into());
        known
    }

    fn add(&mut self, path: &str, value: &Value) {
        let Some(address) = address(value).filter(|address| !self.paths.contains_key(address)) else { return };
        self.paths.insert(address, self.by_user(path.to_owned()));
        self.kept.push(value.clone());
        let mut children = elements(value);
        // What subcharts share with all is the global value first.
        children.sort_by_key(|(key, _)| key != "global");
        for (key, child) in children {
            govalue::grow(|| self.add(&join(path, value, &key), &child));
        }
    }

    /// The path of a map or a list, if it is a part of the values.
    pub(crate) fn path(&self, value: &Value) -> Option<&str> {
        self.paths.get(&address(value)?).map(String::as_str)
    }

    /// A subchart's global value as the one of all charts, if that is where it has it from.
    pub(crate) fn by_user(&self, path: String) -> String {
        let global = self.subcharts.iter().rev().find_map(|chart| {
            let own = path.strip_prefix(chart.as_str())?;
            own.starts_with("global").then_some(own)
        });
        match global {
            Some(global) if self.has(global) => global.to_owned(),
            _ => path,
        }
    }

    fn has(&self, path: &str) -> bool {
        let value = path.split('.').try_fold(Value::Map(self.values.clone()), |value, key| value.as_map()?.get(key));
        value.is_some()
    }
}

fn add_subcharts(chart: &Chart, prefix: &str, all: &mut BTreeSet<String>) {
    for subchart in &chart.dependencies {
        let path = format!("{prefix}{}.", subchart.metadata.name);
        add_subcharts(subchart, &path, all);
        all.insert(path);
    }
}

/// Where a map or a list is: no other one is there as long as this one is kept.
pub(crate) fn address(value: &Value) -> Option<usize> {
    match value {
        Value::Map(map) => Some(map.address()),
        Value::List(list) if !list.is_empty() => Some(list.as_ptr().addr()),
        _ => None,
    }
}

/// What is in a map or a list, by key or index.
pub(crate) fn elements(value: &Value) -> Vec<(String, Value)> {
    match value {
        Value::Map(map) => map.entries().into_iter().map(|(key, value)| (key.to_string(), value)).collect(),
        Value::List(list) => list.iter().enumerate().map(|(index, value)| (index.to_string(), value.clone())).collect(),
        _ => Vec::new(),
    }
}

/// The element of a map or a list at a key or an index.
pub(crate) fn element(of: &Value, key: &str) -> Option<Value> {
    match of {
        Value::Map(map) => map.get(key),
        Value::List(list) => list.get(key.parse::<usize>().ok()?).cloned(),
        _ => None,
    }
}

/// The path of an element: `image.tag`, `hosts[0]`.
pub(crate) fn join(path: &str, of: &Value, key: &str) -> String {
    match of {
        Value::List(_) => format!("{path}[{key}]"),
        _ if path.is_empty() => escaped(key),
        _ => format!("{path}.{}", escaped(key)),
    }
}
