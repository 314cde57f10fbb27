//! Manifests: rendered files taken apart, told from hooks, and put into the order of installation.

mod head;
mod hook;
mod kinds;
pub(crate) mod split;

use std::collections::BTreeMap;

pub use hook::{Hook, HookEvent};
pub use split::split;

use serde_json::Value as Json;

use crate::{HelmVersion, warning};
use head::Head;

/// One document of a rendered file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The template it comes from, as Helm names it: `mychart/templates/service.yaml`.
    pub source: String,
    /// Its text, byte for byte as the template made it but for what surrounds documents.
    pub text: Vec<u8>,
    /// `kind`, or nothing if it has none.
    pub kind: String,
    /// `apiVersion`, or nothing if it has none.
    pub api_version: String,
    /// `metadata.name`, or nothing if it has none.
    pub name: String,
    /// What it is run for, if it is a hook.
    pub hook: Option<Hook>,
}

impl Manifest {
    /// The object that the text stands for. A number equals the one in Rust, `3` as well as `3.0`.
    pub fn object(&self) -> Result<Json, ParseError> {
        goyaml::to_json(&self.text)
            .map_err(|error| ParseError { source: self.source.clone(), message: error.to_string() })
    }
}

/// What a chart renders to, in Helm's order: `helm.sh/hook`s apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sorted {
    /// What is installed, in the order of installation.
    pub manifests: Vec<Manifest>,
    /// What is run before and after, in the same order of kinds.
    pub hooks: Vec<Manifest>,
    /// What Helm prints on standard error of hooks that it leaves out.
    pub warnings: Vec<String>,
}

/// A document that is no YAML, or has a head that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The template it comes from.
    pub source: String,
    /// What the YAML reader says.
    pub message: String,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "YAML parse error on {}: {}", self.source, self.message)
    }
}

impl std::error::Error for ParseError {}

/// Takes rendered files apart and sorts what they hold, as `releaseutil.SortManifests`.
///
/// Partials and blank files hold nothing; a hook of a kind that Helm does not know is left out.
pub fn sort(files: &BTreeMap<String, Vec<u8>>, version: HelmVersion) -> Result<Sorted, ParseError> {
    let mut sorted = Sorted::default();
    sort_into(&mut sorted, files.iter().flat_map(|(source, text)| documents(source, text, version)), version)?;
    Ok(sorted)
}

/// Sorts what was read of all files, in the order of their paths. After an error, `sorted` has what stood before it, in
/// that order.
pub(crate) fn sort_into(
    sorted: &mut Sorted,
    documents: impl IntoIterator<Item = Document>,
    version: HelmVersion,
) -> Result<(), ParseError> {
    for document in documents {
        match document? {
            Read::Manifest(manifest) if manifest.hook.is_some() => sorted.hooks.push(manifest),
            Read::Manifest(manifest) => sorted.manifests.push(manifest),
            Read::UnknownHook(warning) => sorted.warnings.push(warning),
        }
    }
    let order = kinds::order(version);
    for list in [&mut sorted.manifests, &mut sorted.hooks] {
        list.sort_by(|one, other| kinds::compare(order, &one.kind, &other.kind));
    }
    Ok(())
}

/// What a document is.
/// What one document was read as.
pub(crate) type Document = Result<Read, ParseError>;

/// The documents of a rendered file.
pub(crate) fn documents(source: &str, text: &[u8], version: HelmVersion) -> Vec<Document> {
    if is_partial(source) {
        return Vec::new();
    }
    split(text, version).into_iter().map(|text| read(source, text, version)).collect()
}

pub(crate) enum Read {
    Manifest(Manifest),
    /// A hook of an event that Helm does not know, with what it says of it.
    UnknownHook(String),
}

fn read(source: &str, text: &[u8], version: HelmVersion) -> Result<Read, ParseError> {
    let head = Head::read(text, version).map_err(|message| ParseError { source: source.to_owned(), message })?;
    let events = head.annotations.get(hook::ANNOTATION);
    let hook = events.and_then(|events| Hook::read(events, &head));
    if let (Some(events), None) = (events, &hook) {
        return Ok(Read::UnknownHook(unknown_hook(events, version)));
    }
    Ok(Read::Manifest(Manifest {
        source: source.to_owned(),
        text: text.to_owned(),
        kind: head.kind,
        api_version: head.api_version,
        name: head.name,
        hook,
    }))
}

fn unknown_hook(events: &str, version: HelmVersion) -> String {
    match version {
        HelmVersion::V3 => {
            let events = crate::error::quote(events);
            warning::line(version, "manifest_sorter.go:199", &format!("info: skipping unknown hook: {events}"))
        }
        HelmVersion::V4 => warning::logged("INFO", "skipping unknown hooks", &[("hookTypes", events)]),
    }
}

/// Files whose names begin with `_` are for other templates.
pub(crate) fn is_partial(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with('_'))
}
