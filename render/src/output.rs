//! The text that `helm template` prints.

mod folder;

use crate::chart::pattern::Pattern;
use crate::manifest::{Hook, Manifest, split};
use crate::{Error, HelmVersion, Rendered};

/// Which parts are printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The custom resource definitions too.
    pub include_crds: bool,
    /// No hooks.
    pub no_hooks: bool,
    /// No hooks that `helm test` runs.
    pub skip_tests: bool,
    /// Only what comes from these templates: paths in the chart, with `*` and `?`.
    pub show_only: Vec<String>,
}

impl Output {
    /// What `helm template` writes to standard output, byte for byte.
    ///
    /// An error if a template of [`Output::show_only`] made nothing.
    pub fn text(&self, rendered: &Rendered, version: HelmVersion) -> Result<Vec<u8>, Error> {
        let text = self.whole(rendered)?;
        if self.show_only.is_empty() { Ok(text) } else { self.only(&text, version) }
    }

    fn whole(&self, rendered: &Rendered) -> Result<Vec<u8>, Error> {
        let length = |manifest: &Manifest| manifest.text.len() + manifest.source.len() + DOCUMENT.len() + 2;
        let mut text = Vec::with_capacity(rendered.manifests.iter().chain(&rendered.hooks).map(length).sum());
        if self.include_crds {
            for crd in &rendered.crds {
                document(&mut text, &crd.filename, crd.file.data()?);
            }
        }
        for manifest in &rendered.manifests {
            document(&mut text, &manifest.source, &manifest.text);
        }
        // It begins with a document's line, or is empty.
        text.truncate(split::trim(&text).len());
        text.push(b'\n');
        for hook in self.hooks(rendered) {
            document(&mut text, &hook.source, &hook.text);
        }
        Ok(text)
    }

    /// The hooks that are printed.
    pub fn hooks<'a>(&self, rendered: &'a Rendered) -> impl Iterator<Item = &'a Manifest> {
        let (none, skip_tests) = (self.no_hooks, self.skip_tests);
        let is_test = |hook: &Manifest| hook.hook.as_ref().is_some_and(Hook::is_test);
        rendered.hooks.iter().filter(move |hook| !(none || skip_tests && is_test(hook)))
    }

    /// Helm looks for the templates in what it would print.
    fn only(&self, text: &[u8], version: HelmVersion) -> Result<Vec<u8>, Error> {
        let documents = split::split(text, version);
        let mut shown = Vec::new();
        for wanted in &self.show_only {
            let pattern = Pattern::new(wanted);
            let is_wanted = |path: String| pattern.is_match(&path);
            let found = documents.iter().filter(|document| source(document).is_some_and(is_wanted));
            let before = shown.len();
            for document in found {
                shown.extend_from_slice(b"---\n");
                shown.extend_from_slice(document);
                shown.push(b'\n');
            }
            if shown.len() == before {
                return Err(Error::Values(format!("could not find template {wanted} in chart")));
            }
        }
        Ok(shown)
    }
}

const DOCUMENT: &[u8] = b"---\n# Source: ";

fn document(text: &mut Vec<u8>, source: &str, content: &[u8]) {
    text.extend_from_slice(DOCUMENT);
    text.extend_from_slice(source.as_bytes());
    text.push(b'\n');
    text.extend_from_slice(content);
    text.push(b'\n');
}

/// The template of a document, without the chart's name.
fn source(document: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(document);
    let (_, rest) = text.split_once("# Source: ")?;
    let (_, path) = rest.lines().next()?.split_once('/')?;
    Some(path.to_owned())
}
