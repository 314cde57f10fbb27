//! One page with all in it, which needs no script.

use std::fmt::{Result, Write};

use bstr::ByteSlice;
use render::coverage::{Branch, CoveredFile, Report, Share};

use super::cases::{self, Case};
use super::text::percent;

const STYLE: &str = include_str!("style.css");

/// The whole.
pub(super) fn print(report: &Report, cases: &[Case]) -> String {
    let mut page = String::new();
    // Nothing fails that is written to memory.
    let _ = write(&mut page, report, cases);
    page
}

fn write(page: &mut String, report: &Report, cases: &[Case]) -> Result {
    writeln!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Coverage</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>Coverage</h1>\n<p>{}</p>",
        cases::count(cases)
    )?;
    summary(page, report)?;
    list(page, "Values that no template reads", report.unread.iter().map(|path| escaped(path)))?;
    let ignored = report.ignored.iter();
    let ignored = ignored.map(|key| escaped(&format!("{} ({})", key.path, key.origins.join(", "))));
    list(page, "Given values that no template reads", ignored)?;
    let undeclared = report.undeclared.iter();
    let undeclared = undeclared.map(|key| escaped(&format!("{} ({}:{})", key.path, key.file, key.line)));
    list(page, "Values that are read but declared nowhere", undeclared)?;
    for (number, file) in report.files.iter().enumerate() {
        source(page, number, file)?;
    }
    writeln!(page, "</body>\n</html>")
}

fn summary(page: &mut String, report: &Report) -> Result {
    writeln!(
        page,
        "<table>\n<tr><th scope=\"col\">file</th><th scope=\"col\">lines</th><th scope=\"col\">branches</th></tr>"
    )?;
    for (number, file) in report.files.iter().enumerate() {
        let name = format!("<a href=\"#file-{number}\">{}</a>", escaped(&file.path));
        row(page, &name, file.lines(), file.branches())?;
    }
    row(page, "all", report.lines(), report.branches())?;
    writeln!(page, "</table>")
}

fn row(page: &mut String, name: &str, lines: Share, branches: Share) -> Result {
    write!(page, "<tr><th scope=\"row\">{name}</th>")?;
    for share in [lines, branches] {
        let class = if share.taken == share.all { "all" } else { "some" };
        write!(page, "<td class=\"{class}\">{} <small>{}/{}</small></td>", percent(share), share.taken, share.all)?;
    }
    writeln!(page, "</tr>")
}

fn list(page: &mut String, title: &str, items: impl Iterator<Item = String>) -> Result {
    let items: Vec<String> = items.map(|item| format!("<li><code>{item}</code></li>")).collect();
    if items.is_empty() {
        return Ok(());
    }
    writeln!(page, "<h2>{title}</h2>\n<ul>\n{}\n</ul>", items.join("\n"))
}

/// A file's text: each line with how often it was executed, and what was not taken on it below.
fn source(page: &mut String, number: usize, file: &CoveredFile) -> Result {
    writeln!(page, "<h2 id=\"file-{number}\">{}</h2>\n<pre>", escaped(&file.path))?;
    let mut branches = file.branches.iter().peekable();
    for (line, text) in (1..).zip(file.text.lines()) {
        let (class, hits) = match file.lines.get(&line) {
            Some(0) => ("missed", "0".to_owned()),
            Some(hits) => ("reached", hits.to_string()),
            None => ("plain", String::new()),
        };
        let text = escaped(&text.to_str_lossy());
        writeln!(page, "<span class=\"{class}\"><b>{line:>4} {hits:>6}</b> {text}</span>")?;
        while let Some(branch) = branches.next_if(|branch| branch.line == line) {
            not_taken(page, branch)?;
        }
    }
    writeln!(page, "</pre>")
}

fn not_taken(page: &mut String, branch: &Branch) -> Result {
    let mut arms = branch.arms.iter().filter(|arm| arm.hits == 0);
    arms.try_for_each(|arm| {
        let (column, word, name) = (branch.column, &branch.word, &arm.name);
        writeln!(page, "<em>{:12}column {column}, {word}: {name} is not taken</em>", "")
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
