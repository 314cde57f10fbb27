//! Which ways are open to pods: all others are closed, in and out.

use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort,
    NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::System;
use super::backup::job_label;
use super::component::Component;
use super::labels::strings;
use super::pod::{HTTP_PORT, OPERATIONS_PORT};
use crate::values::{Database, EgressRule, External, IngressRule, Mode, Peer, PolicyPort, Selector, ServiceType};

/// Who calls whom: a component, whom it calls at its HTTP port. The pod of `helm test` calls all.
const CALLS: [(&str, &[&str]); 4] = [
    ("frontend", &["thoughts", "users"]),
    ("thoughts", &["users"]),
    ("users", &[]),
    (TEST, &["thoughts", "users", "frontend"]),
];
const TEST: &str = "test";
/// Where the pods of a Cluster answer SQL, and tell their state;
const INSTANCE_PORTS: [u16; 2] = [super::database::PORT, 8000];
/// and their metrics.
const INSTANCE_METRICS_PORT: u16 = 9187;

impl System<'_> {
    /// Every policy of the release: first the one that closes all.
    pub(super) fn network_policies(&self) -> Vec<NetworkPolicy> {
        if !self.values.network_policies.enabled {
            return Vec::new();
        }
        let mut all = vec![self.closed()];
        for component in Component::all(self.values) {
            let (ingress, egress) = (self.ways_in(&component), self.ways_out(&component));
            all.push(self.policy(&self.name(&component), component.name, ingress, egress));
            let own = component.database.filter(|database| database.mode == Mode::Statefulset);
            all.extend(own.map(|_| self.database_policy(&component)));
            let cluster = component.database.filter(|database| database.mode == Mode::Cloudnative);
            all.extend(cluster.map(|_| self.cluster_policy(&component)));
            let way = component.database.and_then(|database| self.way_to_database(&component, database));
            all.extend(way.map(|way| self.job_policy(&component, way)));
        }
        let egress = vec![self.dns(), self.way_to(calls(TEST), HTTP_PORT)];
        all.push(self.policy(&self.test_name(), TEST, Vec::new(), egress));
        all
    }

    /// Name of the policy that closes all.
    pub(super) fn closed_name(&self) -> String {
        format!("{}-default-deny", self.fullname())
    }

    fn closed(&self) -> NetworkPolicy {
        let release = [("app.kubernetes.io/name", self.app()), ("app.kubernetes.io/instance", &self.release.name)];
        let selector = if self.values.network_policies.whole_namespace {
            LabelSelector::default()
        } else {
            LabelSelector { match_labels: Some(strings(release)), ..LabelSelector::default() }
        };
        let mut policy = self.policy(&self.closed_name(), "network", Vec::new(), Vec::new());
        if let Some(spec) = &mut policy.spec {
            spec.pod_selector = Some(selector);
        }
        policy
    }

    fn policy(
        &self,
        name: &str,
        component: &str,
        ingress: Vec<NetworkPolicyIngressRule>,
        egress: Vec<NetworkPolicyEgressRule>,
    ) -> NetworkPolicy {
        let spec = NetworkPolicySpec {
            pod_selector: Some(self.policy_pods(component)),
            policy_types: Some(vec!["Ingress".into(), "Egress".into()]),
            ingress: Some(ingress),
            egress: Some(egress),
        };
        NetworkPolicy { metadata: self.metadata(name, component), spec: Some(spec) }
    }

    fn ways_in(&self, component: &Component) -> Vec<NetworkPolicyIngressRule> {
        let own = component.network_policy;
        let callers: Vec<_> = CALLS.iter().filter(|(_, called)| called.contains(&component.name)).collect();
        let extra = component.service.extra_ports.iter().map(|extra| extra.target_port);
        let open: Vec<_> = [HTTP_PORT].into_iter().chain(extra).collect();
        let callers = callers.into_iter().map(|(caller, _)| self.pods(caller)).collect();
        let mut rules = vec![way_from(callers, &open)];
        let (is_outside, is_routed) = (is_outside(component), is_routed(component));
        if is_outside || is_routed || !own.from.is_empty() {
            let ports = if is_routed && !is_outside { &[HTTP_PORT] } else { open.as_slice() };
            rules.push(way_from(own.from.iter().map(peer).collect(), ports));
        }
        let readers = &self.values.network_policies.metrics.from;
        if !readers.is_empty() {
            rules.push(way_from(readers.iter().map(peer).collect(), &[OPERATIONS_PORT]));
        }
        rules.extend(own.extra_ingress.iter().map(ingress_rule));
        rules
    }

    fn ways_out(&self, component: &Component) -> Vec<NetworkPolicyEgressRule> {
        let mut rules = vec![self.dns()];
        let called = calls(component.name);
        rules.extend((!called.is_empty()).then(|| self.way_to(called, HTTP_PORT)));
        rules.extend(component.database.and_then(|database| self.way_to_database(component, database)));
        rules.extend(component.network_policy.extra_egress.iter().map(egress_rule));
        rules
    }

    fn way_to_database(&self, component: &Component, database: &Database) -> Option<NetworkPolicyEgressRule> {
        let server = &database.external;
        match database.mode {
            // In the same pod.
            Mode::Sidecar => None,
            Mode::Statefulset => Some(self.way_to(&[&format!("{}-database", component.name)], super::database::PORT)),
            Mode::Cloudnative => Some(NetworkPolicyEgressRule {
                to: Some(vec![self.instances(component)]),
                ports: Some(vec![port("TCP", super::database::PORT)]),
            }),
            Mode::External => Some(NetworkPolicyEgressRule {
                to: Some(networks(server).iter().map(|cidr| network(cidr)).collect()),
                ports: Some(vec![port("TCP", server.port)]),
            }),
        }
    }

    /// Backups and their like ask a backend's database.
    fn job_policy(&self, component: &Component, way: NetworkPolicyEgressRule) -> NetworkPolicy {
        let name = format!("{}-job", self.name(component));
        self.policy(&name, &job_label(component), Vec::new(), vec![self.dns(), way])
    }

    /// A database answers its backend and the jobs beside it, and asks nobody.
    fn database_policy(&self, component: &Component) -> NetworkPolicy {
        let label = format!("{}-database", component.name);
        let ingress =
            way_from(vec![self.pods(component.name), self.pods(&job_label(component))], &[super::database::PORT]);
        self.policy(&self.database_name(component), &label, vec![ingress], Vec::new())
    }

    /// The pods of a Cluster answer their clients, each other and the operator; they ask each other and the API server.
    fn cluster_policy(&self, component: &Component) -> NetworkPolicy {
        let given = &self.values.network_policies;
        let clients = vec![self.pods(component.name), self.pods(&job_label(component))];
        let operator = given.operator.from.iter().map(peer);
        let others = [self.instances(component)].into_iter().chain(operator).collect();
        let mut ways_in = vec![way_from(clients, &[super::database::PORT]), way_from(others, &INSTANCE_PORTS)];
        let readers: Vec<_> = given.metrics.from.iter().map(peer).collect();
        ways_in.extend((!readers.is_empty()).then(|| way_from(readers, &[INSTANCE_METRICS_PORT])));
        let tcp = |ports: &[u16]| Some(ports.iter().map(|number| port("TCP", *number)).collect());
        let instances =
            NetworkPolicyEgressRule { to: Some(vec![self.instances(component)]), ports: tcp(&INSTANCE_PORTS) };
        let server = NetworkPolicyEgressRule {
            to: Some(given.api_server.to.iter().map(peer).collect()),
            ports: tcp(&given.api_server.ports),
        };
        let label = format!("{}-database", component.name);
        let ways_out = vec![self.dns(), instances, server];
        let mut policy = self.policy(&self.cluster_name(component), &label, ways_in, ways_out);
        if let Some(spec) = &mut policy.spec {
            spec.pod_selector = self.instances(component).pod_selector;
        }
        policy
    }

    /// The pods of a Cluster, those of the operator's jobs too.
    fn instances(&self, component: &Component) -> NetworkPolicyPeer {
        let labels = strings([("cnpg.io/cluster", &self.cluster_name(component))]);
        let selector = LabelSelector { match_labels: Some(labels), ..LabelSelector::default() };
        NetworkPolicyPeer { pod_selector: Some(selector), ..NetworkPolicyPeer::default() }
    }

    fn dns(&self) -> NetworkPolicyEgressRule {
        let dns = &self.values.network_policies.dns;
        NetworkPolicyEgressRule {
            to: Some(dns.to.iter().map(peer).collect()),
            ports: Some(dns.ports.iter().flat_map(|number| [port("UDP", *number), port("TCP", *number)]).collect()),
        }
    }

    fn way_to(&self, components: &[&str], number: u16) -> NetworkPolicyEgressRule {
        NetworkPolicyEgressRule {
            to: Some(components.iter().map(|component| self.pods(component)).collect()),
            ports: Some(vec![port("TCP", number)]),
        }
    }

    fn pods(&self, component: &str) -> NetworkPolicyPeer {
        NetworkPolicyPeer { pod_selector: Some(self.policy_pods(component)), ..NetworkPolicyPeer::default() }
    }
}

