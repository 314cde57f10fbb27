//! `render values` and `render explain`, on a chart of two files.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value as Json, json};

const FILES: [(&str, &str); 6] = [
    ("shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
    ("shop/values.yaml", "web: {port: 80, replicas: 1}\nlist: [a, b]\ntext: \"two\\nlines\"\n"),
    (
        "shop/templates/_names.tpl",
        "{{ define \"labels\" }}\napp: {{ .Release.Name }}\nport: p{{ .Values.web.port }}\n{{ end }}",
    ),
    (
        "shop/templates/web.yaml",
        "{{ $web := .Values.web }}\nkind: Deployment\nmetadata:\n  labels:\n    {{- include \"labels\" . | nindent 4 }}\n\
         spec:\n  replicas: {{ $web.replicas }}\n",
    ),
    ("shop/charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 0.1.0\n"),
    ("shop/charts/db/values.yaml", "user: app\n"),
];

/// What the command prints, and its exit status; lines of the arguments are separate ones.
fn run(arguments: &str) -> (String, String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let more = [("more.yaml", "web: {replicas: 3}\nmisspelt: true\n")];
    for (name, text) in FILES.iter().chain(&more) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).unwrap();
        fs::write(path, text).unwrap();
    }
    let render = |arguments: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_render"));
        command.current_dir(folder.path()).args(arguments.split(' ')).output().unwrap()
    };
    fs::write(folder.path().join("out.yaml"), render("template mine shop -f more.yaml").stdout).unwrap();
    let output = render(arguments);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn each_value_is_shown_with_where_it_came_from() {
    let (shown, _, status) = run("values shop -f more.yaml --set web.port=90");
    assert_eq!(
        shown,
        "db.global: {}  # Helm\n\
         db.user: app  # charts/db/values.yaml\n\
         list: [\"a\",\"b\"]  # values.yaml\n\
         misspelt: true  # more.yaml, unknown to the chart's values.yaml\n\
         text: \"two\\nlines\"  # values.yaml\n\
         web.port: 90  # --set web.port=90, over 80 of values.yaml\n\
         web.replicas: 3  # more.yaml, over 1 of values.yaml\n"
    );
    assert_eq!(status, Some(0));
}

#[test]
fn only_given_values_are_shown_on_request() {
    let (shown, _, _) = run("values shop --set web.port=90 --given");
    assert_eq!(shown, "web.port: 90  # --set web.port=90, over 80 of values.yaml\n");
}

#[test]
fn values_are_shown_to_programs() {
    let (shown, _, _) = run("values shop --set web.port=90 --given --format json");
    let wanted = json!([{
        "path": "web.port", "value": 90, "origin": "--set web.port=90",
        "over": [{"origin": "values.yaml", "value": 80}], "unknown": false,
    }]);
    assert_eq!(serde_json::from_str::<Json>(&shown).unwrap(), wanted);
}

#[test]
fn a_line_is_explained_by_template_lines_and_values() {
    let wanted = "  replicas: 3\n\nmade by\n  \
         shop/templates/web.yaml:7  replicas: {{ $web.replicas }}\n\nfrom the values\n  \
         web.replicas: 3  # more.yaml, over 1 of values.yaml\n";
    let line = |text: &str| run("template mine shop -f more.yaml").0.lines().position(|line| line == text).unwrap() + 1;
    let saved = format!("explain shop out.yaml:{} -f more.yaml --name mine", line("  replicas: 3"));
    // The first line of what the template renders to is blank.
    for arguments in [&saved, "explain shop templates/web.yaml:10 -f more.yaml"] {
        assert_eq!(run(arguments), (wanted.to_owned(), String::new(), Some(0)), "{arguments}");
    }
}

#[test]
fn a_line_of_an_included_template_is_explained_by_both() {
    let (shown, _, _) = run("explain shop templates/web.yaml:7 --format json");
    let wanted = json!({
        "output": "    port: p80",
        "lines": [
            {"file": "shop/templates/web.yaml", "line": 5, "text": "{{- include \"labels\" . | nindent 4 }}"},
            {"file": "shop/templates/_names.tpl", "line": 3, "text": "port: p{{ .Values.web.port }}"},
        ],
        "values": [{"path": "web.port", "value": 80, "origin": "values.yaml", "over": [], "unknown": false}],
    });
    assert_eq!(serde_json::from_str::<Json>(&shown).unwrap(), wanted);
}

#[test]
fn what_cannot_be_explained_is_refused() {
    for (arguments, wanted) in [
        ("explain shop x", "wanted FILE:LINE, met x"),
        ("explain shop none.yaml:1", "could not find template none.yaml in chart"),
        ("explain shop templates/web.yaml:99", "wanted line 99 of templates/web.yaml, met 10 lines"),
        ("explain shop shop/values.yaml:1", "wanted a line below a line # Source: PATH, met line 1"),
    ] {
        assert_eq!(run(arguments), (String::new(), format!("Error: {wanted}\n"), Some(1)), "{arguments}");
    }
}
