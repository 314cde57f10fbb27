//! What the command prints.

use std::fs;
use std::path::Path;
use std::process::Command;

const FILES: [(&str, &str); 10] = [
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
    ("misspelt.yaml", "paused: true\ntypo: 1\nimage: {tagg: a, list: [1]}\nunused: false\n"),
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
fn what_a_case_gives_in_vain_is_told_with_its_file() {
    let (shown, _, status) = run("shop -f misspelt.yaml -f cases/none.yaml,misspelt.yaml --set other=1");
    let wanted = "\nvalues that no template reads\n  unused\n\ngiven values that no template reads\n  \
        image.list  misspelt.yaml\n  image.tagg  misspelt.yaml\n  other       --set other=1\n  typo        misspelt.yaml\n\n\
        values that are read but declared nowhere\n  paused  shop/templates/web.yaml:3\n";
    assert!(shown.ends_with(wanted), "{shown}");
    assert_eq!(status, Some(0));
    let (page, _, _) = run("shop -f misspelt.yaml --format html");
    assert!(page.contains("typo (misspelt.yaml)"), "{page}");
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
        wrong("shop --refused cases/none.yaml"),
        "Error: cases/none.yaml is rendered, wanted it to be refused\n"
    );
}

#[test]
fn a_case_that_is_not_rendered_is_bad_input() {
    let (shown, said, status) = run("shop -f many.yaml");
    assert!(shown.starts_with("             lines"), "{shown}");
    let wanted = "Error: many.yaml is refused: execution error at (shop/templates/web.yaml:9:3): too many\n";
    assert_eq!((said.as_str(), status), (wanted, Some(2)));
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
