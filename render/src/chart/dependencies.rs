//! Which subcharts a chart has with given values, under which names, and what it takes over from their values.

use std::sync::Arc;

use govalue::{Map, Value, fmt};
use serde_json::Value as Json;

use super::{Chart, Dependency};
use crate::capabilities::is_compatible_range;
use crate::values::{coalesce_map, copy_table, merge, merge_tables, path_value, table_at, to_json, to_map};
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
        let mut chart = self.clone();
        let mut process = Process { version, charts: 0, warnings };
        let path = chart.metadata.name.clone();
        let outcome = process.enable(&mut chart, &to_map(given), "", &path).and_then(|()| process.import(&mut chart));
        outcome.map_err(|error| match version {
            HelmVersion::V3 => Error::Values(error),
            HelmVersion::V4 => Error::Values(format!("chart dependencies processing failed: {error}")),
        })?;
        Ok(chart)
    }
}

/// How many subcharts a chart may have, with those that aliases make of one.
const MAX_SUBCHARTS: usize = 5_000;

struct Process<'w> {
    version: HelmVersion,
    /// How many charts there were so far.
    charts: usize,
    warnings: &'w mut Vec<String>,
}

impl Process<'_> {
    /// Chooses and names the subcharts. `path` is what conditions are looked up under: empty, or `db.`; `read_from` where
    /// the chart was before any had another name.
    fn enable(&mut self, chart: &mut Chart, given: &Map, path: &str, read_from: &str) -> Result<(), String> {
        self.charts += 1;
        if self.charts > MAX_SUBCHARTS + 1 {
            return Err(format!("chart has more subcharts than the maximum of {MAX_SUBCHARTS}"));
        }
        if chart.metadata.dependencies.is_empty() {
            return Ok(());
        }
        let names: Vec<_> = chart.dependencies.iter().map(|subchart| subchart.metadata.name.clone()).collect();
        let origins = resolve(chart);
        for dependency in &mut chart.metadata.dependencies {
            dependency.enabled = true;
        }
        let values = coalesce_map(chart, given, self.version, self.warnings)?;
        self.tags(&mut chart.metadata.dependencies, &values);
        self.conditions(&mut chart.metadata.dependencies, &values, path);
        let off = chart.metadata.dependencies.iter().filter(|dependency| !dependency.enabled);
        let off: Vec<String> = off.map(|dependency| dependency.name.clone()).collect();
        let charts = std::mem::take(&mut chart.dependencies).into_iter().zip(origins);
        let (mut charts, origins): (Vec<_>, Vec<_>) =
            charts.filter(|(subchart, _)| !off.contains(&subchart.metadata.name)).unzip();
        chart.metadata.dependencies.retain(|dependency| !off.contains(&dependency.name));
        if self.version == HelmVersion::V3 {
            share_dependencies(&mut charts, &origins);
        }
        for (subchart, origin) in charts.iter_mut().zip(origins) {
            let path = format!("{path}{}.", subchart.metadata.name);
            let name = names.get(origin).unwrap_or(&subchart.metadata.name);
            let read_from = format!("{read_from}/charts/{name}");
            let is_copy = chart.metadata.dependencies.iter().any(|of| of.name == subchart.metadata.name);
            if self.version == HelmVersion::V3 && is_copy && subchart.metadata.dependencies.is_empty() {
                leave(&mut subchart.dependencies, &read_from);
            }
            self.enable(subchart, &values, &path, &read_from)?;
        }
        chart.dependencies = charts;
        Ok(())
    }

    /// The first condition that is there turns a dependency on or off.
    fn conditions(&mut self, dependencies: &mut [Dependency], values: &Map, path: &str) {
        for dependency in dependencies {
            for condition in dependency.condition.trim().split(',').filter(|condition| !condition.is_empty()) {
                match path_value(values, &format!("{path}{condition}")) {
                    Some(Value::Bool(enabled)) => {
                        dependency.enabled = enabled;
                        break;
                    }
                    Some(_) => self.no_bool("Condition path", 64, "path", condition, &dependency.name),
                    None => {}
                }
            }
        }
    }

    /// A dependency is off if one of its tags is false and none is true.
    fn tags(&mut self, dependencies: &mut [Dependency], values: &Map) {
        let Ok(tags) = table_at(values, "tags") else { return };
        for dependency in dependencies {
            let (mut has_true, mut has_false) = (false, false);
            for tag in &dependency.tags {
                match tags.get(tag) {
                    Some(Value::Bool(true)) => has_true = true,
                    Some(Value::Bool(false)) => has_false = true,
                    Some(_) => self.no_bool("Tag", 95, "tag", tag, &dependency.name),
                    None => {}
                }
            }
            dependency.enabled = has_true || !has_false;
        }
    }

    /// Takes over values from the subcharts, the innermost first.
    fn import(&mut self, chart: &mut Chart) -> Result<(), String> {
        for subchart in &mut chart.dependencies {
            self.import(subchart)?;
        }
        if chart.metadata.dependencies.is_empty() {
            return Ok(());
        }
        let mut values = merge(chart, self.version, self.warnings)?;
        let imported = Map::new();
        for dependency in &mut chart.metadata.dependencies {
            let all = std::mem::take(&mut dependency.import_values);
            for wanted in &all {
                if let Some(table) = self.imported(&dependency.name, wanted, &values) {
                    merge_tables(&imported, &table, self.version, self.warnings);
                }
            }
            dependency.import_values = all.iter().filter_map(resolved).collect();
        }
        if !imported.is_empty() {
            // The imports may share maps with the values; a copy parts them.
            values = copy_table(&values);
            merge_tables(&values, &imported, self.version, self.warnings);
        }
        chart.values = Arc::new(to_json(&values));
        Ok(())
    }

    /// The table that one entry of `import-values` names, at the place where the parent gets it.
    fn imported(&mut self, name: &str, wanted: &Json, values: &Map) -> Option<Map> {
        match wanted {
            Json::Object(wanted) => {
                let text = |key| plain(wanted.get(key));
                match table_at(values, &format!("{name}.{}", text("child"))) {
                    Ok(table) => Some(at_path(&text("parent"), table)),
                    Err(error) => {
                        self.say(270, &format!("ImportValues missing table from chart {name}: {error}"), || {
                            ("ImportValues missing table from chart", vec![("chart", name), ("error", &error)])
                        });
                        None
                    }
                }
            }
            Json::String(export) => match table_at(values, &format!("{name}.exports.{export}")) {
                Ok(table) => Some(table),
                Err(error) => {
                    self.say(287, &format!("ImportValues missing table: {error}"), || {
                        ("ImportValues missing table", vec![("error", &error)])
                    });
                    None
                }
            },
            _ => None,
        }
    }

    /// What turns a dependency on or off is neither true nor false. `place` as in [`Process::say`].
    fn no_bool(&mut self, what: &str, place: usize, key: &str, name: &str, chart: &str) {
        let text = format!("{what} '{name}' for chart {chart} returned non-bool value");
        self.say(place, &text, || ("returned non-bool value", vec![(key, name), ("chart", chart)]));
    }

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

