//! Two releases on one cluster.

use mythoughts_tests::cluster::{Namespace, Release, Site, expect_thought, log_in, post};
use mythoughts_tests::{send, unique};
use reqwest::Method;

#[tokio::test]
async fn two_releases_know_nothing_of_each_other() {
    let namespaces = [Namespace::create(), Namespace::create()];
    let mut sites = Vec::new();
    for namespace in &namespaces {
        let release = Release::new(namespace, Some("local.yaml")).with_own_hosts(&["thoughts", "users", "frontend"]);
        release.install();
        let thoughts = Site::open(namespace, "thoughts-backend", &release.host("thoughts")).await;
        let users = Site::open(namespace, "users-backend", &release.host("users")).await;
        sites.push((thoughts, users));
    }
    let [(thoughts, users), (other_thoughts, other_users)] = &sites[..] else { unreachable!("two were installed") };

    let text = unique("mine");
    let bearer = log_in(users, "bruce", "bruce").await;
    let path = post(thoughts, &bearer, &text).await;
    expect_thought(thoughts, &path, &text).await;
    let found = other_thoughts.get(&format!("/api/thoughts/?search={text}")).await;
    assert_eq!(found.expect_status(200).body, "[]", "wanted no thought of the neighbour, met {found:?}");

    let own_page = |site: &Site, bearer: &str| {
        send(site.request(Method::GET, "/api/me/thoughts/").header("authorization", bearer))
    };
    own_page(other_thoughts, &bearer).await.expect_error(401);
    let other_bearer = log_in(other_users, "bruce", "bruce").await;
    own_page(other_thoughts, &other_bearer).await.expect_status(200);
}
