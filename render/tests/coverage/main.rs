//! `render coverage` and what it counts, on charts small enough to count by hand.
#![allow(clippy::unwrap_used, clippy::panic)]

mod command;
mod values;

use render::coverage::{Branch, Report, Share};
use render::{Chart, Coverage, File, Renderer};
use serde_json::{Value as Json, json};

fn chart(files: &[(&str, &str)]) -> Chart {
    let about = File::new("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n");
    Chart::from_files(files.iter().map(|(name, text)| File::new(*name, *text)).chain([about])).unwrap()
}

/// What a chart's cases come to, with those that fail.
fn covered(chart: &Chart, cases: &[Json]) -> Report {
    let renderer = Renderer::default();
    let mut coverage = Coverage::new(&renderer, chart).with_subcharts();
    for case in cases {
        coverage.case(case.as_object().unwrap());
    }
    coverage.report()
}

/// The branches of a template, as `2:4 if true 1 false 0`, for some values of `.Values.x`.
fn branches(template: &str, values: &[Json]) -> Vec<String> {
    let cases: Vec<Json> = values.iter().map(|value| json!({"x": value})).collect();
    let report = covered(&chart(&[("templates/a.yaml", template)]), &cases);
    let branches = report.files[0].branches.iter();
    let arms = |branch: &Branch| {
        branch.arms.iter().map(|arm| format!("{} {}", arm.name, arm.hits)).collect::<Vec<_>>().join(" ")
    };
    branches.map(|branch| format!("{}:{} {} {}", branch.line, branch.column, branch.word, arms(branch))).collect()
}

#[test]
fn each_way_of_a_branch_is_counted() {
    let cases: &[(&str, &[Json], &[&str])] = &[
        ("{{ if .Values.x }}a: 1{{ end }}", &[json!(true)], &["1:7 if true 1 false 0"]),
        ("{{ if .Values.x }}{{ end }}", &[json!(true), json!(false), json!(0)], &["1:7 if true 1 false 2"]),
        (
            "{{ if eq .Values.x \"a\" }}\n{{ else if eq .Values.x \"b\" }}\n{{ else }}\n{{ end }}",
            &[json!("a"), json!("c")],
            &["1:7 if true 1 false 1", "2:12 if true 0 false 1"],
        ),
        (
            "{{ with .Values.x }}{{ else with .Chart }}{{ end }}",
            &[json!("")],
            &["1:9 with true 0 false 1", "1:34 with true 1 false 0"],
        ),
        ("{{ range .Values.x }}{{ end }}", &[json!([1, 2, 3]), json!([])], &["1:10 range elements 1 no elements 1"]),
        (
            "{{ range $k, $v := .Values.x }}{{ break }}{{ end }}",
            &[json!({"a": 1})],
            &["1:10 range elements 1 no elements 0"],
        ),
        ("{{ range .Values.x }}{{ end }}", &[json!(null)], &["1:10 range elements 0 no elements 1"]),
        ("{{ default 1 .Values.x }}", &[json!(0), json!(5)], &["1:4 default value given 1 value empty 1"]),
        ("{{ .Values.x | default 1 }}", &[json!("a")], &["1:16 default value given 1 value empty 0"]),
        ("{{ ternary 1 2 .Values.x }}", &[json!(true)], &["1:4 ternary true 1 false 0"]),
        ("{{ .Values.x | ternary 1 2 }}", &[json!(false)], &["1:16 ternary true 0 false 1"]),
        ("{{ and .Values.x 1 2 }}", &[json!(true), json!(false)], &["1:4 and operand 1 1 operand 2 0 operand 3 1"]),
        ("{{ or .Values.x 1 2 }}", &[json!(true), json!(false)], &["1:4 or operand 1 1 operand 2 1 operand 3 0"]),
        (
            "{{ coalesce 0 .Values.x nil }}",
            &[json!(1), json!(0)],
            &["1:4 coalesce operand 1 0 operand 2 1 operand 3 1"],
        ),
        ("{{ dig \"x\" \"a\" 1 .Values.AsMap }}", &[json!({"a": 0}), json!({"b": 1})], &["1:4 dig found 1 default 1"]),
        ("{{ true | and .Values.x }}", &[json!(false)], &["1:11 and operand 1 1 operand 2 0"]),
        (
            "{{ if and .Values.x (or .Values.x 1) }}{{ end }}",
            &[json!(true)],
            &["1:7 if true 1 false 0", "1:7 and operand 1 0 operand 2 1", "1:22 or operand 1 1 operand 2 0"],
        ),
        (
            "{{ if default 1 .Values.x }}{{ end }}",
            &[json!(false)],
            &["1:7 if true 1 false 0", "1:7 default value given 0 value empty 1"],
        ),
        ("{{ (.Values.x | default dict).a }}", &[json!(null)], &["1:17 default value given 0 value empty 1"]),
        // Inside of what is defined, and not at all.
        (
            "{{ define \"d\" }}{{ if . }}{{ end }}{{ end }}{{ include \"d\" .Values.x }}{{ template \"d\" 1 }}",
            &[json!(0)],
            &["1:23 if true 1 false 1"],
        ),
        ("{{ define \"d\" }}{{ if . }}{{ end }}{{ end }}", &[json!(0)], &["1:23 if true 0 false 0"]),
        // What is tried before the chart refuses.
        ("{{ if .Values.x }}{{ fail \"no\" }}{{ end }}", &[json!(true)], &["1:7 if true 1 false 0"]),
    ];
    for (template, values, wanted) in cases {
        assert_eq!(branches(template, values), *wanted, "{template}");
    }
}

