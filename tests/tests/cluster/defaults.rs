//! The chart without a values file: it makes its secrets itself, and a later install finds its data again.

use mythoughts_tests::cluster::command::helm3;
use mythoughts_tests::cluster::{Namespace, Release, Site};
use mythoughts_tests::{unique, until};

#[tokio::test]
async fn an_install_after_an_uninstall_finds_its_thoughts() {
    let namespace = Namespace::create();
    let release = Release::new(&namespace, None).set("frontend.ingress.enabled=true").with_own_hosts(&["frontend"]);
    let release = release.with_helm(helm3());
    release.install();
    release.test();
    let mark = unique("mark");
    let text = format!("kept {mark}");
    let mut admin = Site::open(&namespace, "mythoughts-frontend", &release.host("frontend")).await.visitor();
    let password = || release.secret("mythoughts-users-admin", "password");
    admin.log_in("admin", &password()).await.expect_redirect("/");
    admin.write(&text).await.expect_redirect("/");

    release.uninstall();
    let wanted = [
        "persistentvolumeclaim/database-data-mythoughts-thoughts-database-0",
        "persistentvolumeclaim/database-data-mythoughts-users-database-0",
        "secret/mythoughts-thoughts-database",
        "secret/mythoughts-users-admin",
        "secret/mythoughts-users-database",
        "secret/mythoughts-users-jwt",
    ];
    assert_eq!(namespace.objects(), wanted, "wanted the volumes and their passwords to stay, and nothing else");

    release.install();
    release.test();
    let mut visitor = Site::open(&namespace, "mythoughts-frontend", &release.host("frontend")).await.visitor();
    // The page repeats what it is asked for, so only the whole text is a hit.
    until(&format!("a search for {mark} to find {text}"), async || {
        visitor.search(&mark).await.body.contains(&text).then_some(())
    })
    .await;
}
