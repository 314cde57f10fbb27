//! `--output-dir`: files instead of standard output.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::{Output, document};
use crate::chart::system_error;
use crate::{Error, HelmVersion, Rendered};

impl Output {
    /// Writes each document into the file of its template under `folder`, as `helm template --output-dir`, and says so
    /// in `said`. `release` is a folder between for `--release-name`; custom resource definitions are not put into it.
    ///
    /// An error if a file cannot be written, or [`Output::show_only`] asks for what is not printed then.
    pub fn write(
        &self,
        rendered: &Rendered,
        folder: &str,
        release: Option<&str>,
        version: HelmVersion,
        said: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let inner = release.map(|name| sprig::clean_path(format!("{folder}/{name}").as_bytes()));
        let inner = inner.map_or_else(|| folder.into(), |path| String::from_utf8_lossy(&path).into_owned());
        let mut known = BTreeSet::new();
        for crd in rendered.crds.iter().filter(|_| self.include_crds) {
            put(folder, &crd.filename, crd.file.data()?, !known.insert(crd.filename.as_str()), said)?;
        }
        for manifest in &rendered.manifests {
            put(&inner, &manifest.source, &manifest.text, !known.insert(manifest.source.as_str()), said)?;
        }
        for hook in self.hooks(rendered) {
            let is_there = Path::new(&inner).join(&hook.source).exists();
            put(&inner, &hook.source, &hook.text, is_there, said)?;
        }
        if self.show_only.is_empty() {
            said.push(b'\n');
            return Ok(());
        }
        self.only(b"\n", version).map(|_| ())
    }
}

/// Writes a document to the end of a file, or into a new one.
fn put(folder: &str, name: &str, text: &[u8], at_end: bool, said: &mut Vec<u8>) -> Result<(), Error> {
    let path = format!("{folder}/{name}");
    let mut whole = Vec::new();
    document(&mut whole, name, text);
    ensure_folder(&path)?;
    let mut options = OpenOptions::new();
    let options = if at_end { options.append(true) } else { options.write(true).create(true).truncate(true) };
    let written = options.open(&path).and_then(|mut file| file.write_all(&whole));
    written.map_err(|error| failed("open", &path, &error))?;
    said.extend_from_slice(format!("wrote {path}\n").as_bytes());
    Ok(())
}

fn ensure_folder(path: &str) -> Result<(), Error> {
    let path = Path::new(path).components().collect::<std::path::PathBuf>();
    let Some(folder) = path.parent() else { return Ok(()) };
    let shown = folder.to_string_lossy();
    match fs::metadata(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed("stat", &shown, &error)),
        _ => fs::create_dir_all(folder).map_err(|error| failed("mkdir", &shown, &error)),
    }
}

fn failed(call: &str, path: &str, error: &std::io::Error) -> Error {
    Error::Output(format!("{call} {path}: {}", system_error(error)))
}
