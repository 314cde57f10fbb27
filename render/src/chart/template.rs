//! A file in `templates/`.

use std::sync::Arc;

use gotemplate::ParseError;
use gotemplate::ast::Tree;

use super::File;
use crate::HelmVersion;

/// A template's file, which is read.
#[derive(Clone, Debug)]
pub struct Template {
    /// The file.
    pub file: File,
    pub(crate) text: Arc<[u8]>,
}

impl Template {
    /// What the text defines, the text itself under its path.
    pub(crate) fn trees(
        &self,
        path: &str,
        version: HelmVersion,
        functions: &dyn Fn(&str) -> bool,
    ) -> Result<Arc<[Arc<Tree>]>, ParseError> {
        self.file.parsed().trees(&self.text, path, version, functions)
    }

    /// Whether it is parsed already under this path.
    pub(crate) fn is_parsed(&self, path: &str, version: HelmVersion) -> bool {
        self.file.parsed().kept(path, version).is_some()
    }
}

impl TryFrom<File> for Template {
    type Error = String;

    fn try_from(file: File) -> Result<Self, String> {
        let text = Arc::clone(file.read()?);
        Ok(Self { file, text })
    }
}

/// By the files: the text is theirs.
impl PartialEq for Template {
    fn eq(&self, other: &Self) -> bool {
        self.file == other.file
    }
}
