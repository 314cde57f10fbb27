//! The alerts and dashboards of the chart.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use mythoughts_tests::Key;
use render::{Chart, Environment, Options, Release, Renderer};
use serde::Deserialize;
use serde_json::Value as Json;

/// A rule of a PrometheusRule.
#[derive(Deserialize)]
pub(crate) struct Alert {
    #[serde(rename = "alert")]
    pub(crate) name: String,
    pub(crate) expr: String,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) annotations: BTreeMap<String, String>,
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All objects of a kind, with everything on that tells of the system.
fn objects(kind: &str) -> Vec<Json> {
    let parts =
        ["monitoring.serviceMonitor", "monitoring.prometheusRule", "monitoring.dashboards", "thoughts.database.backup"];
    let on = parts.map(|part| format!("{part}.enabled=true"));
    let options = Options { set: on.into(), ..Options::default() };
    let environment = Rc::new(Environment::new().with_rsa_key(&Key::shared().private_pem));
    let renderer = Renderer { release: Release::new("mythoughts", "default"), environment, ..Renderer::default() };
    let chart = Chart::load(root().join("chart")).unwrap();
    let output = renderer.render(&chart, &options.values(renderer.helm).unwrap()).unwrap();
    let objects = output.manifests.iter().map(|manifest| manifest.object().unwrap());
    objects.filter(|object| object["kind"] == kind).collect()
}

pub(crate) fn alerts() -> Vec<Alert> {
    let rules = objects("PrometheusRule");
    let groups = rules.iter().flat_map(|rule| rule["spec"]["groups"].as_array().unwrap());
    let alerts = groups.flat_map(|group| group["rules"].as_array().unwrap());
    alerts.map(|alert| serde_json::from_value(alert.clone()).unwrap()).collect()
}

/// The dashboards by their files.
pub(crate) fn dashboards() -> Vec<(String, Json)> {
    let maps = objects("ConfigMap").into_iter().filter(|map| map["metadata"]["labels"]["grafana_dashboard"] == "1");
    let files = maps.flat_map(|map| map["data"].as_object().unwrap().clone());
    files.map(|(file, text)| (file, serde_json::from_str(text.as_str().unwrap()).unwrap())).collect()
}

/// The queries of all panels and variables, each with where it stands.
pub(crate) fn queries() -> Vec<(String, String)> {
    let mut queries = Vec::new();
    for (file, dashboard) in dashboards() {
        for variable in dashboard["templating"]["list"].as_array().unwrap().iter().skip(1) {
            queries.push((
                format!("{file}: {}", variable["name"]),
                variable["query"]["query"].as_str().unwrap().to_owned(),
            ));
        }
        for panel in dashboard["panels"].as_array().unwrap() {
            let targets = panel["targets"].as_array().unwrap();
            let place = format!("{file}: {}", panel["title"]);
            queries.extend(targets.iter().map(|target| (place.clone(), target["expr"].as_str().unwrap().to_owned())));
        }
    }
    queries
}
