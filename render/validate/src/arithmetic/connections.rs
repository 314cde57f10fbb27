//! Connections to databases: the pools of all clients against what the server takes.

use std::collections::BTreeMap;

use crate::Rule;
use crate::model::{Field, IntOrPercent, Report, Variable, View, Workload, environment};
use crate::reach::calls::calls;
use crate::reach::way::asked;

pub(crate) const TOO_MANY_CONNECTIONS: Rule = Rule {
    id: "too-many-connections",
    summary: "The pods' pools may open more connections than their database takes, an update's additional pods included.",
    reason: "Under load, or during an update, connections are refused.",
    allow: "When the pools are never full, or something pools connections in between.",
};

/// The annotation of a database's workload, or of its client where the set has no database.
const ANNOTATION: &str = "render.mythoughts/max-connections";
/// How variables end that say how many connections a pod keeps at most: `POSTGRES_POOL`, `DB_MAX_CONNECTIONS`.
const POOLS: [&str; 12] = [
    "POOL",
    "POOL_SIZE",
    "POOL_MAX",
    "POOL_MAX_SIZE",
    "POOL_MAX_CONNS",
    "MAX_POOL_SIZE",
    "MAXIMUM_POOL_SIZE",
    "MAX_CONNECTIONS",
    "MAX_CONNS",
    "MAX_OPEN_CONNS",
    "MAX_OPEN_CONNECTIONS",
    "CONNECTION_LIMIT",
];
/// The same in the query of a URL.
const PARAMETERS: [&str; 6] =
    ["pool_size", "pool_max_conns", "max_pool_size", "connection_limit", "max_connections", "maximumPoolSize"];

/// A workload's pool of connections.
struct Client<'a> {
    at: Field<'a>,
    title: String,
    connections: i64,
}

pub(super) fn check(view: &View<'_>, report: &mut Report) {
    // By the place of the database's workload.
    let mut clients: BTreeMap<usize, Vec<Client<'_>>> = BTreeMap::new();
    for workload in view.workloads.iter().filter(|workload| workload.is_lasting()) {
        // What only starts the pod is gone when the others run.
        for container in workload.running() {
            if server_image(&container).is_some() {
                continue;
            }
            let variables = environment(view, &container);
            let Some((at, size)) = pool(&variables) else { continue };
            let (Some(database), Some(pods)) = (database(view, workload, &variables), most_pods(view, workload)) else {
                continue;
            };
            // A database in the pod is each pod's own.
            let pods = if database.root.index == workload.root.index { 1 } else { pods };
            let connections = pods.saturating_mul(size);
            let client = Client { at, title: format!("{} ({pods} × {size})", workload.title()), connections };
            clients.entry(database.root.index).or_default().push(client);
        }
    }
    for (index, clients) in clients {
        let database = view.workloads.iter().find(|workload| workload.root.index == index);
        let Some((database, most)) = database.and_then(|database| Some((database, max_connections(view, database)?)))
        else {
            continue;
        };
        compare(database, most, &clients, report);
    }
}

fn compare(database: &Workload<'_>, most: i64, clients: &[Client<'_>], report: &mut Report) {
    let total = clients.iter().map(|client| client.connections).fold(0, i64::saturating_add);
    if let Some(first) = clients.first().filter(|_| total > most) {
        let titles: Vec<_> = clients.iter().map(|client| client.title.as_str()).collect();
        let message =
            format!("{} may open {total} connections, but {} takes {most}", titles.join(" and "), database.title());
        report.error(&TOO_MANY_CONNECTIONS, &first.at, message);
    }
}

/// Where the size of a container's pool is told, and the size.
fn pool<'a>(variables: &[Variable<'a>]) -> Option<(Field<'a>, i64)> {
    let is_pool = |name: &str| {
        let is_end =
            |end: &&str| name.strip_suffix(*end).is_some_and(|before| before.is_empty() || before.ends_with('_'));
        POOLS.iter().any(is_end)
    };
    // Any server has connections; these are about a database's.
    let is_of_database =
        |name: &str| ["DB", "DATABASE", "POSTGRES", "PG", "SQL", "POOL"].iter().any(|word| name.contains(word));
    let own = variables.iter().filter(|variable| is_pool(&variable.name) && is_of_database(&variable.name));
    let own = own.filter_map(|variable| Some((variable.at.clone(), variable.value.as_deref()?.trim().parse().ok()?)));
    let in_urls = variables.iter().filter_map(|variable| {
        let (_, query) = variable.value.as_deref().filter(|value| value.contains("://"))?.split_once('?')?;
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, size) = pairs.find(|(name, _)| PARAMETERS.contains(name))?;
        Some((variable.at.clone(), size.parse().ok()?))
    });
    own.chain(in_urls).max_by_key(|(_, size)| *size)
}

