//! The chart without a values file: it makes its secrets itself, and a later install finds its data again.

use mythoughts_tests::unique;

use crate::command::helm3;
use crate::namespace::Namespace;
use crate::release::Release;
use crate::site::Site;

#[tokio::test]
async fn an_install_after_an_uninstall_finds_its_thoughts() {
    let namespace = Namespace::create();
    let release = Release::new(&namespace, None).set("frontend.ingress.enabled=true").with_own_hosts(&["frontend"]);
    let release = release.with_helm(helm3());
    release.install();
    release.test();
    let text = unique("kept ");
    let mut admin = Site::open(&namespace, "mythoughts-frontend", &release.host("frontend")).await.visitor();
    let password = || release.secret("mythoughts-users-admin", "password");
    admin.log_in("admin", &password()).await.expect_redirect("/");
    admin.write(&text).await.expect_redirect("/");

    release.uninstall();
    let wanted = [
        "persistentvolumeclaim/database-data-mythoughts-thoughts-database-0",
        "persistentvolumeclaim/database-data-mythoughts-users-database-0",
        "secret/mythoughts-thoughts-database",
        "secret/mythoughts-users-database",
    ];
    assert_eq!(namespace.objects(), wanted, "wanted the volumes and their passwords to stay, and nothing else");

    release.install();
    let visitor = Site::open(&namespace, "mythoughts-frontend", &release.host("frontend")).await.visitor();
    let found = visitor.clone().search(&text).await;
    assert!(found.body.contains("admin") && found.body.contains(&text), "wanted {text} of before, met {found:?}");
}