#[test]
fn what_decides_nothing_is_no_branch() {
    for template in [
        "{{ range list 1 2 }}{{ end }}",
        "{{ range $c := tuple .Values.x }}{{ end }}",
        "{{ with dict \"a\" .Values.x }}{{ end }}",
        "{{ default 1 }}",
        "{{ and .Values.x }}",
        "{{ tpl \"{{ if true }}{{ end }}\" . }}",
    ] {
        assert_eq!(branches(template, &[json!(1)]), [""; 0], "{template}");
    }
}

#[test]
fn lines_are_those_with_text_or_actions() {
    let template = "\
a: 1
{{- /* a comment */}}

{{- if .Values.x }}
b: {{ .Values.x }}
c:
  - d

{{- else }}
e: 1
{{- end }}
{{ define \"never\" }}
f: 1
{{ end }}
";
    let report = covered(&chart(&[("templates/a.yaml", template)]), &[json!({"x": 1}), json!({"x": 2})]);
    let lines: Vec<(usize, u64)> = report.files[0].lines.iter().map(|(line, hits)| (*line, *hits)).collect();
    assert_eq!(lines, [(1, 2), (4, 2), (5, 2), (6, 2), (7, 2), (10, 0), (13, 0)]);
    assert_eq!((report.lines(), report.branches()), (Share { taken: 5, all: 7 }, Share { taken: 1, all: 2 }));
}

#[test]
fn markers_leave_lines_out() {
    let template = "a: 1 # LCOV_EXCL_LINE\n{{ if .Values.x }}{{/* LCOV_EXCL_BR_LINE: why */}}\nb: 1\n{{ end }}\n\
        {{ default 1 .Values.x }}{{/* LCOV_EXCL_LINE */}}\n";
    let report = covered(&chart(&[("templates/a.yaml", template)]), &[json!({})]);
    assert_eq!((report.lines(), report.branches()), (Share { taken: 1, all: 2 }, Share::default()));
}

#[test]
fn a_case_counts_as_far_as_it_came() {
    let files = [("templates/a.yaml", "a: 1\n"), ("templates/b.yaml", "b: 1\n{{ fail \"no\" }}\nc: 1\n")];
    let report = covered(&chart(&files), &[json!({})]);
    let hits: Vec<Vec<u64>> = report.files.iter().map(|file| file.lines.values().copied().collect()).collect();
    assert_eq!(hits, [vec![0], vec![1, 1, 0]], "the last file by name is executed first");
}
