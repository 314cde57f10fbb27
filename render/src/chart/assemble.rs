//! From files to a chart with its subcharts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::archive::{self, Budget};
use super::{Chart, File, decode, validate};
use crate::values::{Schema, read_values};
use crate::{HelmVersion, warning};

/// Subcharts of subcharts deeper than this are refused: an archive can hold itself.
const MAX_DEPTH: usize = 64;

/// Puts a chart together. The error is Helm's text.
pub(super) fn chart(files: Vec<File>, version: HelmVersion, budget: &mut Budget) -> Result<Chart, String> {
    if budget.depth == MAX_DEPTH {
        return Err(format!("charts are nested deeper than the maximum of {MAX_DEPTH}"));
    }
    let mut chart = Chart { raw: files.clone().into(), ..Chart::default() };
    let mut has_metadata = false;
    for file in files.iter().filter(|file| file.name == "Chart.yaml") {
        has_metadata = true;
        add_metadata(&mut chart, file, version).map_err(in_file("Chart.yaml"))?;
        if chart.metadata.api_version.is_empty() {
            chart.metadata.api_version = "v1".into();
        }
    }
    let mut subcharts: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for file in files {
        if let Some(path) = file.name.strip_prefix("charts/")
            && file.name.rsplit_once('.').is_none_or(|(_, extension)| extension != "prov")
        {
            let path = path.to_owned();
            let name = path.split('/').next().unwrap_or_default().to_owned();
            subcharts.entry(name).or_default().push(file.renamed(path));
        } else {
            has_metadata |= add(&mut chart, file, version)?;
        }
    }
    if !has_metadata {
        return Err("Chart.yaml file is missing".into());
    }
    validate::validate(&mut chart.metadata)?;
    budget.depth += 1;
    for (name, files) in subcharts {
        let subchart = subchart(&name, files, &chart.metadata.name, version, budget)?;
        chart.dependencies.extend(subchart);
    }
    budget.depth -= 1;
    Ok(chart)
}

/// Puts a file where it belongs. Gives whether the file told something of the chart itself.
fn add(chart: &mut Chart, file: File, version: HelmVersion) -> Result<bool, String> {
    match file.name.as_str() {
        "Chart.yaml" => {}
        "Chart.lock" => chart.lock = Some(decode::lock(file.read()?, version).map_err(in_file("Chart.lock"))?),
        "values.yaml" => {
            chart.values = Arc::new(read_values(file.read()?, version).map_err(in_file("values.yaml"))?);
        }
        "values.schema.json" => chart.schema = Some(Schema::new(Arc::clone(file.read()?))),
        "requirements.yaml" => {
            let is_v1 = chart.metadata.api_version == "v1";
            if !is_v1 {
                chart.warnings.push(warning::line(version, "load.go:120", OLD_REQUIREMENTS));
            }
            add_metadata(chart, &file, version).map_err(in_file("requirements.yaml"))?;
            chart.files.extend(is_v1.then_some(file));
            return Ok(true);
        }
        "requirements.lock" => {
            chart.lock = Some(decode::lock(file.read()?, version).map_err(in_file("requirements.lock"))?);
            let is_v1 = chart.metadata.api_version == "v1";
            if !is_v1 {
                chart.warnings.push(warning::line(version, "load.go:138", OLD_LOCK));
            }
            chart.files.extend(is_v1.then_some(file));
            return Ok(true);
        }
        name if name.starts_with("templates/") => chart.templates.push(file.try_into()?),
        _ => chart.files.push(file),
    }
    Ok(false)
}

fn add_metadata(chart: &mut Chart, file: &File, version: HelmVersion) -> Result<(), String> {
    let lists = decode::metadata(file.read()?, version, &mut chart.metadata)?;
    chart.lists_dependencies = lists.unwrap_or(chart.lists_dependencies);
    Ok(())
}

const OLD_REQUIREMENTS: &str = "Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". \
    We recommend migrating dependencies to Chart.yaml.";
const OLD_LOCK: &str = "Warning: Dependency locking is handled in Chart.lock since apiVersion \"v2\". \
    We recommend migrating to Chart.lock.";

/// Reads what is in `charts/` under one name. Names that start with `_` or `.` are no charts.
fn subchart(
    name: &str,
    files: Vec<File>,
    parent: &str,
    version: HelmVersion,
    budget: &mut Budget,
) -> Result<Option<Chart>, String> {
    if name.starts_with(['_', '.']) {
        return Ok(None);
    }
    let is_archive = name.rsplit_once('.').is_some_and(|(_, extension)| extension == "tgz");
    if let (true, Some(first)) = (is_archive, files.first())
        && first.name != name
    {
        let met = &first.name;
        return Err(format!("error unpacking subchart tar in {parent}: expected {name}, got {met}"));
    }
    let files = match files.first() {
        Some(archive) if is_archive => archive.read().and_then(|archive| archive::files(archive, version, budget)),
        _ => Ok(files.into_iter().filter_map(without_first_folder).collect()),
    };
    let subchart = files.and_then(|files| chart(files, version, budget));
    subchart.map(Some).map_err(|error| format!("error unpacking subchart {name} in {parent}: {error}"))
}

/// A file next to the charts belongs to none.
fn without_first_folder(file: File) -> Option<File> {
    let name = file.name.split_once('/')?.1.to_owned();
    Some(file.renamed(name))
}

fn in_file(name: &str) -> impl Fn(String) -> String {
    move |error| {
        if error.starts_with("validation: ") { error } else { format!("cannot load {name}: {error}") }
    }
}
