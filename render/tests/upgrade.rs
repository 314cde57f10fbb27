//! `render upgrade` and `render diff` of charts: what they read, what they print, and how they exit.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value as Json, json};

const DEPLOYMENT: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: {{ .Values.replicas }}\n  \
                          selector:\n    matchLabels: {app: LABEL}\n  template:\n    metadata:\n      labels: {app: LABEL}\n    spec:\n      \
                          containers:\n      - name: web\n        image: web:{{ .Chart.Version }}\n        resources: {limits: {memory: MEMORY}}\n";
const PASSWORD: &str = "{{ $old := lookup \"v1\" \"Secret\" .Release.Namespace \"web\" }}\napiVersion: v1\nkind: Secret\nmetadata: {name: web}\n\
                        data: {password: {{ if $old }}{{ $old.data.password }}{{ else }}{{ randAlphaNum 20 | b64enc }}{{ end }}}\n\
                        {{ if not $old }}stringData: {first: 'yes'}{{ end }}\n";
const HOOK: &str = "{{ if .Release.IsUpgrade }}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: hook, annotations: {helm.sh/hook: pre-upgrade}}\n\
                    data: {revision: \"{{ .Release.Revision }}\"}\n{{ end }}\n";
const DEFINITION: &str = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: orders.example.com}\n\
                          spec: {group: example.com, scope: SCOPE}\n";
const CLAIM: &str = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: NAME, annotations: {helm.sh/resource-policy: POLICY}}\n";

/// The files of a chart: version 1 or 2.
fn files(version: u8) -> Vec<(&'static str, String)> {
    let of = |one: &str, two: &str| if version == 1 { one.to_owned() } else { two.to_owned() };
    let web = DEPLOYMENT.replace("LABEL", &of("web", "shop")).replace("MEMORY", &of("1Gi", "1024Mi"));
    let (kept, lost) = (
        CLAIM.replace("NAME", "kept").replace("POLICY", "keep"),
        CLAIM.replace("NAME", "lost").replace("POLICY", "''"),
    );
    vec![
        ("Chart.yaml", format!("apiVersion: v2\nname: shop\nversion: {version}.0.0\n")),
        ("values.yaml", "replicas: 2\n".into()),
        ("templates/web.yaml", web),
        ("templates/password.yaml", PASSWORD.into()),
        ("templates/hook.yaml", HOOK.into()),
        ("templates/claims.yaml", of(&format!("{kept}---\n{lost}"), "")),
        ("crds/order.yaml", DEFINITION.replace("SCOPE", &of("Namespaced", "Cluster"))),
    ]
}

