//! What containers of a pod have that must be there once, or be there at all.

use std::collections::HashSet;

use super::configuration::keys;
use crate::Rule;
use crate::model::{Field, Report, View, Workload, environment, words};

pub(crate) const CONTAINER_TWICE: Rule = Rule {
    id: "container-twice",
    summary: "Two containers of a pod have one name.",
    reason: "Kubernetes refuses the pod.",
    allow: "Never.",
};

pub(crate) const PORT_TWICE: Rule = Rule {
    id: "port-twice",
    summary: "Two containers of a pod, or one twice, have one port.",
    reason: "They share one address: the second to listen fails. Server-side apply refuses a container that has a port twice.",
    allow: "When only one of them listens.",
};

pub(crate) const PORT_NAME_TWICE: Rule = Rule {
    id: "port-name-twice",
    summary: "Two ports of a container have one name.",
    reason: "Kubernetes refuses the pod.",
    allow: "Never.",
};

pub(crate) const PROBE_PORT: Rule = Rule {
    id: "probe-port",
    summary: "A probe or a hook of a container names a port that the container does not have.",
    reason: "The probe fails: the container is never ready, or killed without end.",
    allow: "Never: name a port of the container.",
};

pub(crate) const ENV_TWICE: Rule = Rule {
    id: "env-twice",
    summary: "A variable is given twice to a container.",
    reason: "Only the last one counts, and server-side apply refuses both.",
    allow: "When the last one is meant to win.",
};

pub(crate) const ENV_BEFORE_ITS_VALUE: Rule = Rule {
    id: "env-before-its-value",
    summary: "A variable refers by $(NAME) to one that is given after it.",
    reason: "The program gets `$(NAME)` as it stands.",
    allow: "When the text is meant as it stands; $$(NAME) says so.",
};

pub(crate) const ENV_NOT_GIVEN: Rule = Rule {
    id: "env-not-given",
    summary: "A variable or an argument refers by $(NAME) to a variable that the container is not given.",
    reason: "The program gets `$(NAME)` as it stands: what the image sets is not put in there.",
    allow: "When the text is meant as it stands; $$(NAME) says so.",
};

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        distinct_containers(workload, report);
        distinct_ports(workload, report);
        for container in workload.containers() {
            distinct_names(&container, report);
            handlers(&container, report);
            variables(&container, report);
            given_variables(view, &container, report);
        }
    }
}

fn distinct_containers(workload: &Workload<'_>, report: &mut Report) {
    let mut names = HashSet::new();
    for container in workload.containers() {
        if let Some(name) = container.text("name").filter(|name| !names.insert(*name)) {
            let message = format!("a container before it is named {name} too");
            report.error(&CONTAINER_TWICE, &container.or_self(&["name"]), message);
        }
    }
}

fn distinct_ports(workload: &Workload<'_>, report: &mut Report) {
    let mut numbers = std::collections::HashMap::new();
    for container in workload.running() {
        for port in container.items(&["ports"]) {
            let protocol = port.text("protocol").unwrap_or("TCP");
            let Some(number) = port.int("containerPort") else { continue };
            let name = container.text("name").unwrap_or_default();
            // One bound to a part of the node's addresses is another.
            let key = (number, protocol, port.text("hostIP"));
            if let Some(other) = numbers.insert(key, name) {
                let message = format!("container {other} has port {number} ({protocol}) before it");
                report.warning(&PORT_TWICE, &port, message);
            }
        }
    }
}

fn distinct_names(container: &Field<'_>, report: &mut Report) {
    let mut names = HashSet::new();
    for port in container.items(&["ports"]) {
        if let Some(name) = port.text("name").filter(|name| !names.insert(*name)) {
            report.error(&PORT_NAME_TWICE, &port.or_self(&["name"]), format!("a port before it is named {name} too"));
        }
    }
}

