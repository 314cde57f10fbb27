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
            for file in mem::take(&mut self.waiting) {
                // A subchart's name is mostly that of its folder.
                let path = format!("{}/{}", self.chart, file.name);
                parse(file, path, self.version);
            }
        }
    }
}

/// Has another thread parse a template under this path.
pub(super) fn parse(file: File, path: String, version: HelmVersion) {
    parallel::spawn(move || file.parse_ahead(&path, version, &|name| names(version).contains(name)));
}
