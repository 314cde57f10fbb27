//! `render validate`: what it reads, what it prints, and how it exits.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

const FILES: [(&str, &str); 9] = [
    (
        "shop/templates/webhook.yaml",
        "{{ if .Values.ask }}\n{{ if .Capabilities.APIVersions.Has \"apiregistration.k8s.io/v1\" }}\n\
         apiVersion: apiregistration.k8s.io/v1\n{{ else }}\napiVersion: apiregistration.k8s.io/v1beta1\n{{ end }}\n\
         kind: APIService\nmetadata: {name: v1.example.com}\n\
         spec: {group: example.com, version: v1, groupPriorityMinimum: 1, versionPriority: 1}\n{{ end }}\n",
    ),
    ("shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
    ("shop/values.yaml", "replicas: 2\n"),
    (
        "shop/templates/web.yaml",
        "{{- /* Two documents. */}}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n---\n{{ if .Values.replicas }}\n\
         apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  ports:\n  - port: {{ .Values.replicas }}\n  \
         selektor: {app: web}\n{{ end }}",
    ),
    ("good/a.yaml", "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n"),
    ("good/deeper/b.json", "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"b\"}}"),
    ("good/notes.txt", "no manifest: ["),
    ("orders/order.yaml", "apiVersion: example.com/v1\nkind: Order\nmetadata: {name: o}\nspec: {amuont: 1}\n"),
    (
        "crds/order.yaml",
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: orders.example.com}\n\
         spec:\n  group: example.com\n  scope: Namespaced\n  names: {kind: Order, plural: orders}\n  versions:\n  \
         - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, \
         properties: {amount: {type: integer}}}}}}}\n",
    ),
];

const BROKEN: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nfoo: 1\n";

/// What the command prints on standard output and standard error, and its exit status.
fn run_with(input: &str, arguments: &str) -> (String, String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES.iter().chain(&[("broken.yaml", BROKEN), ("none.yaml", "a: [\n")]) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_render"));
    command.arg("validate").args(arguments.split(' ')).current_dir(folder.path());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

fn run(arguments: &str) -> (String, String, Option<i32>) {
    run_with("", arguments)
}

/// What our values leave to others: what the cluster has, what an operator makes and knows, a service without pods, and the
/// policies of jobs, which are there before the first of them.
const EXPECTED: [&str; 11] = [
    "missing-class",
    "missing-claim",
    "missing-configmap",
    "missing-gateway",
    "missing-secret",
    "missing-service-account",
    "policy-peer",
    "policy-without-pods",
    "service-without-replicas",
    "unknown-kind",
    "url-service",
];

/// So that none is made, which takes seconds.
const KEY: &str = "users.jwt.privateKey=-----BEGIN PRIVATE KEY----- Z2l2 -----END PRIVATE KEY-----";

#[test]
fn our_chart_has_no_error_with_any_values() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = vec![root.join("chart/values.yaml")];
    for folder in ["values", "chart/ci"] {
        files.extend(fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()));
    }
    files.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
    assert!(files.len() > 5, "{files:?}");
    for file in files {
        let mut command = Command::new(env!("CARGO_BIN_EXE_render"));
        command.args(["validate", "--set", KEY]).arg(root.join("chart"));
        let output = command.arg("-f").arg(&file).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {told}", file.display());
        for line in told.lines() {
            let is_expected = EXPECTED.iter().any(|rule| line.ends_with(&format!("[{rule}]")));
            assert!(is_expected || line.starts_with("0 errors and "), "{}: {line}", file.display());
        }
    }
}

#[test]
fn a_finding_of_a_chart_has_the_line_of_its_template() {
    let (shown, _, status) = run("shop --name mine");
    let found = "shop/templates/web.yaml:14: error: Service mine: unknown field spec.selektor, did you mean selector? \
                 [unknown-field]\n1 error and 0 warnings in 2 objects, for Kubernetes 1.37\n";
    assert_eq!((shown.as_str(), status), (found, Some(1)));
    let (shown, _, status) = run("shop --set replicas=0");
    assert_eq!((shown.as_str(), status), ("0 errors and 0 warnings in 1 object, for Kubernetes 1.37\n", Some(0)));
}

#[test]
fn templates_are_told_what_a_cluster_serves() {
    let (shown, _, status) = run("shop --set replicas=0,ask=true");
    assert_eq!((shown.as_str(), status), ("0 errors and 0 warnings in 2 objects, for Kubernetes 1.37\n", Some(0)));
}

