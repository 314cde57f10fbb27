//! Every case under `tests/cases` gives what Go's text/template gives. `tests/generate` has written the expected side.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gotemplate::{Interpreter, MissingKey, Options, Set};
use govalue::{Value, from_json};

#[test]
fn every_case_gives_what_go_gives() {
    let mut paths = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), &mut paths);
    assert!(paths.len() > 500, "only {} cases", paths.len());
    let failures: Vec<String> = paths.iter().filter_map(|path| check(path).err()).collect();
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), paths.len(), failures.join("\n"));
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, paths) } else { paths.push(path) }
    }
}

fn check(path: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).unwrap();
    let sections = sections(&text);
    let data = match sections["data"].as_str() {
        "T" => support::data::t(),
        json => from_json(&serde_json::from_str(json).unwrap()),
    };
    let missing_key = match sections.get("missingkey").map(String::as_str) {
        Some("zero") => MissingKey::Zero,
        Some("error") => MissingKey::Error,
        _ => MissingKey::Default,
    };
    let (kind, got) = match run(&sections["template"], missing_key, data) {
        Ok(output) => ("output", String::from_utf8_lossy(&output).into_owned()),
        Err(error) => ("error", error),
    };
    if sections.get(kind) == Some(&got) {
        return Ok(());
    }
    let wanted = sections.get("output").or(sections.get("error")).unwrap();
    Err(format!("{}: {}\n   want {wanted:?}\n   got  {got:?}", path.display(), sections["template"]))
}

fn run(template: &str, missing_key: MissingKey, data: Value) -> Result<Vec<u8>, String> {
    let functions = Rc::new(support::functions::functions());
    let mut set = Set::new("case");
    let tree = set.parse("case", template.as_bytes(), &functions).map_err(|error| error.to_string())?;
    let options = Options { missing_key, ..Options::default() };
    let result = Interpreter::new(functions, options).execute_tree(&Rc::new(set), &tree, data);
    result.map_err(|error| error.to_string())
}

/// The sections of a case, by name, without their last newline.
fn sections(text: &str) -> HashMap<String, String> {
    let mut sections = HashMap::<String, String>::new();
    let mut name = None;
    for line in text.split_inclusive('\n') {
        if let Some(heading) = line.strip_prefix("-- ").and_then(|line| line.strip_suffix(" --\n")) {
            name = Some(heading.to_owned());
            sections.insert(heading.to_owned(), String::new());
        } else if let Some(name) = &name {
            sections.get_mut(name).unwrap().push_str(line);
        }
    }
    for section in sections.values_mut() {
        section.pop();
    }
    sections
}
