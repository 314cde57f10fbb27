//! What a chart takes over from its subcharts' values.

use govalue::{Map, Value, fmt};
use serde_json::Value as Json;

use super::Process;
use super::graph::Id;
use crate::values::{copy_table, merge, merge_tables, table_at, to_json};

impl Process<'_, '_> {
    /// Takes over values from the subcharts of a chart, the innermost first.
    pub(super) fn import(&mut self, chart: Id) -> Result<(), String> {
        for subchart in self.graph.subcharts(chart) {
            self.import(subchart)?;
        }
        let Some(needed) = self.graph.needed(chart) else { return Ok(()) };
        let mut values = merge(&self.graph.own(chart), self.version, self.warnings)?;
        let imported = Map::new();
        for needed in needed {
            self.import_from(needed, &values, &imported);
        }
        if !imported.is_empty() {
            // The imports may share maps with the values; a copy parts them.
            values = copy_table(&values);
            merge_tables(&values, &imported, self.version, self.warnings);
        }
        self.graph.set_values(chart, to_json(&values));
        Ok(())
    }

    /// Adds what one dependency names. What was taken over once names nothing any more.
    fn import_from(&mut self, needed: usize, values: &Map, imported: &Map) {
        let entry = &mut self.graph.dependencies[needed];
        let all = std::mem::take(&mut entry.dependency.import_values);
        if std::mem::replace(&mut entry.is_imported, true) {
            return;
        }
        let name = entry.dependency.name.clone();
        for wanted in &all {
            if let Some(table) = self.imported(&name, wanted, values) {
                merge_tables(imported, &table, self.version, self.warnings);
            }
        }
        self.graph.dependencies[needed].dependency.import_values = all.iter().filter_map(resolved).collect();
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
