//! Charts that lack what their `Chart.yaml` names get it from the other charts that were found.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_yaml::Value;

use crate::cases::{Case, Found};

/// Cases that can be rendered.
pub(crate) struct Prepared {
    pub(crate) cases: Vec<Case>,
    pub(crate) left_out: Vec<(PathBuf, String)>,
}

/// Makes copies under `work` of those charts that lack dependencies, and puts these in.
pub(crate) fn prepare(found: Found, work: &Path) -> anyhow::Result<Prepared> {
    let charts: HashMap<String, PathBuf> = found.charts.into_iter().rev().collect();
    let mut folders: HashMap<PathBuf, Result<PathBuf, String>> = HashMap::new();
    let mut prepared = Prepared { cases: Vec::new(), left_out: found.left_out };
    for case in found.cases {
        if !folders.contains_key(&case.chart) {
            let copy = work.join(folders.len().to_string());
            let folder = complete(&case.chart, &copy, &charts, &[])?;
            if let Err(reason) = &folder {
                prepared.left_out.push((case.chart.clone(), reason.clone()));
            }
            folders.insert(case.chart.clone(), folder);
        }
        if let Some(Ok(folder)) = folders.get(&case.chart) {
            prepared.cases.push(Case { folder: folder.clone(), ..case });
        }
    }
    Ok(prepared)
}

/// The chart itself, or a copy with all its dependencies; why there is none. `above` are the charts that it is for.
fn complete(
    chart: &Path,
    copy: &Path,
    charts: &HashMap<String, PathBuf>,
    above: &[&Path],
) -> anyhow::Result<Result<PathBuf, String>> {
    let missing = missing(chart)?;
    if missing.is_empty() {
        return Ok(Ok(chart.to_owned()));
    }
    copy_folder(chart, copy)?;
    let above = [above, &[chart]].concat();
    for name in missing {
        let Some(source) = charts.get(&name) else {
            return Ok(Err(format!("its dependency {name} was not found")));
        };
        if above.contains(&source.as_path()) {
            return Ok(Err(format!("its dependency {name} depends on itself")));
        }
        let inner = copy.join("charts").join(&name);
        match complete(source, &inner, charts, &above)? {
            Ok(folder) if folder == *source => copy_folder(source, &inner)?,
            Ok(_) => {}
            Err(reason) => return Ok(Err(reason)),
        }
    }
    Ok(Ok(copy.to_owned()))
}

fn missing(chart: &Path) -> anyhow::Result<Vec<String>> {
    let there: Vec<String> = fs::read_dir(chart.join("charts"))
        .map(|entries| {
            entries.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        })
        .unwrap_or_default();
    let is_there = |name: &String| {
        there.iter().any(|entry| {
            entry == name
                || (entry.starts_with(&format!("{name}-"))
                    && Path::new(entry).extension().is_some_and(|extension| extension == "tgz"))
        })
    };
    Ok(names(chart)?.into_iter().filter(|name| !is_there(name)).collect())
}

/// The dependencies that `Chart.yaml` or `requirements.yaml` names.
fn names(chart: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for file in ["Chart.yaml", "requirements.yaml"] {
        let Ok(text) = fs::read_to_string(chart.join(file)) else { continue };
        let document: Value = serde_yaml::from_str(&text).with_context(|| format!("{}/{file}", chart.display()))?;
        let listed = document.get("dependencies").and_then(Value::as_sequence).cloned().unwrap_or_default();
        names.extend(listed.iter().filter_map(|entry| entry.get("name")?.as_str().map(str::to_owned)));
    }
    names.sort();
    names.dedup();
    Ok(names)
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (path, target) = {
            let entry = entry?;
            (entry.path(), to.join(entry.file_name()))
        };
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else if path.is_file() {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn charts_that_need_each_other_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let mut charts = HashMap::new();
        for (name, other) in [("one", "two"), ("two", "one")] {
            let chart = folder.path().join(name);
            fs::create_dir(&chart).unwrap();
            fs::write(chart.join("Chart.yaml"), format!("name: {name}\ndependencies: [{{name: {other}}}]\n")).unwrap();
            charts.insert(name.to_owned(), chart);
        }
        let met = complete(&charts["one"], &folder.path().join("copy"), &charts, &[]).unwrap();
        assert_eq!(met, Err("its dependency one depends on itself".to_owned()));
    }
}
