//! Which subcharts are turned on, and under which names.

use govalue::{Map, Value};

use super::Process;
use super::graph::{Id, MAX_SUBCHARTS, too_many};
use crate::values::{coalesce_map, path_value, table_at};

impl Process<'_, '_> {
    /// Chooses and names the subcharts of a chart, and theirs. `path` is what conditions are looked up under: empty, or `db.`.
    pub(super) fn enable(&mut self, chart: Id, given: &Map, path: &str) -> Result<(), String> {
        self.charts += 1;
        if self.charts > MAX_SUBCHARTS + 1 {
            return Err(too_many());
        }
        let Some(mut needed) = self.graph.needed(chart) else { return Ok(()) };
        self.resolve(chart, &needed)?;
        for needed in &needed {
            self.graph.dependencies[*needed].dependency.enabled = true;
        }
        let values = coalesce_map(&self.graph.own(chart), given, self.version, self.warnings)?;
        self.tags(&needed, &values);
        self.conditions(&needed, &values, path);
        let dependencies = needed.iter().map(|needed| &self.graph.dependencies[*needed].dependency);
        let off: Vec<_> = dependencies.filter(|one| !one.enabled).map(|one| one.name.clone()).collect();
        let mut subcharts = self.graph.subcharts(chart);
        subcharts.retain(|subchart| !off.iter().any(|name| name == self.graph.name(*subchart)));
        needed.retain(|needed| !off.contains(&self.graph.dependencies[*needed].dependency.name));
        for subchart in &subcharts {
            let path = format!("{path}{}.", self.graph.name(*subchart));
            self.enable(*subchart, &values, &path)?;
        }
        self.graph.set_needed(chart, needed);
        self.graph.set_subcharts(chart, subcharts);
        Ok(())
    }

    /// Puts the subcharts in Helm's order: first those that `Chart.yaml` does not name, then a copy for each dependency.
    fn resolve(&mut self, chart: Id, needed: &[usize]) -> Result<(), String> {
        let all = self.graph.subcharts(chart);
        let is_named = |subchart: &Id| needed.iter().any(|needed| self.graph.fits(*subchart, *needed));
        let mut resolved: Vec<Id> = all.iter().copied().filter(|subchart| !is_named(subchart)).collect();
        for &needed in needed {
            if let Some(&subchart) = all.iter().find(|subchart| self.graph.fits(**subchart, needed)) {
                resolved.push(self.graph.copy(subchart, needed)?);
            }
            let dependency = &mut self.graph.dependencies[needed].dependency;
            if !dependency.alias.is_empty() {
                dependency.name.clone_from(&dependency.alias);
            }
        }
        self.graph.set_subcharts(chart, resolved);
        Ok(())
    }

    /// The first condition that is there turns a dependency on or off.
    fn conditions(&mut self, needed: &[usize], values: &Map, path: &str) {
        for &needed in needed {
            let dependency = self.graph.dependencies[needed].dependency.clone();
            for condition in dependency.condition.trim().split(',').filter(|condition| !condition.is_empty()) {
                match path_value(values, &format!("{path}{condition}")) {
                    Some(Value::Bool(enabled)) => {
                        self.graph.dependencies[needed].dependency.enabled = enabled;
                        break;
                    }
                    Some(_) => self.no_bool("Condition path", 64, "path", condition, &dependency.name),
                    None => {}
                }
            }
        }
    }

    /// A dependency is off if one of its tags is false and none is true.
    fn tags(&mut self, needed: &[usize], values: &Map) {
        let Ok(tags) = table_at(values, "tags") else { return };
        for &needed in needed {
            let dependency = self.graph.dependencies[needed].dependency.clone();
            let (mut has_true, mut has_false) = (false, false);
            for tag in &dependency.tags {
                match tags.get(tag) {
                    Some(Value::Bool(true)) => has_true = true,
                    Some(Value::Bool(false)) => has_false = true,
                    Some(_) => self.no_bool("Tag", 95, "tag", tag, &dependency.name),
                    None => {}
                }
            }
            self.graph.dependencies[needed].dependency.enabled = has_true || !has_false;
        }
    }

    /// What turns a dependency on or off is neither true nor false. `place` as in [`Process::say`].
    fn no_bool(&mut self, what: &str, place: usize, key: &str, name: &str, chart: &str) {
        let text = format!("{what} '{name}' for chart {chart} returned non-bool value");
        self.say(place, &text, || ("returned non-bool value", vec![(key, name), ("chart", chart)]));
    }
}
