//! Keys that change while the services run.

use std::path::Path;

use mythoughts_tests::{
    Database, Fake, Forgery, Key, OwnDatabase, Service, System, client, get, on_each_database, send, unique, until,
};
use tempfile::TempDir;
use tokio::task::JoinSet;

on_each_database!(
    a_new_key_signs_and_the_old_tokens_stay_good,
    a_broken_key_is_not_taken,
    the_log_level_is_read_again,
    thoughts_waits_for_keys_and_goes_on_without_them,
    a_public_key_in_a_file_is_read_again,
    a_hangup_drops_no_request,
);

/// Users, with its key and the folder of previous keys in `folder`.
async fn start_users(folder: &Path, database: &OwnDatabase) -> Service {
    std::fs::write(folder.join("private.pem"), &Key::shared().private_pem).unwrap();
    std::fs::create_dir(folder.join("previous")).unwrap();
    let settings = database
        .settings
        .clone()
        .with("SAMPLE_DATA", true)
        .with("JWT_PRIVATE_KEY_FILE", folder.join("private.pem").display())
        .with("JWT_PREVIOUS_KEYS_DIR", folder.join("previous").display());
    Service::ready("users", &settings).await
}

async fn kids(users: &Service) -> Vec<String> {
    let keys = get(users.url("/.well-known/jwks.json")).await.expect_status(200).json();
    keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

async fn log_in(users: &Service) -> String {
    let reply =
        send(client().post(users.url("/api/login/")).form(&[("username", "bruce"), ("password", "bruce")])).await;
    reply.expect_status(200).json()["Authorized"].as_str().unwrap().to_owned()
}

fn kid(bearer: &str) -> String {
    jsonwebtoken::decode_header(bearer.strip_prefix("Bearer ").unwrap()).unwrap().kid.unwrap()
}

async fn own_thoughts(thoughts: &Service, bearer: &str) -> u16 {
    send(client().get(thoughts.url("/api/me/thoughts/")).header("authorization", bearer)).await.status
}

struct Backends {
    thoughts: Service,
    users: Service,
    _databases: [OwnDatabase; 2],
    folder: TempDir,
}

impl Backends {
    async fn start(database: Database) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let databases = [database.create(folder.path()).await, database.create(folder.path()).await];
        let users = start_users(folder.path(), &databases[0]).await;
        let settings = databases[1].settings.clone().with("JWKS_URL", users.url("/.well-known/jwks.json"));
        let thoughts = Service::ready("thoughts", &settings).await;
        Self { thoughts, users, _databases: databases, folder }
    }

    fn write(&self, name: &str, content: &str) {
        std::fs::write(self.folder.path().join(name), content).unwrap();
    }
}

async fn a_new_key_signs_and_the_old_tokens_stay_good(database: Database) {
    let backends = Backends::start(database).await;
    let old = log_in(&backends.users).await;
    assert_eq!(own_thoughts(&backends.thoughts, &old).await, 200);

    let key = Key::generate();
    // The public half is enough for what was signed before.
    backends.write("previous/old.pem", &Key::shared().public_pem);
    backends.write("private.pem", &key.private_pem);
    backends.users.process.signal("HUP");
    until("both keys to be published", async || (kids(&backends.users).await.len() == 2).then_some(())).await;

    let new = log_in(&backends.users).await;
    assert_ne!(kid(&new), kid(&old));
    let published = kids(&backends.users).await;
    assert!(published.contains(&kid(&new)) && published.contains(&kid(&old)), "{published:?}");
    assert_eq!(own_thoughts(&backends.thoughts, &new).await, 200, "a token of the new key is taken at once");
    assert_eq!(own_thoughts(&backends.thoughts, &old).await, 200, "a token of the old key is still taken");
    let without_kid = format!("Bearer {}", Key::shared().sign(&Forgery::claims("bruce")));
    assert_eq!(own_thoughts(&backends.thoughts, &without_kid).await, 200, "every known key is tried");
}

async fn a_broken_key_is_not_taken(database: Database) {
    let mut backends = Backends::start(database).await;
    let before = kids(&backends.users).await;
    backends.write("private.pem", "nonsense");
    backends.users.process.signal("HUP");
    backends
        .users
        .process
        .find("a word about the broken key", |lines| {
            lines
                .iter()
                .any(|line| line.contains("private.pem") && (line.contains("\"ERROR\"") || line.contains("\"WARN\"")))
                .then_some(())
        })
        .await;
    assert_eq!(kids(&backends.users).await, before);
    log_in(&backends.users).await;
}