/// Puts the subcharts in Helm's order: first those that `Chart.yaml` does not name, then one for each dependency.
/// Gives the place that each had before.
fn resolve(chart: &mut Chart) -> Vec<usize> {
    let fits = |subchart: &Chart, dependency: &Dependency| {
        subchart.metadata.name == dependency.name
            && is_compatible_range(&dependency.version, &subchart.metadata.version)
    };
    let dependencies = &mut chart.metadata.dependencies;
    let charts = &chart.dependencies;
    let mut places: Vec<(usize, &str)> = Vec::new();
    for (place, subchart) in charts.iter().enumerate() {
        if !dependencies.iter().any(|dependency| fits(subchart, dependency)) {
            places.push((place, ""));
        }
    }
    for dependency in &*dependencies {
        if let Some(place) = charts.iter().position(|subchart| fits(subchart, dependency)) {
            places.push((place, &dependency.alias));
        }
    }
    let resolved = places.iter().filter_map(|&(place, alias)| {
        let mut subchart = charts.get(place)?.clone();
        if !alias.is_empty() {
            alias.clone_into(&mut subchart.metadata.name);
        }
        Some(subchart)
    });
    let resolved: Vec<Chart> = resolved.collect();
    let origins = places.into_iter().map(|(place, _)| place).collect();
    chart.dependencies = resolved;
    for dependency in dependencies.iter_mut().filter(|dependency| !dependency.alias.is_empty()) {
        dependency.name.clone_from(&dependency.alias);
    }
    origins
}

/// In Helm 3 the subcharts of a copy stay those of the chart that was copied, unless its `Chart.yaml` names some.
fn leave(subcharts: &mut [Chart], parent: &str) {
    for subchart in subcharts {
        subchart.path = Some(subchart.path_below(parent));
    }
}

/// In Helm 3 the copies of a chart share their lists of dependencies, so what the first does to its list the others
/// see: aliases are names already, and imports are done.
fn share_dependencies(charts: &mut [Chart], origins: &[usize]) {
    for (index, subchart) in charts.iter_mut().enumerate() {
        let is_copy =
            origins.get(index).is_some_and(|origin| origins.iter().take(index).any(|before| before == origin));
        for dependency in subchart.metadata.dependencies.iter_mut().filter(|_| is_copy) {
            if !dependency.alias.is_empty() {
                dependency.name.clone_from(&dependency.alias);
            }
            dependency.import_values.clear();
        }
    }
}

/// An entry of `import-values` as templates see it, with where it takes values from and where it puts them.
fn resolved(wanted: &Json) -> Option<Json> {
    let (child, parent) = match wanted {
        Json::Object(wanted) => (plain(wanted.get("child")), plain(wanted.get("parent"))),
        Json::String(export) => (format!("exports.{export}"), ".".to_owned()),
        _ => return None,
    };
    Some(serde_json::json!({"child": child, "parent": parent}))
}

/// A table as the only value at a path; `.` is the table itself.
fn at_path(path: &str, table: Map) -> Map {
    if path == "." {
        return table;
    }
    path.rsplit('.').fold(table, |inner, name| Map::from_iter([(name, inner)]))
}

/// As Go prints it with `%v`.
fn plain(json: Option<&Json>) -> String {
    match json {
        Some(Json::String(text)) => text.clone(),
        json => {
            let value = json.map_or(Value::Nil, govalue::from_json);
            String::from_utf8_lossy(&fmt::sprint(&[value])).into_owned()
        }
    }
}
