//! `render coverage` and what it counts, on charts small enough to count by hand.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::Command;

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

/// What is told of values: those unread, then those undeclared with their places.
fn keys(files: &[(&str, &str)], given: Json) -> (Vec<String>, Vec<String>) {
    let report = covered(&chart(files), &[given]);
    let place = |file: &str, line: usize| format!("{}:{line}", file.rsplit('/').next().unwrap_or_default());
    let undeclared = report.undeclared.iter().map(|key| format!("{} {}", key.path, place(&key.file, key.line)));
    (report.unread, undeclared.collect())
}

#[test]
fn values_that_change_nothing_are_told() {
    let values = "web: {port: 80, name: a, tls: {enabled: true, secret: s}}\nlist: [{a: 1}]\nempty: {}\nkey.dot: 1\n";
    for (template, unread) in [
        ("", vec!["empty", "key\\.dot", "list", "web.name", "web.port", "web.tls.enabled", "web.tls.secret"]),
        (
            "{{ .Values.web.port }}{{ with .Values.web.tls }}{{ .enabled }}{{ end }}{{ index .Values \"key.dot\" }}",
            vec!["empty", "list", "web.name", "web.tls.secret"],
        ),
        (
            "{{ range .Values.list }}{{ .a }}{{ end }}{{ with .Values.empty }}{{ end }}",
            vec!["key\\.dot", "web.name", "web.port", "web.tls.enabled", "web.tls.secret"],
        ),
        // With all that is in it.
        ("a: {{ toYaml .Values.web | nindent 2 }}", vec!["empty", "key\\.dot", "list"]),
        ("a: {{ toJson (list (dict \"web\" .Values.web)) }}", vec!["empty", "key\\.dot", "list"]),
        ("a: \"{{ .Values.web.tls }}\"", vec!["empty", "key\\.dot", "list", "web.name", "web.port"]),
        ("{{ toJson . }}", vec![]),
        ("a: {{ .Values.YAML | quote }}", vec![]),
        // Looked at, handed on, or looked up.
        (
            "{{ if .Values.web }}{{ end }}{{ $x := dict \"w\" .Values.web }}{{ $x.w.tls.enabled }}",
            vec!["empty", "key\\.dot", "list", "web.name", "web.port", "web.tls.secret"],
        ),
        (
            "{{ get (index .Values \"web\" \"tls\") \"enabled\" }}{{ dig \"web\" \"name\" 1 .Values.AsMap }}",
            vec!["empty", "key\\.dot", "list", "web.port", "web.tls.secret"],
        ),
        (
            "{{ hasKey .Values.web \"port\" }}{{ tpl \"{{ .Values.web.name }}\" . }}",
            vec!["empty", "key\\.dot", "list", "web.tls.enabled", "web.tls.secret"],
        ),
        // Perhaps read by what was not reached.
        (
            "{{ if .Values.empty }}{{ .Values.web.port }}{{ else }}{{ and .Values.empty (get .Values \"list\") }}{{ end }}",
            vec!["key\\.dot", "web.name", "web.tls.enabled", "web.tls.secret"],
        ),
    ] {
        let (met, undeclared) = keys(&[("values.yaml", values), ("templates/NOTES.txt", template)], json!({}));
        assert_eq!((met, undeclared), (unread.into_iter().map(str::to_owned).collect(), vec![]), "{template}");
    }
}

