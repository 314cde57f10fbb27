//! The cases: what each is rendered with, and what has to come of it.

use std::fs;
use std::path::Path;

use render::{Error, Options};

use crate::cli::{Failure, slice};

/// A rendering of the chart.
pub(super) struct Case {
    files: Vec<String>,
    pub(super) is_refused: bool,
}

/// All cases; without any, the chart's own values are one.
pub(super) fn cases(accepted: &[String], refused: &[String]) -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    for (flag, given, is_refused) in [("-f, --values", accepted, false), ("--refused", refused, true)] {
        for files in given {
            let files = slice::values(flag, std::slice::from_ref(files))?;
            match files.as_slice() {
                [folder] if Path::new(folder).is_dir() => {
                    let files = files_of(folder)?.into_iter();
                    cases.extend(files.map(|file| Case { files: vec![file], is_refused }));
                }
                _ => cases.push(Case { files, is_refused }),
            }
        }
    }
    if cases.is_empty() {
        cases.push(Case { files: Vec::new(), is_refused: false });
    }
    Ok(cases)
}

/// The values files of a folder, in the order of their names; not those of folders in it.
fn files_of(folder: &str) -> Result<Vec<String>, Failure> {
    let failure = |error: std::io::Error| Failure::new(format!("{folder}: {error}"));
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failure)? {
        let path = entry.map_err(failure)?.path();
        if path.extension().is_some_and(|end| end == "yaml" || end == "yml") && path.is_file() {
            files.push(path.to_string_lossy().into_owned());
        }
    }
    files.sort();
    if files.is_empty() {
        Err(Failure::new(format!("{folder}: wanted values files (.yaml), met none")))
    } else {
        Ok(files)
    }
}

impl Case {
    /// As messages name it.
    fn name(&self) -> String {
        if self.files.is_empty() { "the chart's own values".into() } else { self.files.join(",") }
    }

    /// With flags over its files.
    pub(super) fn options(&self, flags: &Options) -> Options {
        Options { files: self.files.clone(), ..flags.clone() }
    }

    /// What is wrong if it did not come out as it had to.
    pub(super) fn problem(&self, error: Option<Error>) -> Option<String> {
        match error {
            Some(error) if !self.is_refused => Some(format!("{} is refused: {error}", self.name())),
            None if self.is_refused => Some(format!("{} is rendered, wanted it to be refused", self.name())),
            _ => None,
        }
    }
}

/// How many they are: `12 cases, 3 of them refused`.
pub(super) fn count(cases: &[Case]) -> String {
    let all = if cases.len() == 1 { "1 case".to_owned() } else { format!("{} cases", cases.len()) };
    match cases.iter().filter(|case| case.is_refused).count() {
        0 => all,
        refused => format!("{all}, {refused} of them refused"),
    }
}