fn calls(component: &str) -> &'static [&'static str] {
    CALLS.iter().find(|(caller, _)| *caller == component).map_or(&[], |(_, called)| called)
}

/// Whether people reach the Service itself from outside of the cluster.
fn is_outside(component: &Component) -> bool {
    component.service.kind != ServiceType::ClusterIP || !component.service.external_ips.is_empty()
}

/// Whether an Ingress or a route leads to it, which is to its own port alone.
fn is_routed(component: &Component) -> bool {
    component.ingress.enabled || component.http_route.enabled
}

fn way_from(peers: Vec<NetworkPolicyPeer>, numbers: &[u16]) -> NetworkPolicyIngressRule {
    let ports = numbers.iter().map(|number| port("TCP", *number)).collect();
    NetworkPolicyIngressRule { from: Some(peers), ports: Some(ports) }
}

fn port(protocol: &str, number: u16) -> NetworkPolicyPort {
    NetworkPolicyPort {
        protocol: Some(protocol.into()),
        port: Some(IntOrString::Int(number.into())),
        ..NetworkPolicyPort::default()
    }
}

fn ingress_rule(given: &IngressRule) -> NetworkPolicyIngressRule {
    NetworkPolicyIngressRule { from: Some(given.from.iter().map(peer).collect()), ports: Some(ports(&given.ports)) }
}

