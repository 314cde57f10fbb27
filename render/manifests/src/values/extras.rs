//! What pods have beside what the chart gives them, in Kubernetes' own types.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Value as Json, json};

use super::kinds;
use super::scheduling::object;

/// The name of an object, of a volume or of a container.
const NAME: &str = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

/// Words of a command.
pub(super) fn words(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "items": {"type": "string"}})
}

/// Variables.
pub(super) fn variables(_: &mut SchemaGenerator) -> Schema {
    let name = json!({"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"});
    let source = json!({"type": "object", "minProperties": 1, "maxProperties": 1});
    let mut variable = object(&json!({"name": name, "value": {"type": "string"}, "valueFrom": source}), &["name"]);
    variable["not"] = json!({"required": ["value", "valueFrom"]});
    let timeout = json!({"name": "REQUEST_TIMEOUT", "value": "5"});
    let node = json!({"name": "NODE", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}});
    json_schema!({"type": "array", "items": variable, "examples": [[], [timeout], [timeout, node]]})
}

/// ConfigMaps and Secrets with variables.
pub(super) fn sources(_: &mut SchemaGenerator) -> Schema {
    let any = json!({"type": "object"});
    let source = object(&json!({"prefix": {"type": "string"}, "configMapRef": any, "secretRef": any}), &[]);
    let secret = json!({"secretRef": {"name": "more-settings", "optional": true}});
    json_schema!({"type": "array", "items": source, "examples": [[], [secret]]})
}

/// Volumes.
pub(super) fn volumes(_: &mut SchemaGenerator) -> Schema {
    named(&json!({}), &json!([[], [{"name": "scratch", "emptyDir": {}}]]))
}

/// Where volumes are mounted.
pub(super) fn mounts(_: &mut SchemaGenerator) -> Schema {
    let mount = json!({
        "type": "object",
        "properties": {"name": {"type": "string", "pattern": NAME}, "mountPath": {"type": "string", "pattern": "^/"}},
        "required": ["name", "mountPath"]
    });
    json_schema!({"type": "array", "items": mount, "examples": [[], [{"name": "scratch", "mountPath": "/scratch"}]]})
}

/// Containers that run before the service.
pub(super) fn first_containers(generator: &mut SchemaGenerator) -> Schema {
    named(
        &resources(generator),
        &json!([[], [{"name": "first", "image": "registry.example.com/tools:1", "command": ["true"]}]]),
    )
}

/// Containers that run beside the service.
pub(super) fn containers(generator: &mut SchemaGenerator) -> Schema {
    named(&resources(generator), &json!([[], [{"name": "beside", "image": "registry.example.com/tools:1"}]]))
}

/// Whole objects.
pub(super) fn objects(_: &mut SchemaGenerator) -> Schema {
    let text = json!({"type": "string", "minLength": 1});
    let metadata = json!({"type": "object", "properties": {"name": text}, "required": ["name"]});
    let object = json!({
        "type": "object",
        "properties": {"apiVersion": text, "kind": text, "metadata": metadata},
        "required": ["apiVersion", "kind", "metadata"]
    });
    let map = json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "more-settings"},
        "data": {"release": "{{ .Release.Name }}"}
    });
    json_schema!({"type": "array", "items": object, "examples": [[], [map]]})
}

/// What a container may use: a quota adds it up, so that it is written as that of the chart's own.
fn resources(generator: &mut SchemaGenerator) -> Json {
    let (cores, bytes) = (kinds::cores(generator), kinds::bytes(generator));
    let amounts = json!({"type": "object", "properties": {"cpu": cores, "memory": bytes, "ephemeral-storage": bytes}});
    json!({"resources": {"type": "object", "properties": {"requests": amounts, "limits": amounts}}})
}

/// Objects that have a name, these properties, and what else Kubernetes knows.
fn named(properties: &Json, examples: &Json) -> Schema {
    let mut properties = properties.clone();
    properties["name"] = json!({"type": "string", "pattern": NAME});
    let item = json!({"type": "object", "properties": properties, "required": ["name"]});
    json_schema!({"type": "array", "items": item, "examples": examples})
}