async fn the_log_level_is_read_again(database: Database) {
    // From a file: a running process's environment cannot change.
    let folder = tempfile::tempdir().unwrap();
    let level = folder.path().join("level");
    std::fs::write(&level, "info").unwrap();
    let system = System::builder(database).users("LOG_FILE", level.display()).start().await;
    std::fs::write(&level, "warn").unwrap();
    system.users.process.signal("HUP");
    until("requests to be logged no more", async || (!logs_a_request(&system.users).await).then_some(())).await;
    std::fs::write(&level, "info").unwrap();
    system.users.process.signal("HUP");
    until("requests to be logged again", async || logs_a_request(&system.users).await.then_some(())).await;
}

/// Whether one of a few requests is in the log; the last may be written after its reply, the first is not.
async fn logs_a_request(service: &Service) -> bool {
    let id = unique("id-");
    for _ in 0..5 {
        send(client().get(service.url("/nothing")).header("x-request-id", &id)).await;
    }
    service.log().iter().any(|line| line.to_string().contains(&id))
}

async fn thoughts_waits_for_keys_and_goes_on_without_them(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let own = database.create(folder.path()).await;
    let nobody = Fake::answering("500 Internal Server Error", "text/plain", "not yet").await;
    let settings = own.settings.clone().with("JWKS_URL", format!("{}/.well-known/jwks.json", nobody.url()));
    let mut thoughts = Service::listening("thoughts", &settings).await;
    thoughts.wait_for_readiness(503).await;
    get(thoughts.operations_url("/livez")).await.expect_status(200);
    let bearer = format!("Bearer {}", Key::shared().sign(&Forgery::claims("bruce")));
    assert_eq!(own_thoughts(&thoughts, &bearer).await, 503, "nobody can say whether the token is sound");
    thoughts
        .process
        .find("a word about the keys", |lines| lines.iter().any(|line| line.contains("jwks.json")).then_some(()))
        .await;

    // Users starts where the keys are looked for.
    let address = nobody.stop().await;
    let other = database.create(folder.path()).await;
    std::fs::write(folder.path().join("private.pem"), &Key::shared().private_pem).unwrap();
    let key = folder.path().join("private.pem");
    let settings = other.settings.clone().with("LISTEN", address).with("JWT_PRIVATE_KEY_FILE", key.display());
    let users = Service::ready("users", &settings).await;
    thoughts.wait_until_ready().await;
    assert_eq!(own_thoughts(&thoughts, &bearer).await, 200);

    // Once it had the keys it needs users no more.
    drop(users);
    let another = format!("Bearer {}", Key::shared().sign(&Forgery::claims("stephen")));
    assert_eq!(own_thoughts(&thoughts, &another).await, 200);
    get(thoughts.operations_url("/readyz")).await.expect_status(200);
}

async fn a_public_key_in_a_file_is_read_again(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let own = database.create(folder.path()).await;
    let file = folder.path().join("public.pem");
    let (old, new) = (Key::shared(), Key::generate());
    std::fs::write(&file, &old.public_pem).unwrap();
    let settings = own.settings.clone().with("JWT_PUBLIC_KEY_FILE", file.display());
    let thoughts = Service::ready("thoughts", &settings).await;
    let [by_old, by_new] = [old, &new].map(|key| format!("Bearer {}", key.sign(&Forgery::claims("bruce"))));
    assert_eq!((own_thoughts(&thoughts, &by_old).await, own_thoughts(&thoughts, &by_new).await), (200, 401));
    std::fs::write(&file, &new.public_pem).unwrap();
    thoughts.process.signal("HUP");
    until("the new key to be taken", async || (own_thoughts(&thoughts, &by_new).await == 200).then_some(())).await;
    assert_eq!(own_thoughts(&thoughts, &by_old).await, 401, "also a token that was taken before");
}

async fn a_hangup_drops_no_request(database: Database) {
    let system = System::builder(database).start().await;
    let mut asking = JoinSet::new();
    for _ in 0..8 {
        let url = system.thoughts.url("/api/thoughts/?limit=1");
        asking.spawn(async move {
            for _ in 0..100 {
                get(&url).await.expect_status(200);
            }
        });
    }
    until("the requests to end", async || {
        system.thoughts.process.signal("HUP");
        while let Some(asked) = asking.try_join_next() {
            asked.unwrap();
        }
        asking.is_empty().then_some(())
    })
    .await;
}
