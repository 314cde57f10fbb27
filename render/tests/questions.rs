//! `render values` and `render explain`, on a chart of two files.
#![allow(clippy::unwrap_used, clippy::panic)]

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
fn removed_values_are_shown_with_what_removed_them() {
    let (shown, _, _) = run("values shop --set web.port=null,list[1]=z --given");
    let wanted = "list: [null,\"z\"]  # --set web.port=null,list[1]=z, over [\"a\",\"b\"] of values.yaml\n\
         web.port:  # removed by --set web.port=null,list[1]=z, over 80 of values.yaml\n";
    assert_eq!(shown, wanted);
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
        "path": "web.port", "set": true, "value": 90, "origin": "--set web.port=90",
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
    for arguments in [
        &saved,
        "explain shop templates/web.yaml:10 -f more.yaml",
        "explain ./shop shop/templates/web.yaml:10 -f more.yaml",
        "explain shop/ ./shop/templates/web.yaml:10 -f more.yaml",
    ] {
        assert_eq!(run(arguments), (wanted.to_owned(), String::new(), Some(0)), "{arguments}");
    }
    let (shown, told, status) = run(&saved.replace(" -f more.yaml", ""));
    assert!(told.contains("shop/templates/web.yaml renders to something else with these values"), "{told}");
    assert_eq!((shown.as_str(), status), ("", Some(1)));
}

/// Documents with lines that are random, in files of one and of several, and a definition of two.
const DOCUMENTS: [(&str, &str); 6] = [
    ("shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
    ("shop/crds/tables.yaml", "kind: CustomResourceDefinition\n---\nkind: CustomResourceDefinition\nspec: {}\n"),
    ("shop/templates/a.yaml", "kind: Secret\nmetadata: {name: x}\np: {{ randAlpha 5 }}\nq: z\n"),
    (
        "shop/templates/b.yaml",
        "{{ range list 1 2 3 }}\n---\n  # b\nkind: ConfigMap\nn: {{ . }}\np: {{ randAlpha 5 }}\n\n\n{{ end }}",
    ),
    ("shop/templates/c.yaml", "kind: Secret\nx: y"),
    ("shop/templates/d.yaml", "kind: Pod\nmetadata: {annotations: {helm.sh/hook: test}}\nx: {{ now | date \"05\" }}\n"),
];

#[test]
fn each_line_of_a_saved_output_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in DOCUMENTS {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let render = |arguments: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_render"));
        let output = command.current_dir(folder.path()).args(arguments.split(' ')).output().unwrap();
        (output.stdout, String::from_utf8(output.stderr).unwrap())
    };
    for flags in ["", " --helm-version 3"] {
        let (saved, told) = render(&format!("template release-name shop --include-crds{flags}"));
        assert_eq!(told, "");
        let saved = String::from_utf8(saved).unwrap();
        fs::write(folder.path().join("out.yaml"), &saved).unwrap();
        let mut source = String::new();
        for (place, text) in saved.lines().enumerate() {
            let (shown, told) = render(&format!("explain shop out.yaml:{} --format json{flags}", place + 1));
            assert_eq!(told, "", "{flags}: {place} {text}");
            let shown: Json = serde_json::from_slice(&shown).unwrap();
            let next = saved.lines().nth(place + 1).unwrap_or_default();
            source = [text, next].iter().find_map(|line| line.strip_prefix("# Source: ")).map_or(source, str::to_owned);
            let is_of_helm = text.starts_with("# Source: ") || next.starts_with("# Source: ") && text == "---";
            if is_of_helm {
                assert_eq!(shown["writtenByHelm"], json!({"before": source}), "{flags}: {place} {text}");
            } else if shown.get("writtenByHelm").is_some() {
                assert_eq!(text, "", "{flags}: {place}");
                assert_eq!(shown["writtenByHelm"], json!({"after": source}), "{flags}: {place}");
            } else {
                assert_eq!(shown["lines"][0]["file"], json!(source), "{flags}: {place} {text}");
            }
            // What is random comes out otherwise.
            let kept = |line: &str| line.split([':', ' ']).find(|word| !word.is_empty()).unwrap_or_default().to_owned();
            assert_eq!(kept(shown["output"].as_str().unwrap()), kept(text), "{flags}: {place}");
        }
        let (shown, told) = render(&format!("explain shop out.yaml:999{flags}"));
        let count = saved.lines().count();
        assert_eq!((shown, told), (vec![], format!("Error: wanted line 999 of out.yaml, met {count} lines\n")));
    }
    let (shown, told) = render("explain shop out.yaml:1");
    let wanted = "---\n\nwritten by Helm, before a document of shop/crds/tables.yaml\n";
    assert_eq!((String::from_utf8(shown).unwrap().as_str(), told.as_str()), (wanted, ""));
}

