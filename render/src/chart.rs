//! A chart: its files and what they say, from a folder, an archive or memory.

mod archive;
mod assemble;
mod decode;
mod dependencies;
mod file;
mod folder;
mod ignore;
mod link;
mod metadata;
mod parsed;
pub(crate) mod pattern;
mod template;
mod validate;

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value as Json;

pub use file::File;
pub use metadata::{Dependency, Lock, Maintainer, Metadata};
pub use template::Template;

pub(crate) use decode::{json_kind, table};

use archive::Budget;
use parsed::Parsed;

use crate::values::Schema;
use crate::{Error, HelmVersion};

/// Values as a chart has them: an object of JSON. Numbers that come from YAML are floats.
pub type Table = serde_json::Map<String, Json>;

/// A chart with its subcharts.
///
/// ```
/// use render::{Chart, File};
/// let chart = Chart::from_files([
///     File::new("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
///     File::new("values.yaml", "replicas: 2\n"),
///     File::new("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 0.1.0\n"),
/// ])?;
/// assert_eq!(chart.metadata.name, "shop");
/// assert_eq!(chart.values["replicas"], 2.0);
/// assert_eq!(chart.dependencies[0].metadata.version, "0.1.0");
/// # Ok::<(), render::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// `Chart.yaml`
    pub metadata: Metadata,
    /// `Chart.lock`
    pub lock: Option<Lock>,
    /// `values.yaml`
    pub values: Arc<Table>,
    /// `values.schema.json`
    pub schema: Option<Schema>,
    /// What is in `templates/`.
    pub templates: Vec<Template>,
    /// All other files: what templates see as `.Files`, and `crds/`.
    pub files: Vec<File>,
    /// The charts in `charts/`.
    pub dependencies: Vec<Chart>,
    /// All files as they were read, those of the subcharts too.
    pub raw: Arc<[File]>,
    /// What Helm would have printed on standard error while it read the chart.
    pub warnings: Vec<String>,
    /// Its path from the outermost chart, if Helm takes it to be elsewhere than it is.
    pub(crate) path: Option<String>,
    /// Whether `Chart.yaml` lists dependencies, perhaps none: Helm processes those of a list.
    pub(crate) lists_dependencies: bool,
}

/// A custom resource definition in a chart's `crds/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crd {
    /// The path from the outermost chart: `shop/charts/db/crds/table.yaml`.
    pub filename: String,
    /// The file.
    pub file: File,
}

impl Chart {
    /// Reads a chart from a folder or a `.tgz`, as Helm 4 does.
    ///
    /// Files that `.helmignore` names are left out. A link is followed if it stays in the chart. An archive may have
    /// 100 MiB when it is unpacked. The error is Helm's, or names the limit that the chart breaks.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::load_as(path, HelmVersion::V4)
    }

    /// Reads a chart from a folder or a `.tgz`, as the given Helm does.
    pub fn load_as(path: impl AsRef<Path>, version: HelmVersion) -> Result<Self, Error> {
        Self::load_beside(path.as_ref(), version, &mut |_| ())
    }

    /// As [`Chart::load_as`]. `seen` gets each file as soon as it is read.
    pub(crate) fn load_beside(path: &Path, version: HelmVersion, seen: Seen<'_>) -> Result<Self, Error> {
        Parts::read(path, version, seen).and_then(|parts| parts.chart(version)).map_err(Error::Chart)
    }

    /// Puts a chart together from its files, as Helm 4 does.
    pub fn from_files(files: impl IntoIterator<Item = File>) -> Result<Self, Error> {
        Self::from_files_as(files, HelmVersion::V4)
    }

    /// Puts a chart together from its files, as the given Helm does.
    pub fn from_files_as(files: impl IntoIterator<Item = File>, version: HelmVersion) -> Result<Self, Error> {
        assemble::chart(files.into_iter().collect(), version, &mut archive::Budget::default()).map_err(Error::Chart)
    }

    /// Reads a chart from the bytes of a `.tgz`.
    pub fn from_archive(archive: &[u8], version: HelmVersion) -> Result<Self, Error> {
        let mut budget = archive::Budget::default();
        archive::files(archive, version, &mut budget)
            .and_then(|files| assemble::chart(files, version, &mut budget))
            .map_err(Error::Chart)
    }

    /// Whether templates of other charts use it and it has no manifests itself.
    pub fn is_library(&self) -> bool {
        self.metadata.kind.eq_ignore_ascii_case("library")
    }

    /// The custom resource definitions in `crds/`, then those of the subcharts.
    pub fn crds(&self) -> Vec<Crd> {
        let mut crds = Vec::new();
        self.add_crds(&self.metadata.name, &mut crds);
        crds
    }

    /// Its path from the outermost chart, given that of the chart that it is in.
    pub(crate) fn path_below(&self, parent: &str) -> String {
        self.path.clone().unwrap_or_else(|| format!("{parent}/charts/{}", self.metadata.name))
    }

    fn add_crds(&self, path: &str, crds: &mut Vec<Crd>) {
        let own = self.files.iter().filter(|file| file.name.starts_with("crds/") && is_manifest(&file.name));
        crds.extend(own.map(|file| Crd { filename: format!("{path}/{}", file.name), file: file.clone() }));
        for chart in &self.dependencies {
            chart.add_crds(&chart.path_below(path), crds);
        }
    }

    /// Fails as `helm template` does before it renders: for a library chart, and when a chart that `Chart.yaml` names
    /// is not in `charts/`.
    pub fn check_installable(&self, version: HelmVersion) -> Result<(), Error> {
        self.check_kind()?;
        self.check_dependencies(version)
    }

    pub(crate) fn check_kind(&self) -> Result<(), Error> {
        if matches!(self.metadata.kind.as_str(), "" | "application") {
            return Ok(());
        }
        Err(Error::Chart(format!("{} charts are not installable", self.metadata.kind)))
    }

    /// Fails as Helm does when a chart that `Chart.yaml` names is not in `charts/`.
    pub fn check_dependencies(&self, version: HelmVersion) -> Result<(), Error> {
        let is_there = |name: &str| self.dependencies.iter().any(|chart| chart.metadata.name == name);
        let names = self.metadata.dependencies.iter().map(|dependency| dependency.name.as_str());
        let names: Vec<String> = names.filter(|name| !is_there(name)).map(str::to_owned).collect();
        if names.is_empty() { Ok(()) } else { Err(Error::MissingDependencies { names, version }) }
    }
}

