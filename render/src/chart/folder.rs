//! A chart in a folder.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::archive::{Budget, MAX_CHART, MAX_FILE, MAX_FILES};
use super::file::without_bom;
use super::ignore::Rules;
use super::link::{contained, followed};
use super::{File, Parts, Seen, decode, in_path, system_error};
use crate::HelmVersion;
use crate::error::quote;

/// Folders in folders deeper than this are refused: a link can lead back to where it is.
const MAX_DEPTH: usize = 128;

/// Smaller files are read at once.
const LARGE: u64 = 1 << 16;

/// How many files of a chart may stay open.
const MAX_OPEN: usize = 64;

/// Reads the files of the chart in a folder. The error is Helm's text.
pub(super) fn read(folder: &Path, version: HelmVersion, seen: Seen<'_>) -> Result<Parts, String> {
    let top = cleaned(&std::path::absolute(folder).map_err(|error| system_error(&error))?);
    if version == HelmVersion::V4 {
        detect(&top)?;
    }
    let root = fs::canonicalize(&top).map_err(|error| in_path("lstat", &top, &error))?;
    let mut walk = Walk {
        rules: rules(&top, &root)?,
        root,
        version,
        left: MAX_CHART,
        entries_left: MAX_FILES,
        may_stay_open: MAX_OPEN,
        seen,
        files: Vec::new(),
        warnings: Vec::new(),
    };
    walk.folder(&top, "", 0)?;
    Ok(Parts { files: walk.files, warnings: walk.warnings, budget: Budget::default() })
}

/// An absolute path without `..`, whatever links it goes through, as Go's `filepath.Abs` gives it.
fn cleaned(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            cleaned.pop();
        } else {
            cleaned.push(part);
        }
    }
    cleaned
}

/// Helm 4 looks at `Chart.yaml` before anything else.
fn detect(top: &Path) -> Result<(), String> {
    let path = top.join("Chart.yaml");
    let text = read_bounded(&path).map_err(|error| format!("unable to detect chart at {}: {error}", path.display()))?;
    let api_version = decode::api_version(&text).map_err(|error| format!("cannot load Chart.yaml: {error}"))?;
    known(&api_version)
}

/// Fails for a chart of a kind that Helm 4 does not read here.
pub(super) fn known(api_version: &str) -> Result<(), String> {
    match api_version {
        "" | "v1" | "v2" => Ok(()),
        "v3" => Err("invalid chart apiVersion".into()),
        _ => Err("unsupported chart version".into()),
    }
}

fn rules(top: &Path, root: &Path) -> Result<Rules, String> {
    let path = top.join(".helmignore");
    if !path.exists() {
        return Rules::parse(b"");
    }
    let path = contained(&path, root)?;
    Rules::parse(&read_bounded(&path)?)
}

/// Reads a regular file that is not too large. Any other could be endless.
fn read_bounded(path: &Path) -> Result<Vec<u8>, String> {
    let about = fs::metadata(path).map_err(|error| in_path("open", path, &error))?;
    if about.is_dir() {
        return Err(format!("read {}: is a directory", path.display()));
    }
    if !about.is_file() {
        return Err(irregular(path));
    }
    let expected = about.len().min(MAX_CHART) as usize;
    // One byte more, so that the end is met without growing.
    let mut data = Vec::with_capacity(expected + 1);
    let file = fs::File::open(path).map_err(|error| in_path("open", path, &error))?;
    file.take(MAX_CHART + 1).read_to_end(&mut data).map_err(|error| in_path("read", path, &error))?;
    if data.len() as u64 > MAX_CHART {
        return Err(format!("{} is larger than the maximum of {MAX_CHART} bytes", path.display()));
    }
    Ok(data)
}

fn irregular(path: &Path) -> String {
    format!("cannot load irregular file {} as it has file mode type bits set", path.display())
}

struct Walk<'a> {
    rules: Rules,
    /// The chart's folder without links, out of which no link may lead.
    root: PathBuf,
    version: HelmVersion,
    /// How many bytes the chart may still have.
    left: u64,
    /// How many files and folders it may still have, each counted as often as links lead to it.
    entries_left: usize,
    may_stay_open: usize,
    seen: Seen<'a>,
    files: Vec<File>,
    /// What Helm says of links that it follows.
    warnings: Vec<String>,
}