#[cfg(unix)]
#[test]
fn a_stream_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.2.3\n").unwrap();
    for arguments in ["-f <(echo web: 1)", "--set-file web=<(printf 1)", "-f - <<<'web: 1'"] {
        let script = format!("exec \"$RENDER\" values . --given {arguments}");
        let mut shell = Command::new("bash");
        let shell = shell.env("RENDER", env!("CARGO_BIN_EXE_render")).current_dir(folder.path());
        let output = shell.args(["-c", &script]).output().unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(shown.starts_with("web: "), "{arguments}: {shown}{}", String::from_utf8_lossy(&output.stderr));
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
        "values": [{"path": "web.port", "set": true, "value": 80, "origin": "values.yaml", "over": [], "unknown": false}],
        "conditions": [],
        "conditionValues": [],
    });
    assert_eq!(serde_json::from_str::<Json>(&shown).unwrap(), wanted);
}

/// A chart that reaches its values in many ways, with a subchart and globals.
const WAYS: [(&str, &str); 9] = [
    (
        "shop/Chart.yaml",
        "apiVersion: v2\nname: shop\nversion: 1.2.3\ndependencies:\n- {name: db, alias: orders, version: 0.x}\n",
    ),
    (
        "shop/values.yaml",
        "global: {zone: eu}\nhosts:\n- {name: a, port: 1}\n- {name: b, port: 2}\nweb: {name: shop, port: 80, tag: ''}\n\
         limits: {requests: {cpu: 1m}, limits: {cpu: 1m}}\ntext: long enough words\nown: 'x: {{ .Values.web.port }}'\n\
         orders: {user: me}\nlabels: {a.b/c: d}\n",
    ),
    (
        "shop/templates/_names.tpl",
        "{{ define \"port\" }}{{ .ctx.Release.Name }}:{{ .v.port }}{{ end }}{{ define \"two\" }}p: {{ .Values.web.port }}\n\
         q: 1\n{{ end }}{{ define \"name\" }}{{ . }}{{ end }}",
    ),
    (
        "shop/templates/a.yaml",
        "{{ with .Values.web }}\nwith: {{ .name }}\n{{ end }}\n{{ range .Values.hosts }}\nrange: {{ .name }}\n{{ end }}\n\
         {{ range $i, $h := .Values.hosts }}\nsecond: {{ $h.port }}\n{{ end }}\n{{ $p := .Values.web.port }}\nvariable: {{ $p }}\n\
         argument: {{ include \"port\" (dict \"ctx\" . \"v\" .Values.web) }}\n\
         tpl: {{ tpl .Values.own . }}\n\
         default: {{ .Values.web.tag | default \"latest\" }}\nmissing: {{ default 3 .Values.web.replicas }}\n\
         limits:\n  {{- toYaml .Values.limits | nindent 2 }}\n{{ include \"two\" . | fromYaml | toYaml }}\n\
         copy: {{ (deepCopy .Values.web).port }}\nindex: {{ index .Values \"web\" \"port\" }} {{ get .Values.web \"name\" }}\n\
         merged: {{ (merge (dict \"x\" 1) .Values.web).port }}\nnamed: {{ include \"name\" .Values.web.name | quote }}\n\
         {{ $_ := set .Values.web \"later\" .Values.text }}\nset: {{ .Values.web.later }}\nrelease: {{ .Release.Name }}\n\
         {{ if and .Values.web.port .Values.text }}\nbranch: 1\n{{ end }}\n{{ toYaml .Values.labels }}\n",
    ),
    ("shop/templates/NOTES.txt", "Port {{ .Values.web.port }}\n"),
    ("shop/crds/table.yaml", "kind: CustomResourceDefinition\nspec: {}\n"),
    ("shop/charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 0.1.0\n"),
    ("shop/charts/db/values.yaml", "user: app\npassword: x\n"),
    (
        "shop/charts/db/templates/b.yaml",
        "user: {{ .Values.user }}\npassword: {{ .Values.password }}\nzone: {{ .Values.global.zone }}\n",
    ),
];

/// The explanation of the line that begins with a text, of what a template renders to.
fn explained(template: &str, start: &str) -> Json {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in WAYS {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    for line in 1..200 {
        let place = format!("{template}:{line}");
        let mut command = Command::new(env!("CARGO_BIN_EXE_render"));
        let arguments = ["explain", "shop", place.as_str(), "--format", "json"];
        let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "no line {start}: {}", String::from_utf8_lossy(&output.stderr));
        let found: Json = serde_json::from_slice(&output.stdout).unwrap();
        if found["output"].as_str().unwrap().trim_start().starts_with(start) {
            return found;
        }
    }
    panic!("no line {start}");
}