fn egress_rule(given: &EgressRule) -> NetworkPolicyEgressRule {
    NetworkPolicyEgressRule { to: Some(given.to.iter().map(peer).collect()), ports: Some(ports(&given.ports)) }
}

fn ports(given: &[PolicyPort]) -> Vec<NetworkPolicyPort> {
    given.iter().map(|given| port(given.protocol.map_or("TCP", |protocol| protocol.as_str()), given.port)).collect()
}

fn peer(given: &Peer) -> NetworkPolicyPeer {
    match given {
        Peer::Block(peer) => network(&peer.ip_block.cidr),
        Peer::Namespaces(peer) => NetworkPolicyPeer {
            namespace_selector: Some(selector(&peer.namespace_selector)),
            pod_selector: peer.pod_selector.as_ref().map(selector),
            ..NetworkPolicyPeer::default()
        },
        Peer::Pods(peer) => {
            NetworkPolicyPeer { pod_selector: Some(selector(&peer.pod_selector)), ..NetworkPolicyPeer::default() }
        }
    }
}

fn network(cidr: &str) -> NetworkPolicyPeer {
    let block = IPBlock { cidr: cidr.into(), ..IPBlock::default() };
    NetworkPolicyPeer { ip_block: Some(block), ..NetworkPolicyPeer::default() }
}

/// Where a server elsewhere is: at its addresses, where they are known.
fn networks(server: &External) -> Vec<String> {
    let known = server.service.addresses.iter().filter(|_| server.service.enabled);
    let whole = |address: &String| format!("{address}/{}", if address.contains(':') { 128 } else { 32 });
    let known: Vec<_> = known.map(whole).collect();
    if known.is_empty() { server.cidrs.clone() } else { known }
}

fn selector(given: &Selector) -> LabelSelector {
    LabelSelector { match_labels: Some(given.match_labels.clone()), ..LabelSelector::default() }
}
