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

pub(crate) use coalesce::{coalesce_map, merge, merge_tables};
pub(crate) use convert::{copy_table, to_json, to_map};
pub(crate) use documents::read_values;
pub(crate) use paths::{escaped, path_value, table_at};
pub(crate) use provenance::{Sources, paths_of};

use govalue::Map;

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
    let text = schema::check(chart, values);
    if text.is_empty() { Ok(()) } else { Err(Error::Schema(text)) }
}

#[cfg(test)]
pub(crate) use strvals::floats;

#[cfg(test)]
mod tests;
