//! `render validate` with input that is no manifest, too much, or made to be costly: one error with its place, exit
//! status 2, in bounded time and memory.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A guard against hanging, far more than any of these takes; how fast they are is `ci/bench`.
const TIME: Duration = Duration::from_mins(1);

/// The findings, the error and the exit status for a file of this name; `-` is standard input.
fn validate(name: &str, text: &[u8]) -> (String, String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_render"));
    command.args(["validate", name]).current_dir(folder.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if name != "-" {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let start = Instant::now();
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    if name == "-" {
        // What is too large is not read to its end.
        let _ = input.write_all(text);
    }
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(start.elapsed() < TIME, "{name}: {:?}", start.elapsed());
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

/// One line that begins so, and nothing else.
fn refused(name: &str, text: &[u8], wanted: &str) {
    let (shown, told, status) = validate(name, text);
    assert!(told.starts_with(&format!("Error: {wanted}")), "{wanted}: {told}");
    assert_eq!((shown.as_str(), told.lines().count(), status), ("", 1, Some(2)), "{told}");
}

const MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

#[test]
fn what_is_no_manifest_is_refused_with_its_place() {
    for (text, wanted) in [
        (&b"a: [\n"[..], "m.yaml:1: no YAML: "),
        (b"a: b\n---\nc: d\n---\n\t- e\n", "m.yaml:5: no YAML: "),
        (b"just words\n", "m.yaml:1: wanted an object, met a string"),
        (b"---\n- a\n", "m.yaml:2: wanted an object, met a list"),
        (b"42\n", "m.yaml:1: wanted an object, met an integer"),
        (b"a: *b\n", "m.yaml:1: no YAML: unknown anchor"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\xff\xfe", "m.yaml:1: no YAML: "),
        (b"\x1f\x8b\x08\0\0\0\0\0", "m.yaml:1: no YAML: "),
        (b"a: \xc3\x28\n", "m.yaml:1: no YAML: "),
        (b"? [a]\n: b\n", "m.yaml:1: no YAML: "),
    ] {
        refused("m.yaml", text, wanted);
        refused("-", text, &wanted.replace("m.yaml", "standard input"));
    }
}

#[test]
fn what_is_too_much_is_refused() {
    refused("m.yaml", &vec![b'a'; (16 << 20) + 1], "m.yaml:1: wanted at most 16777216 bytes, met");
    refused("-", &vec![b'\n'; 20 << 20], "standard input:1: wanted at most 16777216 bytes, met");
    let deep = format!("{MAP}data: {}", "[".repeat(100_000));
    refused("m.yaml", deep.as_bytes(), "m.yaml:4: no YAML: ");
    let mut laughs = "a0: &a0 [b]\n".to_owned();
    for n in 1..30 {
        writeln!(laughs, "a{n}: &a{n} [*a{0}, *a{0}, *a{0}]", n - 1).unwrap();
    }
    refused("m.yaml", laughs.as_bytes(), "m.yaml:");
}

#[test]
fn anchors_lists_and_many_documents_are_read() {
    let anchors = "apiVersion: v1\nkind: ConfigMap\nmetadata: &m {name: a, labels: {b: c}}\ndata: {d: &d e, f: *d}\n";
    let list = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: l}, f: 1}\n";
    let of_its_kind = list.replace("kind: List", "kind: ConfigMapList");
    assert_eq!(validate("-", of_its_kind.as_bytes()), validate("-", list.as_bytes()));
    let (shown, _, status) = validate("m.yaml", format!("---\n---\n# Nothing.\n---\n{anchors}---\n{list}").as_bytes());
    assert_eq!(
        (shown.as_str(), status),
        (
            "m.yaml:13: error: ConfigMap l: unknown field f [unknown-field]\n\
             1 error and 0 warnings in 2 objects, for Kubernetes 1.37\n",
            Some(1)
        )
    );
    let mut many = String::new();
    for n in 0..2_000 {
        writeln!(many, "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a{n}}}").unwrap();
    }
    let (shown, _, status) = validate("-", many.as_bytes());
    assert_eq!((shown.as_str(), status), ("0 errors and 0 warnings in 2000 objects, for Kubernetes 1.37\n", Some(0)));
}

/// Nobody can be told, but the exit status is the same.
#[test]
#[cfg(target_os = "linux")]
fn a_full_standard_error_changes_no_exit_status() {
    for (command, status) in [("template nowhere", 1), ("values nowhere", 1), ("validate nowhere", 2)] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_render"));
        let met = process.args(command.split(' ')).stderr(full).status().unwrap();
        assert_eq!(met.code(), Some(status), "{command}");
    }
}

#[test]
fn odd_objects_are_findings_and_no_failure() {
    for text in [
        "{}",
        "kind: []\n",
        "apiVersion: 1\nkind: 2\nmetadata: 3\n",
        "apiVersion: v1\nkind: List\nitems: [1, [], null]\n",
    ] {
        let (shown, told, status) = validate("m.yaml", text.as_bytes());
        assert_eq!((told.as_str(), status), ("", Some(1)), "{text}");
        assert!(shown.contains("[not-an-object]"), "{text}: {shown}");
    }
    // Of nothing everything could be said.
    let (shown, told, status) = validate("m.yaml", b"");
    assert!(told.contains("m.yaml: wanted manifests, met none"), "{told}");
    assert_eq!((shown.as_str(), status), ("", Some(2)));
}

/// A long list of one kind, with every name and port a slip away from another.
#[test]
fn costly_sets_are_answered_in_time() {
    let mut text = String::new();
    for n in 0..300 {
        writeln!(text, "---\napiVersion: v1\nkind: Service\nmetadata: {{name: s{n}}}\nspec: {{selector: {{app: a{n}}}, ports: [{{port: {}}}]}}", n + 1).unwrap();
        writeln!(text, "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p{n}, labels: {{app: a{n}}}}}\nspec: {{containers: [{{name: c, image: i, env: [{{name: URL, value: 'http://s{}:1'}}]}}]}}", n + 1).unwrap();
    }
    let (shown, told, status) = validate("m.yaml", text.as_bytes());
    assert_eq!((told.as_str(), status), ("", Some(1)), "{told}");
    assert!(shown.ends_with("in 600 objects, for Kubernetes 1.37\n"));
}
