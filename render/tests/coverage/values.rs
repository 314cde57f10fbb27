//! Values that change nothing, or are declared nowhere.

use render::coverage::Share;
use render::{Chart, Coverage, File, Renderer};
use serde_json::{Value as Json, json};

use crate::{chart, covered};

#[test]
fn what_goes_in_circles_or_deep_ends() {
    let deep = format!("{}{}", "{{ if .Values.x }}".repeat(5_000), "{{ end }}".repeat(5_000));
    let report = covered(&chart(&[("templates/a.yaml", &deep)]), &[json!({"x": 1})]);
    assert_eq!(report.branches(), Share { taken: 5_000, all: 10_000 });

    let circle = "{{ $d := dict \"v\" .Values }}{{ $_ := set $d \"d\" $d }}{{ $_ := set .Values \"d\" $d }}{{ len (keys $d) }}\
        {{ with .Values.d }}{{ keys .v | len }}{{ end }}";
    let schema =
        r##"{"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}]}}, "$ref": "#/$defs/a"}"##;
    let files = [("values.yaml", "a: 1\n"), ("templates/NOTES.txt", circle)];
    assert_eq!(keys(&files, json!({})), (vec![], vec![]));
    let renderer = Renderer { skip_schema_validation: true, ..Renderer::default() };
    let files = [("values.schema.json", schema), ("templates/NOTES.txt", "{{ .Values.b }}")];
    let chart = chart(&files);
    let mut coverage = Coverage::new(&renderer, &chart);
    coverage.case(&serde_json::Map::new());
    assert_eq!(coverage.report().undeclared.len(), 1);
}

/// What is told of values: those unread, then those undeclared with their places.
fn keys(files: &[(&str, &str)], given: Json) -> (Vec<String>, Vec<String>) {
    let report = covered(&chart(files), &[given]);
    let place = |file: &str, line: usize| format!("{}:{line}", file.rsplit('/').next().unwrap_or_default());
    let undeclared = report.undeclared.iter().map(|key| format!("{} {}", key.path, place(&key.file, key.line)));
    (report.unread, undeclared.collect())
}

#[test]
fn given_values_that_change_nothing_are_told() {
    let values = "image: {tag: a}\nlabels: {}\nunused: 1\nok: true\n";
    let template = "{{ .Values.image.tag }}{{ toYaml .Values.labels }}{{ (.Values.more).deep }}{{ if not .Values.ok }}{{ fail \"x\" }}{{ end }}";
    let chart = chart(&[("values.yaml", values), ("templates/NOTES.txt", template)]);
    for (given, wanted) in [
        (json!({"typo": 1, "image": {"tagg": 1, "tag": "b"}}), vec!["image.tagg", "typo"]),
        (json!({"a.b": null, "deep": {"in": {}, "y": {"z": [1]}}}), vec!["a\\.b", "deep.in", "deep.y.z"]),
        (json!({"labels": {"own": 1}, "more": {"deep": 1}, "unused": 2}), vec![]),
        (json!({"typo": 1, "ok": false}), vec![]),
    ] {
        let ignored = covered(&chart, &[json!({"more": {"deep": 0}}), given]).ignored;
        assert_eq!(ignored.iter().map(|key| key.path.as_str()).collect::<Vec<_>>(), wanted);
        assert!(ignored.iter().all(|key| key.origins.is_empty()));
    }
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
