//! The key that signs the tokens is changed, as docs/rotate-keys.md says, while people use the system.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mythoughts_tests::cluster::{Namespace, Release, Site, log_in};
use mythoughts_tests::{Key, send, until};
use reqwest::Method;
use serde_json::Value as Json;

const PASSWORD: &str = "administrator";
const COMPONENTS: [&str; 3] = ["thoughts", "users", "frontend"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_outlive_a_change_of_keys_and_no_request_fails() {
    let namespace = Namespace::create();
    let (old, new) = (Key::generate(), Key::generate());
    create_secret(&namespace, "key-1", "private-key.pem", &old.private_pem);
    create_secret(&namespace, "key-2", "private-key.pem", &new.private_pem);
    create_secret(&namespace, "announced", "key-2.pem", &new.public_pem);
    create_secret(&namespace, "retired", "key-1.pem", &old.public_pem);
    let release = Release::new(&namespace, None).with_own_hosts(&COMPONENTS);
    let release = COMPONENTS.iter().fold(release, |release, name| release.set(&format!("{name}.ingress.enabled=true")));
    let release = release
        .set("thoughts.ingress.paths={/api/me,/api/thoughts,/health}")
        .set("users.replicas=2")
        .set("thoughts.replicas=2")
        .set("users.ingress.paths={/api/login,/.well-known,/health}");
    let release = release.set(&format!("users.admin.password={PASSWORD}")).set("users.jwt.existingSecret=key-1");
    release.install();

    let thoughts = Site::open(&namespace, "mythoughts-thoughts", &release.host("thoughts")).await;
    let users = Site::open(&namespace, "mythoughts-users", &release.host("users")).await;
    let frontend = Site::open(&namespace, "mythoughts-frontend", &release.host("frontend")).await;
    let before = log_in(&users, "admin", PASSWORD).await;
    let mut visitor = frontend.visitor();
    visitor.log_in("admin", PASSWORD).await.expect_redirect("/");

    let (stop, requests) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let people = tokio::spawn(people(thoughts.clone(), users.clone(), before.clone(), stop.clone(), requests.clone()));

    let release = release.set("users.jwt.previousKeysSecret=announced");
    upgrade(&release).await;
    assert_eq!(published(&users).await.len(), 2, "wanted the new key to be published before it signs");
    assert_eq!(kid(&log_in(&users, "admin", PASSWORD).await), kid(&before), "wanted the old key to sign yet");

    let release = release.set("users.jwt.existingSecret=key-2").set("users.jwt.previousKeysSecret=retired");
    upgrade(&release).await;
    let after = log_in(&users, "admin", PASSWORD).await;
    assert_ne!(kid(&after), kid(&before), "wanted the new key to sign");
    assert_eq!(published(&users).await, [kid(&after), kid(&before)], "wanted both keys to be published");
    expect_session(&thoughts, &before, 200).await;
    expect_session(&thoughts, &after, 200).await;
    visitor.get("/").await.expect_status(200);

    stop.store(true, Ordering::Relaxed);
    people.await.expect("no request fails");
    let requests = requests.load(Ordering::Relaxed);
    assert!(requests > 100, "wanted people to ask all the time, met {requests} requests");

    // When the last token of the old key has expired it goes; this one has not, and is refused from then on.
    let release = release.set("users.jwt.previousKeysSecret=");
    upgrade(&release).await;
    namespace.replace_pods("thoughts", "deployment/mythoughts-thoughts");
    until("the old key's token to be refused", async || {
        (send(mine(&thoughts, &before)).await.status == 401).then_some(())
    })
    .await;
    expect_session(&thoughts, &after, 200).await;
}

/// Waits for Helm without holding up those who ask meanwhile.
async fn upgrade(release: &Release<'_>) {
    tokio::task::block_in_place(|| release.upgrade());
    // Policies, routers and keys follow within seconds.
    tokio::time::sleep(Duration::from_secs(3)).await;
}

/// Somebody with an old session, and somebody who logs in again and again.
async fn people(thoughts: Site, users: Site, session: String, stop: Arc<AtomicBool>, requests: Arc<AtomicUsize>) {
    while !stop.load(Ordering::Relaxed) {
        expect_session(&thoughts, &session, 200).await;
        let fresh = log_in(&users, "admin", PASSWORD).await;
        expect_session(&thoughts, &fresh, 200).await;
        requests.fetch_add(3, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn mine(thoughts: &Site, bearer: &str) -> reqwest::RequestBuilder {
    thoughts.request(Method::GET, "/api/me/thoughts/").header("authorization", bearer)
}

async fn expect_session(thoughts: &Site, bearer: &str, status: u16) {
    send(mine(thoughts, bearer)).await.expect_status(status);
}

/// The kids of the keys that are published, the one that signs first.
async fn published(users: &Site) -> Vec<String> {
    let keys = users.get("/.well-known/jwks.json").await.expect_status(200).json()["keys"].clone();
    let keys = keys.as_array().expect("a list of keys").clone();
    keys.iter().map(|key| key["kid"].as_str().expect("a kid").to_owned()).collect()
}

/// Which key signed a bearer.
fn kid(bearer: &str) -> String {
    let token = bearer.strip_prefix("Bearer ").expect("a bearer");
    let head = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap_or_default()).expect("a head");
    let head: Json = serde_json::from_slice(&head).expect("a head is JSON");
    head["kid"].as_str().expect("a kid").to_owned()
}

fn create_secret(namespace: &Namespace, name: &str, key: &str, value: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join(key);
    fs::write(&file, value).expect("the temporary folder can be written");
    namespace.kubectl(&["create", "secret", "generic", name, &format!("--from-file={}", file.display())]);
}
