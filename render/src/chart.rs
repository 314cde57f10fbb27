//! A chart on disk.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::Error;

/// A larger `Chart.yaml` is not read: as Helm's own limit for one file of a chart, 5 MiB.
const MAX_FILE: u64 = 5 * 1024 * 1024;

/// A chart that was read from a folder.
#[derive(Clone, Debug)]
pub struct Chart {
    /// The chart's folder.
    pub path: PathBuf,
    /// What `Chart.yaml` says.
    pub metadata: Metadata,
}

/// `Chart.yaml`, by the names of its keys in [Helm's documentation](https://helm.sh/docs/topics/charts/#the-chartyaml-file).
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    /// `v2`, or `v1` for charts of Helm 2.
    #[serde(default)]
    pub api_version: String,
    /// The chart's name.
    #[serde(default)]
    pub name: String,
    /// The chart's version (SemVer 2).
    #[serde(default)]
    pub version: String,
    /// The versions of Kubernetes that it may be installed on.
    pub kube_version: Option<String>,
    /// One sentence about it.
    pub description: Option<String>,
    /// `application` (the default) or `library`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Words to find it by.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// The project's page.
    pub home: Option<String>,
    /// Where its source is.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The charts that it needs.
    #[serde(default)]
    pub dependencies: Vec<Dependency>,
    /// Who looks after it.
    #[serde(default)]
    pub maintainers: Vec<Maintainer>,
    /// An SVG or PNG picture's address.
    pub icon: Option<String>,
    /// The version of what it installs.
    pub app_version: Option<String>,
    /// Whether it should not be used any more.
    #[serde(default)]
    pub deprecated: bool,
    /// Anything else.
    #[serde(default)]
    pub annotations: BTreeMap<String, String>,
}

/// A chart that another chart needs.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dependency {
    /// The other chart's name.
    pub name: String,
    /// The versions that fit.
    pub version: Option<String>,
    /// Where it comes from.
    pub repository: Option<String>,
    /// The value that turns it on or off.
    pub condition: Option<String>,
    /// Groups that turn it on or off.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Another name for it here.
    pub alias: Option<String>,
}

/// Who looks after a chart.
#[derive(Clone, Debug, Deserialize)]
pub struct Maintainer {
    /// The name.
    pub name: String,
    /// The address for mail.
    pub email: Option<String>,
    /// The page.
    pub url: Option<String>,
}

impl Chart {
    /// Reads the chart in a folder.
    ///
    /// The error names the file, and what was wanted and met.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let file = path.join("Chart.yaml");
        let metadata: Metadata = serde_yaml::from_str(&read(&file)?).map_err(|error| Error::new(&file, error))?;
        metadata.check().map_err(|what| Error::new(&file, what))?;
        Ok(Self { path: path.to_owned(), metadata })
    }
}

impl Metadata {
    /// As `chart.Metadata.Validate` of Helm: the three that every chart has.
    fn check(&self) -> Result<(), String> {
        if self.api_version.is_empty() {
            return Err("chart.metadata.apiVersion is required".into());
        }
        if self.name.is_empty() {
            return Err("chart.metadata.name is required".into());
        }
        if self.name.contains('/') || self.name == "." || self.name == ".." {
            return Err(format!("chart.metadata.name {:?} is invalid", self.name));
        }
        if self.version.is_empty() {
            return Err("chart.metadata.version is required".into());
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<String, Error> {
    let file = File::open(path).map_err(|error| Error::new(path, error))?;
    let mut text = String::new();
    file.take(MAX_FILE + 1).read_to_string(&mut text).map_err(|error| Error::new(path, error))?;
    if text.len() as u64 > MAX_FILE {
        return Err(Error::new(path, format!("expected at most {MAX_FILE} bytes, met more")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn load(text: &[u8]) -> Result<Chart, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("Chart.yaml"), text).unwrap();
        Chart::load(folder.path()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_chart_tells_its_name_version_and_dependencies() {
        let text =
            b"apiVersion: v2\nname: shop\nversion: 1.2.3\ndependencies:\n- {name: db, alias: store}\nfuture: 1\n";
        let metadata = load(text).unwrap().metadata;
        assert_eq!((metadata.name.as_str(), metadata.version.as_str()), ("shop", "1.2.3"));
        assert_eq!(metadata.dependencies[0].alias.as_deref(), Some("store"));
    }

    #[test]
    fn what_is_missing_is_named_with_its_file() {
        for (text, wanted) in [
            (&b"name: a\nversion: 1.0.0"[..], "chart.metadata.apiVersion is required"),
            (b"apiVersion: v2\nversion: 1.0.0", "chart.metadata.name is required"),
            (b"apiVersion: v2\nname: a", "chart.metadata.version is required"),
            (b"apiVersion: v2\nname: ../a\nversion: 1.0.0", "is invalid"),
            (b"- a", "expected"),
            (b"\xff", "UTF-8"),
        ] {
            let error = load(text).unwrap_err();
            assert!(error.contains("Chart.yaml: ") && error.contains(wanted), "{error}");
        }
    }

    #[test]
    fn a_folder_that_is_not_there_and_a_huge_file_are_errors() {
        assert!(Chart::load("/nowhere").unwrap_err().to_string().starts_with("/nowhere/Chart.yaml: "));
        assert!(load(&vec![b'#'; 6 * 1024 * 1024]).unwrap_err().contains("at most"));
    }
}
