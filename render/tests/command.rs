//! The command does with every case in command/cases what the real Helms did; see generate/command/README.md.
#![allow(clippy::unwrap_used)]

#[path = "command/case.rs"]
mod case;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use case::Case;

#[test]
fn the_command_does_what_helm_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command");
    let base = fs::read_to_string(folder.join("base.txt")).unwrap();
    let mut names: Vec<_> = fs::read_dir(folder.join("cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(names.len() > 60, "there are {} cases", names.len());
    let mut differences = String::new();
    for path in names {
        let text = fs::read_to_string(&path).unwrap();
        let case = Case::parse(&base, &text);
        for version in ["3", "4"] {
            for (what, wanted, met) in case.differences(version) {
                let name = path.file_stem().unwrap().to_string_lossy();
                writeln!(differences, "{name}, Helm {version}: {what}\nwanted:\n{wanted}\nmet:\n{met}").unwrap();
            }
        }
    }
    assert!(differences.is_empty(), "{differences}");
}