impl Walk<'_> {
    /// Reads a folder's files, in the order of the names.
    fn folder(&mut self, path: &Path, name: &str, depth: usize) -> Result<(), String> {
        if depth == MAX_DEPTH {
            return Err(format!("folders in {} are nested deeper than the maximum of {MAX_DEPTH}", path.display()));
        }
        let entries = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut entries = entries.map_err(|error| in_path("open", path, &error))?;
        entries.sort_by_cached_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let base = entry.file_name();
            let base = base.to_string_lossy();
            let name = if name.is_empty() { base.into_owned() } else { format!("{name}/{base}") };
            self.entry(&entry, &path, name, depth)?;
        }
        Ok(())
    }

    fn entry(&mut self, entry: &fs::DirEntry, path: &Path, name: String, depth: usize) -> Result<(), String> {
        let too_many = || format!("chart has more files than the maximum of {MAX_FILES}");
        self.entries_left = self.entries_left.checked_sub(1).ok_or_else(too_many)?;
        let mut about = entry.metadata().map_err(|error| in_path("lstat", path, &error))?;
        if about.is_symlink() {
            let target = contained(path, &self.root)?;
            self.warnings.push(followed(path, &target, self.version));
            about = fs::symlink_metadata(&target).map_err(|error| in_path("lstat", &target, &error))?;
        }
        if self.rules.ignore(&name, about.is_dir()) {
            return Ok(());
        }
        if about.is_dir() {
            return self.folder(path, &name, depth + 1);
        }
        if !about.is_file() {
            return Err(irregular(path));
        }
        self.check_size(&name, about.len())?;
        let stays_open = about.len() >= LARGE && is_crd(&name) && self.may_stay_open > 0;
        self.may_stay_open -= usize::from(stays_open);
        // The walk sees to it that it is at most MAX_CHART.
        let size = about.len().min(MAX_CHART) as usize;
        let file = if stays_open { open(path, name, size) } else { read_at_once(path, name, size) }?;
        (self.seen)(&file);
        self.files.push(file);
        Ok(())
    }

    fn check_size(&mut self, name: &str, size: u64) -> Result<(), String> {
        if self.version == HelmVersion::V3 && size > MAX_FILE {
            let base = quote(name.rsplit('/').next().unwrap_or(name));
            return Err(format!("chart file {base} is larger than the maximum file size {MAX_FILE}"));
        }
        let too_large =
            || format!("error reading {name}: chart exceeds maximum decompressed size of {MAX_CHART} bytes");
        self.left = self.left.checked_sub(size).ok_or_else(too_large)?;
        Ok(())
    }
}

/// A file that is read only if somebody asks for it.
fn open(path: &Path, name: String, size: usize) -> Result<File, String> {
    let file = opened(path).map_err(in_file(&name))?;
    Ok(File::open(name, path.to_owned(), file, size))
}

fn read_at_once(path: &Path, name: String, size: usize) -> Result<File, String> {
    let mut file = opened(path).map_err(in_file(&name))?;
    let mut data: Arc<[u8]> = std::iter::repeat_n(0, size).collect();
    let is_whole = Arc::get_mut(&mut data).is_some_and(|data| file.read_exact(data).is_ok());
    let data = match file.read(&mut [0]) {
        Ok(0) if is_whole => data,
        // It is longer or shorter by now, or cannot be read.
        _ => read_bounded(path).map_err(in_file(&name))?.into(),
    };
    Ok(File::of(name, without_bom(data)))
}

fn opened(path: &Path) -> Result<fs::File, String> {
    fs::File::open(path).map_err(|error| in_path("open", path, &error))
}

fn in_file(name: &str) -> impl Fn(String) -> String {
    move |error| format!("error reading {name}: {error}")
}

/// Of a large chart most bytes are definitions of resources, which few print.
fn is_crd(name: &str) -> bool {
    name.starts_with("crds/") || name.contains("/crds/")
}
