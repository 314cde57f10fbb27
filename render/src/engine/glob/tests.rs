#![allow(clippy::unwrap_used)]

use serde_json::{Value as Json, json};

use super::*;

/// What a pattern finds, as the generator prints it.
fn outcome(pattern: &str, paths: &[Json]) -> Json {
    let glob = Glob::new(pattern).unwrap();
    let mut found = Vec::new();
    let mut fails = serde_json::Map::new();
    for path in paths {
        let path = path.as_str().unwrap();
        match glob.matches(path.as_bytes()) {
            Ok(true) => found.push(path),
            Ok(false) => {}
            Err(error) => {
                fails.insert(path.to_owned(), error.into());
            }
        }
    }
    if fails.is_empty() {
        json!({ "pattern": pattern, "found": found })
    } else {
        json!({ "pattern": pattern, "found": found, "fails": fails })
    }
}

#[test]
fn patterns_find_what_gobwas_glob_finds() {
    let cases: Json = serde_json::from_str(include_str!("../../../tests/glob/cases.json")).unwrap();
    let paths = cases["paths"].as_array().unwrap();
    let mut failures = Vec::new();
    for case in cases["cases"].as_array().unwrap() {
        let ours = outcome(case["pattern"].as_str().unwrap(), paths);
        if ours != *case {
            failures.push(format!("theirs {case}\nours   {ours}"));
        }
    }
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn many_stars_take_little_time() {
    let path = "a".repeat(50);
    for part in ["*a", "*a*b", "**a", "{*a,b}*", "*[ab]?", "{a*,*a}{b,**}", "{a,?}*/"] {
        let pattern = part.repeat(20);
        for pattern in [format!("{pattern}c"), format!("c{pattern}"), format!("[!a]{pattern}"), format!("**c{pattern}")]
        {
            assert_eq!(Glob::new(&pattern).unwrap().matches(path.as_bytes()), Ok(false), "{pattern}");
        }
    }
}

#[test]
fn what_takes_too_long_is_an_error() {
    let glob = Glob::new(&format!("c{}", "*a".repeat(200))).unwrap();
    let path = "a".repeat(150);
    assert!((0..10).any(|_| glob.matches(path.as_bytes()).is_err()));
}

#[test]
fn what_is_too_deep_is_an_error() {
    for part in ["*a", "{", "{a,", "[!a]**", "a{b*c,"] {
        assert!(Glob::new(&part.repeat(100_000)).is_err(), "{part}");
        let deepest = (1..=500).rev().find_map(|count| Glob::new(&part.repeat(count)).ok()).unwrap();
        assert!(deepest.matches(b"a/b").is_ok(), "{part}");
    }
    let wide = format!("{{{}}}", "a*,".repeat(1_000));
    assert_eq!(Glob::new(&wide).unwrap().matches(b"ab"), Ok(true));
}
