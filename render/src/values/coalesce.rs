//! The chart's values, the subcharts' and the given ones, put together.
//!
//! The maps of the result may be one map by several names: a subchart's values are the same map as the parent's entry
//! for it, and tables inside globals are shared. Templates that change one see it by the other, as in Helm.

use govalue::{Map, Str, Value, fmt};

use super::convert::{copy_table, to_map};
use crate::error::quote;
use crate::{Chart, Error, HelmVersion, Table, warning};

/// The values that every chart of a tree sees.
const GLOBAL: &str = "global";

/// Values put together.
#[derive(Clone, Debug)]
pub struct Coalesced {
    /// The values; those of a subchart under its name.
    pub values: Map,
    /// What Helm prints on standard error of values that do not fit together.
    pub warnings: Vec<String>,
}

/// Lays the given values over the chart's and the subcharts' own, and passes globals down.
///
/// A null in the given values removes what a chart has there. Fails if the value for a subchart is not a table.
///
/// ```
/// use render::{Chart, File, HelmVersion};
/// let chart = Chart::from_files([
///     File::new("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
///     File::new("values.yaml", "a: 1\nb: 2\n"),
/// ])?;
/// let given = serde_json::json!({"a": null});
/// let values = render::values::coalesce(&chart, given.as_object().unwrap(), HelmVersion::V4)?.values;
/// assert!(!values.contains("a") && values.contains("b"));
/// # Ok::<(), render::Error>(())
/// ```
pub fn coalesce(chart: &Chart, given: &Table, version: HelmVersion) -> Result<Coalesced, Error> {
    let mut warnings = Vec::new();
    let values = coalesce_map(&chart.into(), &to_map(given), version, &mut warnings).map_err(Error::Values)?;
    Ok(Coalesced { values, warnings })
}

/// What a chart and its subcharts bring of values.
pub(crate) struct Own<'c> {
    pub(crate) name: &'c str,
    pub(crate) values: &'c Table,
    pub(crate) subcharts: Vec<Own<'c>>,
}

impl<'c> From<&'c Chart> for Own<'c> {
    fn from(chart: &'c Chart) -> Self {
        let subcharts = chart.dependencies.iter().map(Self::from).collect();
        Self { name: &chart.metadata.name, values: &chart.values, subcharts }
    }
}

/// As [`coalesce`], over values that are a map already, which is copied. The error is Helm's text.
pub(crate) fn coalesce_map(
    chart: &Own<'_>,
    given: &Map,
    version: HelmVersion,
    warnings: &mut Vec<String>,
) -> Result<Map, String> {
    let values = copy_table(given);
    Coalescer { keeps_nulls: false, version, warnings }.chart(chart, &values, "")?;
    Ok(values)
}

/// As [`coalesce_map`] without given values; nulls stay.
pub(crate) fn merge(chart: &Own<'_>, version: HelmVersion, warnings: &mut Vec<String>) -> Result<Map, String> {
    let values = Map::new();
    Coalescer { keeps_nulls: true, version, warnings }.chart(chart, &values, "")?;
    Ok(values)
}

/// Lays `dest` over `src`, in `dest`; nulls stay.
pub(crate) fn merge_tables(dest: &Map, src: &Map, version: HelmVersion, warnings: &mut Vec<String>) {
    Coalescer { keeps_nulls: true, version, warnings }.tables(dest, src, "", true);
}

struct Coalescer<'a> {
    /// Whether a null is a value like others; otherwise it removes a chart's value.
    keeps_nulls: bool,
    version: HelmVersion,
    warnings: &'a mut Vec<String>,
}

