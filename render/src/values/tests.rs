#![allow(clippy::unwrap_used)]

use serde_json::{Value as Json, json};

use super::*;
use crate::{File, Options};

fn cases(kind: &str) -> Vec<Json> {
    let cases: Json = serde_json::from_str(include_str!("../../tests/values/cases.json")).unwrap();
    cases[kind].as_array().unwrap().clone()
}

/// As the generator prints values: whole numbers that are int64 in an object of their own.
fn typed(json: &Json) -> Json {
    match json {
        Json::Number(number) if !number.is_f64() => json!({ "int64": number }),
        Json::Number(number) => {
            let text = serde_json::to_string(number).unwrap();
            serde_json::from_str(text.strip_suffix(".0").unwrap_or(&text)).unwrap()
        }
        Json::Array(items) => items.iter().map(typed).collect(),
        Json::Object(entries) => Json::Object(entries.iter().map(|(key, value)| (key.clone(), typed(value))).collect()),
        other => other.clone(),
    }
}

fn floating(json: &Json) -> Table {
    let mut json = json.clone();
    floats(&mut json);
    json.as_object().cloned().unwrap_or_default()
}

#[test]
fn flags_set_what_helm_sets() {
    let mut failures = Vec::new();
    for case in cases("set") {
        let flag = case["flag"].as_str().unwrap();
        let given = vec![case["given"].as_str().unwrap().to_owned()];
        let mut options = Options { files: vec!["base.yaml".into()], ..Options::default() };
        match flag {
            "--set" => options.set = given,
            "--set-string" => options.set_string = given,
            "--set-json" => options.set_json = given,
            _ => options.set_literal = given,
        }
        let base = case.get("base").map_or("null".to_owned(), Json::to_string);
        for (version, wanted) in [(HelmVersion::V3, &case["v3"]), (HelmVersion::V4, &case["v4"])] {
            let met = options.values_from(version, &mut |_| Ok(base.clone().into_bytes()), &mut |_, _| {});
            let met = match met {
                Ok(values) => typed(&Json::Object(values)),
                Err(error) => json!({ "error": error.to_string() }),
            };
            if met != *wanted {
                let given = &case["given"];
                failures.push(format!("{version:?} {flag} {given} over {base}\n  wanted {wanted}\n  met    {met}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn charts_get_the_values_and_subcharts_that_helm_gives_them() {
    let mut failures = Vec::new();
    for case in cases("charts") {
        for (version, wanted) in [(HelmVersion::V3, &case["v3"]), (HelmVersion::V4, &case["v4"])] {
            let met = outcome(&case, version).unwrap_or_else(|error| json!({ "error": error.to_string() }));
            if met != *wanted {
                failures.push(format!("{version:?} {}\n  wanted {wanted}\n  met    {met}", case["name"]));
            }
        }
    }
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
}

fn outcome(case: &Json, version: HelmVersion) -> Result<Json, Error> {
    let files = case["files"].as_object().unwrap();
    let files = files.iter().map(|(name, text)| File::new(name, text.as_str().unwrap()));
    let given = floating(&case["given"]);
    let chart = Chart::from_files_as(files, version)?.with_dependencies(&given, version)?;
    let values = coalesce(&chart, &given, version)?.values;
    let mut names = Vec::new();
    tree(&chart, "", &mut names);
    Ok(json!({ "values": typed(&Json::Object(to_json(&values))), "charts": names }))
}

fn tree(chart: &Chart, path: &str, names: &mut Vec<String>) {
    let path = format!("{path}{}", chart.metadata.name);
    names.push(path.clone());
    chart.dependencies.iter().for_each(|subchart| tree(subchart, &format!("{path}/"), names));
}

#[test]
fn a_subchart_sees_the_very_map_of_its_parent() {
    let chart = Chart::from_files([
        File::new("Chart.yaml", "apiVersion: v2\nname: top\nversion: 1.0.0\n"),
        File::new("values.yaml", "global: {a: {b: {}}}\n"),
        File::new("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.0.0\n"),
    ]);
    let values = coalesce(&chart.unwrap(), &Table::new(), HelmVersion::V4).unwrap().values;
    let own = table_at(&values, "sub.global.a.b").unwrap();
    assert!(own.is(&table_at(&values, "global.a.b").unwrap()));
    assert!(!table_at(&values, "sub.global.a").unwrap().is(&table_at(&values, "global.a").unwrap()));
}

#[test]
fn what_is_too_large_is_refused_by_its_limit() {
    let long = |index: usize| format!("a{index}[65536]=1");
    for (set, limit) in [
        (vec![format!("a{}=1", "[0]".repeat(2000))], "deeper than the maximum of 100"),
        (vec![format!("a{}=1", "[0].b".repeat(2000))], "deeper than the maximum of 100"),
        (vec![(0..100).map(long).collect::<Vec<_>>().join(",")], "more than the maximum of 1048576 elements"),
        ((0..100).map(long).collect(), "more than the maximum of 1048576 elements"),
    ] {
        let options = Options { set, ..Options::default() };
        let met = options.values(HelmVersion::V4);
        let error = met.unwrap_err().to_string();
        assert!(error.contains(limit), "{error}");
    }
}

#[test]
fn every_step_tells_what_it_brought() {
    let options = Options { files: vec!["a.yaml".into()], set: vec!["b=1".into()], ..Options::default() };
    let mut steps = Vec::new();
    options
        .values_from(HelmVersion::V4, &mut |_| Ok(b"a: 1".to_vec()), &mut |origin, values| {
            steps.push(format!("{origin}: {}", values.keys().cloned().collect::<String>()));
        })
        .unwrap();
    assert_eq!(steps, ["a.yaml: a", "--set b=1: ab"]);
}
