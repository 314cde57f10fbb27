//! Many replicas of a backend on one database.

use mythoughts_tests::{
    Database, Forgery, Key, OwnDatabase, Reply, Service, Settings, client, get, on_each_database, send,
};
use serde_json::Value;
use tempfile::TempDir;
use tokio::task::{JoinSet, LocalSet};

on_each_database!(
    replicas_of_thoughts_start_at_once_on_an_empty_database,
    replicas_of_users_start_at_once_on_an_empty_database,
    a_restart_keeps_what_was_acknowledged,
    a_second_start_adds_no_sample_data,
    the_first_administrator_comes_from_the_settings,
);

const REPLICAS: usize = 4;

struct Ground {
    database: OwnDatabase,
    folder: TempDir,
}

impl Ground {
    async fn new(database: Database) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("private.pem"), &Key::shared().private_pem).unwrap();
        std::fs::write(folder.path().join("public.pem"), &Key::shared().public_pem).unwrap();
        Self { database: database.create(folder.path()).await, folder }
    }

    fn thoughts(&self) -> Settings {
        self.database.settings.clone().with("JWT_PUBLIC_KEY_FILE", self.folder.path().join("public.pem").display())
    }

    fn users(&self) -> Settings {
        self.database.settings.clone().with("JWT_PRIVATE_KEY_FILE", self.folder.path().join("private.pem").display())
    }
}

/// All are started before the first is waited for.
async fn start_replicas(name: &'static str, settings: &Settings) -> Vec<Service> {
    let mut starting = JoinSet::new();
    let start = async {
        for _ in 0..REPLICAS {
            let settings = settings.clone();
            starting.spawn_local(async move { Service::ready(name, &settings).await });
        }
        starting.join_all().await
    };
    LocalSet::new().run_until(start).await
}

async fn all_thoughts(service: &Service) -> Vec<Value> {
    get(service.url("/api/thoughts/")).await.expect_status(200).json().as_array().unwrap().clone()
}

async fn replicas_of_thoughts_start_at_once_on_an_empty_database(database: Database) {
    let ground = Ground::new(database).await;
    let replicas = start_replicas("thoughts", &ground.thoughts().with("SAMPLE_DATA", true)).await;
    for replica in &replicas {
        assert_eq!(all_thoughts(replica).await.len(), 5);
    }
    // What one takes, the others have.
    let token = Key::shared().sign(&Forgery::claims("somebody"));
    for replica in &replicas {
        send(client().post(replica.url("/api/me/thoughts/")).bearer_auth(&token).form(&[("text", "shared")]))
            .await
            .expect_status(201);
    }
    for replica in &replicas {
        assert_eq!(all_thoughts(replica).await.len(), 5 + REPLICAS);
    }
}

async fn login(users: &Service, username: &str, password: &str) -> Reply {
    send(client().post(users.url("/api/login/")).form(&[("username", username), ("password", password)])).await
}

async fn replicas_of_users_start_at_once_on_an_empty_database(database: Database) {
    let ground = Ground::new(database).await;
    let settings =
        ground.users().with("SAMPLE_DATA", true).with("ADMIN_USERNAME", "root").with("ADMIN_PASSWORD", "secret");
    let replicas = start_replicas("users", &settings).await;
    for replica in &replicas {
        login(replica, "bruce", "bruce").await.expect_status(200);
    }
    // A token of one is good for all, and a user made by one can log in at all.
    let bearer = login(&replicas[0], "root", "secret").await.expect_status(200).json()["Authorized"]
        .as_str()
        .unwrap()
        .to_owned();
    let request = client().post(replicas[1].url("/admin/users/")).header("authorization", bearer);
    send(request.form(&[("username", "late"), ("password", "late")])).await.expect_status(201);
    for replica in &replicas {
        login(replica, "late", "late").await.expect_status(200);
    }
}

async fn a_restart_keeps_what_was_acknowledged(database: Database) {
    let ground = Ground::new(database).await;
    let token = Key::shared().sign(&Forgery::claims("somebody"));
    let first = Service::ready("thoughts", &ground.thoughts()).await;
    let posted =
        send(client().post(first.url("/api/me/thoughts/")).bearer_auth(&token).form(&[("text", "kept")])).await;
    let posted = posted.expect_status(201).json();
    // Killed without a word, at once after its answer.
    drop(first);
    let second = Service::ready("thoughts", &ground.thoughts()).await;
    assert_eq!(all_thoughts(&second).await, [posted]);
}

async fn a_second_start_adds_no_sample_data(database: Database) {
    let ground = Ground::new(database).await;
    let settings = ground.thoughts().with("SAMPLE_DATA", true);
    let first = Service::ready("thoughts", &settings).await;
    let samples = all_thoughts(&first).await;
    drop(first);
    let second = Service::ready("thoughts", &settings).await;
    assert_eq!(all_thoughts(&second).await, samples);
    assert_eq!(samples.len(), 5);
}

async fn the_first_administrator_comes_from_the_settings(database: Database) {
    let ground = Ground::new(database).await;
    let settings =
        |name: &str, password: &str| ground.users().with("ADMIN_USERNAME", name).with("ADMIN_PASSWORD", password);
    let users = Service::ready("users", &settings("root", "first")).await;
    login(&users, "root", "first").await.expect_status(200);
    // No sample data unless asked for.
    login(&users, "bruce", "bruce").await.expect_status(401);
    drop(users);
    // There is one already, whose password is not changed.
    let users = Service::ready("users", &settings("root", "second")).await;
    login(&users, "root", "second").await.expect_status(401);
    login(&users, "root", "first").await.expect_status(200);
}
