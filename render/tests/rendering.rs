//! What the library renders does not show how: that it keeps what templates gave, and has other threads check values.
#![allow(clippy::unwrap_used)]

use std::cell::Cell;
use std::rc::Rc;

use render::{Chart, Error, File, Renderer, Table};
use serde_json::json;

fn chart(files: &[(&str, &str)]) -> Chart {
    let metadata = File::new("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n");
    let files = files.iter().map(|(name, text)| File::new(*name, *text));
    Chart::from_files(std::iter::once(metadata).chain(files)).unwrap()
}

/// What a helper gives that is included twice in each of two files, in the order of the alphabet.
fn twice_in_two_files(helper: &str, renderer: &Renderer) -> Vec<String> {
    let main = "a: {{ include \"x\" . }}\nb: {{ include \"x\" . }}\n";
    let helper = format!("{{{{ define \"x\" }}}}{helper}{{{{ end }}}}");
    let chart = chart(&[("templates/_x.tpl", &helper), ("templates/a.yaml", main), ("templates/b.yaml", main)]);
    let manifests = renderer.render(&chart, &Table::new()).unwrap().manifests;
    let texts = manifests.iter().map(|file| String::from_utf8(file.text.clone()).unwrap());
    let mut given: Vec<_> =
        texts.flat_map(|text| text.lines().map(|line| line[3..].to_owned()).collect::<Vec<_>>()).collect();
    given.sort();
    given
}

#[test]
fn a_helper_that_looks_at_the_template_gives_another_text_in_each() {
    let lines = |helper| twice_in_two_files(helper, &Renderer::default());
    let names = ["templates/a.yaml", "templates/a.yaml", "templates/b.yaml", "templates/b.yaml"]
        .map(|name| format!("shop/{name}"));
    assert_eq!(lines("{{ .Template.Name }}"), names);
    assert_eq!(lines("{{ $copy := dict \"t\" .Template }}{{ get $copy.t \"Name\" }}"), names);
    assert_eq!(lines("{{ .Release.Name }}"), ["release-name"; 4]);
}

#[test]
fn a_helper_that_takes_chances_gives_another_text_each_time() {
    for helper in [
        "{{ randAlphaNum 30 }}",
        "{{ uuidv4 }}",
        "{{ genPrivateKey \"ed25519\" | sha256sum }}",
        "{{ htpasswd \"a\" \"b\" }}",
    ] {
        let mut given = twice_in_two_files(helper, &Renderer::default());
        given.dedup();
        assert_eq!(given.len(), 4, "{helper}");
    }
}

#[test]
fn a_helper_that_asks_the_cluster_asks_each_time() {
    let asked = Rc::new(Cell::new(0));
    let count = Rc::clone(&asked);
    let lookup: render::Lookup = Rc::new(move |_, _, _, _| {
        count.set(count.get() + 1);
        Ok(json!({"count": count.get()}))
    });
    let renderer = Renderer { lookup: Some(lookup), ..Renderer::default() };
    let given = twice_in_two_files("{{ (lookup \"v1\" \"Secret\" \"a\" \"b\").count }}", &renderer);
    assert_eq!((given.len(), asked.get()), (4, 4));
}

#[test]
fn a_helper_that_changes_values_changes_them_each_time() {
    let helper = "{{ $_ := set .Values \"n\" (add 1 (.Values.n | default 0)) }}{{ .Values.n }}";
    assert_eq!(twice_in_two_files(helper, &Renderer::default()), ["1", "2", "3", "4"]);
}

/// A schema that is large enough for another thread, or not.
fn schema(is_large: bool) -> String {
    let many = if is_large { 3_000 } else { 1 };
    let properties: Table = (0..many).map(|index| (format!("p{index}"), json!({"type": "string"}))).collect();
    json!({"properties": properties}).to_string()
}

#[test]
fn wrong_values_are_told_before_what_templates_make_of_them() {
    for is_large in [false, true] {
        let chart = chart(&[("values.schema.json", &schema(is_large)), ("templates/a.yaml", "{{ fail \"late\" }}")]);
        let error =
            |values: serde_json::Value| Renderer::default().render(&chart, values.as_object().unwrap()).unwrap_err();
        assert!(
            matches!(error(json!({"p0": 1})), Error::Schema(text) if text.contains("'/p0': got number, want string"))
        );
        assert!(matches!(error(json!({"p0": "a"})), Error::Template(_)));
    }
}

#[test]
fn nobody_is_asked_for_wrong_values() {
    let asks = "{{ $_ := lookup \"v1\" \"Secret\" \"a\" \"b\" }}";
    let chart = chart(&[("values.schema.json", &schema(true)), ("templates/a.yaml", asks)]);
    let is_asked = Rc::new(Cell::new(false));
    let asked = Rc::clone(&is_asked);
    let lookup: render::Lookup = Rc::new(move |_, _, _, _| {
        asked.set(true);
        Ok(json!(null))
    });
    let renderer = Renderer { lookup: Some(lookup), ..Renderer::default() };
    let render = |values: serde_json::Value| renderer.render(&chart, values.as_object().unwrap());
    assert!(matches!(render(json!({"p0": 1})), Err(Error::Schema(_))) && !is_asked.get());
    assert!(render(json!({"p0": "a"})).is_ok() && is_asked.get());
}