#[test]
fn files_folders_and_standard_input_are_read() {
    let (shown, _, status) = run("good");
    assert_eq!((shown.as_str(), status), ("0 errors and 0 warnings in 2 objects, for Kubernetes 1.37\n", Some(0)));
    let (shown, _, status) = run_with(BROKEN, "- good --kube-version 1.20");
    assert!(shown.contains("good/a.yaml:4: error: ConfigMap a: is there twice, first in standard input "), "{shown}");
    assert!(shown.contains("standard input:4: error: ConfigMap a: unknown field foo [unknown-field]\n"), "{shown}");
    assert!(shown.ends_with("in 3 objects, for Kubernetes 1.20 by the schemas of 1.33\n"), "{shown}");
    assert_eq!(status, Some(1));
}

#[test]
fn definitions_come_by_a_folder() {
    let (shown, _, status) = run("orders");
    assert!(shown.contains("warning: Order o: no definition of example.com/v1 Order is known"), "{shown}");
    assert_eq!(status, Some(0));
    let (shown, _, status) = run("orders --crds crds");
    let found =
        "orders/order.yaml:4: error: Order o: unknown field spec.amuont, did you mean amount? [unknown-field]\n";
    assert!(shown.starts_with(found), "{shown}");
    assert_eq!(status, Some(1));
}

#[test]
fn rules_can_be_allowed() {
    let (shown, _, status) = run("broken.yaml --allow unknown-field,wrong-type");
    assert_eq!((shown.as_str(), status), ("0 errors and 0 warnings in 1 object, for Kubernetes 1.37\n", Some(0)));
}

#[test]
fn what_cannot_be_read_has_an_exit_status_of_its_own() {
    for (arguments, wanted) in [
        ("missing.yaml", "missing.yaml: No such file"),
        ("none.yaml", "none.yaml:1: no YAML: did not find expected node content"),
        ("shop --set replicas.a=1 -f none.yaml", "none.yaml"),
        ("broken.yaml --allow no-rule", "no such rule"),
        ("broken.yaml --kube-version x", "invalid kube version"),
        ("broken.yaml --crds nowhere", "nowhere: No such file"),
        ("--format human", "required arguments were not provided"),
    ] {
        let (shown, told, status) = run(arguments);
        assert!(told.contains(wanted), "{arguments}: {told}");
        assert_eq!((shown.as_str(), status), ("", Some(2)), "{arguments}");
    }
}

#[test]
fn programs_can_read_findings() {
    let (shown, _, status) = run("broken.yaml --format json");
    let json: Json = serde_json::from_str(&shown).unwrap();
    assert_eq!((&json["errors"], &json["warnings"], status), (&1.into(), &0.into(), Some(1)));
    let finding = &json["findings"][0];
    assert_eq!((&finding["rule"], &finding["line"]), (&"unknown-field".into(), &4.into()));
    assert_eq!((&finding["object"]["kind"], &finding["path"]), (&"ConfigMap".into(), &"foo".into()));

    let (shown, ..) = run("broken.yaml --format sarif");
    let json: Json = serde_json::from_str(&shown).unwrap();
    let (result, rules) = (&json["runs"][0]["results"][0], &json["runs"][0]["tool"]["driver"]["rules"]);
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!((&rules[index]["id"], &result["level"]), (&"unknown-field".into(), &"error".into()));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!((&place["artifactLocation"]["uri"], &place["region"]["startLine"]), (&"broken.yaml".into(), &4.into()));

    let (shown, ..) = run("broken.yaml --format github");
    assert!(shown.starts_with("::error file=broken.yaml,line=4,title=unknown-field::ConfigMap a: unknown field foo\n"));
}

#[test]
fn programs_can_read_that_nothing_was_checked() {
    let (shown, told, status) = run("none.yaml --format github");
    assert_eq!(shown, "::error::none.yaml:1: no YAML: did not find expected node content\n");
    assert_eq!((told.as_str(), status), ("Error: none.yaml:1: no YAML: did not find expected node content\n", Some(2)));
    let (shown, ..) = run("none.yaml --format sarif");
    let log: Json = serde_json::from_str(&shown).unwrap();
    let (invocation, results) = (&log["runs"][0]["invocations"][0], &log["runs"][0]["results"]);
    assert_eq!((&invocation["executionSuccessful"], results), (&false.into(), &Json::Array(Vec::new())));
    let text = &invocation["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(text, "none.yaml:1: no YAML: did not find expected node content");
}

#[test]
fn the_page_of_rules_is_what_the_command_prints() {
    let (shown, _, status) = run("--rules");
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("validate/RULES.md")).unwrap();
    let advice = "make it anew: cargo run -p render -- validate --rules >render/validate/RULES.md";
    assert!(page == shown, "{advice}");
    assert_eq!(status, Some(0));
}