/// Sees the files of a chart, one by one.
type Seen<'a> = &'a mut dyn FnMut(&File);

/// What a chart is put together from.
struct Parts {
    files: Vec<File>,
    /// What Helm says of them.
    warnings: Vec<String>,
    /// What archives among them may still unpack.
    budget: Budget,
}

impl Parts {
    fn read(path: &Path, version: HelmVersion, seen: Seen<'_>) -> Result<Self, String> {
        let quoted = || crate::error::quote(&path.to_string_lossy());
        let about = std::fs::metadata(path).map_err(|_| format!("path {} not found", quoted()))?;
        let read = if about.is_dir() { folder::read } else { archive::read };
        let path = std::path::absolute(path).map_err(|error| system_error(&error))?;
        read(&path, version, seen)
    }

    fn chart(mut self, version: HelmVersion) -> Result<Chart, String> {
        let mut chart = assemble::chart(self.files, version, &mut self.budget)?;
        chart.warnings.splice(..0, self.warnings);
        Ok(chart)
    }
}

fn is_manifest(name: &str) -> bool {
    let extension = name.rsplit('/').next().and_then(|base| base.rsplit_once('.')).map(|(_, extension)| extension);
    extension.is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// Reads a file that a user names, or standard input for `-`, with Go's words for what goes wrong.
pub(crate) fn read_file(path: &str) -> Result<Vec<u8>, String> {
    if path.trim() == "-" {
        return read_to_end("/dev/stdin", std::io::stdin());
    }
    let file = std::fs::File::open(path).map_err(|error| format!("open {path}: {}", system_error(&error)))?;
    read_to_end(path, file)
}

fn read_to_end(name: &str, from: impl Read) -> Result<Vec<u8>, String> {
    let mut text = Vec::new();
    let read = from.take(archive::MAX_CHART + 1).read_to_end(&mut text);
    read.map_err(|error| format!("read {name}: {}", system_error(&error)))?;
    if text.len() as u64 > archive::MAX_CHART {
        return Err(format!("{name} is larger than the maximum of {} bytes", archive::MAX_CHART));
    }
    Ok(text)
}

/// What the system says, as Go prints it.
pub(crate) fn system_error(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split_once(" (os error").map_or(text.as_str(), |(text, _)| text);
    let mut characters = text.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

fn in_path(call: &str, path: &Path, error: &std::io::Error) -> String {
    format!("{call} {}: {}", path.display(), system_error(error))
}

/// What the `Chart.yaml` among a chart's files says, before aliases and values change it; empty if it says nothing.
pub(crate) fn decode_metadata(files: &[File], version: HelmVersion) -> Metadata {
    let mut metadata = Metadata::default();
    for file in files.iter().filter(|file| matches!(file.name.as_str(), "Chart.yaml" | "requirements.yaml")) {
        // What could not be read was refused when the chart was loaded.
        let _ = file.read().and_then(|data| decode::metadata(data, version, &mut metadata));
    }
    metadata
}

#[cfg(test)]
mod tests;
