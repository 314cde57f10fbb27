//! A table of files, and what is not taken.

use std::fmt::{Result, Write};

use bstr::ByteSlice;
use render::coverage::{CoveredFile, Report, Share};

use super::cases::{self, Case};

/// The whole.
pub(super) fn print(report: &Report, cases: &[Case]) -> String {
    let mut text = String::new();
    // Nothing fails that is written to memory.
    let _ = write(&mut text, report, cases);
    text
}

/// `87.5 %`; only all of it is 100.0 %.
pub(super) fn percent(share: Share) -> String {
    format!("{:.1} %", (share.percent() * 10.0).floor() / 10.0)
}

fn write(text: &mut String, report: &Report, cases: &[Case]) -> Result {
    writeln!(text, "{:>18}  {:>18}  file", "lines", "branches")?;
    for file in &report.files {
        row(text, file.lines(), file.branches(), &file.path)?;
    }
    row(text, report.lines(), report.branches(), &format!("all, in {}", cases::count(cases)))?;
    section(text, "branches that no case takes", report.files.iter().flat_map(branches))?;
    section(text, "lines that no case reaches", report.files.iter().flat_map(lines))?;
    section(text, "values that no template reads", report.unread.iter().map(|path| (path.clone(), String::new())))?;
    let ignored = report.ignored.iter().map(|key| (key.path.clone(), key.origins.join(", ")));
    section(text, "given values that no template reads", ignored)?;
    let undeclared = report.undeclared.iter().map(|key| (key.path.clone(), format!("{}:{}", key.file, key.line)));
    section(text, "values that are read but declared nowhere", undeclared)
}

fn row(text: &mut String, lines: Share, branches: Share, name: &str) -> Result {
    let count = |share: Share| format!("{}/{}", share.taken, share.all);
    let (of_lines, of_branches) = (percent(lines), percent(branches));
    writeln!(text, "{:>9} {of_lines:>8}  {:>9} {of_branches:>8}  {name}", count(lines), count(branches))
}

fn section(text: &mut String, title: &str, rows: impl Iterator<Item = (String, String)>) -> Result {
    let rows: Vec<_> = rows.collect();
    let width = rows.iter().map(|(first, _)| first.chars().count()).max().unwrap_or_default();
    if !rows.is_empty() {
        writeln!(text, "\n{title}")?;
    }
    rows.iter().try_for_each(|(first, second)| writeln!(text, "{}", format!("  {first:width$}  {second}").trim_end()))
}

/// Each way that was not taken: its place and name, and the line.
fn branches(file: &CoveredFile) -> Vec<(String, String)> {
    let sources = sources(file);
    file.missed().map(|(branch, arm)| (file.way(branch, arm), short(&sources, branch.line))).collect()
}

/// The lines that were not reached, those that follow one another together.
fn lines(file: &CoveredFile) -> Vec<(String, String)> {
    let mut rows: Vec<(usize, usize)> = Vec::new();
    let mut was_reached = true;
    for (line, hits) in &file.lines {
        match rows.last_mut() {
            Some((_, last)) if *hits == 0 && !was_reached => *last = *line,
            _ if *hits == 0 => rows.push((*line, *line)),
            _ => {}
        }
        was_reached = *hits > 0;
    }
    let place = |first: usize, last: usize| if first == last { String::new() } else { format!("-{last}") };
    let (sources, rows) = (sources(file), rows.into_iter());
    rows.map(|(first, last)| (format!("{}:{first}{}", file.path, place(first, last)), short(&sources, first))).collect()
}

fn sources(file: &CoveredFile) -> Vec<&[u8]> {
    file.text.lines().collect()
}

/// A line, from 1; not all of a long one.
fn short(sources: &[&[u8]], line: usize) -> String {
    const LENGTH: usize = 100;
    let text = line.checked_sub(1).and_then(|before| sources.get(before)).copied().unwrap_or_default().trim();
    let mut characters = text.chars();
    let start: String = characters.by_ref().take(LENGTH).collect();
    if characters.next().is_none() { start } else { start + "…" }
}
