//! Reachability: who calls whom, and whether the call arrives.

pub(crate) mod calls;
mod commands;
mod picture;
mod policies;
mod rules;
pub(crate) mod way;

use std::collections::HashSet;

use crate::model::{Report, View};
use crate::references::routes::{ingress_backends, ingress_service};
use crate::{Finding, Rule, Set, Settings};

/// The rules of this part.
pub(crate) const RULES: &[&Rule] = &[
    &rules::URL_SERVICE,
    &rules::URL_PORT,
    &rules::URL_CLOSED,
    &rules::DNS_CLOSED,
    &rules::SERVICE_CLOSED,
    &rules::INGRESS_CLOSED,
];

/// A way from a workload, or from an Ingress, to what its environment names.
///
/// Where a set has several namespaces, titles have theirs: `Deployment shops/web`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Connection {
    /// `Deployment web`, or `Ingress web`.
    pub from: String,
    /// The variable that names the target; for an Ingress its class of caller, `outside`.
    pub by: String,
    /// As the variable has it: `stock:8080`.
    pub to: String,
    /// The Service that it is, in the set or not: `Service stock:8080`; none for a host elsewhere.
    pub service: Option<String>,
    /// The workloads behind it and their port: `Deployment stock:3000`.
    pub pods: Vec<String>,
    /// Whether it arrives.
    pub verdict: Verdict,
}

/// Whether a call arrives.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It does, as far as the set shows.
    Open,
    /// The set has no such Service.
    NoService,
    /// DNS has no such name: it stops at `.svc.cluster`.
    NoName,
    /// The Service has no pod of this name, and why.
    NoPod(String),
    /// The Service has no such port; behind a headless one, the pods have not.
    NoPort,
    /// The Service has no pods with its target port.
    NoPods,
    /// This NetworkPolicy does not let it through.
    Closed(String),
    /// This NetworkPolicy does not let the caller ask for the name.
    NoDns(String),
    /// It leads out of the set.
    Outside,
    /// The environment does not say at which port.
    UnknownPort,
}

/// All connections of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// In the order of the objects.
    pub connections: Vec<Connection>,
}

/// Who reaches whom in a set: by URLs, `HOST:PORT`, and pairs of `NAME_HOST` and `NAME_PORT` in the environment, and by
/// Ingresses; through Services, their ports and pods, and network policies of both sides.
///
/// ```
/// let mut set = kubevalidate::Set::default();
/// set.read("web.yaml", br#"
/// apiVersion: v1
/// kind: Pod
/// metadata: {name: web}
/// spec: {containers: [{name: web, image: web, env: [{name: STOCK_URL, value: "http://stock:8080"}]}]}
/// "#)?;
/// let reach = kubevalidate::reach(&set);
/// assert!(reach.table().contains("Pod web  STOCK_URL  stock:8080        no Service"));
/// # Ok::<(), kubevalidate::Error>(())
/// ```
pub fn reach(set: &Set) -> Reach {
    let view = View::new(set);
    let calls = calls::calls(&view);
    let mut connections: Vec<_> = calls.iter().map(|call| way::connection(&view, call)).collect();
    for group in ["networking.k8s.io", "extensions"] {
        for ingress in view.of_kind(group, "Ingress") {
            for backend in ingress_backends(ingress) {
                if let Some((name, Some(port))) = ingress_service(&backend) {
                    connections.extend(way::from_ingress(&view, ingress, &name, &port));
                }
            }
        }
    }
    let mut seen = HashSet::new();
    connections.retain(|connection| seen.insert(connection.clone()));
    Reach { connections }
}

/// What is wrong with the objects of a set.
pub(crate) fn check(set: &Set, settings: &Settings) -> Vec<Finding> {
    let view = View::new(set);
    let mut report = Report::new(settings.closed);
    let calls = calls::calls(&view);
    let calling: Vec<_> = calls.iter().map(|call| call.caller.root.index).collect();
    rules::check_names(&view, &calling, &mut report);
    for call in calls {
        let connection = way::connection(&view, &call);
        rules::check(&call, &connection, &mut report);
    }
    rules::check_services(&view, &mut report);
    report.into_findings()
}
