//! A chart in a `.tgz`.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use tar::EntryType;

use super::{File, Parts, Seen, decode, folder, system_error};
use crate::HelmVersion;
use crate::error::quote;

/// A chart's size when it is unpacked, as Helm's `MaxDecompressedChartSize`.
pub(super) const MAX_CHART: u64 = 100 * 1024 * 1024;
/// The size of one file, as Helm 3's `MaxDecompressedFileSize`.
pub(super) const MAX_FILE: u64 = 5 * 1024 * 1024;
/// What a chart and the archives in it may have together.
const MAX_TOTAL: u64 = 4 * MAX_CHART;
/// How many files a chart and the archives in it may have together.
pub(super) const MAX_FILES: usize = 100_000;
/// What a tar may have besides its files: headers and padding.
const MAX_OVERHEAD: u64 = 2 * 1024 * MAX_FILES as u64;

pub(super) const BOM: &[u8] = b"\xef\xbb\xbf";

/// What may still be unpacked, and how deep in archives we are.
#[derive(Debug)]
pub(super) struct Budget {
    bytes: u64,
    files: usize,
    pub(super) depth: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { bytes: MAX_TOTAL, files: MAX_FILES, depth: 0 }
    }
}

impl Budget {
    fn take(&mut self, size: u64) -> Result<(), String> {
        self.files =
            self.files.checked_sub(1).ok_or_else(|| format!("chart has more files than the maximum of {MAX_FILES}"))?;
        self.bytes = self
            .bytes
            .checked_sub(size)
            .ok_or_else(|| format!("chart with its subcharts is larger than the maximum size {MAX_TOTAL}"))?;
        Ok(())
    }
}

/// Reads the files of the chart in an archive. The error is Helm's text.
pub(super) fn read(path: &Path, version: HelmVersion, seen: Seen<'_>) -> Result<Parts, String> {
    let name = path.display();
    let failed = |error: io::Error| format!("open {name}: {}", system_error(&error));
    let mut archive = Vec::new();
    fs::File::open(path).and_then(|file| file.take(MAX_CHART + 1).read_to_end(&mut archive)).map_err(failed)?;
    if archive.len() as u64 > MAX_CHART {
        return Err(format!("chart archive is larger than the maximum size {MAX_CHART}"));
    }
    let place = std::path::absolute(path).map_or_else(|_| name.to_string(), |path| path.display().to_string());
    ensure_archive(&place, &archive)?;
    let mut budget = Budget::default();
    let files = files(&archive, version, &mut budget);
    let files = match (files, version) {
        (Err(error), _) if error == INVALID_GZIP => {
            return Err(format!("file '{name}' does not appear to be a valid chart file (details: {error})"));
        }
        (Err(_), HelmVersion::V4) => return Err("unable to load chart archive".into()),
        (Err(error), HelmVersion::V3) => return Err(error),
        (Ok(files), _) => files,
    };
    if version == HelmVersion::V4 {
        detect(&files)?;
    }
    files.iter().for_each(seen);
    Ok(Parts { files, warnings: Vec::new(), budget })
}

/// Helm 4 looks at `Chart.yaml` before anything else.
fn detect(files: &[File]) -> Result<(), String> {
    let file = files.iter().find(|file| file.name == "Chart.yaml");
    let file = file.ok_or("unable to detect chart version, no Chart.yaml found")?;
    folder::known(
        &file
            .read()
            .and_then(|data| decode::api_version(data))
            .map_err(|error| format!("cannot load Chart.yaml: {error}"))?,
    )
}

/// A hint for those who name a values file where a chart is wanted.
fn ensure_archive(name: &str, data: &[u8]) -> Result<(), String> {
    if data.starts_with(b"\x1f\x8b\x08") {
        return Ok(());
    }
    let is_yaml = Path::new(name).extension().is_some_and(|extension| extension == "yml" || extension == "yaml");
    if is_yaml {
        return Err(format!("file '{name}' seems to be a YAML file, but expected a gzipped archive"));
    }
    Err(format!("file '{name}' does not appear to be a gzipped archive; got '{}'", content_type(data)))
}

