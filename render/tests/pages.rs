//! The pages of docs/render: what they show is what there is.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The pages, each with its text.
fn pages() -> Vec<(PathBuf, String)> {
    let paths = fs::read_dir(root().join("docs/render")).unwrap().map(|entry| entry.unwrap().path());
    let pages: Vec<_> = paths.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect();
    assert!(pages.len() > 5, "{pages:?}");
    pages
}

/// The blocks of a page in this language.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// A copy of the example, in which runs may write.
fn example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("render/examples/shop"), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// What a line for a shell prints on both outputs.
fn shown(line: &str, folder: &Path) -> String {
    let command = Path::new(env!("CARGO_BIN_EXE_render")).parent().unwrap();
    let path = format!("{}:{}", command.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{{ {line}\n}} 2>&1")]).current_dir(folder).env("PATH", path).stdin(Stdio::null());
    String::from_utf8(shell.output().unwrap().stdout).unwrap()
}

#[test]
fn each_run_prints_what_its_page_shows() {
    let mut runs = 0;
    for (path, page) in pages() {
        let folder = example();
        let blocks =
            blocks(&page, "console").into_iter().map(|block| format!("\n{block}")).collect::<Vec<_>>().concat();
        for run in blocks.split("\n$ ").skip(1) {
            let (line, wanted) = run.split_once('\n').unwrap_or((run, ""));
            let met = shown(line, folder.path());
            assert_eq!(met.trim_end(), wanted.trim_end(), "{}: $ {line}\n{met}", path.display());
            runs += 1;
        }
    }
    assert!(runs > 10, "{runs}");
}

#[test]
fn each_command_has_a_page() {
    let help = shown("render --help", Path::new("."));
    let commands = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0.lines();
    for command in commands.map(|line| line.split_whitespace().next().unwrap()).filter(|command| *command != "help") {
        assert!(pages().iter().any(|(path, _)| path.ends_with(format!("{command}.md"))), "{command} has no page");
    }
}

#[test]
fn code_on_pages_is_that_of_its_file() {
    let mut files = 0;
    for (path, page) in pages() {
        for block in blocks(&page, "rust") {
            let (file, code) = block.strip_prefix("// ").unwrap().split_once('\n').unwrap();
            let text = fs::read_to_string(root().join(file)).unwrap();
            assert_eq!(code, text, "{}: {file}", path.display());
            files += 1;
        }
    }
    assert!(files > 0);
}

#[test]
fn links_between_pages_lead_somewhere() {
    for (path, page) in pages() {
        for link in page.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let file = link.split('#').next().unwrap();
            let is_there = link.contains("://") || path.parent().unwrap().join(file).exists();
            assert!(is_there, "{}: {link}", path.display());
        }
    }
}
