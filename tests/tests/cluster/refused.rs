//! What the chart does not install.

use mythoughts_tests::cluster::{Namespace, Release};

#[tokio::test]
async fn several_replicas_on_a_database_in_the_pod_are_refused() {
    let namespace = Namespace::create();
    let release = Release::new(&namespace, Some("local.yaml")).set("thoughts.replicas=2");
    let answer = release.try_install();
    let wanted = "thoughts.replicas is 2, but must be 1 with database.mode sidecar";
    assert!(
        !answer.success && answer.text.contains(wanted),
        "wanted a refusal that says {wanted}, met: {}",
        answer.text
    );
    assert_eq!(namespace.objects(), [""; 0], "wanted nothing of what was refused");
}