/// What the command prints on standard output and standard error, and its exit status.
fn run_with(input: &str, arguments: &str) -> (String, String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    for (chart, version) in [("one", 1), ("two", 2)] {
        for (name, text) in files(version) {
            let path = folder.path().join(chart).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    fs::write(folder.path().join("three.yaml"), "replicas: 3\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_render"));
    command.args(arguments.split(' ')).current_dir(folder.path());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

fn run(arguments: &str) -> (String, String, Option<i32>) {
    run_with("", arguments)
}

const UPGRADE: &str = r#"~ Secret web
    - data.first: "(4 characters)"
~ Deployment web
    ~ spec.selector.matchLabels.app: "web" → "shop"
    ~ spec.template.metadata.labels.app: "web" → "shop"
    ~ spec.template.spec.containers[web].image: "web:1.0.0" → "web:2.0.0"
- PersistentVolumeClaim lost
= PersistentVolumeClaim kept is kept by helm.sh/resource-policy
hook pre-upgrade: ConfigMap hook
restart Deployment web, a few pods at a time: spec.template.metadata.labels.app, spec.template.spec.containers[web].image
one/templates/claims.yaml:5: warning: PersistentVolumeClaim lost: is deleted, and its volume and all that is on it with it [deletes-data]
two/crds/order.yaml:4: warning: CustomResourceDefinition orders.example.com: changes in crds/, which Helm does not upgrade [definition-not-upgraded]
two/templates/web.yaml:7: error: Deployment web: spec.selector.matchLabels.app cannot change, from "web" to "shop" [immutable-selector]
0 made, 2 changed, 1 deleted; 1 workload restarted; 1 error and 2 warnings
"#;

#[test]
fn an_upgrade_tells_what_it_does_and_what_is_refused() {
    let (shown, told, status) = run("upgrade one two");
    assert_eq!((shown.as_str(), told.as_str(), status), (UPGRADE, "", Some(1)));
}

#[test]
fn an_upgrade_to_the_same_finds_what_it_has_made() {
    let (shown, _, status) = run("upgrade two --allow immutable-selector");
    let wanted = "~ Secret web\n    - data.first: \"(4 characters)\"\nhook pre-upgrade: ConfigMap hook\n\
                  0 made, 1 changed, 0 deleted; 0 workloads restarted; 0 errors and 0 warnings\n";
    assert_eq!((shown.as_str(), status), (wanted, Some(0)));
}

#[test]
fn an_upgrade_can_be_of_values_alone() {
    for arguments in ["upgrade two --new-values three.yaml", "upgrade two -f three.yaml --old-set replicas=2"] {
        let (shown, _, status) = run(arguments);
        assert!(shown.contains("~ Deployment web\n    ~ spec.replicas: 2 → 3\nhook"), "{shown}");
        assert!(shown.contains("; 0 workloads restarted;"), "{shown}");
        assert_eq!(status, Some(0), "{arguments}");
    }
}

#[test]
fn programs_can_read_an_upgrade() {
    let (shown, _, status) = run("upgrade one two --format json");
    let report: Json = serde_json::from_str(&shown).unwrap();
    assert_eq!((&report["errors"], &report["warnings"], status), (&json!(1), &json!(2), Some(1)));
    assert_eq!(
        report["changes"][1]["fields"][0],
        json!({"path": "spec.selector.matchLabels.app", "old": "web", "new": "shop"})
    );
    assert_eq!((&report["kept"][0]["name"], &report["hooks"][0]["events"]), (&json!("kept"), &json!("pre-upgrade")));
    assert_eq!(report["restarts"][0]["manner"], "rolling");
    let finding = &report["findings"][2];
    assert_eq!(
        (&finding["rule"], &finding["file"], &finding["line"]),
        (&json!("immutable-selector"), &json!("two/templates/web.yaml"), &json!(7))
    );

    let (shown, ..) = run("upgrade one two --format github");
    let wanted = "::error file=two/templates/web.yaml,line=7,title=immutable-selector::Deployment web: spec.selector";
    assert!(shown.contains(wanted), "{shown}");
    let (shown, ..) = run("upgrade one two --format sarif");
    let log: Json = serde_json::from_str(&shown).unwrap();
    assert_eq!(log["runs"][0]["results"][2]["ruleId"], "immutable-selector");
}

#[test]
fn our_chart_can_be_upgraded_from_and_to_any_of_its_values() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let (chart, values) = (root.join("chart"), root.join("values/production.yaml"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_render"));
    let output = command
        .arg("upgrade")
        .arg(chart)
        .arg("-f")
        .arg(values)
        .arg("--new-set")
        .arg("log.level=debug")
        .output()
        .unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("restart Deployment release-name-mythoughts-users, a few pods at a time: "), "{shown}");
    assert!(shown.ends_with("0 errors and 0 warnings\n") && !shown.contains("Secret"), "{shown}");
    assert_eq!(output.status.code(), Some(0));
}

/// What is in the template of a Job's pods, of which each revision has its own.
#[test]
fn no_change_of_our_values_is_refused_where_there_are_backups() {
    for setting in [
        "commonLabels.team=blue",
        "image.pullPolicy=Always",
        "thoughts.database.backup.resources.requests.cpu=20m",
        "thoughts.nodeSelector.disk=ssd",
        "thoughts.serviceAccount.name=other",
    ] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_render"));
        let arguments = ["upgrade", "chart", "-f", "chart/ci/backup.yaml", "--new-set", setting];
        let output = command.current_dir(root).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{setting}: {}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn a_diff_compares_charts_or_values() {
    let (shown, told, status) = run("diff one two");
    assert!(
        shown.starts_with(
            "~ CustomResourceDefinition orders.example.com\n    ~ spec.scope: \"Namespaced\" → \"Cluster\"\n"
        ),
        "{shown}{told}"
    );
    assert!(shown.contains("- PersistentVolumeClaim kept\n- PersistentVolumeClaim lost\n"), "{shown}");
    assert!(!shown.contains("Secret") && !shown.contains("memory"), "{shown}");
    assert_eq!(status, Some(1));

    let (shown, _, status) = run("diff two --new-values three.yaml --format json");
    let report: Json = serde_json::from_str(&shown).unwrap();
    assert_eq!(report[0]["fields"], json!([{"path": "spec.replicas", "old": 2, "new": 3}]));
    assert_eq!((report.as_array().unwrap().len(), status), (1, Some(1)));
    assert_eq!(run("diff two --name mine"), (String::new(), String::new(), Some(0)));
}

#[test]
fn either_side_may_be_manifests() {
    let manifest = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: lost}\n";
    let (shown, ..) = run_with(manifest, "upgrade - two");
    assert!(shown.contains("\n- PersistentVolumeClaim lost\n"), "{shown}");
    assert!(shown.contains("standard input:1: warning: PersistentVolumeClaim lost: is deleted"), "{shown}");
}

#[test]
fn what_cannot_be_read_has_an_exit_status_of_its_own() {
    for (arguments, wanted) in [
        ("upgrade one nowhere", "Error: new: nowhere: No such file"),
        ("upgrade nowhere one", "Error: old: nowhere: No such file"),
        ("diff - -", "Error: standard input can be one side only"),
        ("upgrade one two --new-values nowhere.yaml", "nowhere.yaml"),
        ("diff one --old-set replicas", "Error: old: failed parsing --set data"),
        ("upgrade one --allow no-rule", "no such rule"),
        ("upgrade", "required arguments were not provided"),
    ] {
        let (shown, told, status) = run(arguments);
        assert!(told.contains(wanted), "{arguments}: {told}");
        assert_eq!((shown.as_str(), status), ("", Some(2)), "{arguments}");
    }
}
