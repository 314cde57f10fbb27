//! Ports by number, where the set knows the name.

use serde_json::Value as Json;

use super::{kind, pod_path};

/// Numbers the ports of probes, of Services and of Ingresses.
pub(super) fn number(objects: &mut [Json]) {
    let known = objects.to_vec();
    for object in objects {
        match kind(object) {
            "Service" => number_service(object, &known),
            "Ingress" => number_ingress(object, &known),
            other => {
                if let Some(pod) = pod_path(other).and_then(|path| object.pointer_mut(path)) {
                    number_probes(pod);
                }
            }
        }
    }
}

/// A probe names a port of its own container.
fn number_probes(pod: &mut Json) {
    for container in items_mut(pod, "/containers") {
        let ports = container["ports"].clone();
        for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
            for action in ["httpGet", "tcpSocket"] {
                if let Some(port) = container.pointer_mut(&format!("/{probe}/{action}/port")) {
                    replace(port, port_of(&ports, port, "containerPort"));
                }
            }
        }
    }
}

/// A target port names a port of the pods that the Service selects; without one it is the port.
fn number_service(service: &mut Json, known: &[Json]) {
    let pods: Vec<_> = known.iter().filter_map(|object| selected(service, object)).collect();
    // What is no object is left as it is: others tell of it.
    for port in items_mut(service, "/spec/ports").filter_map(Json::as_object_mut) {
        let target = port.get("targetPort").or_else(|| port.get("port")).cloned().unwrap_or_default();
        let mut containers = pods.iter().filter_map(|pod| pod["containers"].as_array()).flatten();
        let number = containers.find_map(|container| port_of(&container["ports"], &target, "containerPort"));
        port.insert("targetPort".into(), number.unwrap_or(target));
    }
}

/// The object's pods, if the Service selects them.
fn selected<'a>(service: &Json, object: &'a Json) -> Option<&'a Json> {
    let pod = object.pointer(pod_path(kind(object))?)?;
    let labels = object.pointer("/spec/template/metadata/labels").unwrap_or(&object["metadata"]["labels"]);
    let selector = service["spec"]["selector"].as_object()?;
    selector.iter().all(|(key, value)| labels.get(key) == Some(value)).then_some(pod)
}

/// A backend names a port of its Service.
fn number_ingress(ingress: &mut Json, known: &[Json]) {
    for rule in items_mut(ingress, "/spec/rules") {
        for path in items_mut(rule, "/http/paths") {
            let Some(backend) = path.pointer_mut("/backend/service") else { continue };
            let mut services = known.iter().filter(|object| kind(object) == "Service");
            let service = services.find(|service| service["metadata"]["name"] == backend["name"]);
            let number =
                service.and_then(|service| port_of(&service["spec"]["ports"], &backend["port"]["name"], "port"));
            if let Some(number) = number {
                backend["port"] = serde_json::json!({"number": number});
            }
        }
    }
}

/// The number of the port that has this name.
fn port_of(ports: &Json, name: &Json, number: &str) -> Option<Json> {
    let ports = ports.as_array().filter(|_| name.is_string())?;
    ports.iter().find(|port| port["name"] == *name).and_then(|port| port.get(number)).cloned()
}

fn replace(place: &mut Json, value: Option<Json>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn items_mut<'a>(json: &'a mut Json, path: &str) -> impl Iterator<Item = &'a mut Json> {
    json.pointer_mut(path).and_then(Json::as_array_mut).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_no_port_is_left_as_it_is() {
        let ports = json!([5, "http", [], true, null, {"port": 80}]);
        let mut objects = [json!({"kind": "Service", "spec": {"ports": ports}})];
        number(&mut objects);
        let wanted = json!([5, "http", [], true, null, {"port": 80, "targetPort": 80}]);
        assert_eq!(objects[0]["spec"]["ports"], wanted);
    }
}
