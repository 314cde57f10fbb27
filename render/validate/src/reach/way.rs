//! The way of a call: through a Service, its port and its pods.

use super::calls::Call;
use super::policies::{self, Arrival};
use super::{Connection, Verdict};
use crate::model::{Field, Host, View, Workload};
use crate::references::routes::is_port;

/// Where a call leads, and whether it arrives.
pub(super) fn connection(view: &View<'_>, call: &Call<'_, '_>) -> Connection {
    let (pods, verdict) = way(view, call);
    let port = call.port.map(|port| format!(":{port}")).unwrap_or_default();
    let named = Host::of(view, view.namespace(&call.caller.root), &call.host);
    Connection {
        from: view.title(&call.caller.root),
        by: call.variable.clone(),
        to: format!("{}{port}", call.host),
        service: named.map(|host| view.title_of("Service", host.namespace, host.service) + &port),
        pods,
        verdict,
    }
}

/// What an Ingress leads to. Which pods its controller has is not known: they are taken to be in another namespace.
pub(super) fn from_ingress(
    view: &View<'_>,
    ingress: &Field<'_>,
    name: &Field<'_>,
    port: &Field<'_>,
) -> Option<Connection> {
    let (name, namespace) = (name.str()?, view.namespace(ingress));
    let shown = port.str().map_or_else(|| port.value().to_string(), str::to_owned);
    let (pods, verdict) = view
        .find("", "Service", namespace, name)
        .ok_or(Verdict::NoService)
        .and_then(|service| from_outside(view, service, port))
        .unwrap_or_else(|verdict| (Vec::new(), verdict));
    Some(Connection {
        from: view.title(ingress),
        by: "outside".into(),
        to: format!("{name}:{shown}"),
        service: Some(format!("{}:{shown}", view.title_of("Service", namespace, name))),
        pods,
        verdict,
    })
}

fn from_outside(view: &View<'_>, service: &Field<'_>, port: &Field<'_>) -> Result<(Vec<String>, Verdict), Verdict> {
    if is_external(service) {
        return Err(Verdict::Outside);
    }
    let port = service.items(&["spec", "ports"]).into_iter().find(|has| is_port(has, port)).ok_or(Verdict::NoPort)?;
    let pods = behind(view, service, &port)?;
    let closed = closed_service(view, service, &port, policies::closes_outside);
    Ok((pods.iter().map(|pods| pods.title(view)).collect(), closed.map_or(Verdict::Open, Verdict::Closed)))
}

/// Whether a Service is a name for something elsewhere, at whatever port.
pub(crate) fn is_external(service: &Field<'_>) -> bool {
    service.at(&["spec", "type"]).and_then(|kind| kind.str()) == Some("ExternalName")
}

/// The policy that keeps everybody from what a Service's port leads to, or everybody outside; where there are several
/// workloads, from all of them.
pub(super) fn closed_service(
    view: &View<'_>,
    service: &Field<'_>,
    port: &Field<'_>,
    policy: fn(&View<'_>, &Arrival<'_, '_>) -> Option<String>,
) -> Option<String> {
    let pods = behind(view, service, port).ok()?;
    let mut closed = pods.iter().map(|pods| policy(view, &Arrival { workload: pods.workload, port: pods.port }));
    let first = closed.next()??;
    closed.all(|other| other.is_some()).then_some(first)
}

/// The workloads that a call may arrive at, each with the port there; without one where the call names none.
pub(crate) fn asked<'v, 'a>(view: &'v View<'a>, call: &Call<'_, '_>) -> Vec<(&'v Workload<'a>, Option<i64>)> {
    let Ok(service) = service(view, call) else { return Vec::new() };
    match call.port {
        None => workloads(view, service).into_iter().flatten().map(|workload| (workload, None)).collect(),
        Some(number) => {
            let pods = at_port(view, service, number).into_iter().flatten();
            pods.map(|pods| (pods.workload, Some(pods.port))).collect()
        }
    }
}

fn way(view: &View<'_>, call: &Call<'_, '_>) -> (Vec<String>, Verdict) {
    let found = service(view, call).and_then(|service| {
        let number = call.port.ok_or(Verdict::UnknownPort)?;
        at_port(view, service, number)
    });
    match found {
        Err(verdict) => (Vec::new(), verdict),
        Ok(pods) => {
            let titles = pods.iter().map(|pods| pods.title(view)).collect();
            (titles, through(view, call.caller, &pods))
        }
    }
}

fn service<'v, 'a>(view: &'v View<'a>, call: &Call<'_, '_>) -> Result<&'v Field<'a>, Verdict> {
    let host = Host::of(view, view.namespace(&call.caller.root), &call.host).ok_or(Verdict::Outside)?;
    if host.is_cut {
        return Err(Verdict::NoName);
    }
    // Every cluster has its own.
    let is_api_server = host.service == "kubernetes" && host.namespace == "default";
    let absent = if is_api_server { Verdict::Outside } else { Verdict::NoService };
    let service = host.find(view).ok_or(absent)?;
    host.no_pod(view).map_or(Ok(service), |why| Err(Verdict::NoPod(why)))
}

fn service_port<'a>(service: &Field<'a>, number: i64) -> Option<Field<'a>> {
    let is_tcp = |port: &Field<'_>| port.text("protocol").unwrap_or("TCP") == "TCP";
    service.items(&["spec", "ports"]).into_iter().find(|port| port.int("port") == Some(number) && is_tcp(port))
}

