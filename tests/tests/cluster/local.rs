//! values/local.yaml: the book's names, and a host for each service.

use mythoughts_tests::cluster::{Namespace, Release, Site, expect_thought, log_in, post};
use mythoughts_tests::{send, unique};
use reqwest::Method;

const COMPONENTS: [&str; 3] = ["thoughts", "users", "frontend"];

#[tokio::test]
async fn local_serves_keeps_through_an_upgrade_and_leaves_nothing() {
    let namespace = Namespace::create();
    let release = Release::new(&namespace, Some("local.yaml")).with_own_hosts(&COMPONENTS);
    release.install();
    expect_names_of_the_book(&namespace);
    release.test();

    let thoughts = Site::open(&namespace, "thoughts-backend", &release.host("thoughts")).await;
    let users = Site::open(&namespace, "users-backend", &release.host("users")).await;
    let frontend = Site::open(&namespace, "frontend", &release.host("frontend")).await;
    thoughts.with_host("foreign.example.local").get("/").await.expect_status(404);

    let text = unique("through the Ingress ");
    let bearer = log_in(&users, "bruce", "bruce").await;
    let path = post(&thoughts, &bearer, &text).await;
    expect_thought(&thoughts, &path, &text).await;
    let mut bruce = frontend.visitor();
    bruce.log_in("bruce", "bruce").await.expect_redirect("/");
    let page = bruce.get("/").await;
    assert!(page.body.contains(&text), "wanted {text} on bruce's page, met {page:?}");

    // The databases live in the backends' pods, so only the frontend may roll.
    let secrets_before = secrets(&release);
    let backends = [pods(&namespace, "thoughts"), pods(&namespace, "users")];
    let frontends = pods(&namespace, "frontend");
    let release = release.set("frontend.cookieSecure=true");
    release.upgrade();
    // Not by assert_eq: a log is no place for keys.
    assert!(secrets(&release) == secrets_before, "wanted the secrets of before the upgrade, met others");
    let backends_after = [pods(&namespace, "thoughts"), pods(&namespace, "users")];
    assert_eq!(backends_after, backends, "wanted the backends' pods of before the upgrade");
    assert_ne!(pods(&namespace, "frontend"), frontends, "wanted a new frontend for the new setting");
    expect_thought(&thoughts, &path, &text).await;

    let admin = log_in(&users, "admin", "admin").await;
    let call = path.replace("/api/", "/admin/");
    let request = || thoughts.request(Method::DELETE, &call);
    send(request().header("authorization", &bearer)).await.expect_error(403);
    send(request().header("authorization", &admin)).await.expect_status(204);
    thoughts.get(&path).await.expect_status(404);

    release.uninstall();
    assert_eq!(namespace.objects(), [""; 0], "wanted nothing left after the uninstall");
}

/// Deployments, containers, Services and ports as the book has them.
fn expect_names_of_the_book(namespace: &Namespace) {
    let containers = [
        ("thoughts-backend", "thoughts-backend-service thoughts-backend-db"),
        ("users-backend", "users-backend-service users-backend-db"),
        ("frontend", "frontend-service"),
    ];
    for (deployment, wanted) in containers {
        let met = namespace.field(&format!("deployment/{deployment}"), "{.spec.template.spec.containers[*].name}");
        assert_eq!(met, wanted, "containers of the Deployment {deployment}");
    }
    for service in ["thoughts-service", "users-service", "frontend-service"] {
        let met = namespace.field(&format!("service/{service}"), "{.spec.type} {.spec.ports[0].port}");
        assert_eq!(met, "NodePort 80", "type and port of the Service {service}");
    }
}

/// All passwords and keys of the release.
fn secrets(release: &Release) -> String {
    [
        release.secret("thoughts-backend-database", "password"),
        release.secret("users-backend-database", "password"),
        release.secret("users-backend-admin", "password"),
        release.secret("users-backend-jwt", "private-key.pem"),
    ]
    .join("\n")
}

fn pods(namespace: &Namespace, component: &str) -> String {
    let selector = format!("--selector=app.kubernetes.io/component={component}");
    let pods = namespace.kubectl(&["get", "pods", &selector, "--field-selector=status.phase=Running", "--output=name"]);
    assert!(!pods.is_empty(), "wanted a pod of {component}, met none");
    pods
}
