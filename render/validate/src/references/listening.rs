//! The ports that programs listen to, by their settings, and those that their containers declare.

use crate::Rule;
use crate::model::{Field, Report, Variable, View, environment, words};

pub(crate) const LISTEN_PORT: Rule = Rule {
    id: "listen-port",
    summary: "A container's settings say that it listens to a port that it does not declare.",
    reason: "Services, probes and policies that name a declared port lead to one that nobody listens to.",
    allow: "When nobody asks at the port, or the setting is of another program.",
};

/// The port that the servers of these images listen to unless they are told otherwise.
const SERVERS: [(&str, i64, &str); 9] = [
    ("postgres", 5432, "PGPORT"),
    ("postgis", 5432, "PGPORT"),
    ("mysql", 3306, "MYSQL_TCP_PORT"),
    ("mariadb", 3306, "MYSQL_TCP_PORT"),
    ("redis", 6379, ""),
    ("valkey", 6379, ""),
    ("mongo", 27017, ""),
    ("rabbitmq", 5672, ""),
    ("memcached", 11211, ""),
];

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    for workload in &view.workloads {
        for container in workload.running() {
            let declared: Vec<_> =
                container.items(&["ports"]).iter().filter_map(|port| port.int("containerPort")).collect();
            if declared.is_empty() {
                continue;
            }
            for (port, by, at) in listens(view, &container) {
                if let Some(other) = of_its_name(&container, &by).filter(|other| *other != port) {
                    let message = format!("it listens to port {port} by {by}, but its port of that name is {other}");
                    report.warning(&LISTEN_PORT, &at, message);
                    continue;
                }
                if port > 0 && !declared.contains(&port) {
                    let message = format!("it listens to port {port} by {by}, but declares {}", listed(&declared));
                    report.warning(&LISTEN_PORT, &at, message);
                }
            }
        }
    }
}

fn listed(ports: &[i64]) -> String {
    ports.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The number of the port that is named as the variable begins: `operations` for `OPERATIONS_LISTEN`.
fn of_its_name(container: &Field<'_>, variable: &str) -> Option<i64> {
    let (name, _) = variable.split_once('_')?;
    let ports = container.items(&["ports"]);
    ports.iter().find(|port| port.text("name").is_some_and(|has| has.eq_ignore_ascii_case(name)))?.int("containerPort")
}

/// Port, what says so, and where.
type Listened<'a> = (i64, String, Field<'a>);

fn listens<'a>(view: &View<'a>, container: &Field<'a>) -> Vec<Listened<'a>> {
    let variables = environment(view, container);
    let mut found: Vec<_> = variables
        .iter()
        .filter(|variable| is_own(&variable.name, &variables))
        .filter_map(|variable| Some((port_of(variable.value.as_deref()?)?, variable.name.clone(), variable.at.clone())))
        .collect();
    let words = words(container);
    for (index, word) in words.iter().enumerate() {
        let Some(flag) = word.str() else { continue };
        let (flag, value) = match flag.split_once('=') {
            Some((flag, value)) => (flag, Some(value)),
            None => (flag, words.get(index + 1).and_then(Field::str)),
        };
        if let Some(port) = value.filter(|_| is_listening_flag(flag)).and_then(port_of) {
            found.push((port, flag.to_owned(), word.clone()));
        }
    }
    if found.is_empty() && words.is_empty() {
        found.extend(by_image(container, &variables));
    }
    found
}

/// Whether a variable is about where the program itself listens: not one that goes with another's host.
fn is_own(name: &str, all: &[Variable<'_>]) -> bool {
    let name = name.to_ascii_uppercase();
    if name.ends_with("LISTEN")
        || name.ends_with("LISTEN_ADDR")
        || name.ends_with("LISTEN_ADDRESS")
        || name.ends_with("BIND_ADDR")
    {
        return true;
    }
    let Some(prefix) = name.strip_suffix("PORT") else { return false };
    let prefix = prefix.trim_end_matches('_');
    let of_host = || {
        let host = format!("{prefix}_HOST");
        all.iter().any(|other| other.name.eq_ignore_ascii_case(&host))
    };
    matches!(prefix, "" | "HTTP" | "SERVER" | "LISTEN" | "APP" | "GRPC" | "METRICS" | "HTTP_LISTEN") && !of_host()
}

fn is_listening_flag(flag: &str) -> bool {
    let Some(name) = flag.strip_prefix("--").or_else(|| flag.strip_prefix('-')) else { return false };
    matches!(name, "port" | "http-port" | "listen" | "bind" | "listen-address" | "listen-addr" | "web.listen-address")
}

/// The number of `8080`, `:8080` or `0.0.0.0:8080`. What listens to the pod alone, nobody asks.
fn port_of(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches('/');
    let (host, port) = text.rsplit_once(':').unwrap_or(("", text));
    let is_open = matches!(host, "" | "0.0.0.0" | "[::]" | "*" | "tcp://0.0.0.0" | "http://0.0.0.0");
    port.parse().ok().filter(|_| is_open)
}

fn by_image<'a>(container: &Field<'a>, variables: &[Variable<'_>]) -> Option<Listened<'a>> {
    let image = container.text("image")?;
    let name = image.rsplit('/').next()?.split([':', '@']).next()?;
    let (_, port, variable) = SERVERS.iter().find(|(server, ..)| *server == name)?;
    let told = variables.iter().any(|own| own.name == *variable);
    let configured = container
        .items(&["volumeMounts"])
        .iter()
        .any(|mount| mount.text("mountPath").is_some_and(|path| path.contains("conf") || path.starts_with("/etc/")));
    (!told && !configured).then(|| (*port, format!("the image {name}"), container.or_self(&["ports"])))
}

#[cfg(test)]
mod tests {
    use super::port_of;

    #[test]
    fn addresses_have_ports() {
        assert_eq!([":8080", "8080", "0.0.0.0:8080", "[::]:8080"].map(port_of), [Some(8080); 4]);
        assert_eq!(["127.0.0.1:8080", "db:5432", "http", "", "0.0.0.0"].map(port_of), [None; 5]);
    }
}
