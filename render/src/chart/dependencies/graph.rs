//! The charts of a tree as Go has them in memory: copies that aliases make share parts, and a chart knows its parent.
//!
//! Helm changes charts while it goes through them, and what it changes of a shared part shows in every copy. Helm 3
//! shares the subcharts of copies and what they depend on; Helm 4 only what the subcharts themselves depend on.

use std::sync::Arc;

use crate::capabilities::is_compatible_range;
use crate::chart::{self, Chart, Dependency};
use crate::values::Own;
use crate::{HelmVersion, Table};

/// A chart by its number.
pub(super) type Id = usize;

/// So many charts may there be, with those that aliases make of one, and so many files may they have.
pub(super) const MAX_SUBCHARTS: usize = 5_000;
const MAX_COPIES: usize = 10 * MAX_SUBCHARTS;
const MAX_FILES: usize = 1_000_000;

/// The charts of a tree.
pub(super) struct Graph<'c> {
    version: HelmVersion,
    nodes: Vec<Node<'c>>,
    metadata: Vec<Metadata>,
    pub(super) dependencies: Vec<Needed>,
    /// How many more charts, and entries of dependencies, may be made by copies.
    copies: usize,
}

#[derive(Clone)]
struct Node<'c> {
    /// As it was read.
    read: &'c Chart,
    metadata: usize,
    values: Arc<Table>,
    subcharts: Vec<Id>,
    parent: Option<Id>,
}

/// What changes of a chart's metadata.
struct Metadata {
    name: String,
    /// The numbers of what it depends on, if there is a list of it.
    dependencies: Option<Vec<usize>>,
}

/// An entry of a chart's dependencies.
#[derive(Clone)]
pub(super) struct Needed {
    pub(super) dependency: Dependency,
    /// Whether its values were taken over already, which is done once.
    pub(super) is_imported: bool,
}

impl<'c> Graph<'c> {
    /// The chart, which has the number 0, and its subcharts.
    pub(super) fn new(chart: &'c Chart, version: HelmVersion) -> Self {
        let mut graph =
            Self { version, nodes: Vec::new(), metadata: Vec::new(), dependencies: Vec::new(), copies: MAX_COPIES };
        graph.add(chart, None);
        graph
    }

    fn add(&mut self, chart: &'c Chart, parent: Option<Id>) -> Id {
        let first = self.dependencies.len();
        let needed = chart.metadata.dependencies.iter().cloned();
        self.dependencies.extend(needed.map(|dependency| Needed { dependency, is_imported: false }));
        let added = first..self.dependencies.len();
        let dependencies = (chart.lists_dependencies || !added.is_empty()).then(|| added.collect());
        let metadata = self.add_metadata(chart.metadata.name.clone(), dependencies);
        let id = self.push(Node { read: chart, metadata, values: chart.values.clone(), subcharts: Vec::new(), parent });
        for subchart in &chart.dependencies {
            let subchart = self.add(subchart, Some(id));
            self.nodes[id].subcharts.push(subchart);
        }
        id
    }

    fn add_metadata(&mut self, name: String, dependencies: Option<Vec<usize>>) -> usize {
        self.metadata.push(Metadata { name, dependencies });
        self.metadata.len() - 1
    }

