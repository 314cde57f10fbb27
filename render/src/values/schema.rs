//! `values.schema.json`: what a chart demands of its values, in the words of Helm's library.

mod budget;
mod compile;
mod decimal;
mod documents;
mod draft;
mod equal;
mod failure;
mod flat;
mod format;
mod meta;
mod node;
mod number;
mod read;
mod text;
mod url;
mod validator;

use std::fmt;
use std::sync::{Arc, OnceLock};

use govalue::{Map, Value};
use serde_json::Value as Json;

use crate::values::to_json;
use crate::{Chart, Table};
use budget::Budget;
use documents::{Documents, Place};
use node::{Compiled, Program};
use validator::Validator;

/// A `values.schema.json`. It is compiled when values are first checked, once for all copies.
#[derive(Clone)]
pub struct Schema {
    text: Arc<[u8]>,
    compiled: Arc<OnceLock<Compiled>>,
}

impl Schema {
    /// A schema that may be wrong: whoever checks values by it is told.
    pub fn new(text: impl Into<Arc<[u8]>>) -> Self {
        Self { text: text.into(), compiled: Arc::default() }
    }

    /// The file.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    fn compiled(&self, budget: &Budget) -> Result<&Program, &String> {
        self.compiled.get_or_init(|| budget.program(&self.text, compile)).as_deref()
    }
}

impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(bstr::BStr::new(&self.text), formatter)
    }
}

/// Where a schema is said to be.
const PLACE: &str = "file:///values.schema.json";

fn compile(text: &[u8], budget: &Budget) -> Result<Program, String> {
    let mut schema = read::schema(text)?;
    schema.sort_all_objects();
    let mut documents = Documents::new(budget);
    documents.add(PLACE, schema)?;
    compile::compile(&mut documents, Place { url: PLACE.into(), pointer: String::new() }, false)
}

/// What a chart and its subcharts demand of their values, and those values: what other threads can check.
#[derive(Default)]
pub(super) struct Demands {
    all: Vec<Demand>,
    /// How much text the schemas have.
    pub(super) bytes: usize,
}

enum Demand {
    /// The values of the chart of this name meet the schema.
    Met { chart: String, schema: Schema, values: Table },
    /// They cannot be met, for this reason.
    Broken(String),
}

impl Demands {
    /// Those of a chart, then those of its subcharts.
    pub(super) fn of(chart: &Chart, values: &Map) -> Self {
        let mut demands = Self::default();
        demands.add(chart, values);
        demands
    }

    fn add(&mut self, chart: &Chart, values: &Map) {
        if let Some(schema) = &chart.schema {
            self.bytes += schema.text.len();
            let (chart, schema) = (chart.metadata.name.clone(), schema.clone());
            self.all.push(Demand::Met { chart, schema, values: to_json(values) });
        }
        for subchart in &chart.dependencies {
            let name = &subchart.metadata.name;
            match values.get(name) {
                None | Some(Value::Nil) => {}
                Some(Value::Map(values)) => self.add(subchart, &values),
                Some(other) => {
                    let met = other.type_name();
                    let text = format!("{name}:\ninvalid type for values: expected object (map), got {met}\n");
                    self.all.push(Demand::Broken(text));
                }
            }
        }
    }

    /// What is not met, each under the name of its chart; empty if all is.
    pub(super) fn failures(self) -> String {
        let budget = Budget::default();
        let failure = |demand| match demand {
            Demand::Met { chart, schema, values } => {
                validate(&schema, values, &budget).err().map(|error| format!("{chart}:\n{error}"))
            }
            Demand::Broken(text) => Some(text),
        };
        self.all.into_iter().filter_map(failure).collect()
    }
}

/// Fails with the text that Helm has for it, which ends with a line feed if the values are to blame.
fn validate(schema: &Schema, values: Table, budget: &Budget) -> Result<(), String> {
    let program = schema.compiled(budget)?;
    // Go looks at keys in any order, and ours is to be always the same.
    let mut values = Json::Object(values);
    values.sort_all_objects();
    let failures = Validator::new(program, budget).failures(&values).map_err(|exceeded| format!("{exceeded}\n"))?;
    if failures.is_empty() { Ok(()) } else { Err(format!("{}\n", failure::lines(&failures))) }
}

#[cfg(test)]
mod tests;
