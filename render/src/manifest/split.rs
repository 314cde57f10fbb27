//! A rendered file's documents.

use std::sync::LazyLock;

use bstr::ByteSlice;
use regex::bytes::Regex;

use crate::HelmVersion;

/// The documents of a rendered file, in their order, as `releaseutil.SplitManifests` of that Helm.
///
/// Both take `---` at the beginning of a line for a separator, whatever follows it. Helm 3 takes away the space around
/// a document, Helm 4 that before it.
pub fn split(file: &[u8], version: HelmVersion) -> Vec<&[u8]> {
    match version {
        HelmVersion::V3 => split_three(trim(file)),
        HelmVersion::V4 => split_four(trim_start(file)),
    }
}

/// The space after a separator belongs to it, so a separator right after another is none.
fn split_three(file: &[u8]) -> Vec<&[u8]> {
    static SEPARATOR: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?-u)(?:^|[\t\n\f\r ]*\n)---[\t\n\f\r ]*").ok());
    let Some(separator) = &*SEPARATOR else { return Vec::new() };
    separator.split(file).filter(|document| !document.is_empty()).map(trim).collect()
}

fn split_four(file: &[u8]) -> Vec<&[u8]> {
    static SEPARATOR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?m-u)^---[ \t]*").ok());
    let Some(separator) = &*SEPARATOR else { return Vec::new() };
    separator.split(file).map(trim_start).filter(|document| !document.is_empty()).collect()
}

/// Without Unicode's white space around it, as `strings.TrimSpace`.
pub(crate) fn trim(text: &[u8]) -> &[u8] {
    trim_start(text).trim_end_with(char::is_whitespace)
}

fn trim_start(text: &[u8]) -> &[u8] {
    text.trim_start_with(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(file: &str) -> [Vec<String>; 2] {
        [HelmVersion::V3, HelmVersion::V4].map(|version| {
            split(file.as_bytes(), version).into_iter().map(|document| document.as_bstr().to_string()).collect()
        })
    }

    #[test]
    fn documents_stand_between_separators() {
        for file in ["a: 1\n---\nb: 2", "---\na: 1\n\n---  \nb: 2", "\n\n--- \na: 1\n---b: 2"] {
            let [three, four] = both(file);
            assert_eq!(three, ["a: 1", "b: 2"], "{file:?}");
            assert_eq!(four.len(), 2, "{file:?}");
        }
    }

    #[test]
    fn helm_4_keeps_the_space_after_a_document() {
        assert_eq!(both("---\n  a: 1\n\n---\nb: 2\n\n"), [vec!["a: 1", "b: 2"], vec!["a: 1\n\n", "b: 2\n\n"]]);
    }

    #[test]
    fn two_separators_in_a_row_are_one_in_helm_4_alone() {
        assert_eq!(both("---\n---\na: 1"), [vec!["---\na: 1"], vec!["a: 1"]]);
    }

    #[test]
    fn blank_files_hold_nothing_and_comments_something() {
        assert_eq!(both(" \n\t\n"), [Vec::<String>::new(), Vec::new()]);
        assert_eq!(both("# a\n---\n"), [vec!["# a"], vec!["# a\n"]]);
    }
}
