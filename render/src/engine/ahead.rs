//! Templates that other threads parse before they are needed. What cannot be parsed is told when it is needed.

use std::mem;

use super::names;
use crate::{File, HelmVersion, chart, parallel};

/// Parses the templates of a chart while it is read, once there is enough of them.
pub(crate) struct Ahead {
    version: HelmVersion,
    /// The chart's name, if it is known.
    chart: String,
    bytes: usize,
    waiting: Vec<File>,
}

impl Ahead {
    pub(crate) fn new(version: HelmVersion) -> Self {
        Self { version, chart: String::new(), bytes: 0, waiting: Vec::new() }
    }

    /// Takes note of a file, which is one more in the order of their names.
    pub(crate) fn see(&mut self, file: &File) {
        if file.name == "Chart.yaml" {
            self.chart = chart::decode_metadata(std::slice::from_ref(file), self.version).name;
        }
        if !file.is_template() {
            return;
        }
        self.bytes += file.bytes();
        self.waiting.push(file.clone());
        if parallel::is_worth(self.bytes) {
            self.bytes = 0;
            // A subchart's name is mostly that of its folder.
            let path = |file: File| (format!("{}/{}", self.chart, file.name), file);
            parse(mem::take(&mut self.waiting).into_iter().map(path).collect(), self.version);
        }
    }
}

/// Has another thread parse templates under these paths.
pub(super) fn parse(files: Vec<(String, File)>, version: HelmVersion) {
    let is_function = move |name: &str| names(version).contains(name);
    parallel::spawn(move || files.iter().for_each(|(path, file)| file.parse_ahead(path, version, &is_function)));
}
