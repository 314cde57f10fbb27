//! What containers call, by their environment.

use super::commands;
use crate::model::{Field, Host, Variable, View, Workload, environment, words};

/// A call of a container.
#[derive(Debug)]
pub(crate) struct Call<'v, 'a> {
    pub(crate) caller: &'v Workload<'a>,
    /// The variable's name, and where it comes from.
    pub(crate) variable: String,
    pub(crate) at: Field<'a>,
    pub(crate) host: String,
    /// None where the environment does not say.
    pub(crate) port: Option<i64>,
    /// Whether the program surely reads it: not all that a file says is asked for.
    pub(crate) is_sure: bool,
}

/// The ports of schemes that need not be written.
const SCHEMES: [(&str, i64); 14] = [
    ("http", 80),
    ("https", 443),
    ("ws", 80),
    ("wss", 443),
    ("postgres", 5432),
    ("postgresql", 5432),
    ("mysql", 3306),
    ("redis", 6379),
    ("rediss", 6379),
    ("mongodb", 27017),
    ("amqp", 5672),
    ("amqps", 5671),
    ("nats", 4222),
    ("smtp", 25),
];

/// Of databases whose URLs may name several hosts.
const DATABASES: [&str; 3] = ["postgres", "postgresql", "mongodb"];

/// What addresses without a scheme are called.
const ADDRESSES: [&str; 8] = ["ADDRESS", "ADDR", "ENDPOINT", "SERVER", "SERVERS", "BROKERS", "HOSTS", "URL"];

/// Host and port.
pub(super) type Target = (String, Option<i64>);

/// The calls of all workloads to Services, those that the set has and those that it has not.
pub(crate) fn calls<'v, 'a>(view: &'v View<'a>) -> Vec<Call<'v, 'a>> {
    let mut calls = Vec::new();
    for caller in &view.workloads {
        for container in caller.containers() {
            let variables = environment(view, &container);
            for variable in &variables {
                for (host, port) in targets(view, caller, variable, &variables) {
                    let (variable, at) = (variable.name.clone(), variable.at.clone());
                    calls.push(Call { caller, variable, at, host, port, is_sure: true });
                }
            }
            let line = commands::read(&words(&container), &variables);
            let targets = line.iter().filter_map(|word| Some((argument(view, caller, &word.text)?, &word.at)));
            let asked = commands::hosts(&line).into_iter().filter(|((host, _), _)| is_service(view, caller, host));
            for ((host, port), at) in targets.chain(asked) {
                let variable = "an argument".into();
                calls.push(Call { caller, variable, at: at.clone(), host, port, is_sure: true });
            }
        }
        for (file, text) in files(view, caller) {
            for (host, port) in
                commands::urls(text.str().unwrap_or_default()).filter_map(|url| mounted(view, caller, url))
            {
                calls.push(Call { caller, variable: file.to_owned(), at: text.clone(), host, port, is_sure: false });
            }
        }
    }
    calls
}

/// The files that a workload's pods get from ConfigMaps of the set, by their keys.
fn files<'a>(view: &View<'a>, caller: &Workload<'a>) -> Vec<(&'a str, Field<'a>)> {
    let volumes = caller.pod.items(&["volumes"]);
    let projected = volumes.iter().flat_map(|volume| volume.items(&["projected", "sources"]));
    let sources = volumes.iter().cloned().chain(projected);
    let names = sources.filter_map(|source| source.get("configMap")?.text("name"));
    let maps = names.filter_map(|name| view.find("", "ConfigMap", view.namespace(&caller.root), name));
    maps.flat_map(|map| map.entries(&["data"])).collect()
}

/// What a URL in a file leads to, if the set has such a Service, or one whose name differs by a slip.
fn mounted(view: &View<'_>, caller: &Workload<'_>, url: &str) -> Option<Target> {
    let (host, port) = argument(view, caller, url)?;
    let named = Host::of(view, view.namespace(&caller.root), &host)?;
    let here = view.of_kind("", "Service").filter(|service| view.namespace(service) == named.namespace);
    let is_slip = || !View::hint(here.map(|service| service.object.name.as_str()), named.service).is_empty();
    let is_meant = named.find(view).is_some() || is_slip();
    // A port may be put behind it elsewhere.
    let is_written = url.contains(&format!("{host}:"));
    is_meant.then(|| (host.clone(), port.filter(|_| is_written)))
}

