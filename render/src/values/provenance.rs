//! Which file or flag each value came from.

mod sources;

use std::collections::BTreeMap;

use govalue::{Map, Value, deep_equal};
use serde_json::Value as Json;

use super::{Options, escaped};
use crate::{Chart, Error, HelmVersion};
pub(crate) use sources::{Sources, paths_of};

/// A value that was given for a path, and by what.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// A file or a flag: `-f` files by their names, flags as they were given, and the `values.yaml` of the chart or a
    /// subchart.
    pub origin: String,
    /// What the path had after it.
    pub value: Json,
    /// Whether it is the chart's own or a subchart's.
    pub is_default: bool,
}

/// A value with its path and where it came from.
#[derive(Clone, Debug)]
pub struct Sourced {
    /// `image.tag`; a dot in a key is `\.`, as for `--set`.
    pub path: String,
    /// The value; an object only if it is empty. Nothing if there is none: a null removed it, or it was never set.
    pub value: Option<Value>,
    /// The file or flag that gives or removes it; nothing for what Helm adds itself, and for what was never set.
    pub origin: Option<String>,
    /// What else was said for it, which this one won over; the last first.
    pub over: Vec<Source>,
    /// Whether a file or a flag gives it, rather than a chart.
    pub is_given: bool,
    /// Whether neither the chart nor a subchart has a value of this path: perhaps one that was misspelt.
    pub is_unknown: bool,
}

/// Each value that a chart is rendered with, in the order of their paths, and where it came from; also those that a
/// null removed.
pub fn sourced(chart: &Chart, values: &Map, options: &Options, version: HelmVersion) -> Result<Vec<Sourced>, Error> {
    let sources = Sources::new(chart, options, version)?;
    let mut all = BTreeMap::new();
    leaves(values, &mut Vec::new(), &mut |path, value| {
        all.insert(path.to_vec(), Sourced::present(path, value, &sources));
    });
    let mut removed: Option<Vec<String>> = None;
    for path in sources.paths() {
        if removed.as_ref().is_some_and(|above| path.starts_with(above)) || is_there(values, &path) {
            continue;
        }
        if let Some(sourced) = Sourced::removed(&path, &sources) {
            all.insert(path.clone(), sourced);
            removed = Some(path);
        }
    }
    Ok(all.into_values().collect())
}

impl Sourced {
    /// The last that says this value has given it; what comes behind was of no effect.
    fn present(path: &[String], value: &Value, sources: &Sources) -> Self {
        let mut said = sources.said(path);
        let gives = |source: &Source| deep_equal(&govalue::from_json(&source.value), value);
        let last = said.iter().rposition(gives).or_else(|| said.len().checked_sub(1));
        let origin =
            last.map(|last| said.split_off(last)).and_then(|mut from| (!from.is_empty()).then(|| from.remove(0)));
        Self::new(path, Some(value.clone()), origin, said, sources)
    }

    /// Nothing if no null removed it.
    fn removed(path: &[String], sources: &Sources) -> Option<Self> {
        let mut said = sources.said(path);
        let last = said.iter().rposition(|source| source.value.is_null())?;
        said.truncate(last + 1);
        let origin = said.pop();
        said.retain(|source| !source.value.is_null());
        Some(Self::new(path, None, origin, said, sources))
    }

    fn new(
        path: &[String],
        value: Option<Value>,
        origin: Option<Source>,
        mut over: Vec<Source>,
        sources: &Sources,
    ) -> Self {
        over.reverse();
        let is_given = origin.as_ref().is_some_and(|origin| !origin.is_default);
        Self {
            path: path.iter().map(|key| escaped(key)).collect::<Vec<_>>().join("."),
            value,
            is_given,
            is_unknown: is_given && !sources.is_known(path),
            origin: origin.map(|origin| origin.origin),
            over,
        }
    }

    /// What is known of a value that a template read at a path: it may be an element of a list, or a whole object.
    pub(crate) fn found(all: &[Self], path: &str, value: &Value) -> Self {
        let at = |path: &str| all.iter().find(|sourced| sourced.path == path);
        if let Some(sourced) = at(path) {
            return sourced.clone();
        }
        let mut above = path.char_indices().rev().filter(|(_, character)| matches!(character, '.' | '['));
        let above = above.find_map(|(place, _)| at(path.get(..place)?));
        let mut origins: Vec<&str> = all
            .iter()
            .filter(|sourced| sourced.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
            .chain(above)
            .filter_map(|sourced| sourced.origin.as_deref())
            .collect();
        origins.sort_unstable();
        origins.dedup();
        Self {
            path: path.to_owned(),
            value: (!value.is_nil()).then(|| value.clone()),
            origin: (!origins.is_empty() && !value.is_nil()).then(|| origins.join(", ")),
            over: Vec::new(),
            is_given: above.is_some_and(|above| above.is_given),
            is_unknown: false,
        }
    }
}

fn leaves(map: &Map, path: &mut Vec<String>, visit: &mut dyn FnMut(&[String], &Value)) {
    for (key, value) in map.entries() {
        path.push(key.to_string());
        match &value {
            Value::Map(inner) if !inner.is_empty() => govalue::grow(|| leaves(inner, path, visit)),
            _ => visit(path, &value),
        }
        path.pop();
    }
}

/// Whether there is a value at the path, or above it one that has no keys.
fn is_there(values: &Map, path: &[String]) -> bool {
    let mut value = Value::Map(values.clone());
    for key in path {
        let Value::Map(map) = &value else { return true };
        let Some(inner) = map.get(key) else { return false };
        value = inner;
    }
    true
}
