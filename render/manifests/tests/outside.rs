//! What is open to people outside: only values/local.yaml gives the admin calls of the backends a way in, and no Ingress
//! and no route opens a port beside that of the service.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code, reason = "the other tests use the rest")]
mod common;

use std::path::{Path, PathBuf};
use std::rc::Rc;

use common::{root, values_files};
use render::{Chart, Environment, Options, Release, Renderer};
use serde_json::Value as Json;

const ADMIN: &str = "/admin";

fn objects(values: &Path) -> Vec<Json> {
    let options = Options { files: vec![values.display().to_string()], ..Options::default() };
    let environment = Rc::new(Environment::new().with_rsa_key("a key"));
    let renderer = Renderer { release: Release::new("mythoughts", "default"), environment, ..Renderer::default() };
    let chart = Chart::load(root().join("chart")).unwrap();
    let output = renderer.render(&chart, &options.values(renderer.helm).unwrap()).unwrap();
    output.manifests.iter().map(|manifest| manifest.object().unwrap()).collect()
}

fn is_backend(object: &Json) -> bool {
    let component = &object["metadata"]["labels"]["app.kubernetes.io/component"];
    component == "thoughts" || component == "users"
}

fn items(list: &Json) -> impl Iterator<Item = &Json> {
    list.as_array().into_iter().flatten()
}

/// The prefixes by which an Ingress or a route of a backend is asked.
fn prefixes(object: &Json) -> Vec<&str> {
    let rules = || items(&object["spec"]["rules"]);
    let ingress = rules().flat_map(|rule| items(&rule["http"]["paths"])).map(|path| &path["path"]);
    let route = rules().flat_map(|rule| items(&rule["matches"])).map(|matched| &matched["path"]["value"]);
    ingress.chain(route).filter_map(Json::as_str).collect()
}

/// Whether calls under /admin come through: by whole names between slashes.
fn lets_through(prefix: &str) -> bool {
    let prefix = prefix.trim_end_matches('/');
    prefix.is_empty() || prefix == ADMIN || prefix.starts_with(&format!("{ADMIN}/"))
}

/// The ways by which a values file lets people reach the admin calls.
fn ways(values: &Path) -> Vec<String> {
    let title = |object: &Json| format!("{} {}", object["kind"], object["metadata"]["name"]);
    let objects = objects(values);
    let backends = objects.iter().filter(|object| is_backend(object));
    let routes = backends.filter(|object| prefixes(object).into_iter().any(lets_through));
    routes.map(title).collect()
}

/// Services of backends that are reached from outside of the cluster, past every prefix.
fn services(values: &Path) -> Vec<Json> {
    let is_outside = |object: &Json| {
        let spec = &object["spec"];
        object["kind"] == "Service" && (spec["type"] != "ClusterIP" || items(&spec["externalIPs"]).next().is_some())
    };
    objects(values).into_iter().filter(|object| is_backend(object) && is_outside(object)).collect()
}

#[test]
fn admin_calls_have_a_way_in_by_local_yaml_alone() {
    let files: Vec<PathBuf> = ["values", "chart/ci"].map(values_files).concat();
    let mut routed = 0;
    for file in files {
        let is_local = file.ends_with("values/local.yaml");
        let ways = ways(&file);
        assert_eq!(ways.len(), if is_local { 2 } else { 0 }, "{}: {ways:?}", file.display());
        routed += objects(&file).iter().filter(|object| is_backend(object) && !prefixes(object).is_empty()).count();
    }
    assert!(routed > 5, "{routed} ways to the backends");
    assert!(!services(&root().join("values/local.yaml")).is_empty());
    let production = services(&root().join("values/production.yaml"));
    assert!(production.is_empty(), "{production:?}");
}

/// The ports of a component's pods that a NetworkPolicy opens to anybody.
fn open_ports(objects: &[Json], component: &str) -> Vec<Json> {
    let is_its = |object: &&Json| {
        object["kind"] == "NetworkPolicy" && object["metadata"]["labels"]["app.kubernetes.io/component"] == component
    };
    let rules = objects.iter().filter(is_its).flat_map(|policy| items(&policy["spec"]["ingress"]));
    let ports = rules.filter(|rule| rule["from"].is_null()).flat_map(|rule| items(&rule["ports"]));
    ports.map(|port| port["port"].clone()).collect()
}

#[test]
fn a_route_opens_the_port_of_the_service_alone() {
    let objects = objects(&root().join("chart/ci/routes.yaml"));
    for component in ["thoughts", "users", "frontend"] {
        assert_eq!(open_ports(&objects, component), [8000], "{component}");
    }
}

#[test]
fn a_prefix_lets_through_what_is_under_it() {
    for prefix in ["/", "/admin", "/admin/", "/admin/users"] {
        assert!(lets_through(prefix), "{prefix}");
    }
    for prefix in ["/api", "/api/login", "/administrators", "/health"] {
        assert!(!lets_through(prefix), "{prefix}");
    }
}
