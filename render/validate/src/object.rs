//! An object: one document of a manifest, or an item of a list.

use std::fmt;
use std::sync::Arc;

use goyaml::Outline;
use serde_json::Value as Json;

use crate::Path;

/// Where something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, or what else the text was read from.
    pub file: Arc<str>,
    /// The line, from 1; 0 if it is not known.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => formatter.write_str(&self.file),
            line => write!(formatter, "{}:{line}", self.file),
        }
    }
}

/// A document's text: which file, from which line on, and where what stands in it.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) file: Arc<str>,
    /// The document's first line in the file, from 1.
    pub(crate) first_line: usize,
    pub(crate) outline: Outline,
}

/// An object of Kubernetes as a text has it.
#[derive(Clone, Debug)]
pub struct Object {
    /// All of it; whole numbers are kept exactly.
    pub json: Json,
    /// `apiVersion`
    pub api_version: String,
    /// `kind`
    pub kind: String,
    /// `metadata.namespace`, if it has one.
    pub namespace: Option<String>,
    /// `metadata.name`, or `metadata.generateName` with an asterisk; nothing if it has neither.
    pub name: String,
    source: Arc<Source>,
    /// Where in its document it is: not at the root if it is an item of a list.
    within: Path,
}

impl Object {
    /// An object without what it needs to be one is known by what there is.
    pub(crate) fn new(json: Json, source: Arc<Source>, within: Path) -> Self {
        let text = |pointer: &str| json.pointer(pointer).and_then(Json::as_str).map(str::to_owned);
        let generated = || text("/metadata/generateName").map(|prefix| prefix + "*");
        Self {
            api_version: text("/apiVersion").unwrap_or_default(),
            kind: text("/kind").unwrap_or_default(),
            namespace: text("/metadata/namespace").filter(|namespace| !namespace.is_empty()),
            name: text("/metadata/name").or_else(generated).unwrap_or_default(),
            json,
            source,
            within,
        }
    }

    /// The API group: nothing for the core, `apps` for `apps/v1`.
    pub fn group(&self) -> &str {
        self.api_version.split_once('/').map_or("", |(group, _)| group)
    }

    /// The value at a JSON pointer: `/spec/replicas`. Null counts as nothing.
    pub fn at(&self, pointer: &str) -> Option<&Json> {
        self.json.pointer(pointer).filter(|value| !value.is_null())
    }

    /// The text at a JSON pointer.
    pub fn text(&self, pointer: &str) -> Option<&str> {
        self.at(pointer)?.as_str()
    }

    /// An annotation's text.
    pub fn annotation(&self, name: &str) -> Option<&str> {
        self.at("/metadata/annotations")?.get(name)?.as_str()
    }

    /// Where the key or item at the end of a path stands; for what is missing, the innermost there is on the way.
    pub fn place(&self, path: &Path) -> Place {
        let line = self.source.outline.line(self.within.join(path).steps());
        Place { file: Arc::clone(&self.source.file), line: self.source.first_line + line - 1 }
    }

    /// Its keys that are given twice: path, and lines of the later and the earlier one.
    pub(crate) fn duplicate_keys(&self) -> impl Iterator<Item = (Path, Place, usize)> {
        let own = self.source.outline.duplicates().iter();
        own.filter_map(|duplicate| {
            let path = duplicate.path.strip_prefix(self.within.steps())?;
            let before = self.source.first_line - 1;
            let place = Place { file: Arc::clone(&self.source.file), line: before + duplicate.line };
            Some((Path::from(path.to_vec()), place, before + duplicate.first))
        })
    }
}

impl fmt::Display for Object {
    /// `Deployment shops/web`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.kind.is_empty() { "object" } else { &self.kind };
        match (&self.namespace, self.name.as_str()) {
            (_, "") => write!(formatter, "{kind} without a name"),
            (Some(namespace), name) => write!(formatter, "{kind} {namespace}/{name}"),
            (None, name) => write!(formatter, "{kind} {name}"),
        }
    }
}
