//! The defaults: a set that needs nothing but a cluster with a StorageClass.

use super::{
    Admin, Annotations, ComponentImage, Count, Database, External, Frontend, Ingress, Jwt, Log, LogFormat, Mode,
    OtherImage, Persistence, Postgresql, Probe, Probes, PullPolicy, Quantities, Quantity, Resources, RollingUpdate,
    Secrets, Service, ServiceType, SharedImage, Shutdown, SslMode, Strategy, StrategyType, Tests, Thoughts, Users,
    Values,
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
            secrets: Secrets { generate: true },
            sample_data: false,
            log: Log { level: "info".into(), format: LogFormat::Json },
            shutdown: Shutdown { drain_delay: 5, timeout: 20 },
            thoughts: Thoughts::default(),
            users: Users::default(),
            frontend: Frontend::default(),
            postgresql: Postgresql { image: postgres() },
            tests: Tests { image: postgres() },
        }
    }
}

impl Default for Thoughts {
    fn default() -> Self {
        Self {
            fullname_override: String::new(),
            container_name: "thoughts".into(),
            image: image("mythoughts-thoughts"),
            replicas: 1,
            strategy: strategy(),
            resources: requests("25m", "32Mi"),
            probes: probes(),
            pod_annotations: Annotations::new(),
            service: service(),
            ingress: ingress("/api"),
            database: database("thoughts"),
        }
    }
}

impl Default for Users {
    fn default() -> Self {
        Self {
            fullname_override: String::new(),
            container_name: "users".into(),
            image: image("mythoughts-users"),
            replicas: 1,
            strategy: strategy(),
            resources: requests("25m", "32Mi"),
            probes: probes(),
            pod_annotations: Annotations::new(),
            service: service(),
            ingress: ingress("/api"),
            admin: Admin { username: "admin".into(), password: String::new(), existing_secret: String::new() },
            jwt: Jwt {
                private_key: String::new(),
                existing_secret: String::new(),
                previous_keys_secret: String::new(),
            },
            trusted_proxies: PRIVATE_NETWORKS.map(Into::into).into(),
            database: database("users"),
        }
    }
}

const PRIVATE_NETWORKS: [&str; 5] = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

impl Default for Frontend {
    fn default() -> Self {
        Self {
            fullname_override: String::new(),
            container_name: "frontend".into(),
            image: image("mythoughts-frontend"),
            replicas: 1,
            strategy: strategy(),
            resources: requests("25m", "32Mi"),
            probes: probes(),
            pod_annotations: Annotations::new(),
            service: service(),
            ingress: ingress("/"),
            allowed_hosts: vec!["*".into()],
            trusted_proxies: Vec::new(),
            cookie_secure: false,
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
    let quantity = |text: &str| Some(Quantity::Text(text.into()));
    let requests = Quantities { cpu: quantity(cpu), memory: quantity(memory), ephemeral_storage: None };
    Resources { requests: Some(requests), limits: None }
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

fn service() -> Service {
    Service {
        name_override: String::new(),
        kind: ServiceType::ClusterIP,
        port: 80,
        node_port: 0,
        annotations: Annotations::new(),
    }
}

fn ingress(path: &str) -> Ingress {
    Ingress {
        enabled: false,
        class_name: String::new(),
        annotations: Annotations::new(),
        host: String::new(),
        paths: vec![path.into()],
        tls_secret: String::new(),
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
        pool: 10,
        external: External { host: String::new(), port: 5432, ssl_mode: SslMode::VerifyFull, ca_secret: String::new() },
        resources: requests("25m", "64Mi"),
        pod_annotations: Annotations::new(),
        persistence: Persistence { size: Quantity::Text("1Gi".into()), storage_class: String::new() },
    }
}
