//! Chart and model say the same, and what one of them says otherwise is found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::rc::Rc;

use common::{over_defaults, root, values_files, yaml};
use mythoughts_manifests::{Difference, Made, Object, Release, Values, check, check_against, manifests};
use render::{Chart, File, Options, Renderer};
use serde_json::{Value as Json, json};

fn chart() -> Chart {
    Chart::load(root().join("chart")).unwrap()
}

/// The chart with a text in one of its files replaced.
fn changed(file: &str, old: &str, new: &str) -> Chart {
    let mut times = 0;
    let files: Vec<_> = chart()
        .raw
        .iter()
        .map(|raw| {
            if raw.name != file {
                return raw.clone();
            }
            let text = String::from_utf8(raw.data().unwrap().to_vec()).unwrap();
            times += text.matches(old).count();
            File::new(&raw.name, text.replacen(old, new, 1))
        })
        .collect();
    assert!(times > 0, "{file} has no {old}");
    Chart::from_files(files).unwrap()
}

fn with(files: &[PathBuf], set: &[&str]) -> Options {
    Options {
        files: files.iter().map(|file| file.display().to_string()).collect(),
        set: set.iter().map(ToString::to_string).collect(),
        ..Options::default()
    }
}

fn release() -> render::Release {
    render::Release::new("mythoughts", "default")
}

fn differences(chart: &Chart, set: &[&str]) -> Vec<Difference> {
    check(chart, &release(), &with(&[], set)).unwrap()
}

