//! Objects that make pods.

use super::{Field, Labels, labels};

/// An object that makes pods, or is one, with its pods' specification.
#[derive(Clone, Debug)]
pub(crate) struct Workload<'a> {
    pub(crate) root: Field<'a>,
    /// What has the pods' `metadata` and `spec`.
    pub(crate) template: Field<'a>,
    /// The pods' `spec`.
    pub(crate) pod: Field<'a>,
    pub(crate) labels: Labels<'a>,
    ports: Vec<Field<'a>>,
}

/// Where each kind keeps the template of its pods.
const TEMPLATES: [(&str, &str, &[&str]); 8] = [
    ("apps", "Deployment", &["spec", "template"]),
    ("apps", "StatefulSet", &["spec", "template"]),
    ("apps", "DaemonSet", &["spec", "template"]),
    ("apps", "ReplicaSet", &["spec", "template"]),
    ("batch", "Job", &["spec", "template"]),
    ("batch", "CronJob", &["spec", "jobTemplate", "spec", "template"]),
    ("", "ReplicationController", &["spec", "template"]),
    ("", "Pod", &[]),
];

impl<'a> Workload<'a> {
    /// The workload that an object is; none where it makes no pods that the set shows.
    pub(crate) fn of(root: &Field<'a>) -> Option<Self> {
        let (_, _, path) = TEMPLATES.iter().find(|(group, kind, _)| root.is(group, kind))?;
        let template = root.at(path)?;
        let pod = template.get("spec")?;
        let labels = labels(&template, &["metadata", "labels"]);
        let ports = running(&pod).iter().flat_map(|container| container.items(&["ports"])).collect();
        Some(Self { root: root.clone(), template, pod, labels, ports })
    }

    pub(crate) fn kind(&self) -> &'a str {
        &self.root.object.kind
    }

    /// `Deployment web`, as messages name it.
    pub(crate) fn title(&self) -> String {
        self.root.title()
    }

    /// All containers: those that start the pod first, then those that stay.
    pub(crate) fn containers(&self) -> Vec<Field<'a>> {
        let mut containers = self.pod.items(&["initContainers"]);
        containers.extend(self.pod.items(&["containers"]));
        containers
    }

    /// The containers that run together: the main ones, and the first ones that are restarted always.
    pub(crate) fn running(&self) -> Vec<Field<'a>> {
        running(&self.pod)
    }

    /// The ports that the running containers declare.
    pub(crate) fn ports(&self) -> &[Field<'a>] {
        &self.ports
    }

    /// Whether each of the main containers declares a port.
    pub(crate) fn all_declare_ports(&self) -> bool {
        self.pod.items(&["containers"]).iter().all(|container| !container.items(&["ports"]).is_empty())
    }

    /// The number of a port, given by name or number. Which protocol it is of is not asked.
    pub(crate) fn port_number(&self, port: &serde_json::Value) -> Option<i64> {
        match port.as_str() {
            Some(name) => match name.parse() {
                Ok(number) => Some(number),
                Err(_) => self.ports().iter().find(|port| port.text("name") == Some(name))?.int("containerPort"),
            },
            None => port.as_i64(),
        }
    }

    /// Whether its pods run until they are told to stop.
    pub(crate) fn is_lasting(&self) -> bool {
        !matches!(self.kind(), "Job" | "CronJob" | "Pod")
    }

    /// How many pods it asks for. A DaemonSet's number is the cluster's.
    pub(crate) fn replicas(&self) -> Option<i64> {
        match self.kind() {
            "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController" => {
                Some(self.root.get("spec").and_then(|spec| spec.int("replicas")).unwrap_or(1))
            }
            "Pod" => Some(1),
            _ => None,
        }
    }
}

fn running<'a>(pod: &Field<'a>) -> Vec<Field<'a>> {
    let mut containers = pod.items(&["initContainers"]);
    containers.retain(|container| container.text("restartPolicy") == Some("Always"));
    containers.extend(pod.items(&["containers"]));
    containers
}
