//! The values that a user gives: files and `--set` with its relatives.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value as Json;

use super::documents::{merge, read_values};
use super::strvals::{self, Mode};
use crate::chart::read_file;
use crate::{Error, HelmVersion, Table};

/// What a user gives, as Helm's flags take it. Later ones win over earlier ones, and the kinds are taken in the order
/// of the fields here.
///
/// ```
/// use render::{HelmVersion, Options};
/// let options = Options { set: vec!["image.tag=1,ports[0]=80".into()], ..Options::default() };
/// let values = options.values(HelmVersion::V4)?;
/// assert_eq!(serde_json::Value::from(values), serde_json::json!({"image": {"tag": 1}, "ports": [80]}));
/// # Ok::<(), render::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `-f`: YAML files.
    pub files: Vec<String>,
    /// `--set-json`: `key=JSON`; in Helm 4 also a whole object.
    pub set_json: Vec<String>,
    /// `--set`: `key=value`, where numbers, booleans and null are recognised.
    pub set: Vec<String>,
    /// `--set-string`: `key=value`, where the value is a text.
    pub set_string: Vec<String>,
    /// `--set-file`: `key=path`, where the value is what is in the file.
    pub set_file: Vec<String>,
    /// `--set-literal`: `key=value`, where all that follows is the value.
    pub set_literal: Vec<String>,
    /// What files gave that can be read once only; a clone has the same.
    pub streams: Streams,
}

/// The contents of standard input and of pipes, which are kept: values are asked for again by what tells where they came
/// from.
#[derive(Clone, Debug, Default)]
pub struct Streams(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Streams {
    /// A file as it is on the disk; a stream as it was when it was read first. Helm takes names for URLs, and so refuses
    /// those that are none.
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        if matches!(sprig::Url::parse(path.as_bytes())?.scheme(), b"http" | b"https" | b"oci") {
            return Err(format!("wanted a file on the disk, met {path}: values are not fetched"));
        }
        if Path::new(path).is_file() {
            return read_file(path);
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = kept.get(path) {
            return Ok(text.clone());
        }
        let text = read_file(path)?;
        kept.insert(path.to_owned(), text.clone());
        Ok(text)
    }
}

/// What brought a value: one file, or one use of a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin<'a> {
    /// A values file.
    File(&'a str),
    /// A flag, such as `--set`, and what was given with it.
    Flag(&'static str, &'a str),
}

impl fmt::Display for Origin<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => formatter.write_str(path),
            Self::Flag(flag, given) => write!(formatter, "{flag} {given}"),
        }
    }
}

impl Options {
    /// The values together, with files from the disk, or standard input for `-`. The error is Helm's text.
    pub fn values(&self, version: HelmVersion) -> Result<Table, Error> {
        self.values_from(version, &mut |path| self.streams.read(path), &mut |_, _| {})
    }

    /// The values together. `read` gives a file's bytes by its name; `step` sees all values after each file and flag
    /// was added, in order, so that it can tell which of them brought a value.
    pub fn values_from(
        &self,
        version: HelmVersion,
        read: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
        step: &mut dyn FnMut(Origin<'_>, &Table),
    ) -> Result<Table, Error> {
        let mut values = Table::new();
        for path in &self.files {
            let text = read(path).map_err(Error::Values)?;
            let more = read_values(&text, version)
                .map_err(|error| Error::Values(format!("failed to parse {path}: {error}")))?;
            merge(&mut values, more);
            step(Origin::File(path), &values);
        }
        // Together, so that many flags take no more memory than one may.
        let mut elements = strvals::MAX_ELEMENTS;
        for given in &self.set_json {
            set_json(given, &mut values, version, &mut elements)?;
            step(Origin::Flag("--set-json", given), &values);
        }
        self.set_all(&mut values, version, &mut elements, read, step)?;
        Ok(values)
    }

    /// What each file and flag brings, with its name, in the order in which they are put together: what it says by
    /// itself, and all values after it.
    pub(crate) fn each(&self, version: HelmVersion) -> Result<Vec<(String, Table, Table)>, Error> {
        let mut after = Vec::new();
        let mut read = |path: &str| self.streams.read(path);
        self.values_from(version, &mut read, &mut |origin, all| after.push((origin.to_string(), all.clone())))?;
        let none = || Self { streams: self.streams.clone(), ..Self::default() };
        let alone = |list: &[String], only: &dyn Fn(Vec<String>) -> Self| -> Vec<Self> {
            list.iter().map(|given| only(vec![given.clone()])).collect()
        };
        let single = [
            alone(&self.files, &|files| Self { files, ..none() }),
            alone(&self.set_json, &|set_json| Self { set_json, ..none() }),
            alone(&self.set, &|set| Self { set, ..none() }),
            alone(&self.set_string, &|set_string| Self { set_string, ..none() }),
            alone(&self.set_file, &|set_file| Self { set_file, ..none() }),
            alone(&self.set_literal, &|set_literal| Self { set_literal, ..none() }),
        ];
        let mut all = Vec::new();
        for (options, (name, after)) in single.into_iter().flatten().zip(after) {
            all.push((name, options.values(version)?, after));
        }
        Ok(all)
    }

    fn set_all(
        &self,
        values: &mut Table,
        version: HelmVersion,
        elements: &mut usize,
        read: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
        step: &mut dyn FnMut(Origin<'_>, &Table),
    ) -> Result<(), Error> {
        let mut read = |path: &str| Ok(govalue::json::json_text(&read(path)?).into_owned());
        for (flag, all) in [
            ("--set", &self.set),
            ("--set-string", &self.set_string),
            ("--set-file", &self.set_file),
            ("--set-literal", &self.set_literal),
        ] {
            for given in all {
                let mode = match flag {
                    "--set" => Mode::Typed,
                    "--set-string" => Mode::Text,
                    "--set-file" => Mode::File(&mut read),
                    _ => Mode::Literal,
                };
                strvals::parse_into(given, mode, version, elements, values)
                    .map_err(|error| Error::Values(format!("failed parsing {flag} data: {error}")))?;
                step(Origin::Flag(flag, given), values);
            }
        }
        Ok(())
    }
}

fn set_json(given: &str, values: &mut Table, version: HelmVersion, elements: &mut usize) -> Result<(), Error> {
    let trimmed = given.trim();
    if version == HelmVersion::V4 && trimmed.starts_with('{') {
        let Ok(mut json @ Json::Object(_)) = serde_json::from_str::<Json>(&govalue::json::paired(trimmed)) else {
            return Err(Error::Values(format!("failed parsing --set-json data JSON: {given}")));
        };
        strvals::floats(&mut json);
        if let Json::Object(more) = json {
            merge(values, more);
        }
        return Ok(());
    }
    strvals::parse_into(given, Mode::Json, version, elements, values)
        .map_err(|_| Error::Values(format!("failed parsing --set-json data {given}")))
}
