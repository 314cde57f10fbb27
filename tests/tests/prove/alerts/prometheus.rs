//! A Prometheus in the release, without its operator, and what it tells.

use std::collections::BTreeMap;
use std::fs;

use mythoughts_tests::cluster::command::{kubectl, run, succeed};
use mythoughts_tests::cluster::{Namespace, Site};
use serde_json::{Value as Json, json};
use tempfile::NamedTempFile;
use tokio::net::TcpStream;

use crate::stage::{COMPONENTS, wait};

const IMAGE: &str = "localhost/mythoughts-prometheus:dev";
const PORT: u16 = 9090;
/// How often it scrapes, asks DNS for pods, and looks at the rules.
const INTERVAL: &str = "5s";
const GROUP: &str = "monitoring.coreos.com";

/// The kinds that the operator brings, which a cluster must know to take the chart's objects of them. They are deleted at
/// the end, unless they were there before.
pub(super) struct OperatorKinds {
    own: Vec<String>,
}

impl OperatorKinds {
    pub(super) fn install() -> Self {
        let kinds = [("ServiceMonitor", "servicemonitors"), ("PrometheusRule", "prometheusrules")];
        let mut own = Vec::new();
        for (kind, plural) in kinds {
            let name = format!("customresourcedefinition/{plural}.{GROUP}");
            if !run(&kubectl(), &["get", &name]).success {
                let file = written(&definition(kind, plural));
                succeed(&kubectl(), &["create", "--filename", &file.path().display().to_string()]);
                succeed(&kubectl(), &["wait", &name, "--for=condition=Established", "--timeout=60s"]);
                own.push(name);
            }
        }
        Self { own }
    }
}

impl Drop for OperatorKinds {
    fn drop(&mut self) {
        for name in &self.own {
            let deleted = run(&kubectl(), &["delete", name, "--wait=false"]);
            if !deleted.success {
                eprintln!("{name} could not be deleted: {}", deleted.text);
            }
        }
    }
}

/// Without the fields, which ci/lint checks by the operator's own schemas.
fn definition(kind: &str, plural: &str) -> Json {
    let schema = json!({"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}});
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": format!("{plural}.{GROUP}")},
        "spec": {
            "group": GROUP,
            "names": {"kind": kind, "plural": plural},
            "scope": "Namespaced",
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": schema}],
        },
    })
}

/// Values with Prometheus as extra objects: it finds the pods by the Services that a ServiceMonitor selects.
pub(super) fn extra_objects(namespace: &Namespace, rules: &str) -> NamedTempFile {
    let settings = json!({
        "global": {"scrape_interval": INTERVAL, "evaluation_interval": INTERVAL},
        "rule_files": ["/etc/prometheus/rules.yaml"],
        "scrape_configs": COMPONENTS.map(|component| scrape(namespace, component)),
    });
    let files = json!({"prometheus.yaml": settings.to_string(), "rules.yaml": verbatim(rules)});
    let labels = json!({"role": "prometheus"});
    let objects = json!([
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "prometheus"}, "data": files},
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": "prometheus"},
            "spec": {"selector": labels, "ports": [{"port": PORT}]},
        },
        {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "prometheus"},
            "spec": {
                "selector": {"matchLabels": labels},
                "template": {"metadata": {"labels": labels}, "spec": pod()},
            },
        },
    ]);
    written(&json!({"extraObjects": objects}))
}

/// With the labels that a ServiceMonitor gives; DNS knows the pods by their addresses alone.
fn scrape(namespace: &Namespace, component: &str) -> Json {
    let service = format!("mythoughts-{component}-metrics");
    let names = [format!("{service}.{}.svc", namespace.name)];
    json!({
        "job_name": service,
        "dns_sd_configs": [{"names": names, "type": "A", "port": 9090, "refresh_interval": INTERVAL}],
        "relabel_configs": [
            {"target_label": "namespace", "replacement": namespace.name},
            {"source_labels": ["__address__"], "target_label": "pod"},
        ],
    })
}

fn pod() -> Json {
    let container = json!({
        "name": "prometheus",
        "image": IMAGE,
        "imagePullPolicy": "IfNotPresent",
        "args": ["--config.file=/etc/prometheus/prometheus.yaml", "--storage.tsdb.path=/prometheus"],
        "ports": [{"containerPort": PORT}],
        "readinessProbe": {"httpGet": {"path": "/-/ready", "port": PORT}, "periodSeconds": 1},
        "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "256Mi"}},
        "securityContext": {
            "allowPrivilegeEscalation": false,
            "readOnlyRootFilesystem": true,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": [
            {"name": "settings", "mountPath": "/etc/prometheus"},
            {"name": "data", "mountPath": "/prometheus"},
        ],
    });
    json!({
        "automountServiceAccountToken": false,
        "securityContext": {"runAsNonRoot": true, "runAsUser": 65532, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [container],
        "volumes": [{"name": "settings", "configMap": {"name": "prometheus"}}, {"name": "data", "emptyDir": {}}],
    })
}

/// Extra objects are templates, and so are texts of the rules, but for Prometheus.
fn verbatim(text: &str) -> String {
    text.replace("{{", "{{`{{`}}")
}

fn written(content: &Json) -> NamedTempFile {
    let file = NamedTempFile::new().expect("a temporary file can be made");
    fs::write(file.path(), content.to_string()).expect("it can be written");
    file
}

/// What the one in a namespace tells.
pub(super) struct Prometheus {
    site: Site,
}

impl Prometheus {
    /// Waits until its address leads to it, which is some time after its pod is ready.
    pub(super) async fn of(namespace: &Namespace) -> Self {
        let address = format!("{}:{PORT}", namespace.field("service/prometheus", "{.spec.clusterIP}"));
        wait("the address of Prometheus", async || TcpStream::connect(&address).await.is_ok()).await;
        Self { site: Site::at(&address, "prometheus") }
    }

    /// How many targets of each job are up.
    pub(super) async fn up(&self) -> BTreeMap<String, usize> {
        let targets = self.data("targets").await["activeTargets"].take();
        let mut up = BTreeMap::new();
        for target in items(&targets).iter().filter(|target| target["health"] == "up") {
            *up.entry(text(&target["labels"]["job"])).or_default() += 1;
        }
        up
    }

    /// How many rules there are that could be looked at.
    pub(super) async fn sound_rules(&self) -> usize {
        let groups = self.data("rules").await["groups"].take();
        items(&groups).iter().flat_map(|group| items(&group["rules"])).filter(|rule| rule["health"] == "ok").count()
    }

    /// The alerts that fire, each once, with its component where it has one.
    pub(super) async fn firing(&self) -> Vec<String> {
        let alerts = self.data("alerts").await["alerts"].take();
        let firing = items(&alerts).iter().filter(|alert| alert["state"] == "firing");
        let mut names: Vec<_> = firing.map(|alert| name(&alert["labels"])).collect();
        names.sort();
        names.dedup();
        names
    }

    async fn data(&self, what: &str) -> Json {
        let reply = self.site.get(&format!("/api/v1/{what}")).await;
        reply.expect_status(200).json()["data"].take()
    }
}

fn name(labels: &Json) -> String {
    let alert = text(&labels["alertname"]);
    labels["component"].as_str().map_or_else(|| alert.clone(), |component| format!("{alert} of {component}"))
}

fn items(list: &Json) -> &[Json] {
    list.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(json: &Json) -> String {
    json.as_str().unwrap_or_default().to_owned()
}
