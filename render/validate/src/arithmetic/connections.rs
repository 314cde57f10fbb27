//! Connections to databases: the pools of all clients against what the server takes.

use std::collections::BTreeMap;

use crate::Rule;
use crate::model::{Field, IntOrPercent, Report, Variable, View, Workload, environment, service_of_host};

pub(crate) const TOO_MANY_CONNECTIONS: Rule = Rule {
    id: "too-many-connections",
    summary: "The pods' pools may open more connections than their database takes, an update's additional pods included.",
    reason: "Under load, or during an update, connections are refused.",
    allow: "When the pools are never full, or something pools connections in between.",
};

/// The annotation of a database's workload, or of its client where the set has no database.
const ANNOTATION: &str = "render.mythoughts/max-connections";
/// `POSTGRES_HOST` is where the database is, `POSTGRES_POOL` how many connections a pod keeps at most.
const HOST: &str = "_HOST";
const POOLS: [&str; 4] = ["_POOL", "_POOL_SIZE", "_POOL_MAX", "_MAX_CONNECTIONS"];

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
        for container in workload.containers() {
            for (host, pool, size) in pools(&environment(view, &container)) {
                let pods = most_pods(view, workload);
                let (Some(database), Some(pods)) = (database(view, workload, &host), pods) else { continue };
                // A database in the pod is each pod's own.
                let pods = if database.root.index == workload.root.index { 1 } else { pods };
                let connections = pods.saturating_mul(size);
                let client =
                    Client { at: pool.at, title: format!("{} ({pods} × {size})", workload.title()), connections };
                clients.entry(database.root.index).or_default().push(client);
            }
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

/// Host, the pool's variable, and its size, for each prefix that has both.
fn pools<'a>(variables: &[Variable<'a>]) -> Vec<(String, Variable<'a>, i64)> {
    let value = |name: &str| variables.iter().find(|variable| variable.name == name);
    let mut pools = Vec::new();
    for host in variables {
        let Some(prefix) = host.name.strip_suffix(HOST) else { continue };
        let Some(pool) = POOLS.iter().find_map(|suffix| value(&format!("{prefix}{suffix}"))) else { continue };
        let size = pool.value.as_deref().and_then(|size| size.trim().parse().ok());
        if let (Some(size), Some(host)) = (size, host.value.clone()) {
            pools.push((host, pool.clone(), size));
        }
    }
    pools
}

/// The workload that serves a host: behind a Service, or the pod itself.
fn database<'v, 'a>(view: &'v View<'a>, client: &'v Workload<'a>, host: &str) -> Option<&'v Workload<'a>> {
    if matches!(host, "localhost" | "127.0.0.1" | "::1") {
        return Some(client);
    }
    let service = service_of_host(view, view.namespace(&client.root), host)?;
    view.behind(service)?.into_iter().find(|workload| server(workload).is_some())
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
        let image = container.text("image")?;
        let name = image.rsplit('/').next()?.split([':', '@']).next()?;
        match name {
            "postgres" | "postgresql" | "postgis" | "timescaledb" => Some((container, 100, 3)),
            "mysql" | "mariadb" | "percona" => Some((container, 151, 0)),
            _ => None,
        }
    })
}

fn max_connections(view: &View<'_>, database: &Workload<'_>) -> Option<i64> {
    let annotations = [["metadata", "annotations"]].iter().find_map(|path| database.template.at(path));
    if let Some(told) = annotations.and_then(|annotations| annotations.text(ANNOTATION)?.trim().parse().ok()) {
        return Some(told);
    }
    let (container, default, reserved) = server(database)?;
    let words = [["command"], ["args"]].iter().flat_map(|path| container.items(path)).filter_map(|word| word.str());
    let argument = words.filter_map(|word| word.split("max_connections=").nth(1)).next_back();
    let argument = argument.map(|number| number.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default());
    let variables = environment(view, &container);
    let variable = variables.iter().find(|variable| variable.name.ends_with("_MAX_CONNECTIONS"));
    let own = argument.or_else(|| variable?.value.as_deref()).and_then(|number| number.trim().parse().ok());
    Some(own.unwrap_or(default) - reserved)
}