fn handlers(container: &Field<'_>, report: &mut Report) {
    let ports = container.items(&["ports"]);
    let places: [&[&str]; 5] = [
        &["startupProbe"],
        &["livenessProbe"],
        &["readinessProbe"],
        &["lifecycle", "preStop"],
        &["lifecycle", "postStart"],
    ];
    for handler in places.into_iter().filter_map(|place| container.at(place)) {
        let paths = [["httpGet", "port"], ["tcpSocket", "port"], ["grpc", "port"]];
        for at in paths.iter().filter_map(|path| handler.at(path)) {
            handler_port(&at, &ports, report);
        }
    }
}

fn handler_port(at: &Field<'_>, ports: &[Field<'_>], report: &mut Report) {
    let Some(name) = at.str().filter(|name| name.parse::<u16>().is_err()) else {
        let number = at.value().as_i64().or_else(|| at.str()?.parse().ok());
        let declared = |port: &Field<'_>| port.int("containerPort") == number;
        // A port need not be declared, but where others are, this one is likely wrong.
        if let Some(number) = number.filter(|_| !ports.is_empty() && !ports.iter().any(declared)) {
            report.warning(&PROBE_PORT, at, format!("the container declares no port {number}"));
        }
        return;
    };
    let mut names = ports.iter().filter_map(|port| port.text("name"));
    if !names.clone().any(|has| has == name) {
        let message = format!("the container has no port {name}{}", View::hint(&mut names, name));
        report.error(&PROBE_PORT, at, message);
    }
}

fn variables(container: &Field<'_>, report: &mut Report) {
    let entries = container.items(&["env"]);
    let mut names = HashSet::new();
    let all: HashSet<_> = entries.iter().filter_map(|entry| entry.text("name")).collect();
    for entry in &entries {
        // What envFrom brings is known before all of env.
        if container.get("envFrom").is_none() {
            for name in references(entry.text("value").unwrap_or_default()) {
                if all.contains(name) && !names.contains(name) && entry.text("name") != Some(name) {
                    let message = format!("$({name}) stands before {name} is given");
                    report.error(&ENV_BEFORE_ITS_VALUE, &entry.or_self(&["value"]), message);
                }
            }
        }
        if let Some(name) = entry.text("name").filter(|name| !names.insert(*name)) {
            report.warning(&ENV_TWICE, entry, format!("{name} is given before it too"));
        }
    }
}

fn given_variables(view: &View<'_>, container: &Field<'_>, report: &mut Report) {
    if !container.items(&["envFrom"]).iter().all(|source| is_shown(view, source)) {
        return;
    }
    let entries = container.items(&["env"]);
    let all = environment(view, container);
    let given: HashSet<_> = all.iter().map(|variable| variable.name.as_str()).collect();
    let values = entries.iter().filter_map(|entry| entry.get("value"));
    for at in values.chain(words(container)) {
        for name in references(at.str().unwrap_or_default()) {
            if given.contains(name) || !is_variable(name) {
                continue;
            }
            let hint = View::hint(given.iter().copied(), name);
            let message = format!("the container is not given {name}{hint}");
            if hint.is_empty() {
                report.warning(&ENV_NOT_GIVEN, &at, message);
            } else {
                report.error(&ENV_NOT_GIVEN, &at, message);
            }
        }
    }
}

/// Whether the set has what a source of variables brings; an empty one waits for somebody to fill it.
fn is_shown(view: &View<'_>, source: &Field<'_>) -> bool {
    [("configMapRef", "ConfigMap"), ("secretRef", "Secret")].iter().any(|(key, kind)| {
        let name = source.get(key).and_then(|reference| reference.text("name"));
        let object = name.and_then(|name| view.find("", kind, view.namespace(source), name));
        object.is_some_and(|object| !keys(object).is_empty())
    })
}

/// Whether a name is of a variable that somebody has to give: `$(hostname)` is a shell's, and Services give theirs themselves.
fn is_variable(name: &str) -> bool {
    let is_upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    !name.is_empty() && name.bytes().all(is_upper) && !name.contains("_SERVICE_") && !name.contains("_PORT")
}

/// The names in `$(NAME)`; `$$(NAME)` is none.
fn references(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('$') {
        rest = after.strip_prefix('$').unwrap_or(after);
        if let Some((name, _)) = after.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
            names.push(name);
        }
    }
    names
}
