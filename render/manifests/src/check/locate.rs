//! The line of a manifest that holds a field, and the template lines that made it.

use std::collections::BTreeMap;

use anyhow::Context;
use bstr::ByteSlice;
use kubevalidate::compare::{Path, Step};
use render::govalue::Map;
use render::{Chart, Manifest, Options, Renderer, TemplateLine};

/// What it takes to explain lines of a rendered chart.
pub(super) struct Lines<'a> {
    pub(super) renderer: &'a Renderer,
    pub(super) chart: &'a Chart,
    pub(super) prepared: &'a Chart,
    pub(super) values: &'a Map,
    pub(super) options: &'a Options,
    /// The files that were asked for, as they are rendered.
    pub(super) rendered: BTreeMap<String, Vec<u8>>,
}

impl Lines<'_> {
    /// The template lines that made a field, or the deepest of what it would stand in.
    pub(super) fn of(&mut self, manifest: &Manifest, path: &Path) -> anyhow::Result<Vec<TemplateLine>> {
        if !self.rendered.contains_key(&manifest.source) {
            let text = self.renderer.file(self.prepared, self.values, &manifest.source)?;
            self.rendered.insert(manifest.source.clone(), text);
        }
        let file = &self.rendered[&manifest.source];
        let start = file.find(&manifest.text).with_context(|| format!("{} renders anew each time", manifest.source))?;
        let before = file[..start].lines().count();
        let line = before + line_of(&manifest.text.to_str_lossy(), path);
        Ok(self.renderer.explain(self.chart, self.options, &manifest.source, line)?.lines)
    }
}

/// The line, from 1, of a field in a document of block style: where what holds it is found no deeper, that.
fn line_of(text: &str, path: &Path) -> usize {
    let mut lines: Vec<String> = text.lines().map(blank_comment).collect();
    let mut block = 0..lines.len();
    let mut found = 0;
    for step in &path.0 {
        let Some(indent) = block.clone().filter_map(|line| indent_of(&lines[line])).min() else { break };
        // A list may stand as far left as its key.
        let is_start = |line: &usize| {
            indent_of(&lines[*line]) == Some(indent)
                && lines[*line][indent..].starts_with("- ") == matches!(step, Step::Element { .. })
        };
        let starts: Vec<_> = block.clone().filter(is_start).collect();
        let child = match step {
            Step::Key(key) => starts.iter().position(|line| has_key(&lines[*line][indent..], key)),
            Step::Element { new, .. } => new.filter(|index| *index < starts.len()),
        };
        let Some(child) = child else { break };
        found = starts[child];
        let end = starts.get(child + 1).copied().unwrap_or(block.end);
        // What follows the key or the dash on its line belongs to the block.
        lines[found] = within(&lines[found], indent, step);
        block = if indent_of(&lines[found]).is_some() { found..end } else { found + 1..end };
    }
    found + 1
}

/// A comment says nothing of where a field is.
fn blank_comment(line: &str) -> String {
    if line.trim_start().starts_with('#') { String::new() } else { line.to_owned() }
}

fn indent_of(line: &str) -> Option<usize> {
    line.find(|character| character != ' ')
}

fn has_key(line: &str, key: &str) -> bool {
    let rest = line.trim_start_matches('"').strip_prefix(key);
    rest.is_some_and(|rest| rest.trim_start_matches('"').starts_with(':'))
}

/// An element without its dash; a key's line says nothing more, as its value is a scalar or on the lines below.
fn within(line: &str, indent: usize, step: &Step) -> String {
    match step {
        Step::Key(_) => String::new(),
        Step::Element { .. } => format!("{}  {}", &line[..indent], &line[indent + 2..]),
    }
}

#[cfg(test)]
mod tests {
    use kubevalidate::compare::{Path, Step};

    use super::line_of;

    const TEXT: &str = "kind: Pod\nspec:\n  # ports:\n  containers:\n  - name: one\n    env: []\n  - name: two\n    ports:\n      - name: http\n        containerPort: 8000\n    \"a/b\": |\n      ports:\nstatus: {}\n";

    fn line(steps: &[&str]) -> usize {
        let step = |step: &&str| match step.parse() {
            Ok(index) => Step::Element { name: (*step).into(), old: None, new: Some(index) },
            Err(_) => Step::Key((*step).into()),
        };
        line_of(TEXT, &Path(steps.iter().map(step).collect()))
    }

    #[test]
    fn a_field_is_found_by_its_path() {
        for (steps, wanted) in [
            (&["kind"][..], 1),
            (&["spec", "containers"], 4),
            (&["spec", "containers", "1"], 7),
            (&["spec", "containers", "1", "name"], 7),
            (&["spec", "containers", "1", "ports", "0", "containerPort"], 10),
            (&["spec", "containers", "1", "a/b"], 11),
            (&["status"], 13),
        ] {
            assert_eq!(line(steps), wanted, "{steps:?}");
        }
    }

    #[test]
    fn a_field_that_is_not_there_is_where_it_would_stand() {
        assert_eq!(line(&["spec", "containers", "0", "ports", "0"]), 5);
        assert_eq!(line(&["spec", "volumes"]), 2);
        assert_eq!(line(&["metadata", "name"]), 1);
        assert_eq!(line(&["status", "phase"]), 13);
    }
}
