//! Where templates fail.

use std::fmt;

use bstr::ByteSlice;
use gotemplate::{ExecError, ParseError};

/// An excerpt has so many characters at the most.
const MAX_EXCERPT: usize = 200;

/// What is wrong with a template. Printed, it is what Helm prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// Helm's words, with the places in them as Helm shows them.
    pub text: String,
    /// Where the templates stood: the one that was rendered first, the one that failed last. Nothing if none was begun.
    pub places: Vec<Place>,
}

/// A place in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file: `shop/templates/web.yaml`. Of a text that `tpl` executes, what Helm calls it.
    pub template: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in bytes, from 0, as Go counts. A text that cannot be parsed is wrong in a line.
    pub column: Option<usize>,
    /// The line's text without the space around it; the beginning of a long one.
    pub excerpt: String,
}

impl TemplateError {
    /// Of a template that cannot be parsed, which has this text.
    pub(crate) fn parsing(text: String, error: &ParseError, source: &[u8]) -> Self {
        let ParseError { name, line, .. } = error;
        let place = Place { template: name.clone(), line: *line, column: None, excerpt: excerpt(source, *line) };
        Self { text, places: vec![place] }
    }

    /// Of a template that fails.
    pub(crate) fn executing(text: String, error: &ExecError) -> Self {
        let place = |place: &gotemplate::Place| Place {
            template: place.parse_name.to_string(),
            line: place.line(),
            column: Some(place.column()),
            excerpt: excerpt(&place.source, place.line()),
        };
        Self { text, places: error.chain().filter_map(ExecError::place).map(place).collect() }
    }
}

fn excerpt(source: &[u8], line: usize) -> String {
    let line = source.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    line.trim().chars().take(MAX_EXCERPT).collect()
}

impl fmt::Display for TemplateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::{Chart, Error, File, Renderer, Table};

    fn error(files: &[(&str, &str)]) -> TemplateError {
        let metadata = File::new("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n");
        let files = files.iter().map(|(name, text)| File::new(*name, *text));
        let chart = Chart::from_files(std::iter::once(metadata).chain(files)).unwrap();
        let Err(Error::Template(error)) = Renderer::default().render(&chart, &Table::new()) else { unreachable!() };
        error
    }

    fn place(template: &str, line: usize, column: Option<usize>, excerpt: &str) -> Place {
        Place { template: template.into(), line, column, excerpt: excerpt.into() }
    }

    #[test]
    fn a_failure_has_the_places_that_led_to_it() {
        let error = error(&[
            ("templates/_x.tpl", "{{ define \"x\" }}\n  {{- .Values.a.b }}\n{{ end }}"),
            ("templates/a.yaml", "a: 1\nb: {{ include \"x\" . }}\n"),
        ]);
        assert_eq!(
            error.places,
            [
                place("shop/templates/a.yaml", 2, Some(6), "b: {{ include \"x\" . }}"),
                place("shop/templates/_x.tpl", 2, Some(13), "{{- .Values.a.b }}"),
            ]
        );
        assert!(error.text.contains("nil pointer evaluating interface {}.b"), "{error}");
    }

    #[test]
    fn what_cannot_be_parsed_has_a_line() {
        let text = format!("a: 1\n  {}{{{{ if }}}}\n", "ä".repeat(500));
        let error = error(&[("templates/a.yaml", &text)]);
        assert_eq!(error.places, [place("shop/templates/a.yaml", 2, None, &"ä".repeat(MAX_EXCERPT))]);
        assert_eq!(error.to_string(), "parse error at (shop/templates/a.yaml:2): missing value for if");
    }
}
