//! The properties of the fuzz targets hold for their corpus, and for each of its inputs cut off anywhere.
#![allow(clippy::unwrap_used)]

#[path = "../fuzz/src/lib.rs"]
#[expect(unreachable_pub, clippy::panic, reason = "the library of the fuzz targets, which panic")]
mod fuzz;

use std::fs;
use std::path::Path;

fn holds(name: &str, property: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let mut inputs = 0;
    for file in fs::read_dir(corpus).unwrap() {
        let input = fs::read(file.unwrap().path()).unwrap();
        (0..=input.len()).for_each(|end| property(&input[..end]));
        inputs += 1;
    }
    assert!(inputs > 0, "{name} has no corpus");
}

#[test]
fn archive() {
    holds("archive", fuzz::archive);
}

#[test]
fn chart() {
    holds("chart", fuzz::chart);
}

#[test]
fn set() {
    holds("set", fuzz::set);
}

#[test]
fn template() {
    holds("template", fuzz::template);
}

#[test]
fn yaml() {
    holds("yaml", fuzz::yaml);
}
