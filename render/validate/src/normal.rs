//! Kubernetes' normal forms: what two objects look like when they mean the same.

mod defaults;
mod empty;
mod jobs;
mod numbers;
mod ports;
mod quantities;
mod secrets;

use serde_json::Value as Json;

pub use numbers::with_whole_numbers;
pub use secrets::merge_texts;

/// Objects of one release, each in its normal form.
///
/// Ports are numbers where their names are in the set, amounts are exact numbers, and what is empty or Kubernetes'
/// default is left out. Lists keep their order.
pub fn forms(objects: Vec<Json>, namespace: &str) -> Vec<Json> {
    let mut objects: Vec<_> = objects.into_iter().map(with_whole_numbers).collect();
    ports::number(&mut objects);
    for object in &mut objects {
        if kind(object) == "Secret" {
            secrets::merge_texts(object);
        }
        remove_if(object, &["metadata", "namespace"], &Json::from(namespace));
        quantities::normalise(object);
        defaults::remove(object);
        empty::remove(object);
    }
    objects
}

/// Where the pod's specification is in an object of this kind, if it has one.
fn pod_path(kind: &str) -> Option<&'static str> {
    match kind {
        "Pod" => Some("/spec"),
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "ReplicationController" | "Job" => {
            Some("/spec/template/spec")
        }
        "CronJob" => Some("/spec/jobTemplate/spec/template/spec"),
        _ => None,
    }
}

fn kind(object: &Json) -> &str {
    object["kind"].as_str().unwrap_or_default()
}

/// Removes what is at a path if it is this value. `*` stands for every element of a list, `a|b` for either key.
fn remove_if(json: &mut Json, path: &[&str], value: &Json) {
    let [step, rest @ ..] = path else { return };
    if *step == "*" {
        for element in json.as_array_mut().into_iter().flatten() {
            remove_if(element, rest, value);
        }
        return;
    }
    let Some(map) = json.as_object_mut() else { return };
    for key in step.split('|') {
        if !rest.is_empty() {
            map.get_mut(key).into_iter().for_each(|inner| remove_if(inner, rest, value));
        } else if map.get(key) == Some(value) {
            map.remove(key);
        }
    }
}
