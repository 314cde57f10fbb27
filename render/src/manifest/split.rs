//! A rendered file's documents.

use bstr::ByteSlice;

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

/// The space around a separator belongs to it, so a separator right after another is none: what is between matches of
/// Go's `(?:^|\s*\n)---\s*`.
fn split_three(file: &[u8]) -> Vec<&[u8]> {
    let documents = between(file, |before| before.trim_end_with(is_space), |after| after.trim_start_with(is_space));
    documents.filter(|document| !document.is_empty()).map(trim).collect()
}

/// What is between matches of Go's `(?m)^---[ \t]*`.
fn split_four(file: &[u8]) -> Vec<&[u8]> {
    let documents = between(file, |before| before, |after| after.trim_start_with(|char| matches!(char, ' ' | '\t')));
    documents.map(trim_start).filter(|document| !document.is_empty()).collect()
}

/// What is between the `---` that begin lines. `end` cuts off the end of what is before one, `start` the start of what is
/// after it.
fn between<'f>(
    file: &'f [u8],
    end: impl Fn(&'f [u8]) -> &'f [u8],
    start: impl Fn(&'f [u8]) -> &'f [u8],
) -> impl Iterator<Item = &'f [u8]> {
    let first = file.strip_prefix(SEPARATOR).map(&start);
    let mut left = Some(first.unwrap_or(file));
    std::iter::from_fn(move || {
        let rest = left?;
        let separator = rest.find("\n---").map(|line_feed| rest.split_at(line_feed + 1));
        left = separator.and_then(|(_, after)| after.strip_prefix(SEPARATOR)).map(&start);
        Some(separator.map_or(rest, |(before, _)| end(before)))
    })
}

const SEPARATOR: &[u8] = b"---";

/// What `\s` is in Go's expressions.
fn is_space(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\x0c' | '\r' | ' ')
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
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use regex::bytes::Regex;

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

    /// As the expressions split that are Helm's own.
    fn by_expression(file: &[u8], version: HelmVersion) -> Vec<Vec<u8>> {
        let separator = match version {
            HelmVersion::V3 => r"(?-u)(?:^|[\t\n\f\r ]*\n)---[\t\n\f\r ]*",
            HelmVersion::V4 => r"(?m-u)^---[ \t]*",
        };
        let separator = Regex::new(separator).unwrap();
        let documents: Vec<_> = match version {
            HelmVersion::V3 => separator.split(trim(file)).filter(|document| !document.is_empty()).map(trim).collect(),
            HelmVersion::V4 => {
                separator.split(trim_start(file)).map(trim_start).filter(|part| !part.is_empty()).collect()
            }
        };
        documents.into_iter().map(<[u8]>::to_vec).collect()
    }

    proptest! {
        #[test]
        fn files_are_split_as_by_helms_expressions(
            pieces in prop::collection::vec(prop::sample::select(vec!["---", "-", "\n", "\r", "\t", " ", "\u{b}", "\u{a0}", "a", "\n---", "\n--- ", "\n---\n"]), 0..12),
        ) {
            let file = pieces.concat();
            for version in [HelmVersion::V3, HelmVersion::V4] {
                prop_assert_eq!(split(file.as_bytes(), version), by_expression(file.as_bytes(), version));
            }
        }
    }
}
