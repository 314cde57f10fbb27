//! Which keys of the values change nothing, and which are read but declared nowhere.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value as Json;

use super::reads::Reads;
use super::schema::declares;
use super::{Ignored, Undeclared};
use crate::chart::decode_metadata;
use crate::values::{Options, Sources, escaped, paths_of};
use crate::{Chart, HelmVersion, Table};

type Path = Vec<String>;

/// What all cases read, and what charts declare.
#[derive(Default)]
pub(super) struct Keys {
    read: BTreeSet<Path>,
    whole: BTreeSet<Path>,
    declared: BTreeSet<Path>,
    undeclared: BTreeMap<Path, (String, usize)>,
    /// What cases give that the charts have no value for, and by what.
    unknown: BTreeMap<Path, BTreeSet<String>>,
}

impl Keys {
    /// Adds a case. `is_told` says of which files it is told what they read.
    pub(super) fn add(
        &mut self,
        chart: &Chart,
        reads: &Reads,
        version: HelmVersion,
        subcharts: bool,
        is_told: &dyn Fn(&str) -> bool,
    ) {
        self.whole.extend(reads.whole.iter().map(|path| keys(path)));
        self.add_of_dependencies(chart, &[], version);
        let Ok(sources) = Sources::new(chart, &Options::default(), version) else { return };
        self.declared.extend(sources.declared(subcharts));
        let made: Vec<Path> = reads.made.iter().map(|path| keys(path)).collect();
        for (path, place) in &reads.keys {
            let path = keys(path);
            let is_made = made.iter().any(|made| path.starts_with(made));
            if is_told(place.file()) && !is_made && !sources.is_known(&path) && !declares(chart, &path) {
                self.undeclared.entry(path.clone()).or_insert_with(|| (place.file().to_owned(), place.line()));
            }
            self.read.insert(path);
        }
    }

    /// Adds what a case gives: each table with the file or flag that it comes from, if that is known.
    pub(super) fn add_given(&mut self, chart: &Chart, given: &[(Option<String>, Table)], version: HelmVersion) {
        let Ok(sources) = Sources::new(chart, &Options::default(), version) else { return };
        for (origin, table) in given {
            for path in paths_of(table).into_iter().filter(|path| !sources.is_known(path)) {
                self.unknown.entry(path).or_default().extend(origin.clone());
            }
        }
    }

    /// What `Chart.yaml` itself reads: conditions, tags, and the values that are imported.
    fn add_of_dependencies(&mut self, chart: &Chart, prefix: &[String], version: HelmVersion) {
        for dependency in decode_metadata(&chart.raw, version).dependencies {
            let conditions = dependency.condition.split(',').map(str::trim);
            self.read.extend(conditions.map(|condition| [prefix, &split(condition)].concat()));
            self.read.extend(dependency.tags.iter().map(|tag| vec!["tags".to_owned(), tag.clone()]));
            let name = if dependency.alias.is_empty() { dependency.name } else { dependency.alias };
            let imported = dependency.import_values.iter().filter_map(|wanted| match wanted {
                Json::String(name) => Some(split(&format!("exports.{name}"))),
                wanted => wanted.get("child")?.as_str().map(split),
            });
            self.whole.extend(imported.map(|path| [prefix, std::slice::from_ref(&name), &path].concat()));
        }
        for subchart in &chart.dependencies {
            let prefix = [prefix, std::slice::from_ref(&subchart.metadata.name)].concat();
            self.add_of_dependencies(subchart, &prefix, version);
        }
    }

    /// What is declared and was never read, nor may be by what was not executed, which has these names.
    pub(super) fn unread(&self, left: &HashSet<&str>) -> Vec<String> {
        self.declared.iter().filter(|path| !self.is_read(path, left)).map(shown).collect()
    }

    /// What cases give and is as little read.
    pub(super) fn ignored(&self, left: &HashSet<&str>) -> Vec<Ignored> {
        let ignored = self.unknown.iter().filter(|(path, _)| !self.is_read(path, left));
        ignored
            .map(|(path, origins)| Ignored { path: shown(path), origins: origins.iter().cloned().collect() })
            .collect()
    }

    fn is_read(&self, path: &Path, left: &HashSet<&str>) -> bool {
        self.read.contains(path)
            || path.iter().any(|key| left.contains(key.as_str()))
            || (0..=path.len()).any(|length| path.get(..length).is_some_and(|above| self.whole.contains(above)))
    }

    /// What was read and is declared nowhere.
    pub(super) fn undeclared(&self) -> Vec<Undeclared> {
        let undeclared = self.undeclared.iter();
        undeclared
            .map(|(path, (file, line))| Undeclared { path: shown(path), file: file.clone(), line: *line })
            .collect()
    }
}

fn split(path: &str) -> Path {
    path.split('.').map(str::to_owned).collect()
}

fn shown(path: &Path) -> String {
    path.iter().map(|key| escaped(key)).collect::<Vec<_>>().join(".")
}

/// The keys of a path with dots; of what is in a list those above it.
fn keys(path: &str) -> Path {
    let (mut keys, mut key, mut is_escaped) = (Vec::new(), String::new(), false);
    let path = path.split_once('[').map_or(path, |(above, _)| above);
    for character in path.chars() {
        match character {
            '\\' if !is_escaped => is_escaped = true,
            '.' if !is_escaped => keys.push(std::mem::take(&mut key)),
            '.' => {
                key.push('.');
                is_escaped = false;
            }
            other => {
                key.extend(std::mem::take(&mut is_escaped).then_some('\\'));
                key.push(other);
            }
        }
    }
    keys.extend((!path.is_empty()).then_some(key));
    keys
}
