//! A file of a chart, and its bytes.

use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::archive::BOM;
use super::{Parsed, in_path};
use crate::{Error, HelmVersion};

/// A file of a chart.
#[derive(Clone, Debug)]
pub struct File {
    /// Its path in the chart, with slashes.
    pub name: String,
    contents: Contents,
    /// What it is as a template. Copies share it, so that a chart which is rendered often is parsed once.
    parsed: Arc<Parsed>,
}

#[derive(Clone, Debug)]
enum Contents {
    Read(Arc<[u8]>),
    Open(Arc<Open>),
}

/// A file that is open, and read when somebody asks for what it holds.
#[derive(Debug)]
struct Open {
    path: PathBuf,
    file: fs::File,
    size: usize,
    data: OnceLock<Result<Arc<[u8]>, String>>,
}

impl File {
    /// A file with these bytes.
    pub fn new(name: impl Into<String>, data: impl Into<Vec<u8>>) -> Self {
        Self::of(name.into(), data.into().into())
    }

    pub(super) fn of(name: String, data: Arc<[u8]>) -> Self {
        Self::with(name, Contents::Read(data))
    }

    /// A file whose first `size` bytes are read when they are asked for.
    pub(super) fn open(name: String, path: PathBuf, file: fs::File, size: usize) -> Self {
        let open = Open { path, file, size, data: OnceLock::new() };
        Self::with(name, Contents::Open(Arc::new(open)))
    }

    fn with(name: String, contents: Contents) -> Self {
        Self { name, contents, parsed: Arc::default() }
    }

    /// What its text was parsed to.
    pub(super) fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// How many bytes of it are in memory.
    pub(crate) fn bytes(&self) -> usize {
        match &self.contents {
            Contents::Read(data) => data.len(),
            Contents::Open(_) => 0,
        }
    }

    /// Whether the path is that of a template, of the chart or of a subchart in a folder.
    pub(crate) fn is_template(&self) -> bool {
        is_template(&self.name)
    }

    /// What its text is as a template, if it is read.
    pub(crate) fn parse_ahead(&self, path: &str, version: HelmVersion, functions: &dyn Fn(&str) -> bool) {
        if let Contents::Read(text) = &self.contents {
            // What is wrong with it is told when it is needed.
            let _ = self.parsed.trees(text, path, version, functions);
        }
    }

    /// The same file by another name.
    pub(super) fn renamed(self, name: String) -> Self {
        Self { name, ..self }
    }

    /// What the file holds, without a byte order mark.
    ///
    /// A large file in `crds/` of a folder is read by the first call: an error if it cannot be any more.
    pub fn data(&self) -> Result<&Arc<[u8]>, Error> {
        self.read().map_err(Error::Chart)
    }

    pub(crate) fn read(&self) -> Result<&Arc<[u8]>, String> {
        match &self.contents {
            Contents::Read(data) => Ok(data),
            Contents::Open(open) => open.data.get_or_init(|| open.read(&self.name)).as_ref().map_err(Clone::clone),
        }
    }
}

impl Open {
    fn read(&self, name: &str) -> Result<Arc<[u8]>, String> {
        let mut data: Arc<[u8]> = std::iter::repeat_n(0, self.size).collect();
        let read = Arc::get_mut(&mut data).map_or(Ok(()), |data| (&self.file).read_exact(data));
        read.map_err(|error| format!("error reading {name}: {}", in_path("read", &self.path, &error)))?;
        Ok(without_bom(data))
    }
}

fn is_template(name: &str) -> bool {
    match name.strip_prefix("charts/") {
        Some(path) => path.split_once('/').is_some_and(|(_, path)| is_template(path)),
        None => name.starts_with("templates/"),
    }
}

pub(super) fn without_bom(data: Arc<[u8]>) -> Arc<[u8]> {
    data.strip_prefix(BOM).map(Arc::from).unwrap_or(data)
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.read() == other.read()
    }
}

impl Eq for File {}