#[test]
fn values_that_are_read_but_declared_nowhere_are_told() {
    let schema = r##"{"properties": {"known": {"$ref": "#/$defs/known"}}, "patternProperties": {"^x-": {}},
        "$defs": {"known": {"allOf": [{"properties": {"a": {}}}], "additionalProperties": {"properties": {"c": {}}}}}}"##;
    let values = "web: {port: 80, annotations: {}, extra: null}\n";
    for (template, wanted) in [
        ("{{ .Values.web.port }}{{ .Values.web.annotations.a }}", vec![]),
        ("{{ with .Values.web.extra }}{{ .a }}{{ end }}", vec![]),
        ("\n{{ .Values.web.prot }}{{ .Values.other }}", vec!["other a.yaml:2", "web.prot a.yaml:2"]),
        ("{{ .Values.given.a }}", vec!["given a.yaml:1", "given.a a.yaml:1"]),
        (
            "{{ hasKey .Values.web \"b\" }}{{ dig \"web\" \"c\" 1 .Values.AsMap }}",
            vec!["web.b a.yaml:1", "web.c a.yaml:1"],
        ),
        ("{{ .Values.known }}{{ index .Values \"x-y\" }}", vec![]),
        ("{{ with .Values.given }}{{ $ := set . \"made\" 1 }}{{ .made }}{{ end }}", vec!["given a.yaml:1"]),
        ("{{ $web := mustMergeOverwrite .Values.web (dict \"q\" 1) }}{{ $web.q }}", vec![]),
    ] {
        let files = [("values.yaml", values), ("values.schema.json", schema), ("templates/a.yaml", template)];
        assert_eq!(keys(&files, json!({"given": {"a": 1}})).1, wanted, "{template}");
    }
    let of_schema = "{{ with .Values.known }}{{ .a }}{{ .b }}{{ .d.c }}{{ .d.e }}{{ end }}";
    let files = [("values.schema.json", schema), ("templates/a.yaml", of_schema)];
    assert_eq!(keys(&files, json!({"known": {"d": {}}})).1, ["known.d.e a.yaml:1"]);
}

#[test]
fn subcharts_have_values_and_templates_of_their_own() {
    let files = [
        (
            "values.yaml",
            "db: {enabled: true, user: app, misspelt: 1}\nglobal: {zone: a}\ncache: {size: 1}\ntags: {data: true}\n",
        ),
        ("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 0.1.0\n"),
        ("charts/db/values.yaml", "user: root\nidle: 1\n"),
        (
            "charts/db/templates/db.yaml",
            "user: {{ .Values.user }}{{ .Values.nothing }}\nzone: {{ .Values.global.zone }}\n",
        ),
        ("charts/cache/Chart.yaml", "apiVersion: v2\nname: cache\nversion: 0.1.0\n"),
        ("charts/cache/templates/cache.yaml", "a: 1\n"),
    ];
    let about = "apiVersion: v2\nname: shop\nversion: 1.2.3\ndependencies:\n- {name: db, version: 0.x, condition: db.enabled, \
        tags: [data]}\n- {name: cache, version: 0.x, condition: cache.enabled}\n";
    let files = files.iter().map(|(name, text)| File::new(*name, *text)).chain([File::new("Chart.yaml", about)]);
    let chart = Chart::from_files(files).unwrap();
    let report = covered(&chart, &[json!({"cache": {"enabled": false}})]);
    let paths: Vec<&str> = report.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["shop/charts/db/templates/db.yaml"], "the cache is off");
    assert_eq!(report.unread, ["db.idle", "db.misspelt"]);
    assert_eq!(report.undeclared.iter().map(|key| key.path.as_str()).collect::<Vec<_>>(), ["db.nothing"]);

    let renderer = Renderer::default();
    let mut own = Coverage::new(&renderer, &chart);
    own.case(&serde_json::Map::new());
    let report = own.report();
    assert_eq!((report.files, report.undeclared), (vec![], vec![]), "without its subcharts it has nothing");
    assert_eq!(report.unread, ["cache.size", "db.misspelt"]);
}