/// The workload of the database that a container's environment names: in its own pod, or behind a Service.
fn database<'v, 'a>(
    view: &'v View<'a>,
    client: &'v Workload<'a>,
    variables: &[Variable<'_>],
) -> Option<&'v Workload<'a>> {
    let is_local = |variable: &Variable<'_>| {
        let value = variable.value.as_deref().unwrap_or_default();
        let local = |host: &str| matches!(host, "localhost" | "127.0.0.1" | "::1");
        variable.name.ends_with("HOST") && local(value) || value.contains("@localhost") || value.contains("@127.0.0.1")
    };
    if server(client).is_some() && variables.iter().any(is_local) {
        return Some(client);
    }
    let calls = calls(view).into_iter().filter(|call| call.caller.root.index == client.root.index);
    calls
        .flat_map(|call| asked(view, &call))
        .find(|(workload, port)| is_served(workload, *port))
        .map(|(found, _)| found)
}

/// Whether a workload has a database, and no container beside it answers at the port.
fn is_served(workload: &Workload<'_>, port: Option<i64>) -> bool {
    let is_other = |container: &Field<'_>| {
        let mut ports = container.items(&["ports"]).into_iter().filter_map(|own| own.int("containerPort"));
        server_image(container).is_none() && ports.any(|own| Some(own) == port)
    };
    server(workload).is_some() && !workload.running().iter().any(is_other)
}

/// The most pods at a time: the autoscaler's most, and what an update adds.
fn most_pods(view: &View<'_>, workload: &Workload<'_>) -> Option<i64> {
    let (_, most) = view.replicas(workload)?;
    let strategy = workload.root.at(&["spec", "strategy"]);
    let recreated = strategy.as_ref().and_then(|strategy| strategy.text("type")) == Some("Recreate");
    if workload.kind() != "Deployment" || recreated {
        return Some(most);
    }
    let surge = strategy.and_then(|strategy| IntOrPercent::of(strategy.at(&["rollingUpdate", "maxSurge"])?.value()));
    Some(most.saturating_add(surge.unwrap_or(IntOrPercent::Percent(25)).of_total_up(most)))
}

/// The container of a database, and how many connections it takes if nothing else is said, but for those that it
/// keeps for administrators.
fn server<'a>(workload: &Workload<'a>) -> Option<(Field<'a>, i64, i64)> {
    workload.running().into_iter().find_map(|container| {
        let (default, reserved) = server_image(&container)?;
        Some((container, default, reserved))
    })
}

fn server_image(container: &Field<'_>) -> Option<(i64, i64)> {
    let name = container.text("image")?.rsplit('/').next()?.split([':', '@']).next()?;
    match name {
        "postgres" | "postgresql" | "postgis" | "timescaledb" | "pgvector" => Some((100, 3)),
        "mysql" | "mariadb" | "percona" => Some((151, 0)),
        _ => None,
    }
}

fn max_connections(view: &View<'_>, database: &Workload<'_>) -> Option<i64> {
    let annotations = [["metadata", "annotations"]].iter().find_map(|path| database.template.at(path));
    if let Some(told) = annotations.and_then(|annotations| annotations.text(ANNOTATION)?.trim().parse().ok()) {
        return Some(told);
    }
    let (container, default, reserved) = server(database)?;
    let words = [["command"], ["args"]].iter().flat_map(|path| container.items(path)).filter_map(|word| word.str());
    let argument = words.filter_map(|word| of_text(word, &["max_connections=", "max-connections="])).next_back();
    let variables = environment(view, &container);
    let is_told =
        |variable: &&Variable<'_>| variable.name.ends_with("_MAX_CONNECTIONS") || variable.name == "MAX_CONNECTIONS";
    let variable = || variables.iter().find(is_told)?.value.as_deref()?.trim().parse().ok();
    let own = argument.or_else(variable).or_else(|| in_files(view, database));
    Some(own.unwrap_or(default) - reserved)
}

/// The number behind one of these words.
fn of_text(text: &str, words: &[&str]) -> Option<i64> {
    let rest = words.iter().find_map(|word| text.split_once(word))?.1.trim_start();
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// What the files of a database's ConfigMaps say.
fn in_files(view: &View<'_>, database: &Workload<'_>) -> Option<i64> {
    database.pod.items(&["volumes"]).iter().find_map(|volume| {
        let name = volume.at(&["configMap", "name"])?;
        let map = view.find("", "ConfigMap", view.namespace(&database.root), name.str()?)?;
        let files = map.entries(&["data"]);
        let lines = files.iter().filter_map(|(_, file)| file.str()).flat_map(str::lines);
        let mut lines = lines.map(str::trim_start).filter(|line| line.starts_with("max_connections"));
        lines.find_map(|line| of_text(&line.replace(' ', ""), &["max_connections="]))
    })
}
