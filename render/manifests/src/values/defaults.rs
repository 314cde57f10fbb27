//! The defaults: a set that needs nothing but a cluster with a StorageClass.

use k8s_openapi::api::core::v1::{Affinity, PodDNSConfig, TopologySpreadConstraint};

use super::{
    Admin, Annotations, ApiServer, Autoscaling, Backup, BackupPersistence, Behavior, Canary, CanaryImage, Cloudnative,
    ComponentImage, Count, Dashboards, Database, Dns, External, ExternalSecrets, ExternalService, Frontend, Headroom,
    HttpRoute, Identity, Ingress, Jwt, Labels, LimitRange, Log, LogFormat, Metrics, Migrations, Mode, Monitoring,
    NamespacePeer, NetworkPolicies, NetworkPolicy, Operator, OtherImage, Parameters, PathType, Peer, Persistence,
    PodDisruptionBudget, Postgresql, Probe, Probes, PrometheusRule, PullPolicy, Quantities, Quantity, ResourceQuota,
    Resources, Retention, RollingUpdate, ScalingRules, Secrets, Selector, Service, ServiceAccount, ServiceMonitor,
    ServiceType, SessionAffinity, SharedImage, Shutdown, SslMode, Store, StoreKeys, StoreKind, Strategy, StrategyType,
    Tests, Thoughts, Thresholds, TrafficPolicy, Users, Values,
};

impl Default for Values {
    fn default() -> Self {
        Self {
            global: None,
            name_override: String::new(),
            fullname_override: String::new(),
            image: SharedImage {
                registry: String::new(),
                tag: String::new(),
                pull_policy: PullPolicy::IfNotPresent,
                pull_secrets: Vec::new(),
            },
            secrets: secrets(),
            network_policies: NetworkPolicies {
                enabled: false,
                whole_namespace: false,
                dns: Dns { ports: vec![53], to: Vec::new() },
                metrics: Metrics { from: Vec::new() },
                operator: Operator { from: vec![operator()] },
                api_server: ApiServer { ports: vec![443, 6443], to: Vec::new() },
            },
            sample_data: false,
            log: Log { level: "info".into(), format: LogFormat::Json },
            shutdown: Shutdown { pre_stop_sleep: 2, drain_delay: 5, timeout: 20 },
            environment: String::new(),
            common_labels: Labels::new(),
            change_cause: String::new(),
            resource_quota: resource_quota(),
            limit_range: limit_range(),
            extra_objects: Vec::new(),
            thoughts: Thoughts::default(),
            users: Users::default(),
            frontend: Frontend::default(),
            monitoring: Monitoring::default(),
            postgresql: Postgresql { image: postgres() },
            tests: Tests {
                image: postgres(),
                node_selector: Labels::new(),
                tolerations: Vec::new(),
                affinity: Affinity::default(),
                priority_class_name: String::new(),
                service_account: account(),
            },
        }
    }
}

/// What the services share, and what is a service's own.
macro_rules! component {
    ($type:ident, $name:literal, $paths:expr, { $($own:ident: $value:expr,)* }) => {
        impl Default for $type {
            fn default() -> Self {
                Self {
                    fullname_override: String::new(),
                    container_name: $name.into(),
                    image: image(concat!("mythoughts-", $name)),
                    replicas: 1,
                    strategy: strategy(),
                    resources: requests("25m", "32Mi"),
                    probes: probes(),
                    pod_annotations: Annotations::new(),
                    pod_labels: Labels::new(),
                    pod_security_context: Identity {
                        run_as_user: Some(SERVICE_USER),
                        run_as_group: Some(SERVICE_USER),
                        fs_group: Some(SERVICE_USER),
                    },
                    revision_history_limit: 10,
                    dns_config: PodDNSConfig::default(),
                    host_aliases: Vec::new(),
                    node_selector: Labels::new(),
                    tolerations: Vec::new(),
                    affinity: Affinity::default(),
                    priority_class_name: String::new(),
                    topology_spread_constraints: vec![spread()],
                    pod_disruption_budget: PodDisruptionBudget { enabled: false, max_unavailable: Count::Pods(1) },
                    autoscaling: autoscaling(),
                    command: Vec::new(),
                    args: Vec::new(),
                    stdin: false,
                    tty: false,
                    debug: false,
                    extra_env: Vec::new(),
                    extra_env_from: Vec::new(),
                    extra_volumes: Vec::new(),
                    extra_volume_mounts: Vec::new(),
                    init_containers: Vec::new(),
                    extra_containers: Vec::new(),
                    canary: Canary {
                        enabled: false,
                        weight: 10,
                        image: CanaryImage { tag: String::new(), digest: String::new() },
                    },
                    service: service(),
                    ingress: ingress(&$paths),
                    http_route: http_route(&$paths),
                    service_account: account(),
                    network_policy: NetworkPolicy::default(),
                    $($own: $value,)*
                }
            }
        }
    };
}

