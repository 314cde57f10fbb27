//! values/production.yaml: secrets that exist, volumes, a load balancer, and one host.

use mythoughts_tests::cluster::{Namespace, Release, Site, create_production_secrets};
use mythoughts_tests::{Visitor, unique, until};

#[tokio::test]
async fn production_keeps_thoughts_through_lost_pods_and_an_upgrade() {
    let namespace = Namespace::create();
    let password = create_production_secrets(&namespace);
    let release = Release::new(&namespace, Some("production.yaml")).with_own_hosts(&["frontend"]);
    // A quota without room for anything but the release, whose updates are part of it.
    let release = release.set("resourceQuota.enabled=true").set("resourceQuota.headroom.pods=0");
    release.install();
    release.test();

    let frontend = Site::open(&namespace, "mythoughts-frontend", &release.host("frontend")).await;
    frontend.with_host("foreign.example.local").get("/").await.expect_status(404);
    frontend.with_host(&release.host("thoughts")).get("/api/thoughts/").await.expect_status(404);
    frontend.get("/admin/users/").await.expect_status(404);

    let mut admin = frontend.visitor();
    admin.log_in("admin", &password).await.expect_redirect("/");
    let text = unique("kept ");
    admin.write(&text).await.expect_redirect("/");
    expect_on_page(&mut admin, &text).await;

    for component in ["thoughts", "users"] {
        namespace.replace_pods(component, &format!("deployment/mythoughts-{component}"));
        let database = format!("{component}-database");
        namespace.replace_pods(&database, &format!("statefulset/mythoughts-{database}"));
    }
    expect_on_page(&mut admin, &text).await;

    let before = namespace.field("deployment/mythoughts-users", "{.metadata.generation}");
    let release = release.set("log.level=debug");
    release.upgrade();
    let after = namespace.field("deployment/mythoughts-users", "{.metadata.generation}");
    assert_ne!(after, before, "wanted the upgrade to roll the pods of users");
    // Still logged in: the key that signs is the same.
    expect_on_page(&mut admin, &text).await;
    frontend.visitor().log_in("admin", &password).await.expect_redirect("/");
    let used = namespace.field("resourcequota/mythoughts", "{.status.used.pods}");
    assert_ne!(used.parse(), Ok(0), "wanted the quota to count pods");
    let refused = namespace.field("events", "{.items[?(@.reason==\"FailedCreate\")].message}");
    assert!(!refused.contains("exceeded quota"), "wanted the quota to refuse no pod, met: {refused}");

    release.uninstall();
    let wanted = [
        "persistentvolumeclaim/database-data-mythoughts-thoughts-database-0",
        "persistentvolumeclaim/database-data-mythoughts-users-database-0",
        "persistentvolumeclaim/mythoughts-thoughts-backup",
        "persistentvolumeclaim/mythoughts-users-backup",
        "secret/mythoughts-admin",
        "secret/mythoughts-jwt",
        "secret/mythoughts-thoughts-database",
        "secret/mythoughts-users-database",
    ];
    assert_eq!(namespace.objects(), wanted, "wanted the volumes and the test's own Secrets to stay, and nothing else");
}

#[tokio::test]
async fn production_has_its_numbers_and_a_load_balancer() {
    let namespace = Namespace::create();
    create_production_secrets(&namespace);
    let release = Release::new(&namespace, Some("production.yaml")).with_own_hosts(&["frontend"]);
    release.install();

    let rolling = "{.spec.strategy.rollingUpdate.maxSurge} {.spec.strategy.rollingUpdate.maxUnavailable}";
    let template = format!("{{.status.readyReplicas}} {rolling}");
    let numbers = [("frontend", "4 25% 1"), ("thoughts", "2 1 0"), ("users", "2 1 0")];
    for (component, wanted) in numbers {
        // The frontends' number is the autoscaler's, which looks at it every few seconds.
        until(&format!("{wanted}: ready pods, surge and unavailable pods of {component}"), async || {
            let met = namespace.field(&format!("deployment/mythoughts-{component}"), &template);
            (met == wanted).then_some(())
        })
        .await;
    }

    let balancer = until("the load balancer's address", async || {
        let service = "service/mythoughts-frontend";
        Some(namespace.field(service, "{.status.loadBalancer.ingress[0].ip}")).filter(|address| !address.is_empty())
    })
    .await;
    let page = Site::at(&balancer, "any.example.local").get("/login/").await;
    assert!(page.expect_status(200).body.contains("MyThoughts"), "wanted the login page, met {page:?}");
}

async fn expect_on_page(visitor: &mut Visitor, text: &str) {
    until(&format!("{text} on the page"), async || visitor.get("/").await.body.contains(text).then_some(())).await;
}
