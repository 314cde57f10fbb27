//! The charts under a folder, and the values files that come with them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_yaml::Value;

/// A chart with one values file, or with its defaults.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The chart's folder, as it was found.
    pub(crate) chart: PathBuf,
    /// The folder that is rendered: the same, or a copy with its dependencies.
    pub(crate) folder: PathBuf,
    /// A values file.
    pub(crate) values: Option<PathBuf>,
}

impl Case {
    /// The chart, and the values file if there is one.
    pub(crate) fn name(&self) -> String {
        let chart = self.chart.display();
        match &self.values {
            None => chart.to_string(),
            Some(values) => format!("{chart} -f {}", values.strip_prefix(&self.chart).unwrap_or(values).display()),
        }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Every chart with its defaults and with each of its values files.
    pub(crate) cases: Vec<Case>,
    /// Charts that cannot be rendered, and why.
    pub(crate) left_out: Vec<(PathBuf, String)>,
    /// Every chart's folder by its name, libraries too: dependencies may be among them.
    pub(crate) charts: Vec<(String, PathBuf)>,
}

impl Found {
    /// Every chart also with these values files.
    pub(crate) fn add_values(&mut self, files: &[PathBuf]) {
        let defaults: Vec<Case> = self.cases.iter().filter(|case| case.values.is_none()).cloned().collect();
        let more = |case: &Case| {
            files.iter().map(|file| Case { values: Some(file.clone()), ..case.clone() }).collect::<Vec<_>>()
        };
        self.cases.extend(defaults.iter().flat_map(more));
    }
}

/// Looks through a folder.
pub(crate) fn find(directory: &Path) -> anyhow::Result<Found> {
    let mut found = Found::default();
    walk(directory, &mut found)?;
    Ok(found)
}

fn walk(folder: &Path, found: &mut Found) -> anyhow::Result<()> {
    let is_chart = folder.join("Chart.yaml").is_file();
    if is_chart {
        add(folder, found);
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries.iter().filter(|entry| entry.is_dir() && !entry.is_symlink()) {
        // what lies in a chart is a part of it
        if !(is_chart && entry.file_name().is_some_and(|name| name == "charts" || name == "templates")) {
            walk(entry, found)?;
        }
    }
    Ok(())
}

fn add(folder: &Path, found: &mut Found) {
    let metadata: Value = match fs::read_to_string(folder.join("Chart.yaml")).map(|text| serde_yaml::from_str(&text)) {
        Ok(Ok(metadata)) => metadata,
        _ => return found.left_out.push((folder.to_owned(), "Chart.yaml is no YAML".into())),
    };
    let field = |name: &str| metadata.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    found.charts.push((field("name"), folder.to_owned()));
    if field("type") == "library" {
        return found.left_out.push((folder.to_owned(), "a library".into()));
    }
    let case = |values| Case { chart: folder.to_owned(), folder: folder.to_owned(), values };
    found.cases.push(case(None));
    found.cases.extend(values_files(folder).into_iter().map(|file| case(Some(file))));
}

/// `ci/*.yaml`, and files of examples and of the chart's own folder that are called after values.
fn values_files(chart: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for (folder, any_name) in [("ci", true), ("", false), ("examples", false), ("example", false), ("values", true)] {
        let Ok(entries) = fs::read_dir(chart.join(folder)) else { continue };
        files.extend(entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
            is_yaml && name != "values.yaml" && (any_name || name.contains("values")) && is_mapping(path)
        }));
    }
    files.sort();
    files
}

fn is_mapping(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    serde_yaml::from_str::<Value>(&text).is_ok_and(|value| value.is_mapping())
}
