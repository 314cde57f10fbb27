//! The types of the values beside the chart's own files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::rc::Rc;

use common::{over_defaults, root, values_files, yaml};
use mythoughts_manifests::Values;
use mythoughts_manifests::generated::Generated;
use render::{Chart, Environment, Error, Options, Release, Renderer, Table};
use serde_json::{Value as Json, json};

/// A key is ready: making one takes seconds.
fn renderer() -> Renderer {
    Renderer { environment: Rc::new(Environment::new().with_rsa_key("a key")), ..Renderer::default() }
}

fn refusal(chart: &Chart, values: &Json) -> Option<Error> {
    let given: Table = values.as_object().unwrap().clone();
    renderer().render(chart, &given).err()
}

#[test]
fn what_is_made_from_the_types_is_up_to_date() {
    for generated in Generated::ALL {
        let stale = generated.is_stale(&root().join("chart")).unwrap();
        assert!(!stale, "chart/{} is stale: run `{}`", generated.file(), generated.command());
    }
}

#[test]
fn the_defaults_are_those_of_the_chart() {
    let (chart, types) = (yaml(&root().join("chart/values.yaml")), serde_json::to_value(Values::default()).unwrap());
    same("", &chart, &types);
    assert_eq!(Values::read(chart).unwrap(), Values::default());
}

/// Key by key, so that a difference has a name.
fn same(path: &str, chart: &Json, types: &Json) {
    let (Some(chart_map), Some(types_map)) = (chart.as_object(), types.as_object()) else {
        return assert_eq!(chart, types, "{path}");
    };
    for key in chart_map.keys().chain(types_map.keys()) {
        let path = format!("{path}.{key}");
        let chart = chart_map.get(key).unwrap_or_else(|| panic!("{path} is not in chart/values.yaml"));
        same(&path, chart, types_map.get(key).unwrap_or_else(|| panic!("{path} is not in Values")));
    }
}