#[test]
fn chart_and_model_agree_for_every_values_file() {
    let chart = chart();
    let files = ["values", "chart/ci"].map(values_files).concat();
    let mut wrong = Vec::new();
    for given in files.into_iter().map(|file| vec![file]).chain([Vec::new()]) {
        let found =
            check(&chart, &release(), &with(&given, &[])).unwrap_or_else(|error| panic!("{given:?}: {error:#}"));
        wrong.extend(found.iter().map(|difference| format!("{given:?}\n{difference}\n")));
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn chart_and_model_agree_for_releases_of_any_name() {
    let longest = "a2345678-b2345678-c2345678-d2345678-e2345678-f2345678";
    for name in ["shop", "my-mythoughts-2", "0.1", longest, &longest[..28], &longest[..29]] {
        let release = render::Release::new(name, "elsewhere");
        assert_eq!(check(&chart(), &release, &with(&[], &[])).unwrap(), [], "{name}");
    }
}

#[test]
fn pods_are_run_by_whom_the_cluster_says() {
    let nobody = ["runAsUser", "runAsGroup", "fsGroup"].map(|key| format!("frontend.podSecurityContext.{key}=null"));
    let nobody: Vec<_> = nobody.iter().map(String::as_str).collect();
    assert_eq!(differences(&chart(), &nobody), []);
}

#[test]
fn a_changed_template_is_found_with_its_line() {
    let chart = changed("templates/_pods.tpl", "containerPort: 9090", "containerPort: 9091");
    let found = differences(&chart, &[]);
    let users = found.iter().find(|difference| difference.object == "Deployment default/mythoughts-users");
    let port = users.expect("the Deployment differs");
    assert_eq!(port.path, "spec.template.spec.containers[users].livenessProbe.httpGet.port");
    assert_eq!((&port.chart, &port.model), (&Some(json!(9091)), &Some(json!(9090))));
    let last = port.lines.last().expect("template lines");
    assert_eq!((last.file.as_str(), last.text.trim()), ("mythoughts/templates/_pods.tpl", "port: operations"));
    let paths: Vec<_> = found.iter().map(|difference| difference.path.as_str()).collect();
    assert!(paths.contains(&"spec.template.spec.containers[users].ports[operations].containerPort"), "{paths:?}");
}

#[test]
fn every_kind_of_change_is_found() {
    for (file, old, new, object, path) in [
        (
            "_pods.tpl",
            "readOnlyRootFilesystem: true",
            "",
            "Deployment",
            "spec.template.spec.containers[users].securityContext.readOnlyRootFilesystem",
        ),
        (
            "_pods.tpl",
            "runAsNonRoot: true",
            "runAsNonRoot: false",
            "StatefulSet",
            "spec.template.spec.securityContext.runAsNonRoot",
        ),
        (
            "_workloads.tpl",
            "add $shutdown.preStopSleep $shutdown.drainDelay $shutdown.timeout 5",
            "$shutdown.timeout",
            "Deployment",
            "spec.template.spec.terminationGracePeriodSeconds",
        ),
        (
            "_pods.tpl",
            "| fromYaml | toJson | sha256sum",
            "| sha256sum",
            "Deployment",
            r#"spec.template.metadata.annotations["checksum/settings"]"#,
        ),
        ("_settings.tpl", "LOG_FORMAT:", "LOGFORMAT:", "ConfigMap", "data.LOGFORMAT"),
        ("_secrets.tpl", "randAlphaNum 32", "randAlphaNum 12", "Secret", "data.password"),
        (
            "_names.tpl",
            "app.kubernetes.io/part-of",
            "app.kubernetes.io/partof",
            "Service",
            r#"metadata.labels["app.kubernetes.io/partof"]"#,
        ),
        ("_ways-in.tpl", "targetPort: http", "targetPort: operations", "Service", "spec.ports[http].targetPort"),
        (
            "database/statefulset.yaml",
            "name: database-data",
            "name: data",
            "StatefulSet",
            "spec.volumeClaimTemplates[0].metadata.name",
        ),
        ("database/secret.yaml", "helm.sh/resource-policy: keep", "", "Secret", "metadata.annotations"),
        (
            "_secrets.tpl",
            "mountPath: /run/secrets/jwt",
            "mountPath: /run/jwt",
            "Deployment",
            "spec.template.spec.containers[users].volumeMounts[/run/jwt]",
        ),
        (
            "tests/pod.yaml",
            "helm.sh/hook: test",
            "helm.sh/hook: pre-install",
            "Pod",
            r#"metadata.annotations["helm.sh/hook"]"#,
        ),
    ] {
        let chart = changed(&format!("templates/{file}"), old, new);
        let found = differences(&chart, &[]);
        let is_it = |difference: &&Difference| difference.object.starts_with(object) && difference.path == path;
        let difference = found.iter().find(is_it);
        let all: Vec<_> = found.iter().map(ToString::to_string).collect();
        let difference = difference.unwrap_or_else(|| panic!("{file}: {old} → {new}: {}", all.join("\n")));
        assert!(!difference.lines.is_empty(), "{difference}");
    }
}

/// What is found when the model is changed so.
fn with_model(change: impl Fn(&mut Vec<Object>)) -> Vec<Difference> {
    let model = |values: &Values, release: &Release| {
        let mut objects = manifests(values, release)?;
        change(&mut objects);
        Ok(objects)
    };
    check_against(model, &chart(), &release(), &with(&[], &[])).unwrap()
}

fn position(objects: &[Object], kind: &str, name: &str) -> usize {
    objects.iter().position(|object| object.kind == kind && object.name == name).expect("an object of the model")
}

#[test]
fn a_changed_model_is_found() {
    let found = with_model(|objects| {
        let at = position(objects, "ConfigMap", "mythoughts-users");
        objects[at].json["data"]["DRAIN_DELAY"] = json!("6");
    });
    let [difference] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(difference.object, "ConfigMap default/mythoughts-users");
    assert_eq!(difference.path, "data.DRAIN_DELAY");
    assert_eq!((&difference.chart, &difference.model), (&Some(json!("5")), &Some(json!("6"))));
    let files: Vec<_> = difference.lines.iter().map(|line| line.file.as_str()).collect();
    assert!(files.contains(&"mythoughts/templates/_settings.tpl"), "{files:?}");
}

#[test]
fn an_object_that_the_chart_lacks_is_found() {
    let found = with_model(|objects| {
        let at = position(objects, "Service", "mythoughts-users");
        let other = Object { namespace: "elsewhere".into(), ..objects[at].clone() };
        objects.push(other);
    });
    let [difference] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(difference.object, "Service elsewhere/mythoughts-users");
    assert!(difference.chart.is_none() && difference.model.is_some() && difference.lines.is_empty());
}

#[test]
fn an_object_that_the_model_lacks_is_found() {
    let found = with_model(|objects| {
        objects.remove(position(objects, "StatefulSet", "mythoughts-users-database"));
    });
    let [difference] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((difference.path.as_str(), &difference.model), ("", &None));
    assert_eq!(difference.lines[0].file, "mythoughts/templates/database/statefulset.yaml");
    assert!(difference.to_string().starts_with("StatefulSet default/mythoughts-users-database: the whole object\n"));
}

#[test]
fn secrets_are_not_shown() {
    let given = [
        "users.admin.password=correct-horse",
        "users.jwt.privateKey=-----BEGIN PRIVATE KEY----- battery -----END PRIVATE KEY-----",
    ];
    let chart = changed("templates/users/secret-jwt.yaml", "$jwt.privateKey", "\"another\"");
    let found = differences(&chart, &given);
    let [key] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((&key.chart, &key.model), (&Some(json!("(12 characters)")), &Some(json!("(84 characters)"))));

    let chart = changed(
        "templates/users/secret-admin.yaml",
        "kind: Secret",
        "kind: Secret\nstringData: {more: {{ $admin.password }}}",
    );
    let shown: String = differences(&chart, &given).iter().map(ToString::to_string).collect();
    assert!(shown.contains("data.more\n  chart: \"(20 characters)\"") && !shown.contains("horse"), "{shown}");
    let lacking = with_model(|objects| drop(objects.remove(position(objects, "Secret", "mythoughts-users-admin"))));
    assert_eq!(lacking[0].chart.as_ref().unwrap()["data"]["password"], "(44 characters)");
}

#[test]
fn what_means_the_same_is_no_difference() {
    for (file, old, new) in [
        ("templates/_pods.tpl", "port: operations", "port: 9090"),
        ("templates/_pods.tpl", "containerPort: 8000", "containerPort: 8000\n    protocol: TCP"),
        (
            "templates/_ways-in.tpl",
            "name: http\n          {{- end }}",
            "number: {{ (index $.root.Values $.component).service.port }}\n          {{- end }}",
        ),
        ("templates/_ways-in.tpl", "targetPort: http", "targetPort: 8000"),
        ("templates/_pods.tpl", "cpu: 10m", "cpu: 0.01"),
        ("templates/_pods.tpl", "memory: 64Mi", "memory: 65536Ki"),
        (
            "templates/tests/pod.yaml",
            "restartPolicy: Never",
            "restartPolicy: Never\n  dnsPolicy: ClusterFirst\n  tolerations: []",
        ),
        ("templates/database/service.yaml", "  type: ClusterIP", "  sessionAffinity: None"),
    ] {
        let found =
            differences(&changed(file, old, new), &["frontend.ingress.enabled=true", "frontend.ingress.host=h"]);
        assert_eq!(found, [], "{old} → {new}");
    }
}

#[test]
fn an_object_that_is_rendered_twice_is_an_error() {
    let chart = changed("templates/users/service.yaml", r#""component" "users""#, r#""component" "frontend""#);
    let error = check(&chart, &release(), &with(&[], &[])).unwrap_err();
    assert_eq!(error.to_string(), "the chart renders Service default/mythoughts-frontend twice");
}

/// Names of the chart's dashboards.
fn dashboards() -> BTreeMap<String, String> {
    let chart = chart();
    let names = chart.files.iter().filter_map(|file| file.name.strip_prefix("dashboards/"));
    names.map(|name| (name.to_owned(), String::new())).collect()
}

#[test]
fn what_a_template_refuses_the_model_refuses_for_the_same_reason() {
    let mut seen = 0;
    for path in values_files("chart/ci/refused") {
        let error = check(&chart(), &release(), &with(std::slice::from_ref(&path), &[])).unwrap_err();
        let Some(render::Error::Template(refusal)) = error.downcast_ref() else { continue };
        let values = Values::read(over_defaults(&yaml(&path))).unwrap();
        let known = Release {
            name: "mythoughts".into(),
            namespace: "default".into(),
            chart: "mythoughts".into(),
            dashboards: dashboards(),
            ..Release::default()
        };
        let reasons = manifests(&values, &known).expect_err("the model refuses");
        assert!(
            reasons.0.iter().any(|reason| refusal.text.contains(reason)),
            "{}: {reasons}\n{refusal}",
            path.display()
        );
        seen += 1;
    }
    assert!(seen > 8, "{seen} files");
}

#[test]
fn an_upgrade_keeps_what_the_install_made() {
    let (password, key) = ("a2VwdA==", "a2VwdCBrZXk=");
    let cluster = move |_: &str, kind: &str, namespace: &str, _: &str| {
        let secret = json!({"data": {"password": password, "private-key.pem": key}});
        Ok(if (kind, namespace) == ("Secret", "default") { secret } else { Json::Null })
    };
    let renderer = Renderer { release: release(), lookup: Some(Rc::new(cluster)), ..Renderer::default() };
    let output = renderer.render(&chart(), &render::Table::new()).unwrap();
    let made = Made { password: "kept".into(), private_key: "kept key".into() };
    let known = Release { name: "mythoughts".into(), chart: "mythoughts".into(), made, ..Release::default() };
    let model = manifests(&Values::default(), &known).unwrap();
    let secrets: Vec<_> = model.iter().filter(|object| object.kind == "Secret").collect();
    assert_eq!(secrets.len(), 4);
    for secret in secrets {
        let manifest = output.manifest("Secret", &secret.name).expect("the chart has it");
        assert_eq!(manifest.object().unwrap()["data"], secret.json["data"], "{}", secret.name);
    }
}

/// Whether the migrations of a backend come before the upgrade, by the chart and by the model, in a namespace that has these.
fn migrate_before(file: &str, component: &str, installed: &[(&str, &str)]) -> (bool, bool) {
    let installed: BTreeSet<_> = installed.iter().map(|(kind, name)| ((*kind).into(), (*name).into())).collect();
    let options = with(&[root().join(file)], &[]);
    let release = render::Release { is_upgrade: true, ..release() };
    let model = Release {
        name: "mythoughts".into(),
        chart: "mythoughts".into(),
        is_upgrade: true,
        installed: installed.clone(),
        ..Release::default()
    };
    let cluster = move |_: &str, kind: &str, _: &str, name: &str| {
        let is_here = installed.contains(&(kind.into(), name.into()));
        Ok(if is_here { json!({"kind": kind, "data": {"password": "a2VwdA=="}}) } else { json!({}) })
    };
    let renderer = Renderer { release, lookup: Some(Rc::new(cluster)), ..Renderer::default() };
    let given = options.values(renderer.helm).unwrap();
    let output = renderer.render(&chart(), &given).unwrap();
    let prefix = format!("mythoughts-{component}-migrate-");
    let is_it = |kind: &str, name: &str| kind == "Job" && name.starts_with(&prefix);
    let objects = manifests(&Values::read(over_defaults(&Json::Object(given))).unwrap(), &model).unwrap();
    let job = objects.iter().find(|object| is_it(&object.kind, &object.name)).unwrap();
    let is_hook = output.hooks.iter().any(|hook| is_it(&hook.kind, &hook.name));
    (is_hook, job.json["metadata"]["annotations"]["helm.sh/hook"] == "pre-upgrade")
}

#[test]
fn migrations_come_before_an_upgrade_where_all_they_need_is_there() {
    let account = |name| ("ServiceAccount", name);
    for (file, component, needs) in [
        (
            "chart/ci/migrations.yaml",
            "thoughts",
            vec![
                account("mythoughts-thoughts"),
                ("Secret", "mythoughts-thoughts-database"),
                ("StatefulSet", "mythoughts-thoughts-database"),
            ],
        ),
        (
            "chart/ci/migrations.yaml",
            "users",
            vec![account("mythoughts-users"), ("Secret", "users-password"), ("Secret", "database-ca")],
        ),
        (
            "chart/ci/external-service.yaml",
            "thoughts",
            vec![
                account("mythoughts-thoughts"),
                ("Secret", "thoughts-password"),
                ("Service", "mythoughts-thoughts-database"),
            ],
        ),
        (
            "chart/ci/cloudnative.yaml",
            "thoughts",
            vec![
                account("mythoughts-thoughts"),
                ("Secret", "thoughts-owner"),
                ("Secret", "mythoughts-thoughts-db-ca"),
                ("Service", "mythoughts-thoughts-db-rw"),
            ],
        ),
    ] {
        assert_eq!(migrate_before(file, component, &needs), (true, true), "{file}: {needs:?}");
        for missing in 0..needs.len() {
            let mut rest = needs.clone();
            rest.remove(missing);
            assert_eq!(migrate_before(file, component, &rest), (false, false), "{file}: {rest:?}");
        }
    }
    let of_a_set = [
        account("mythoughts-thoughts"),
        ("Secret", "thoughts-password"),
        ("Service", "mythoughts-thoughts-database"),
        ("StatefulSet", "mythoughts-thoughts-database"),
    ];
    let found = migrate_before("chart/ci/external-service.yaml", "thoughts", &of_a_set);
    assert_eq!(found, (false, false), "the Service leads to the database of before");
}

#[test]
fn chart_and_model_agree_about_an_upgrade_without_a_cluster() {
    let release = render::Release { is_upgrade: true, ..release() };
    let options = with(&[root().join("chart/ci/migrations.yaml")], &[]);
    assert_eq!(check(&chart(), &release, &options).unwrap(), []);
}
