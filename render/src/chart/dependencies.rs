//! Which subcharts a chart has with given values, under which names, and what it takes over from their values.

mod enable;
mod graph;
mod import;

use graph::Graph;

use super::Chart;
use crate::values::to_map;
use crate::{Error, HelmVersion, Table, warning};

impl Chart {
    /// The chart with its subcharts as the given values make them: turned off ones are gone, aliased ones have their
    /// names, one with two aliases is two. Its values have those that `import-values` takes over.
    ///
    /// What Helm prints on standard error meanwhile is added to the warnings.
    ///
    /// ```
    /// use render::{Chart, File, HelmVersion};
    /// let chart = Chart::from_files([
    ///     File::new(
    ///         "Chart.yaml",
    ///         "apiVersion: v2\nname: shop\nversion: 1.2.3\ndependencies:\n\
    ///          - {name: db, alias: orders, version: 0.x}\n- {name: db, alias: users, version: 0.x, condition: users.on}\n",
    ///     ),
    ///     File::new("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 0.1.0\n"),
    /// ])?;
    /// let given = serde_json::json!({"users": {"on": false}});
    /// let chart = chart.with_dependencies(given.as_object().unwrap(), HelmVersion::V4)?;
    /// let names: Vec<_> = chart.dependencies.iter().map(|chart| chart.metadata.name.as_str()).collect();
    /// assert_eq!(names, ["orders"]);
    /// # Ok::<(), render::Error>(())
    /// ```
    pub fn with_dependencies(&self, given: &Table, version: HelmVersion) -> Result<Self, Error> {
        let mut warnings = Vec::new();
        let mut chart = self.with_dependencies_into(&mut warnings, given, version)?;
        chart.warnings.append(&mut warnings);
        Ok(chart)
    }

    /// As [`Chart::with_dependencies`]. What Helm prints is added to these warnings, also before an error.
    pub(crate) fn with_dependencies_into(
        &self,
        warnings: &mut Vec<String>,
        given: &Table,
        version: HelmVersion,
    ) -> Result<Self, Error> {
        let graph = Graph::new(self, version);
        let mut process = Process { graph, version, charts: 0, warnings };
        let processed = process.enable(0, &to_map(given), "").and_then(|()| process.import(0));
        let processed = processed.and_then(|()| process.graph.into_chart());
        processed.map_err(|error| match version {
            HelmVersion::V3 => Error::Values(error),
            HelmVersion::V4 => Error::Values(format!("chart dependencies processing failed: {error}")),
        })
    }
}

/// The charts of a tree while their dependencies are processed: `enable.rs`, then `import.rs`.
struct Process<'c, 'w> {
    graph: Graph<'c>,
    version: HelmVersion,
    /// How many charts there were so far.
    charts: usize,
    warnings: &'w mut Vec<String>,
}

impl Process<'_, '_> {
    /// Warns with Helm 3's text, at a line of its `dependencies.go`, or Helm 4's message and attributes.
    fn say<'a>(&mut self, place: usize, three: &str, four: impl Fn() -> (&'a str, Vec<(&'a str, &'a str)>)) {
        self.warnings.push(match self.version {
            HelmVersion::V3 => format!("dependencies.go:{place}: Warning: {three}"),
            HelmVersion::V4 => {
                let (message, attributes) = four();
                warning::logged("WARN", message, &attributes)
            }
        });
    }
}
