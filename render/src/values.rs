//! Values: where they come from, how they are put together, and what a chart's schema says of them.

mod coalesce;
mod convert;
mod documents;
pub(crate) mod known;
mod options;
mod paths;
mod provenance;
mod schema;
mod strvals;

pub use coalesce::{Coalesced, coalesce};
pub use options::{Options, Origin, Streams};
pub use provenance::{Source, Sourced, sourced};
pub use schema::Schema;

pub(crate) use coalesce::{Own, coalesce_map, merge, merge_tables};
pub(crate) use convert::{copy_table, to_json, to_map};
pub(crate) use documents::read_values;
pub(crate) use paths::{escaped, path_value, table_at};
pub(crate) use provenance::{Sources, paths_of};

use govalue::Map;
use schema::Demands;

use crate::parallel::{self, Results};
use crate::{Chart, Error, HelmVersion, Table};

/// The values that a chart is rendered with: its own, those of its subcharts, and the given ones over them.
///
/// Fails if they do not meet a `values.schema.json` of the chart or a subchart.
///
/// ```
/// use render::{Chart, File, HelmVersion};
/// let chart = Chart::from_files([
///     File::new("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
///     File::new("values.yaml", "replicas: 2\n"),
///     File::new("values.schema.json", r#"{"properties": {"replicas": {"type": "number"}}}"#),
/// ])?;
/// let given = serde_json::json!({"replicas": "many"});
/// let error = render::values::checked(&chart, given.as_object().unwrap(), HelmVersion::V4).unwrap_err();
/// assert!(error.to_string().ends_with("shop:\n- at '/replicas': got string, want number\n"));
/// # Ok::<(), render::Error>(())
/// ```
pub fn checked(chart: &Chart, given: &Table, version: HelmVersion) -> Result<Coalesced, Error> {
    let coalesced = coalesce(chart, given, version)?;
    check_schema(chart, &coalesced.values)?;
    Ok(coalesced)
}

/// Fails if values do not meet a `values.schema.json` of the chart or a subchart.
pub fn check_schema(chart: &Chart, values: &Map) -> Result<(), Error> {
    outcome(Demands::of(chart, values).failures())
}

fn outcome(failures: String) -> Result<(), Error> {
    if failures.is_empty() { Ok(()) } else { Err(Error::Schema(failures)) }
}

/// A check of values by schemas, which another thread does meanwhile if it is long.
pub(crate) struct Check(Results<String>);

impl Check {
    /// As [`check_schema`] does it.
    pub(crate) fn start(chart: &Chart, values: &Map) -> Self {
        let (demands, results) = (Demands::of(chart, values), Results::new());
        if parallel::is_worth(WORK_OF_SCHEMA * demands.bytes) {
            results.spawn(|| demands.failures());
        } else {
            results.add(demands.failures());
        }
        Self(results)
    }

    /// What it came to.
    pub(crate) fn finish(self) -> Result<(), Error> {
        outcome(self.0.collect().concat())
    }
}

/// To compile a schema takes so many times as long as to parse as much text of templates.
const WORK_OF_SCHEMA: usize = 8;

#[cfg(test)]
pub(crate) use strvals::floats;

#[cfg(test)]
mod tests;
