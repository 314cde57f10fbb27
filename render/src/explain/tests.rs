//! Small charts, each line of which is explained.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::File;

fn explained(values: &str, template: &str) -> Vec<Explanation> {
    let chart = Chart::from_files([
        File::new("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
        File::new("values.yaml", values),
        File::new("templates/a.yaml", template),
    ]);
    let followed = Renderer::default().follow(&chart.unwrap(), &Options::default(), "templates/a.yaml").unwrap();
    (1..=followed.output().lines().count()).map(|line| followed.line(line).unwrap()).collect()
}

fn paths(reads: &[Read]) -> String {
    reads.iter().map(|read| read.sourced.path.as_str()).collect::<Vec<_>>().join(" ")
}

/// Each line that is not blank, without the space around it, and the values that made it.
fn lines(values: &str, template: &str) -> Vec<(String, String)> {
    let all = explained(values, template).into_iter();
    let all = all.map(|line| (line.output.trim().to_owned(), paths(&line.values)));
    all.filter(|(line, _)| !line.is_empty()).collect()
}

fn assert_lines(values: &str, template: &str, wanted: &[(&str, &str)]) {
    let found = lines(values, template);
    let found: Vec<(&str, &str)> = found.iter().map(|(line, paths)| (line.as_str(), paths.as_str())).collect();
    assert_eq!(found, wanted, "{template}");
}

#[test]
fn each_line_of_a_trimmed_value_is_its_own() {
    let values = "m: {a: 1, b: two, c: {d: [4, 5]}}\n";
    let wanted = [("a: 1", "m.a"), ("b: two", "m.b"), ("c:", "m.c.d[0] m.c.d[1]"), ("d:", "m.c.d[0] m.c.d[1]")];
    for pipe in [
        "nindent 2 | trim",
        "indent 2 | trim",
        "indent 2 | trimPrefix \"  \"",
        "nindent 2 | trimAll \"\\n \"",
        "nindent 2 | trim | nindent 4",
        "trim | nindent 2",
        "splitList \"\\n\" | join \"\\n  \"",
    ] {
        let found = lines(values, &format!("{{{{ toYaml .Values.m | {pipe} }}}}\n"));
        let found: Vec<(&str, &str)> = found.iter().map(|(line, paths)| (line.as_str(), paths.as_str())).collect();
        assert_eq!(found.get(..4), Some(wanted.as_slice()), "{pipe}");
        assert_eq!(found.get(4..), Some([("- 4", "m.c.d[0]"), ("- 5", "m.c.d[1]")].as_slice()), "{pipe}");
    }
}

#[test]
fn each_item_of_a_trimmed_list_is_its_own() {
    let values = "l: [{p: 1, q: 2}, {p: 3, q: 4}]\n";
    let whole = [("- p: 1", "l[0].p"), ("q: 2", "l[0].q"), ("- p: 3", "l[1].p"), ("q: 4", "l[1].q")];
    assert_lines(values, "  {{ toYaml .Values.l | nindent 2 | trim }}\n", &whole);
    assert_lines(values, "{{ range .Values.l }}\n- {{ toYaml . | nindent 4 | trim }}\n{{ end }}\n", &whole);
}

#[test]
fn a_bracket_of_json_is_of_what_it_closes() {
    let wanted =
        [("{", "m"), ("\"a\": {", "m.a.b"), ("\"b\": 1", "m.a.b"), ("},", "m.a.b"), ("\"c\": 2", "m.c"), ("}", "m")];
    assert_lines("m: {a: {b: 1}, c: 2}\n", "{{ toPrettyJson .Values.m }}\n", &wanted);
}

/// The values of a line: `web.port` if it is set, `web.port?` if not, and what the template takes instead.
fn told(line: &Explanation) -> String {
    let shown = |value: &Value| String::from_utf8(govalue::fmt::sprint(std::slice::from_ref(value))).unwrap();
    let told = line.values.iter().map(|read| {
        let mark = if read.sourced.value.is_some() { "" } else { "?" };
        let default = read.default.as_ref().map(|default| format!("={}", shown(default))).unwrap_or_default();
        format!("{}{mark}{default}", read.sourced.path)
    });
    told.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_not_there_is_not_set() {
    let values = "m: {q: {}, x: same}\nd: other\n";
    for (action, wanted) in [
        ("dig \"q\" \"r\" \"other\" .Values.m", "m.q.r?=other"),
        ("dig \"p\" \"r\" .Values.d .Values.m", "d m.p?=other"),
        ("dig \"x\" \"same\" .Values.m", "m.x"),
        ("get .Values.m \"none\" | quote", "m.none?"),
        ("index .Values.m \"none\" | toJson", "m.none?"),
        (".Values.none | default \"other\"", "none?=other"),
    ] {
        let lines = explained(values, &format!("a: {{{{ {action} }}}}\n"));
        assert_eq!(lines.iter().map(told).collect::<String>(), wanted, "{action}");
    }
}

#[test]
fn each_value_of_a_line_is_told() {
    let values = "l: [5, 6, 7]\nm: {x: 1}\n";
    for (text, wanted) in [
        ("{{ index .Values.l 0 }}{{ last .Values.l }}", "l[0] l[2]"),
        ("{{ first .Values.l }}", "l[0]"),
        ("{{ index .Values.l 0 }}{{ .Values.l }}", "l l[0]"),
        ("{{ .Values.m.x }}{{ toJson .Values.m }}", "m m.x"),
        ("{{ index .Values.l 0 }}{{ rest .Values.l | first }}", "l l[0]"),
        ("{{ first (list .Values.m.x 2) }}", "m.x"),
        // An inner text is of a part of what it was given.
        (
            "{{ define \"inner\" }}{{ .v.x }}{{ end }}{{ include \"inner\" (merge (dict \"v\" .Values.m) (dict)) }}{{ index .Values.l 0 }}",
            "l[0] m.x",
        ),
        (
            "{{ define \"n\" }}{{ .x }}{{ end }}{{ $d := merge (dict \"v\" .Values.m \"n\" (include \"n\" .Values.m)) (dict \"o\" 1) }}\
             {{ $d.o }}",
            "m.x",
        ),
    ] {
        let found: Vec<String> = lines(values, text).into_iter().map(|(_, paths)| paths).collect();
        assert_eq!(found, [wanted], "{text}");
    }
}

#[test]
fn a_map_that_is_made_of_values_tells_them() {
    let values = "m: {q: {}, x: 1, zz: {z: 2}}\n";
    let each = "{{ $d := dict \"own\" 1 }}{{ range $k, $v := .Values.m }}{{ $_ := set $d $k $v }}{{ end }}";
    let wanted = [("own: 1", ""), ("q: {}", "m.q"), ("x: 1", "m.x"), ("zz:", "m.zz.z"), ("z: 2", "m.zz.z")];
    assert_lines(values, &format!("{each}{{{{ toYaml $d }}}}\n"), &wanted);
    let lines = explained(values, &format!("{each}{{{{ toYaml $d }}}}\n"));
    assert!(lines.iter().skip(1).all(|line| paths(&line.condition_values) == "m"));
    let inner =
        "{{ $d := dict \"a\" (dict \"b\" .Values.m.x) \"c\" .Values.m.zz.z }}{{ $_ := set $d.a \"e\" .Values.m.q }}";
    let wanted = [("a:", "m.q m.x"), ("b: 1", "m.x"), ("e: {}", "m.q"), ("c: 2", "m.zz.z")];
    assert_lines(values, &format!("{inner}{{{{ toYaml $d | nindent 2 | trim }}}}\n"), &wanted);
}

#[test]
fn what_a_variable_is_set_within_is_told() {
    for (flag, template) in [
        ("true", "{{ $s := \"no\" }}{{ if .Values.flag }}{{ $s = \"yes\" }}{{ end }}s: {{ $s }}"),
        ("false", "{{ $s := \"no\" }}{{ if .Values.flag }}{{ $s = \"yes\" }}{{ end }}s: {{ $s }}"),
        (
            "true",
            "{{ $s := 1 }}{{ if .Values.flag }}{{ else }}{{ range list 1 }}{{ $s = . }}{{ end }}{{ end }}s: {{ $s }}",
        ),
        ("[]", "{{ $s := 1 }}{{ range .Values.flag }}{{ $s = . }}{{ end }}s: {{ $s }}"),
    ] {
        let lines = explained(&format!("flag: {flag}\n"), template);
        assert_eq!(lines.iter().map(|line| paths(&line.condition_values)).collect::<String>(), "flag", "{template}");
        assert_eq!(lines.iter().map(|line| line.conditions.len()).sum::<usize>(), 1, "{template}");
    }
    for template in [
        "{{ $s := 1 }}{{ if .Values.flag }}{{ $s := 2 }}{{ $s = 3 }}{{ end }}s: {{ $s }}",
        "{{ $s := 1 }}{{ if not .Values.flag }}{{ $s := 2 }}{{ $s = 3 }}{{ end }}s: {{ $s }}",
    ] {
        let lines = explained("flag: true\n", template);
        assert!(lines.iter().all(|line| line.conditions.is_empty()), "{template}");
    }
}
