//! What Helm's libraries read and write, against ours. The data is printed by `tests/generate` and by Helm.

#![allow(clippy::unwrap_used, clippy::panic, clippy::float_cmp, clippy::cast_precision_loss)]

use std::fmt::Debug;
use std::path::Path;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use govalue::{List, Map, Value};
use serde_json::Value as Json;

/// `GOYAML_DATA` names another folder, with more or newer cases than the repository holds.
fn data(name: &str) -> String {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let other = std::env::var_os("GOYAML_DATA").map(|folder| Path::new(&folder).join(name));
    std::fs::read_to_string(other.filter(|file| file.exists()).unwrap_or(own)).unwrap()
}

fn cases(name: &str) -> Vec<Json> {
    serde_json::from_str(&data(name)).unwrap()
}

/// Collects what differs, to show many of them at once.
#[derive(Default)]
struct Differences {
    total: usize,
    found: Vec<String>,
}

impl Differences {
    fn compare<T: Debug + PartialEq>(&mut self, input: &str, ours: &T, theirs: &T) {
        self.total += 1;
        if ours != theirs {
            let input: String = input.chars().take(300).collect();
            self.found.push(format!("{input:?}\n   ours: {ours:?}\n  theirs: {theirs:?}"));
        }
    }

    fn none(&self) {
        let shown: Vec<_> = self.found.iter().take(40).cloned().collect();
        assert!(self.found.is_empty(), "{} of {} differ:\n{}", self.found.len(), self.total, shown.join("\n"));
        assert!(self.total > 0);
    }
}

/// All numbers as floats where either side has one.
fn same(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) if left.is_f64() || right.is_f64() => left.as_f64() == right.as_f64(),
        (Json::Array(left), Json::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Json::Object(left), Json::Object(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|((key, left), (other, right))| key == other && same(left, right))
        }
        _ => left == right,
    }
}

/// As `encoding/json` decodes into an `interface{}`.
fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Nil,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Float64(number.as_f64().unwrap()),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => items.iter().map(value).collect::<List>().into(),
        Json::Object(entries) => {
            entries.iter().map(|(key, entry)| (key.as_str(), value(entry))).collect::<Map>().into()
        }
    }
}

fn text<'c>(case: &'c Json, field: &str) -> Option<&'c str> {
    case.get(field).and_then(Json::as_str)
}

fn input(case: &Json) -> Vec<u8> {
    match text(case, "bytes") {
        Some(bytes) => STANDARD.decode(bytes).unwrap(),
        None => text(case, "text").unwrap_or_default().into(),
    }
}

#[test]
fn reads_what_the_libraries_read() {
    let mut differences = Differences::default();
    for case in cases("read.json") {
        let input = input(&case);
        let shown = String::from_utf8_lossy(&input);
        match (goyaml::to_json(&input), text(&case, "error")) {
            (Ok(json), None) => {
                let theirs = case.get("json").unwrap_or(&Json::Null);
                if same(&json, theirs) {
                    differences.total += 1;
                } else {
                    differences.compare(&shown, &json, theirs);
                }
            }
            (ours, theirs) => {
                let ours = ours.map_or_else(|error| error.to_string(), |json| json.to_string());
                differences.compare(&shown, &ours, &theirs.unwrap_or("no error").to_owned());
            }
        }
    }
    differences.none();
}

#[test]
fn reads_what_helm_reads() {
    let cases = cases("yaml-parse.json");
    assert_eq!(cases.len(), 62);
    for case in cases {
        let yaml = text(&case, "yaml").unwrap();
        match (goyaml::to_json(yaml.as_bytes()), text(&case, "json")) {
            (Ok(ours), Some(theirs)) => assert!(same(&ours, &serde_json::from_str(theirs).unwrap()), "{yaml:?} {ours}"),
            (Err(_), None) => {}
            (ours, theirs) => panic!("{yaml:?}: {ours:?} and {theirs:?}"),
        }
    }
}

#[test]
fn writes_what_the_libraries_write() {
    let mut differences = Differences::default();
    for case in cases("write.json") {
        let json = case.get("value").unwrap();
        let shown = json.to_string();
        let (value, field) = (value(json), |field| text(&case, field).unwrap_or_default().to_owned());
        let theirs = text(&case, "error").map_or_else(|| field("yaml"), str::to_owned);
        let ours = goyaml::to_yaml(&value).unwrap_or_else(|error| error.to_string());
        // Which line of its own JSON the library complains about is of no use to anybody.
        let ours = if text(&case, "error").is_some_and(|error| error.starts_with("yaml: line")) {
            assert!(goyaml::to_yaml(&value).is_err(), "{shown}");
            theirs.clone()
        } else {
            ours
        };
        differences.compare(&shown, &ours, &theirs);
        let ours = goyaml::to_yaml_pretty(&value).unwrap_or_else(|error| error.to_string());
        differences.compare(&shown, &ours, &field("pretty"));
    }
    differences.none();
}

#[test]
fn writes_what_helm_writes() {
    let file = data("toyaml-cases.txt");
    let mut count = 0;
    for case in file.split("=== ").skip(1) {
        let (head, rest) = case.split_once("\ntoYaml>").unwrap();
        let (yaml, in_map) = rest.split_once("<\ninmap>").unwrap();
        let in_map = in_map.trim_end().strip_suffix('<').unwrap();
        let json = head.split_once(" in=").unwrap().1.rsplit_once(" printed=\"").unwrap().0;
        let value = value(&serde_json::from_str(json).unwrap());
        // Helm's toYaml prints nothing for what cannot be written.
        assert_eq!(goyaml::to_yaml(&value).unwrap_or_default(), yaml, "{json}");
        let map: Map = [("k", value)].into_iter().collect();
        assert_eq!(goyaml::to_yaml(&map.into()).unwrap_or_default(), in_map, "{json}");
        count += 1;
    }
    assert_eq!(count, 204);
}

#[test]
fn writes_toml_as_the_library() {
    let mut differences = Differences::default();
    for case in cases("toml-write.json") {
        let json = case.get("value").unwrap();
        let ours = goyaml::to_toml(&value(json)).unwrap_or_else(|error| error.to_string());
        let theirs = text(&case, "error").or(text(&case, "toml")).unwrap_or_default().to_owned();
        differences.compare(&json.to_string(), &ours, &theirs);
    }
    differences.none();
}

fn time(layout: &str, text: &str, zone: Option<&str>) -> Option<Value> {
    let time = sprig::Time::parse(layout.as_bytes(), text.as_bytes()).ok()?;
    Some(Value::Object(Rc::new(zone.map_or(time.clone(), |zone| time.in_zone(zone, 0)))))
}

#[test]
fn reads_toml_as_the_library() {
    let mut differences = Differences::default();
    for case in cases("toml-read.json") {
        let input = input(&case);
        let shown = String::from_utf8_lossy(&input);
        let ours = match goyaml::from_toml(&input, &time) {
            Ok(map) => String::from_utf8_lossy(&govalue::fmt::sprint(&[map.into()])).into_owned(),
            Err(error) => error.to_string(),
        };
        let theirs = text(&case, "error").or(text(&case, "printed")).unwrap_or_default().to_owned();
        differences.compare(&shown, &ours, &theirs);
    }
    differences.none();
}