    fn push(&mut self, node: Node<'c>) -> Id {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Counts a chart and all below it, which will be looked at once more, with what they depend on.
    fn take(&mut self, id: Id) -> Result<(), String> {
        self.copies =
            self.copies.checked_sub(1 + self.needed(id).map_or(0, |needed| needed.len())).ok_or_else(too_many)?;
        self.subcharts(id).into_iter().try_for_each(|subchart| self.take(subchart))
    }

    pub(super) fn name(&self, id: Id) -> &str {
        &self.metadata[self.nodes[id].metadata].name
    }

    pub(super) fn subcharts(&self, id: Id) -> Vec<Id> {
        self.nodes[id].subcharts.clone()
    }

    /// The numbers of what it depends on, if there is a list of it.
    pub(super) fn needed(&self, id: Id) -> Option<Vec<usize>> {
        self.metadata[self.nodes[id].metadata].dependencies.clone()
    }

    /// Leaves a chart these dependencies; no list if there are none.
    pub(super) fn set_needed(&mut self, id: Id, dependencies: Vec<usize>) {
        self.metadata[self.nodes[id].metadata].dependencies = Some(dependencies).filter(|list| !list.is_empty());
    }

    /// Whether a chart is the one that a dependency names.
    pub(super) fn fits(&self, id: Id, needed: usize) -> bool {
        let dependency = &self.dependencies[needed].dependency;
        let version = &self.nodes[id].read.metadata.version;
        self.name(id) == dependency.name && is_compatible_range(&dependency.version, version)
    }

    /// Gives a chart other subcharts, whose parent it is from then on.
    pub(super) fn set_subcharts(&mut self, id: Id, subcharts: Vec<Id>) {
        for subchart in &subcharts {
            self.nodes[*subchart].parent = Some(id);
        }
        self.nodes[id].subcharts = subcharts;
    }

    /// A copy of a chart under the dependency's alias, if it has one.
    pub(super) fn copy(&mut self, id: Id, needed: usize) -> Result<Id, String> {
        self.take(id)?;
        let alias = self.dependencies[needed].dependency.alias.clone();
        let name = if alias.is_empty() { self.name(id).to_owned() } else { alias };
        let mut dependencies = self.needed(id);
        if self.version == HelmVersion::V4 {
            for needed in dependencies.iter_mut().flatten() {
                self.dependencies.push(self.dependencies[*needed].clone());
                *needed = self.dependencies.len() - 1;
            }
        }
        let metadata = self.add_metadata(name, dependencies);
        let copy = self.push(Node { metadata, ..self.nodes[id].clone() });
        if self.version == HelmVersion::V4 {
            let subcharts = self.subcharts(id).into_iter().map(|subchart| self.push(self.nodes[subchart].clone()));
            let subcharts = subcharts.collect();
            self.set_subcharts(copy, subcharts);
        }
        Ok(copy)
    }

    pub(super) fn set_values(&mut self, id: Id, values: Table) {
        self.nodes[id].values = Arc::new(values);
    }

    /// What a chart and its subcharts bring of values.
    pub(super) fn own(&self, id: Id) -> Own<'_> {
        let node = &self.nodes[id];
        let subcharts = node.subcharts.iter().map(|subchart| self.own(*subchart)).collect();
        Own { name: self.name(id), values: &node.values, subcharts }
    }

    /// The outermost chart as it has become.
    pub(super) fn into_chart(self) -> Result<Chart, String> {
        let (mut charts, mut files) = (MAX_SUBCHARTS + 1, MAX_FILES);
        self.chart(0, None, &mut charts, &mut files)
    }

    fn chart(&self, id: Id, parent: Option<&str>, charts: &mut usize, files: &mut usize) -> Result<Chart, String> {
        let Node { read, values, subcharts, .. } = &self.nodes[id];
        *charts = charts.checked_sub(1).ok_or_else(too_many)?;
        *files = files.checked_sub(read.templates.len() + read.files.len()).ok_or_else(too_many_files)?;
        let (name, path) = (self.name(id), self.path(id));
        let is_elsewhere = parent.is_some_and(|parent| format!("{parent}/charts/{name}") != path);
        let dependencies = subcharts.iter().map(|subchart| self.chart(*subchart, Some(&path), charts, files));
        Ok(Chart {
            dependencies: dependencies.collect::<Result<_, _>>()?,
            metadata: self.metadata_of(id),
            lock: read.lock.clone(),
            values: values.clone(),
            schema: read.schema.clone(),
            templates: read.templates.clone(),
            files: read.files.clone(),
            raw: read.raw.clone(),
            warnings: read.warnings.clone(),
            path: is_elsewhere.then_some(path),
            lists_dependencies: self.needed(id).is_some(),
        })
    }

    fn metadata_of(&self, id: Id) -> chart::Metadata {
        let needed = self.needed(id).into_iter().flatten();
        let dependencies = needed.map(|needed| self.dependencies[needed].dependency.clone()).collect();
        chart::Metadata { name: self.name(id).to_owned(), dependencies, ..self.nodes[id].read.metadata.clone() }
    }

    /// Where Helm takes a chart to be: below the parent that it got last.
    fn path(&self, id: Id) -> String {
        match self.nodes[id].parent {
            Some(parent) => format!("{}/charts/{}", self.path(parent), self.name(id)),
            None => self.name(id).to_owned(),
        }
    }
}

fn too_many_files() -> String {
    format!("chart has more files, with those of its copies by aliases, than the maximum of {MAX_FILES}")
}

pub(super) fn too_many() -> String {
    format!("chart has more subcharts than the maximum of {MAX_SUBCHARTS}")
}