fn targets(view: &View<'_>, caller: &Workload<'_>, variable: &Variable<'_>, all: &[Variable<'_>]) -> Vec<Target> {
    let Some(value) = variable.value.as_deref() else { return Vec::new() };
    let namespace = view.namespace(&caller.root);
    // libpq's own have no `_`.
    let prefix = variable.name.strip_suffix("_HOST").or_else(|| (variable.name == "PGHOST").then_some("PG"));
    if let Some(prefix) = prefix {
        let rest = |name: &str| name.strip_prefix(prefix).map(|rest| matches!(rest, "_PORT" | "PORT"));
        let port = all.iter().find(|other| rest(&other.name) == Some(true));
        let port = port.and_then(|port| port.value.as_deref()?.trim().parse().ok());
        // Names with dots may be of any domain.
        return Host::of(view, namespace, value).map(|_| (value.to_owned(), port)).into_iter().collect();
    }
    let is_address = ADDRESSES.iter().any(|end| variable.name.ends_with(end));
    let is_there = |host: &str| Host::of(view, namespace, host).is_some_and(|host| host.find(view).is_some());
    // A URL of a database may name several hosts: `postgres://one:5432,two:5432/stock`.
    let mut scheme = None;
    let of_part = |part: &str| match (part.split_once("://"), scheme) {
        (Some((own, rest)), _) => {
            scheme = DATABASES.into_iter().find(|known| *known == own);
            of_url(view, namespace, own, rest)
        }
        (None, Some(scheme)) => of_url(view, namespace, scheme, part),
        // A name with a number may be anything, unless there is such a Service or the variable says so.
        (None, _) => part.rsplit_once(':').and_then(|(host, port)| {
            // Members of a quorum have a number before them: `1@one:9093`.
            let host = host.rsplit('@').next()?;
            let target = (host.to_owned(), Some(port_number(port)?));
            (is_there(host) || is_address && Host::of(view, namespace, host).is_some()).then_some(target)
        }),
    };
    value.split([',', ' ']).filter_map(of_part).collect()
}

/// What a word of a command line is a URL of, or `HOST:PORT` of a Service that is there.
fn argument(view: &View<'_>, caller: &Workload<'_>, word: &str) -> Option<Target> {
    let namespace = view.namespace(&caller.root);
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || c == '+';
    if let Some((before, rest)) = word.split_once("://") {
        return of_url(view, namespace, before.rsplit(|c| !is_scheme(c)).next()?, rest);
    }
    let (host, port) = word.rsplit('=').next()?.rsplit_once(':')?;
    Host::of(view, namespace, host)?.find(view)?;
    Some((host.to_owned(), Some(port_number(port)?)))
}

fn is_service(view: &View<'_>, caller: &Workload<'_>, host: &str) -> bool {
    Host::of(view, view.namespace(&caller.root), host).is_some()
}

fn of_url(view: &View<'_>, namespace: &str, scheme: &str, rest: &str) -> Option<Target> {
    let (host, port) = url(scheme, rest)?;
    Host::of(view, namespace, &host)?;
    Some((host, Some(port)))
}

/// Host and port of a URL behind its scheme.
fn url(scheme: &str, rest: &str) -> Option<(String, i64)> {
    let authority = rest.split(['/', '?', '#']).next()?;
    let address = authority.rsplit('@').next()?;
    match address.rsplit_once(':') {
        Some((host, port)) => Some((host.to_owned(), port.parse().ok()?)),
        None => {
            let (_, port) = SCHEMES.iter().find(|(name, _)| *name == scheme)?;
            Some((address.to_owned(), *port))
        }
    }
}

/// What may be a port. 0 leads nowhere, so a word with it is no address.
fn port_number(text: &str) -> Option<i64> {
    text.parse::<u16>().ok().filter(|port| *port > 0).map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::url;

    #[test]
    fn urls_have_hosts_and_ports() {
        let own = |host: &str, port| Some((host.to_owned(), port));
        assert_eq!(url("http", "stock/api"), own("stock", 80));
        assert_eq!(url("postgres", "user:word@db.shops.svc:5433/stock?x=1"), own("db.shops.svc", 5433));
        assert_eq!(url("https", "stock#top"), own("stock", 443));
        assert_eq!(url("foo", "stock"), None);
        assert_eq!(url("http", "stock:web"), None);
    }
}