/// Pods behind a Service, and the port that they are asked at.
struct Pods<'v, 'a> {
    workload: &'v Workload<'a>,
    port: i64,
}

impl Pods<'_, '_> {
    fn title(&self, view: &View<'_>) -> String {
        format!("{}:{}", view.title(&self.workload.root), self.port)
    }
}

fn at_port<'v, 'a>(view: &'v View<'a>, service: &Field<'a>, number: i64) -> Result<Vec<Pods<'v, 'a>>, Verdict> {
    service_port(service, number).map_or_else(|| headless(view, service, number), |port| behind(view, service, &port))
}

fn behind<'v, 'a>(view: &'v View<'a>, service: &Field<'a>, port: &Field<'a>) -> Result<Vec<Pods<'v, 'a>>, Verdict> {
    let workloads = workloads(view, service)?;
    let target = port.get("targetPort").or_else(|| port.get("port")).ok_or(Verdict::NoPort)?;
    let pods: Vec<_> = workloads
        .into_iter()
        .filter_map(|workload| Some(Pods { workload, port: workload.port_number(target.value())? }))
        .collect();
    if pods.is_empty() { Err(Verdict::NoPods) } else { Ok(pods) }
}

/// A headless Service has only names: its pods are asked at the port that the caller says.
fn headless<'v, 'a>(view: &'v View<'a>, service: &Field<'a>, port: i64) -> Result<Vec<Pods<'v, 'a>>, Verdict> {
    if is_external(service) {
        return Err(Verdict::Outside);
    }
    if service.at(&["spec", "clusterIP"]).and_then(|address| address.str()) != Some("None") {
        return Err(Verdict::NoPort);
    }
    let has = |workload: &&Workload<'_>| workload.ports().iter().any(|own| own.int("containerPort") == Some(port));
    let pods: Vec<_> = workloads(view, service)?.into_iter().filter(has).collect();
    let pods: Vec<_> = pods.into_iter().map(|workload| Pods { workload, port }).collect();
    if pods.is_empty() { Err(Verdict::NoPort) } else { Ok(pods) }
}

fn workloads<'v, 'a>(view: &'v View<'a>, service: &Field<'a>) -> Result<Vec<&'v Workload<'a>>, Verdict> {
    // Without a selector somebody else says where it leads.
    let workloads = view.behind(service).ok_or(Verdict::Outside)?;
    if workloads.is_empty() { Err(Verdict::NoPods) } else { Ok(workloads) }
}

/// Whether policies let a caller through: to at least one of the workloads, as it is not asked which one answers.
fn through(view: &View<'_>, caller: &Workload<'_>, pods: &[Pods<'_, '_>]) -> Verdict {
    if let Some(policy) = policies::closes_dns(view, caller) {
        return Verdict::NoDns(policy);
    }
    let arrivals = pods.iter().map(|pods| Arrival { workload: pods.workload, port: pods.port });
    let mut closed = arrivals.map(|arrival| policies::closes(view, caller, &arrival));
    let first = closed.next().flatten();
    match first {
        Some(policy) if closed.all(|other| other.is_some()) => Verdict::Closed(policy),
        _ => Verdict::Open,
    }
}
