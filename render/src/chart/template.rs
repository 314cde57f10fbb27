//! A file in `templates/`, and what it is parsed to.

use std::sync::{Arc, Mutex, PoisonError};

use gotemplate::ParseError;
use gotemplate::ast::Tree;

use super::File;
use crate::HelmVersion;

/// A template's file. What it is parsed to is kept, and shared by copies: a chart that is rendered often is parsed once.
#[derive(Clone, Debug)]
pub struct Template {
    /// The file.
    pub file: File,
    pub(crate) text: Arc<[u8]>,
    parsed: Arc<Mutex<Vec<Parsed>>>,
}

/// The trees of a text under the path that it had in a chart, by the functions that this Helm has.
#[derive(Debug)]
struct Parsed {
    path: String,
    version: HelmVersion,
    trees: Arc<[Arc<Tree>]>,
}

/// Under more paths than an alias or two give it, a text is parsed each time.
const MAX_KEPT: usize = 8;

impl Template {
    /// What the text defines, the text itself under its path.
    pub(crate) fn trees(
        &self,
        path: &str,
        version: HelmVersion,
        functions: &dyn Fn(&str) -> bool,
    ) -> Result<Arc<[Arc<Tree>]>, ParseError> {
        if let Some(trees) = self.kept(path, version) {
            return Ok(trees);
        }
        let trees = gotemplate::parse(path, Arc::clone(&self.text), functions)?;
        let trees: Arc<[_]> = trees.into_iter().map(Arc::new).collect();
        self.keep(Parsed { path: path.to_owned(), version, trees: Arc::clone(&trees) });
        Ok(trees)
    }

    /// Whether it is parsed already under this path.
    pub(crate) fn is_parsed(&self, path: &str, version: HelmVersion) -> bool {
        self.kept(path, version).is_some()
    }

    fn kept(&self, path: &str, version: HelmVersion) -> Option<Arc<[Arc<Tree>]>> {
        let parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        let parsed = parsed.iter().find(|parsed| parsed.path == path && parsed.version == version)?;
        Some(Arc::clone(&parsed.trees))
    }

    fn keep(&self, new: Parsed) {
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if parsed.len() < MAX_KEPT {
            parsed.push(new);
        }
    }
}

impl TryFrom<File> for Template {
    type Error = String;

    fn try_from(file: File) -> Result<Self, String> {
        let text = Arc::clone(file.read()?);
        Ok(Self { file, text, parsed: Arc::default() })
    }
}

/// By the files: the trees follow from them.
impl PartialEq for Template {
    fn eq(&self, other: &Self) -> bool {
        self.file == other.file
    }
}
