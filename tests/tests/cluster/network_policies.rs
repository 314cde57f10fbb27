//! NetworkPolicies: from a stranger's pod, and from each component's, just the needed ways are open.

use std::collections::BTreeSet;
use std::time::Duration;

use mythoughts_tests::cluster::{Namespace, Release, Site, create_production_secrets};
use mythoughts_tests::unique;
use serde_json::{Value as Json, json};

/// Who has the labels of whom, and what is open to it: names of [`targets`].
const OPEN: [(&str, &[&str]); 8] = [
    // The frontend has a load balancer, so anybody may come to it.
    ("stranger", &["dns", "frontend:8000", "outside"]),
    // What networkPolicies.metrics.from names.
    ("prometheus", &["dns", "frontend:8000", "frontend:9090", "outside", "thoughts:9090", "users:9090"]),
    ("frontend", &["dns", "thoughts:8000", "users:8000"]),
    ("thoughts", &["dns", "thoughts-database:5432", "users:8000"]),
    ("users", &["dns", "users-database:5432"]),
    ("thoughts-database", &[]),
    ("users-database", &[]),
    ("test", &["dns", "frontend:8000", "thoughts:8000", "users:8000"]),
];

/// How often a pod's ways are looked at until they are what they should be: policies take seconds to be there.
const LOOKS: usize = 10;

#[tokio::test]
async fn just_the_needed_ways_are_open() {
    let (namespace, elsewhere) = (Namespace::create(), Namespace::create());
    create_frontend(&elsewhere);
    let password = create_production_secrets(&namespace);
    let release = Release::new(&namespace, Some("production.yaml")).with_own_hosts(&["frontend"]);
    let release = ["thoughts", "users", "frontend"]
        .iter()
        .fold(release, |release, component| release.set(&format!("{component}.replicas=1")));
    let release = release.set("networkPolicies.metrics.from[0].podSelector.matchLabels.role=prometheus");
    for (name, _) in OPEN {
        create_pod(&namespace, name);
    }
    release.install();
    release.test();
    let targets = targets(&namespace, &elsewhere);
    for (name, wanted) in OPEN {
        namespace.kubectl(&["wait", "--for=jsonpath={.status.phase}=Running", &pod(name), "--timeout=180s"]);
        let wanted: BTreeSet<_> = wanted.iter().map(ToString::to_string).collect();
        let mut met = open_ways(&namespace, name, &targets);
        for _ in 0..LOOKS {
            if met == wanted {
                break;
            }
            tokio::time::sleep(Duration::from_secs(2)).await;
            met = open_ways(&namespace, name, &targets);
        }
        assert_eq!(met, wanted, "the ways that are open to {name}");
    }

    let frontend = Site::open(&namespace, "mythoughts-frontend", &release.host("frontend")).await;
    let mut admin = frontend.visitor();
    admin.log_in("admin", &password).await.expect_redirect("/");
    let text = unique("through closed pods ");
    admin.write(&text).await.expect_redirect("/");
    assert!(admin.get("/").await.body.contains(&text), "wanted {text} on the page");
}

fn pod(name: &str) -> String {
    format!("pod/as-{name}")
}

/// A pod with a component's labels. It is never ready, so that no Service leads to it.
fn create_pod(namespace: &Namespace, name: &str) {
    let labels = match name {
        "stranger" => json!({}),
        "prometheus" => json!({"role": "prometheus"}),
        component => json!({
            "app.kubernetes.io/name": "mythoughts",
            "app.kubernetes.io/instance": "mythoughts",
            "app.kubernetes.io/component": component,
        }),
    };
    let container = json!({
        "image": "postgres:15",
        "command": ["sleep", "infinity"],
        "readinessProbe": {"exec": {"command": ["false"]}, "periodSeconds": 60},
    });
    create(namespace, &format!("as-{name}"), &labels, container);
}

/// A pod of nobody's that listens: the pages, without backends.
fn create_frontend(namespace: &Namespace) {
    let nowhere = |name: &str| json!({"name": name, "value": "http://127.0.0.1:1"});
    let container = json!({
        "image": "localhost/mythoughts-frontend:dev",
        "env": [nowhere("THOUGHTS_BACKEND_URL"), nowhere("USER_BACKEND_URL"), nowhere("JWKS_URL")],
    });
    create(namespace, "listener", &json!({}), container);
}

fn create(namespace: &Namespace, name: &str, labels: &Json, mut container: Json) {
    container["name"] = "main".into();
    container["imagePullPolicy"] = "IfNotPresent".into();
    container["securityContext"] = json!({"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}});
    let manifest = json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "labels": labels},
        "spec": {
            "automountServiceAccountToken": false,
            "terminationGracePeriodSeconds": 0,
            "securityContext": {"runAsNonRoot": true, "runAsUser": 65532, "seccompProfile": {"type": "RuntimeDefault"}},
            "containers": [container],
        },
    });
    let file = tempfile::NamedTempFile::new().expect("a file for a manifest");
    std::fs::write(file.path(), manifest.to_string()).expect("a manifest can be written");
    namespace.kubectl(&["apply", "--filename", &file.path().display().to_string()]);
}

/// Names, and the address and port of each.
fn targets(namespace: &Namespace, elsewhere: &Namespace) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (component, ports) in [
        ("thoughts", &[8000, 9090][..]),
        ("users", &[8000, 9090]),
        ("frontend", &[8000, 9090]),
        ("thoughts-database", &[5432]),
        ("users-database", &[5432]),
    ] {
        // The release's own pod is the one that is ready.
        let selector = format!("--selector=app.kubernetes.io/component={component}");
        let template = r#"--output=jsonpath={range .items[*]}{.status.podIP} {.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}"#;
        let pods = namespace.kubectl(&["get", "pods", &selector, template]);
        let address = pods.lines().find_map(|line| line.strip_suffix(" True"));
        let address = address.unwrap_or_else(|| panic!("wanted a pod of {component} that is ready, met:\n{pods}"));
        all.extend(ports.iter().map(|port| (format!("{component}:{port}"), format!("{address}/{port}"))));
    }
    elsewhere.kubectl(&["wait", "--for=jsonpath={.status.phase}=Running", "pod/listener", "--timeout=180s"]);
    all.push(("outside".into(), format!("{}/8000", elsewhere.field("pod/listener", "{.status.podIP}"))));
    all
}

/// The ways that are open to a pod: a connection is made in time, or a name is found.
fn open_ways(namespace: &Namespace, name: &str, targets: &[(String, String)]) -> BTreeSet<String> {
    let calls = targets.iter().map(|(name, address)| {
        format!("(timeout 4 bash -c 'exec 3<>/dev/tcp/{address}' 2>/dev/null && echo {name}; true) &\n")
    });
    let dns = "(timeout 4 getent hosts kubernetes.default.svc.cluster.local >/dev/null && echo dns; true) &\nwait\n";
    let script: String = calls.chain([dns.to_owned()]).collect();
    let told = namespace.kubectl(&["exec", &pod(name), "--", "bash", "-c", &script]);
    told.lines().map(ToOwned::to_owned).collect()
}