impl Coalescer<'_> {
    /// Adds a chart's values, and its subcharts', to `dest`. `prefix` is the path of charts to it.
    fn chart(&mut self, chart: &Own<'_>, dest: &Map, prefix: &str) -> Result<(), String> {
        let prefix = join(prefix, chart.name);
        self.own_values(chart, dest, &prefix);
        for subchart in &chart.subcharts {
            let name = subchart.name;
            let inner = match dest.get(name) {
                None => {
                    let inner = Map::new();
                    dest.insert(name, inner.clone());
                    inner
                }
                Some(Value::Map(inner)) => inner,
                Some(other) => {
                    let met = fmt::sprintf(b"%t", &[other]);
                    return Err(format!("type mismatch on {name}: {}", String::from_utf8_lossy(&met)));
                }
            };
            self.globals(&inner, dest, &prefix);
            self.chart(subchart, &inner, &prefix)?;
        }
        Ok(())
    }

    fn own_values(&mut self, chart: &Own<'_>, dest: &Map, prefix: &str) {
        for (key, value) in chart.values {
            let value = govalue::from_json(value);
            match dest.get(key) {
                Some(Value::Nil) if !self.keeps_nulls => {
                    dest.remove(key);
                }
                Some(Value::Map(given)) => self.own_table(chart, key, &given, &value, prefix),
                Some(_) => {}
                None => self.add_own(dest, key, value),
            }
        }
    }

    /// Helm 4 does not take over a chart's own nulls.
    fn add_own(&self, dest: &Map, key: &str, value: Value) {
        if self.cleans_nulls() {
            match &value {
                Value::Nil => return,
                Value::Map(table) => clean_nulls(table),
                _ => {}
            }
        }
        dest.insert(key, value);
    }

    fn own_table(&mut self, chart: &Own<'_>, key: &str, given: &Map, own: &Value, prefix: &str) {
        match own {
            Value::Map(own) => {
                let is_subchart = chart.subcharts.iter().any(|subchart| subchart.name == key);
                let keeps_nulls = self.keeps_nulls || is_subchart;
                if !keeps_nulls && self.version == HelmVersion::V4 {
                    clean_nulls(own);
                }
                self.tables(given, own, &join(prefix, key), keeps_nulls);
            }
            Value::Nil => {}
            _ => self.say(237, &format!("warning: skipped value for {prefix}.{key}: Not a table.")),
        }
    }

    fn cleans_nulls(&self) -> bool {
        self.version == HelmVersion::V4 && !self.keeps_nulls
    }

    /// Passes the globals of `src` down to `dest`. The outer ones win.
    fn globals(&mut self, dest: &Map, src: &Map, prefix: &str) {
        let Some(inner) = self.global_table(dest, "destination", 138) else { return };
        let Some(outer) = self.global_table(src, "source", 145) else { return };
        for (key, value) in outer.entries() {
            let met = inner.get(&*key);
            match (value, met) {
                (Value::Map(table), None) => inner.insert(key, shallow(&table)),
                (Value::Map(table), Some(Value::Map(met))) => {
                    let table = shallow(&table);
                    self.tables(&table, &met, &join(prefix, &key.to_text()), true);
                    inner.insert(key, table);
                }
                (Value::Map(_), Some(_)) => {
                    let key = quote(&key.to_text());
                    self.say(161, &format!("Conflict: cannot merge map onto non-map for {key}. Skipping."));
                }
                (_, Some(Value::Map(_))) => self.say(175, &format!("key {key} is table. Skipping")),
                (value, _) => inner.insert(key, value),
            }
        }
        dest.insert(GLOBAL, inner);
    }

    /// The globals of a table, a new map if it has none, nothing if they are no map.
    fn global_table(&mut self, table: &Map, which: &str, place: usize) -> Option<Map> {
        match table.get(GLOBAL) {
            None => Some(Map::new()),
            Some(Value::Map(globals)) => Some(globals),
            Some(_) => {
                self.say(place, &format!("warning: skipping globals because {which} {GLOBAL} is not a table."));
                None
            }
        }
    }

    /// Lays `dest` over `src`, in `dest`. Helm changes `src` too, which shows where a map has two names.
    fn tables(&mut self, dest: &Map, src: &Map, prefix: &str, keeps_nulls: bool) {
        if dest.is(src) {
            return;
        }
        let removable: Vec<Str> = null_keys(dest);
        let originals: Vec<bool> = removable
            .iter()
            .map(|key| {
                let had_value = src.get(&**key).is_some_and(|value| !value.is_nil());
                src.insert(key.clone(), Value::Nil);
                had_value
            })
            .collect();
        for (key, _) in removable.iter().zip(originals).filter(|&(_, had_value)| had_value && !keeps_nulls) {
            dest.remove(&**key);
        }
        for (key, value) in src.entries() {
            if removable.binary_search(&key).is_ok() {
                continue;
            }
            match (dest.get(&*key), value) {
                (None, value) => dest.insert(key, value),
                (Some(Value::Map(dest)), Value::Map(src)) => {
                    let prefix = join(prefix, &key.to_text());
                    self.tables(&dest, &src, &prefix, keeps_nulls);
                }
                (Some(_), value @ Value::Map(_)) => self.warn(
                    316,
                    "warning: cannot overwrite table with non table for",
                    "",
                    &join(prefix, &key.to_text()),
                    value,
                ),
                (Some(Value::Map(_)), value) if !value.is_nil() => self.warn(
                    319,
                    "warning: destination for",
                    " is a table. Ignoring non-table value",
                    &join(prefix, &key.to_text()),
                    value,
                ),
                (Some(_), _) => {}
            }
        }
    }

    fn warn(&mut self, place: usize, before: &str, after: &str, key: &str, value: Value) {
        let value = fmt::sprint(&[value]);
        self.say(place, &format!("{before} {key}{after} ({})", String::from_utf8_lossy(&value)));
    }

    /// `place` is the line of Helm 3's `coalesce.go`.
    fn say(&mut self, place: usize, text: &str) {
        self.warnings.push(warning::line(self.version, &format!("coalesce.go:{place}"), text));
    }
}

fn null_keys(map: &Map) -> Vec<Str> {
    map.borrow().iter().filter(|(_, value)| value.is_nil()).map(|(key, _)| key.clone()).collect()
}

/// A new map with the same values.
fn shallow(map: &Map) -> Map {
    map.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// Removes the nulls of a map and of the maps in it.
fn clean_nulls(map: &Map) {
    for (key, value) in map.entries() {
        match value {
            Value::Nil => {
                map.remove(&*key);
            }
            Value::Map(inner) => clean_nulls(&inner),
            _ => {}
        }
    }
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
}