const FILES: [(&str, &str); 9] = [
    ("shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
    ("shop/values.yaml", "replicas: 1\nunused: true\n"),
    (
        "shop/templates/web.yaml",
        "kind: Deployment\nmetadata: {name: web}\n{{- if .Values.paused }}\npaused: <&>\nwhy: \"p\"\n{{- end }}\n\
         replicas: {{ .Values.replicas | default 2 }}\n{{- if gt .Values.replicas 9.0 }}\n{{ fail \"too many\" }}\n{{- end }}\n",
    ),
    (
        "shop/templates/secret.yaml",
        "kind: Secret\ndata: {{ (lookup \"v1\" \"Secret\" \"shops\" \"key\").data | default dict | toJson }}\n",
    ),
    ("cases/paused.yaml", "paused: true\n"),
    ("cases/none.yaml", "replicas: 0\n"),
    ("cases/empty/not-values.txt", "nothing"),
    ("many.yaml", "replicas: 10\n"),
    ("cluster/secret.yml", "apiVersion: v1\nkind: Secret\nmetadata: {name: key, namespace: shops}\ndata: {a: Yg==}\n"),
];

/// What the command prints, and its exit status.
fn run(arguments: &str) -> (String, String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_render"));
    let output = command.current_dir(folder.path()).arg("coverage").args(arguments.split(' ')).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

/// A file of `tests/coverage`.
fn expected(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/coverage").join(name)).unwrap()
}

#[test]
fn a_table_tells_what_no_case_takes() {
    let (shown, said, status) = run("shop -f cases/none.yaml");
    assert_eq!(shown, expected("some.txt"));
    assert_eq!((said.as_str(), status), ("", Some(0)));
}

#[test]
fn cases_come_from_files_folders_and_refused_ones() {
    let (shown, said, status) = run("shop -f cases -f shop/values.yaml,cases/paused.yaml --refused many.yaml \
        --lookup cluster --floor 87.5");
    assert_eq!(shown, expected("most.txt"));
    assert_eq!((said.as_str(), status), ("", Some(0)));
}

#[test]
fn too_little_fails_and_so_does_a_case_that_comes_out_otherwise() {
    let wrong = |arguments: &str| {
        let (shown, said, status) = run(arguments);
        assert!(shown.starts_with("             lines"), "{shown}");
        assert_eq!(status, Some(1), "{arguments}");
        said
    };
    assert_eq!(
        wrong("shop --floor 75"),
        "Error: 70.0 % of the lines and 50.0 % of the branches are taken, wanted 75 %\n"
    );
    assert_eq!(
        wrong("shop -f many.yaml"),
        "Error: many.yaml is refused: execution error at (shop/templates/web.yaml:9:3): too many\n"
    );
    assert_eq!(
        wrong("shop --refused cases/none.yaml"),
        "Error: cases/none.yaml is rendered, wanted it to be refused\n"
    );
}

#[test]
fn what_cannot_be_read_is_one_error() {
    for (arguments, wanted) in [
        ("nowhere", "Error: path \"nowhere\" not found\n"),
        ("shop -f nowhere.yaml", "Error: open nowhere.yaml: no such file or directory\n"),
        ("shop -f shop/templates", "Error: failed to parse shop/templates/secret.yaml:"),
        ("shop -f shop/charts", "Error: open shop/charts: no such file or directory\n"),
        ("shop --refused cases/empty", "Error: cases/empty: wanted values files (.yaml), met none\n"),
        ("shop --lookup nowhere.yaml", "Error: nowhere.yaml: No such file or directory"),
    ] {
        let (shown, said, status) = run(arguments);
        assert_eq!((shown.as_str(), status), ("", Some(2)), "{arguments}");
        assert!(said.starts_with(wanted) && said.lines().count() == 1, "{arguments}: {said}");
    }
}

#[test]
fn a_tracefile_has_lines_and_branches() {
    let (shown, _, status) = run("shop -f cases/none.yaml --format lcov");
    assert_eq!((shown, status), (expected("some.info"), Some(0)));
}

#[test]
fn a_page_needs_nothing_else() {
    let (shown, _, status) = run("shop -f cases/none.yaml --format html");
    assert_eq!(status, Some(0));
    for part in [
        "<meta name=\"viewport\"",
        "paused: &lt;&amp;&gt;",
        "if: true is not taken",
        "href=\"#file-1\"",
        "id=\"file-1\"",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    for part in ["<script", "src=", "http", "<link", "@import"] {
        assert!(!shown.contains(part), "{part}: {shown}");
    }
}
