//! Where symbolic links lead to.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::in_path;
use crate::{HelmVersion, warning};

/// As many links in a row as Go follows.
const MAX_LINKS: usize = 255;

/// Where a link leads to. It must not lead out of the chart.
pub(super) fn contained(path: &Path, root: &Path) -> Result<PathBuf, String> {
    let target = fs::canonicalize(path).map_err(|error| {
        let reason = unresolved(path).unwrap_or_else(|| in_path("lstat", path, &error));
        format!("error evaluating symlink {}: {reason}", path.display())
    })?;
    if target.starts_with(root) {
        return Ok(target);
    }
    Err(format!("symlink {} leads out of the chart: to {}", path.display(), target.display()))
}

/// What Helm says when it follows a link.
pub(super) fn followed(path: &Path, target: &Path, version: HelmVersion) -> String {
    let (path, target) = (path.to_string_lossy(), target.to_string_lossy());
    match version {
        HelmVersion::V3 => format!(
            "walk.go:75: found symbolic link in path: {path} resolves to {target}. Contents of linked file included and used"
        ),
        HelmVersion::V4 => {
            let text = "found symbolic link in path. Contents of linked file included and used";
            warning::logged("INFO", text, &[("path", &path), ("resolved", &target)])
        }
    }
}

/// Why a path leads nowhere, in the words of Go's `EvalSymlinks`, which goes along it part by part.
fn unresolved(path: &Path) -> Option<String> {
    let mut rest = parts(path);
    let mut at = PathBuf::new();
    let mut links = 0;
    while let Some(part) = rest.pop() {
        if part == ".." {
            at.pop();
            continue;
        }
        at.push(part);
        let about = match fs::symlink_metadata(&at) {
            Ok(about) => about,
            Err(error) => return Some(in_path("lstat", &at, &error)),
        };
        if about.is_symlink() {
            links += 1;
            if links > MAX_LINKS {
                return Some("EvalSymlinks: too many links".into());
            }
            rest.extend(parts(&fs::read_link(&at).ok()?));
            at.pop();
        } else if !about.is_dir() && !rest.is_empty() {
            return Some("not a directory".into());
        }
    }
    None
}

/// The parts of a path, the last one first.
fn parts(path: &Path) -> Vec<OsString> {
    path.components().rev().map(|part| part.as_os_str().to_owned()).filter(|part| part != ".").collect()
}
