//! What a service's container gets of the objects around it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json};
use tempfile::TempDir;

/// The keys of Secrets that exist before the release, as chart/README.md asks for them, by the volume.
const EXISTING: [(&str, &str); 5] = [
    ("database", "password"),
    ("database-ca", "ca.crt"),
    ("admin", "password"),
    ("jwt", "private-key.pem"),
    ("jwt-previous", "earlier.pem"),
];

/// The container of a service: its variables, and its mounted files in a folder of this machine.
pub(crate) struct Pod {
    pub(crate) component: String,
    pub(crate) variables: BTreeMap<String, String>,
    /// Where volumes are mounted.
    pub(crate) mounts: Vec<PathBuf>,
    /// Every file, as the container sees it.
    pub(crate) files: Vec<PathBuf>,
    /// By the name of each.
    pub(crate) ports: BTreeMap<String, String>,
    /// Before the container is told to stop.
    pub(crate) pre_stop_seconds: f64,
    pub(crate) grace_seconds: f64,
    root: TempDir,
}

impl Pod {
    /// A path of the container as one of this machine; other texts as they are.
    pub(crate) fn here(&self, value: &str) -> String {
        let is_mounted = self.mounts.iter().any(|mount| Path::new(value).starts_with(mount));
        if is_mounted {
            self.root.path().join(value.trim_start_matches('/')).display().to_string()
        } else {
            value.to_owned()
        }
    }
}

/// The pods of the services: they have a container with operations.
pub(crate) fn pods(objects: &[Json]) -> Vec<Pod> {
    let deployments = objects.iter().filter(|object| object["kind"] == "Deployment");
    deployments.map(|deployment| pod(objects, &deployment["spec"]["template"])).collect()
}

fn pod(objects: &[Json], template: &Json) -> Pod {
    let spec = &template["spec"];
    let named = |port: &Json| (text(&port["name"]), format!("{:.0}", port["containerPort"].as_f64().unwrap()));
    let container = items(&spec["containers"])
        .find(|container| items(&container["ports"]).any(|port| port["name"] == "operations"))
        .expect("a container with operations");
    let mut pod = Pod {
        component: text(&template["metadata"]["labels"]["service"]),
        variables: variables(objects, container),
        mounts: Vec::new(),
        files: Vec::new(),
        ports: items(&container["ports"]).map(named).collect(),
        pre_stop_seconds: container["lifecycle"]["preStop"]["sleep"]["seconds"].as_f64().unwrap_or(0.0),
        grace_seconds: spec["terminationGracePeriodSeconds"].as_f64().unwrap(),
        root: tempfile::tempdir().unwrap(),
    };
    for mount in items(&container["volumeMounts"]) {
        let volume = items(&spec["volumes"]).find(|volume| volume["name"] == mount["name"]).expect("its volume");
        let folder = PathBuf::from(text(&mount["mountPath"]));
        for (key, content) in files(objects, volume) {
            let path = folder.join(key);
            let here = pod.root.path().join(path.strip_prefix("/").unwrap());
            std::fs::create_dir_all(here.parent().unwrap()).unwrap();
            std::fs::write(here, content).unwrap();
            pod.files.push(path);
        }
        pod.mounts.push(folder);
    }
    pod
}

/// From ConfigMaps of the release; another source is one that this does not know yet.
fn variables(objects: &[Json], container: &Json) -> BTreeMap<String, String> {
    let mut variables = BTreeMap::new();
    for source in items(&container["envFrom"]) {
        let data = config_map(objects, &source["configMapRef"]);
        variables.extend(data.iter().map(|(name, value)| (name.clone(), text(value))));
    }
    for entry in items(&container["env"]) {
        let key = &entry["valueFrom"]["configMapKeyRef"];
        let value = if key.is_null() { &entry["value"] } else { &config_map(objects, key)[&text(&key["key"])] };
        variables.insert(text(&entry["name"]), text(value));
    }
    variables
}

/// What is in the ConfigMap that a reference names.
fn config_map<'a>(objects: &'a [Json], reference: &Json) -> &'a Map<String, Json> {
    let is_it = |object: &&Json| object["kind"] == "ConfigMap" && object["metadata"]["name"] == reference["name"];
    let map = objects.iter().find(is_it).unwrap_or_else(|| panic!("no ConfigMap for {reference}"));
    map["data"].as_object().unwrap()
}

/// The files of a volume, which is empty, or a Secret of the release, or one that exists before.
fn files(objects: &[Json], volume: &Json) -> Vec<(String, Vec<u8>)> {
    if volume["emptyDir"].is_object() {
        return Vec::new();
    }
    let name = &volume["secret"]["secretName"];
    let secret = objects.iter().find(|object| object["kind"] == "Secret" && object["metadata"]["name"] == *name);
    match secret {
        Some(secret) => {
            let data = secret["data"].as_object().unwrap().iter();
            data.map(|(key, value)| (key.clone(), STANDARD.decode(text(value)).unwrap())).collect()
        }
        None => {
            let known = EXISTING.iter().find(|(known, _)| volume["name"] == *known);
            let (_, key) = known.unwrap_or_else(|| panic!("no Secret for {volume}"));
            vec![((*key).to_owned(), b"what somebody put there\n".to_vec())]
        }
    }
}

fn items(list: &Json) -> impl Iterator<Item = &Json> {
    list.as_array().into_iter().flatten()
}

fn text(value: &Json) -> String {
    value.as_str().unwrap_or_else(|| panic!("wanted a text, met {value}")).to_owned()
}