fn paths(values: &Json) -> Vec<&str> {
    values.as_array().unwrap().iter().map(|value| value["path"].as_str().unwrap()).collect()
}

#[test]
fn values_are_found_however_a_template_reaches_them() {
    for (start, wanted) in [
        ("with:", vec!["web.name"]),
        ("range: b", vec!["hosts[1].name"]),
        ("second: 2", vec!["hosts[1].port"]),
        ("variable:", vec!["web.port"]),
        ("argument:", vec!["web.port"]),
        ("tpl:", vec!["own", "web.port"]),
        ("default:", vec!["web.tag"]),
        ("missing:", vec!["web.replicas"]),
        ("cpu:", vec!["limits.limits.cpu"]),
        ("p:", vec!["web.port"]),
        ("q:", vec![]),
        ("copy:", vec!["web.port"]),
        ("index:", vec!["web.name", "web.port"]),
        ("merged:", vec!["web.port"]),
        ("named:", vec!["web.name"]),
        ("set:", vec!["text"]),
        ("release:", vec![]),
        ("branch:", vec![]),
        ("a.b/c:", vec!["labels.a\\.b/c"]),
    ] {
        assert_eq!(paths(&explained("templates/a.yaml", start)["values"]), wanted, "{start}");
    }
}

#[test]
fn conditions_and_defaults_are_told() {
    let branch = explained("templates/a.yaml", "branch:");
    assert_eq!(paths(&branch["conditionValues"]), ["text", "web.port"]);
    assert_eq!(branch["conditions"][0]["text"], "{{ if and .Values.web.port .Values.text }}");
    assert_eq!(explained("templates/a.yaml", "with:")["conditions"][0]["text"], "{{ with .Values.web }}");
    assert_eq!(explained("templates/a.yaml", "default:")["values"][0]["default"], "latest");
    let missing = &explained("templates/a.yaml", "missing:")["values"][0];
    assert_eq!((&missing["default"], &missing["set"]), (&json!(3), &json!(false)));
}

#[test]
fn values_of_subcharts_have_the_paths_that_a_user_gives_them_by() {
    for (start, path, origin) in [
        ("user:", "orders.user", "values.yaml"),
        ("password:", "orders.password", "charts/db/values.yaml"),
        ("zone:", "global.zone", "values.yaml"),
    ] {
        let value = &explained("charts/orders/templates/b.yaml", start)["values"][0];
        assert_eq!((value["path"].as_str(), value["origin"].as_str()), (Some(path), Some(origin)), "{start}");
    }
}

#[test]
fn notes_and_definitions_are_explained() {
    assert_eq!(paths(&explained("templates/NOTES.txt", "Port")["values"]), ["web.port"]);
    let definition = explained("crds/table.yaml", "spec:");
    assert_eq!(definition["lines"], json!([{"file": "shop/crds/table.yaml", "line": 2, "text": "spec: {}"}]));
}

#[test]
fn what_cannot_be_explained_is_refused() {
    for (arguments, wanted) in [
        ("explain shop x", "wanted FILE:LINE, met x"),
        ("explain shop none.yaml:1", "wanted a template of the chart or a saved output, met none.yaml"),
        ("explain shop templates/web.yaml:99", "wanted line 99 of templates/web.yaml, met 10 lines"),
        ("explain shop shop/values.yaml:1", "shop/values.yaml: wanted a line below a line # Source: PATH, met line 1"),
    ] {
        assert_eq!(run(arguments), (String::new(), format!("Error: {wanted}\n"), Some(1)), "{arguments}");
    }
}

#[test]
fn what_no_line_is_made_of_is_told() {
    for (place, wanted) in [
        (
            "templates/_names.tpl:2",
            "templates/_names.tpl renders to nothing itself: other templates use what it defines",
        ),
        ("templates/web.yaml:90", "wanted line 90 of templates/web.yaml, met 10 lines"),
        ("templates/nothing.yaml:1", "could not find template templates/nothing.yaml in chart"),
        ("out.yaml:900", "wanted line 900 of out.yaml, met 11 lines"),
    ] {
        let (_, said, status) = run(&format!("explain shop {place} --name mine -f more.yaml"));
        assert_eq!((said, status), (format!("Error: {wanted}\n"), Some(1)));
    }
}