component!(Thoughts, "thoughts", ["/api/me", "/api/thoughts"], { database: database("thoughts"), });
component!(Users, "users", ["/api/login"], {
    admin: Admin { username: "admin".into(), password: String::new(), existing_secret: String::new() },
    jwt: Jwt { private_key: String::new(), existing_secret: String::new(), previous_keys_secret: String::new() },
    trusted_proxies: PRIVATE_NETWORKS.map(Into::into).into(),
    database: database("users"),
});
component!(Frontend, "frontend", ["/"], {
    allowed_hosts: vec!["*".into()],
    trusted_proxies: Vec::new(),
    cookie_secure: false,
});

/// The user of the services' images.
const SERVICE_USER: i64 = 65532;

const PRIVATE_NETWORKS: [&str; 5] = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

impl Default for Monitoring {
    fn default() -> Self {
        Self {
            service_monitor: ServiceMonitor {
                enabled: false,
                interval: "30s".into(),
                scrape_timeout: "10s".into(),
                labels: Labels::new(),
                relabelings: Vec::new(),
                metric_relabelings: Vec::new(),
            },
            prometheus_rule: PrometheusRule {
                enabled: false,
                labels: Labels::new(),
                runbook_url: "https://github.com/mythoughts/mythoughts/blob/main/docs/runbook.md".into(),
                thresholds: Thresholds {
                    error_percent: 5,
                    latency_milliseconds: 1000,
                    failed_logins_per_minute: 60,
                    backup_hours: 26,
                },
            },
            dashboards: Dashboards {
                enabled: false,
                labels: [("grafana_dashboard".into(), "1".into())].into(),
                annotations: Annotations::new(),
            },
        }
    }
}

fn image(repository: &str) -> ComponentImage {
    ComponentImage { repository: repository.into(), tag: String::new(), digest: String::new() }
}

fn postgres() -> OtherImage {
    OtherImage { registry: String::new(), repository: "postgres".into(), tag: "15".into(), digest: String::new() }
}

fn strategy() -> Strategy {
    let one_more = RollingUpdate { max_surge: Some(Count::Pods(1)), max_unavailable: Some(Count::Pods(0)) };
    Strategy { kind: StrategyType::RollingUpdate, rolling_update: Some(one_more) }
}

fn requests(cpu: &str, memory: &str) -> Resources {
    Resources { requests: Some(quantities(cpu, memory)), limits: None }
}

fn quantities(cpu: &str, memory: &str) -> Quantities {
    Quantities { cpu: Some(Quantity::Text(cpu.into())), ..of_memory(memory) }
}

fn of_memory(memory: &str) -> Quantities {
    Quantities { memory: Some(Quantity::Text(memory.into())), ..Quantities::default() }
}

fn resource_quota() -> ResourceQuota {
    let headroom = Headroom { pods: 5, requests: quantities("500m", "512Mi"), limits: quantities("2", "1Gi") };
    ResourceQuota { enabled: false, headroom }
}

fn limit_range() -> LimitRange {
    LimitRange {
        enabled: false,
        default_request: quantities("10m", "32Mi"),
        default: of_memory("512Mi"),
        max: of_memory("2Gi"),
    }
}

fn probes() -> Probes {
    let probe = |period, timeout, failures| Probe {
        period_seconds: Some(period),
        timeout_seconds: timeout,
        failure_threshold: Some(failures),
        ..Probe::default()
    };
    Probes { startup: probe(1, None, 60), readiness: probe(2, Some(2), 2), liveness: probe(10, Some(3), 3) }
}

/// Over the nodes, each ReplicaSet by itself.
fn spread() -> TopologySpreadConstraint {
    TopologySpreadConstraint {
        max_skew: 1,
        topology_key: "kubernetes.io/hostname".into(),
        when_unsatisfiable: "ScheduleAnyway".into(),
        match_label_keys: Some(vec!["pod-template-hash".into()]),
        ..TopologySpreadConstraint::default()
    }
}