#[test]
fn every_values_file_is_read() {
    let chart = Chart::load(root().join("chart")).unwrap();
    for path in values_files("values").into_iter().chain(values_files("chart/ci")) {
        let options = Options { files: vec![path.display().to_string()], ..Options::default() };
        let renderer = renderer();
        let given = options.values(renderer.helm).unwrap();
        renderer.render(&chart, &given).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Values::read(over_defaults(&Json::Object(given))).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

/// What is told after an install with a values file.
fn notes(file: &str) -> String {
    let chart = Chart::load(root().join("chart")).unwrap();
    let given = yaml(&root().join(file)).as_object().unwrap().clone();
    let renderer = Renderer { release: Release::new("mythoughts", "default"), ..renderer() };
    renderer.render(&chart, &given).unwrap().notes
}

#[test]
fn the_notes_tell_the_ways_in_and_what_is_kept() {
    for (file, wanted) in [
        ("chart/ci/routes.yaml", "kubectl --namespace gateways get gateway public "),
        ("chart/ci/routes.yaml", "is the address of www.example.com;"),
        ("chart/ci/canary.yaml", "is the address of every host of that Gateway;"),
        ("chart/ci/canary.yaml", "kubectl --namespace default get gateway public "),
        ("chart/ci/cloudnative.yaml", "clusters.postgresql.cnpg.io mythoughts-thoughts-db mythoughts-users-db"),
        ("values/production.yaml", "delete pvc database-data-mythoughts-thoughts-database-0"),
    ] {
        let notes = notes(file);
        assert!(notes.contains(wanted), "{file}: wanted {wanted}, met:\n{notes}");
    }
}

#[test]
fn monitoring_is_selected_by_its_own_labels() {
    let chart = Chart::load(root().join("chart")).unwrap();
    let given = yaml(&root().join("chart/ci/monitoring.yaml")).as_object().unwrap().clone();
    let output = renderer().render(&chart, &given).unwrap();
    for kind in ["ServiceMonitor", "PrometheusRule"] {
        let manifest = output.manifests.iter().find(|manifest| manifest.kind == kind).unwrap();
        let labels = manifest.object().unwrap()["metadata"]["labels"].clone();
        assert_eq!(labels["release"], "kube-prometheus-stack", "{kind}");
        assert_eq!(labels["team"], "thinkers", "{kind}");
    }
}

#[test]
fn what_the_chart_refuses_is_refused_for_its_reason() {
    let chart = Chart::load(root().join("chart")).unwrap();
    for path in values_files("chart/ci/refused") {
        let text = std::fs::read_to_string(&path).unwrap();
        let reason = text.lines().next().unwrap().strip_prefix("# Refused: ").expect("a first line that says why");
        let error = refusal(&chart, &yaml(&path)).unwrap_or_else(|| panic!("{} is accepted", path.display()));
        assert!(error.to_string().contains(reason), "{}: {error}", path.display());
    }
}

/// Documents that Kubernetes or a service would refuse, each with the place that the schema names.
fn wrong_values() -> Vec<(Json, &'static str)> {
    let of_pods = |key: &str, item: Json| json!({"thoughts": {key: [item]}});
    let label = |name: &str| json!({"commonLabels": {name: "a"}});
    let toleration = |given: Json| of_pods("tolerations", given);
    let spread = |more: Json| {
        let mut constraint = json!({"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "ScheduleAnyway"});
        constraint.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        of_pods("topologySpreadConstraints", constraint)
    };
    let scaling = json!({"scaleUp": {"policies": [{"type": "Pods", "value": 1_u64 << 31, "periodSeconds": 1}]}});
    vec![
        (toleration(json!({"key": "a", "operator": "Exists", "value": "b"})), "/thoughts/tolerations/0/value"),
        (toleration(json!({"operator": "Equal", "value": "b"})), "/thoughts/tolerations/0"),
        (toleration(json!({"effect": "NoExecute"})), "/thoughts/tolerations/0"),
        (toleration(json!({"key": "a", "tolerationSeconds": 1})), "/thoughts/tolerations/0"),
        (
            toleration(json!({"key": "a", "effect": "NoSchedule", "tolerationSeconds": 1})),
            "/thoughts/tolerations/0/effect",
        ),
        (toleration(json!({"key": "a", "value": "b c"})), "/thoughts/tolerations/0/value"),
        (spread(json!({"minDomains": 2})), "/thoughts/topologySpreadConstraints/0/whenUnsatisfiable"),
        (spread(json!({"maxSkew": 1_u64 << 31})), "/thoughts/topologySpreadConstraints/0/maxSkew"),
        (
            of_pods("extraEnv", json!({"name": "A", "value": "a", "valueFrom": {"fieldRef": {}}})),
            "/thoughts/extraEnv/0",
        ),
        (of_pods("extraEnv", json!({"name": "A", "valueFrom": {}})), "/thoughts/extraEnv/0/valueFrom"),
        (
            json!({"users": {"autoscaling": {"behavior": scaling}}}),
            "/users/autoscaling/behavior/scaleUp/policies/0/value",
        ),
        (json!({"users": {"jwt": {"privateKey": "secret"}}}), "/users/jwt/privateKey"),
        (json!({"users": {"database": {"user": "pg_users"}}}), "/users/database/user"),
        (json!({"users": {"service": {"headless": true, "externalIPs": ["192.0.2.1"]}}}), "/users/service/externalIPs"),
        (json!({"tests": {"serviceAccount": {"name": "default"}}}), "/tests/serviceAccount"),
        (json!({"frontend": {"trustedProxies": ["fd00:1:2"]}}), "/frontend/trustedProxies/0"),
        (json!({"frontend": {"allowedHosts": ["fd00:1:2"]}}), "/frontend/allowedHosts/0"),
        (json!({"users": {"database": {"external": {"host": "fd00:1:2"}}}}), "/users/database/external/host"),
        (label("job-name"), "'job-name'"),
        (label("batch.kubernetes.io/controller-uid"), "'batch.kubernetes.io/controller-uid'"),
        (label("kubernetes.io/service-name"), "'kubernetes.io/service-name'"),
    ]
}

#[test]
fn what_kubernetes_would_refuse_the_schema_refuses_by_its_place() {
    let chart = Chart::load(root().join("chart")).unwrap();
    for (values, place) in wrong_values() {
        let error = refusal(&chart, &values).unwrap_or_else(|| panic!("{values} is accepted"));
        let Error::Schema(message) = &error else { panic!("{values}: {error}") };
        assert!(message.contains(place), "{values}: {message}");
    }
}

/// Documents whose form is unusual, and right.
#[test]
fn what_kubernetes_takes_the_schema_takes() {
    let chart = Chart::load(root().join("chart")).unwrap();
    for values in [
        json!({"tests": {"tolerations": [{"operator": "Exists", "value": "", "effect": "NoExecute", "tolerationSeconds": -1}]}}),
        json!({"users": {"tolerations": [{"key": "a"}, {"key": "a", "operator": "Equal", "value": ""}]}}),
        json!({"tests": {"serviceAccount": {"create": false, "name": "default"}}}),
        json!({"frontend": {"trustedProxies": ["::1", "fd00::/8", "::ffff:192.0.2.1"], "allowedHosts": ["2001:db8::1"]}}),
        json!({"users": {"extraEnv": [{"name": "A"}, {"name": "B", "value": ""}]}}),
    ] {
        assert!(refusal(&chart, &values).is_none(), "{values}: {:?}", refusal(&chart, &values));
    }
}

#[test]
fn a_misspelt_key_is_refused_at_every_level() {
    let chart = Chart::load(root().join("chart")).unwrap();
    let mut typos = Vec::new();
    let whole = yaml(&root().join("chart/values.yaml"));
    misspell(&whole, &mut Vec::new(), &mut typos);
    assert!(typos.len() > 150, "{} keys", typos.len());
    for (key, values) in typos {
        let error = refusal(&chart, &values).unwrap_or_else(|| panic!("{values} is accepted"));
        let Error::Schema(message) = &error else { panic!("{values}: {error}") };
        assert!(message.contains(&format!("'{key}'")), "{values}: {message}");
        let error = Values::read(over_defaults(&values)).unwrap_err().to_string();
        assert!(error.contains(&format!("unknown field `{key}`")), "{values}: {error}");
    }
}

/// For each key a document that has it, and nothing else, misspelt. Annotations and labels have no wrong keys.
fn misspell(values: &Json, path: &mut Vec<String>, typos: &mut Vec<(String, Json)>) {
    let Some(map) = values.as_object().filter(|_| path.last().is_none_or(|key| key != "labels")) else { return };
    for (key, value) in map {
        let typo = format!("{key}z");
        let document = path.iter().rfold(json!({&typo: value}), |inner, key| json!({key: inner}));
        typos.push((typo, document));
        path.push(key.clone());
        misspell(value, path, typos);
        path.pop();
    }
}
