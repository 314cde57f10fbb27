//! What a template is parsed to, kept with its file.

use std::sync::{Arc, Mutex, PoisonError};

use gotemplate::ParseError;
use gotemplate::ast::Tree;

use crate::HelmVersion;

/// The trees of a text, by the path that it had in a chart and by the functions of that Helm.
#[derive(Debug, Default)]
pub(crate) struct Parsed(Mutex<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    path: String,
    version: HelmVersion,
    trees: Arc<[Arc<Tree>]>,
}

/// Under more paths than an alias or two give it, a text is parsed each time.
const MAX_KEPT: usize = 8;

impl Parsed {
    /// What the text defines, the text itself under its path.
    pub(crate) fn trees(
        &self,
        text: &Arc<[u8]>,
        path: &str,
        version: HelmVersion,
        functions: &dyn Fn(&str) -> bool,
    ) -> Result<Arc<[Arc<Tree>]>, ParseError> {
        if let Some(trees) = self.kept(path, version) {
            return Ok(trees);
        }
        let trees = gotemplate::parse(path, Arc::clone(text), functions)?;
        let trees: Arc<[_]> = trees.into_iter().map(Arc::new).collect();
        self.keep(Entry { path: path.to_owned(), version, trees: Arc::clone(&trees) });
        Ok(trees)
    }

    /// What it was parsed to before under this path.
    pub(crate) fn kept(&self, path: &str, version: HelmVersion) -> Option<Arc<[Arc<Tree>]>> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.iter().find(|entry| entry.path == path && entry.version == version)?;
        Some(Arc::clone(&entry.trees))
    }

    fn keep(&self, new: Entry) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Two threads may have parsed it at once.
        let is_known = entries.iter().any(|entry| entry.path == new.path && entry.version == new.version);
        if !is_known && entries.len() < MAX_KEPT {
            entries.push(new);
        }
    }
}