/// The commonest answers of Go's `http.DetectContentType` for the first 512 bytes, padded with zeros as Helm pads them.
fn content_type(data: &[u8]) -> &'static str {
    let is_binary = |byte: &u8| matches!(byte, 0..=8 | 0xb | 0xe..=0x1a | 0x1c..=0x1f);
    match data {
        _ if data.starts_with(b"PK\x03\x04") => "application/zip",
        _ if data.starts_with(b"%PDF-") => "application/pdf",
        _ if data.starts_with(BOM) => "text/plain; charset=utf-8",
        _ if data.len() < 512 || data.iter().take(512).any(is_binary) => "application/octet-stream",
        _ => "text/plain; charset=utf-8",
    }
}

const INVALID_GZIP: &str = "gzip: invalid header";

/// The files in an archive, without the outermost folder. The error is Helm's text.
pub(super) fn files(archive: &[u8], version: HelmVersion, budget: &mut Budget) -> Result<Vec<File>, String> {
    if archive.len() < 10 {
        return Err(if archive.is_empty() { "EOF" } else { "unexpected EOF" }.into());
    }
    if !archive.starts_with(b"\x1f\x8b\x08") {
        return Err(INVALID_GZIP.into());
    }
    let mut tar = tar::Archive::new(MultiGzDecoder::new(archive).take(MAX_CHART + MAX_OVERHEAD));
    let mut left = MAX_CHART;
    let mut files = Vec::new();
    for entry in tar.entries().map_err(|error| broken(&error))? {
        let mut entry = entry.map_err(|error| broken(&error))?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        // In an old header, which knows no types, a slash at the end makes a folder.
        let is_old = entry.header().as_bytes().get(156) == Some(&0);
        let is_folder = entry.header().entry_type().is_dir() || (is_old && name.ends_with('/'));
        if is_folder || matches!(entry.header().entry_type(), EntryType::XGlobalHeader | EntryType::XHeader) {
            budget.take(0)?;
            continue;
        }
        let path = path_in_chart(&name)?;
        let size = entry.size();
        check_size(&name, size, left, version)?;
        budget.take(size)?;
        left -= size;
        let mut data = Vec::new();
        entry.read_to_end(&mut data).map_err(|error| broken(&error))?;
        if left == 0 || (data.len() as u64) < size {
            return Err(too_large(version));
        }
        files.push(File::new(path, data.strip_prefix(BOM).unwrap_or(&data)));
    }
    if files.is_empty() { Err("no files in chart archive".into()) } else { Ok(files) }
}

fn check_size(name: &str, size: u64, left: u64, version: HelmVersion) -> Result<(), String> {
    if size > left {
        return Err(too_large(version));
    }
    if version == HelmVersion::V3 && size > MAX_FILE {
        let name = quote(name);
        return Err(format!("decompressed chart file {name} is larger than the maximum file size {MAX_FILE}"));
    }
    Ok(())
}

fn too_large(version: HelmVersion) -> String {
    let file = if version == HelmVersion::V3 { "file " } else { "" };
    format!("decompressed chart is larger than the maximum {file}size {MAX_CHART}")
}

/// The path without the outermost folder; refused if it leads out of the chart.
fn path_in_chart(name: &str) -> Result<String, String> {
    let delimiter = if name.contains('\\') { '\\' } else { '/' };
    let (first, rest) = name.split_once(delimiter).unwrap_or((name, ""));
    let path = rest.replace(delimiter, "/");
    if path.starts_with('/') {
        return Err("chart illegally contains absolute paths".into());
    }
    let path = String::from_utf8_lossy(&sprig::clean_path(path.as_bytes())).into_owned();
    if path == "." {
        let name = quote(name);
        return Err(format!("chart illegally contains content outside the base directory: {name}"));
    }
    if path.starts_with("..") {
        return Err("chart illegally references parent directory".into());
    }
    if let [drive, b':', b'/', ..] = path.as_bytes()
        && drive.is_ascii_alphabetic()
    {
        return Err("chart contains illegally named files".into());
    }
    if first == "Chart.yaml" {
        return Err("chart yaml not in base directory".into());
    }
    Ok(path)
}

fn broken(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "unexpected EOF".into(),
        io::ErrorKind::InvalidInput if error.to_string().contains("gzip") => INVALID_GZIP.into(),
        _ => "archive/tar: invalid tar header".into(),
    }
}