fn autoscaling() -> Autoscaling {
    let slowly = ScalingRules { stabilization_window_seconds: Some(300), ..ScalingRules::default() };
    Autoscaling {
        enabled: false,
        min_replicas: 2,
        max_replicas: 8,
        target_cpu: 80,
        target_memory: 0,
        behavior: Behavior { scale_up: None, scale_down: Some(slowly) },
    }
}

fn service() -> Service {
    Service {
        name_override: String::new(),
        kind: ServiceType::ClusterIP,
        port: 80,
        node_port: 0,
        annotations: Annotations::new(),
        labels: Labels::new(),
        session_affinity: SessionAffinity::None,
        headless: false,
        external_ips: Vec::new(),
        external_traffic_policy: TrafficPolicy::Cluster,
        load_balancer_source_ranges: Vec::new(),
        load_balancer_class: String::new(),
        extra_ports: Vec::new(),
    }
}

fn ingress(paths: &[&str]) -> Ingress {
    Ingress {
        enabled: false,
        class_name: String::new(),
        annotations: Annotations::new(),
        host: String::new(),
        paths: paths.iter().map(|path| (*path).into()).collect(),
        path_type: PathType::Prefix,
        tls_secret: String::new(),
        extra_hosts: Vec::new(),
    }
}

fn database(name: &str) -> Database {
    Database {
        mode: Mode::Statefulset,
        container_name: "postgres".into(),
        name: name.into(),
        user: name.into(),
        password: String::new(),
        existing_secret: String::new(),
        parameters: Parameters::new(),
        pool: 10,
        migrations: Migrations::Start,
        cloudnative: Cloudnative { instances: 3, image: String::new(), pod_monitor: false },
        external: External {
            host: String::new(),
            port: 5432,
            ssl_mode: SslMode::VerifyFull,
            ca_secret: String::new(),
            cidrs: Vec::new(),
            service: ExternalService::default(),
        },
        resources: requests("25m", "64Mi"),
        pod_annotations: Annotations::new(),
        node_selector: Labels::new(),
        tolerations: Vec::new(),
        affinity: Affinity::default(),
        priority_class_name: String::new(),
        persistence: Persistence {
            size: Quantity::Text("1Gi".into()),
            storage_class: String::new(),
            when_deleted: Retention::Retain,
            when_scaled: Retention::Retain,
        },
        tls_secret: String::new(),
        service_account: account(),
        backup: backup(),
    }
}

fn backup() -> Backup {
    Backup {
        enabled: false,
        schedule: "17 3 * * *".into(),
        keep: 7,
        deadline_seconds: 3600,
        resources: requests("10m", "32Mi"),
        persistence: BackupPersistence {
            existing_claim: String::new(),
            size: Quantity::Text("1Gi".into()),
            storage_class: String::new(),
        },
    }
}

fn http_route(paths: &[&str]) -> HttpRoute {
    HttpRoute {
        enabled: false,
        annotations: Annotations::new(),
        parent_refs: Vec::new(),
        hostnames: Vec::new(),
        paths: paths.iter().map(|path| (*path).into()).collect(),
    }
}

fn secrets() -> Secrets {
    let keys = StoreKeys {
        thoughts_database: "mythoughts/thoughts-database".into(),
        users_database: "mythoughts/users-database".into(),
        admin: "mythoughts/admin".into(),
        jwt: "mythoughts/jwt".into(),
    };
    let store = Store { name: String::new(), kind: StoreKind::SecretStore };
    let external = ExternalSecrets { enabled: false, store, refresh_interval: "1h".into(), keys };
    Secrets { generate: true, external }
}

fn account() -> ServiceAccount {
    ServiceAccount { create: true, name: String::new(), annotations: Annotations::new() }
}

/// Where its own manifests and its chart put it.
fn operator() -> Peer {
    let selector = |key: &str, value: &str| Selector { match_labels: [(key.into(), value.into())].into() };
    Peer::Namespaces(NamespacePeer {
        namespace_selector: selector("kubernetes.io/metadata.name", "cnpg-system"),
        pod_selector: Some(selector("app.kubernetes.io/name", "cloudnative-pg")),
    })
}
