//! What the services stand on is away: they wait, say so, and come back by themselves.

use std::time::Instant;

use mythoughts_tests::{Database, Fake, Forgery, Key, Service, Settings, System, client, get, send};
use tempfile::TempDir;

async fn thoughts_with_keys(settings: Settings) -> (Service, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("public.pem");
    std::fs::write(&key, &Key::shared().public_pem).unwrap();
    (Service::listening("thoughts", &settings.with("JWT_PUBLIC_KEY_FILE", key.display())).await, folder)
}

fn postgresql_at(address: std::net::SocketAddr) -> Settings {
    Settings::new()
        .with("DATABASE_ENGINE", "POSTGRESQL")
        .with("POSTGRES_HOST", address.ip())
        .with("POSTGRES_PORT", address.port())
        .with("POSTGRES_DB", "thoughts")
        .with("POSTGRES_USER", "thoughts")
        .with("POSTGRES_PASSWORD", "secret-of-the-database")
}

/// Fails unless the service lives, is not ready, refuses with 503 and says why.
async fn expect_waiting(thoughts: &mut Service, address: std::net::SocketAddr) {
    thoughts.wait_for_readiness(503).await;
    get(thoughts.operations_url("/livez")).await.expect_status(200);
    let reply = get(thoughts.url("/api/thoughts/")).await;
    reply.expect_error(503);
    assert!(reply.header("retry-after").parse::<u32>().is_ok(), "wanted Retry-After, met {reply:?}");
    let port = address.port().to_string();
    thoughts
        .process
        .find("a word about the database", |lines| lines.iter().any(|line| line.contains(&port)).then_some(()))
        .await;
    assert!(!thoughts.process.output().contains("secret-of-the-database"));
}

#[tokio::test]
async fn a_database_that_refuses_is_waited_for() {
    let fake = Fake::closing().await;
    let address = fake.stop().await;
    let (mut thoughts, _folder) = thoughts_with_keys(postgresql_at(address)).await;
    expect_waiting(&mut thoughts, address).await;
}

#[tokio::test]
async fn a_database_that_never_answers_is_waited_for() {
    let fake = Fake::silent().await;
    let (mut thoughts, _folder) = thoughts_with_keys(postgresql_at(fake.address)).await;
    expect_waiting(&mut thoughts, fake.address).await;
}

#[tokio::test]
async fn a_waiting_service_stops_when_told() {
    let fake = Fake::silent().await;
    let (mut thoughts, _folder) = thoughts_with_keys(postgresql_at(fake.address).with("DRAIN_DELAY", 0)).await;
    thoughts.process.signal("TERM");
    assert_eq!(thoughts.process.exit_code().await, 0);
}

#[tokio::test]
async fn keys_that_are_none_are_not_taken() {
    for body in [
        "<html>",
        "{}",
        "{\"keys\": []}",
        "{\"keys\": [{\"kty\": \"RSA\"}]}",
        "{\"keys\": [{\"kty\": \"oct\", \"k\": \"AAAA\", \"kid\": \"x\"}]}",
        "[",
    ] {
        let nonsense = Fake::answering("200 OK", "application/json", body).await;
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite.create(folder.path()).await;
        let settings = database.settings.clone().with("JWKS_URL", format!("{}/.well-known/jwks.json", nonsense.url()));
        let mut thoughts = Service::listening("thoughts", &settings).await;
        thoughts
            .process
            .find("a word about the keys", |lines| lines.iter().any(|line| line.contains("jwks.json")).then_some(()))
            .await;
        thoughts.wait_for_readiness(503).await;
    }
}

#[tokio::test]
async fn tokens_of_unknown_kids_do_not_hammer_users() {
    let system = System::shared(Database::Sqlite).await;
    let fetched = async || system.users.metric("http_requests_total", &["jwks"]).await;
    let (before, start) = (fetched().await, Instant::now());
    let mut asking = tokio::task::JoinSet::new();
    for number in 0..200 {
        let mut header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::RS256);
        header.kid = Some(format!("unknown-{number}"));
        let token = Key::shared().sign_with(&header, &Forgery::claims("bruce"));
        asking.spawn(send(client().get(system.thoughts.url("/api/me/thoughts/")).bearer_auth(token)));
    }
    for reply in asking.join_all().await {
        reply.expect_status(401);
    }
    let (count, seconds) = (fetched().await - before, start.elapsed().as_secs_f64());
    // Once a second, and what starting neighbours fetch for themselves.
    assert!(count <= seconds + 10.0, "200 unknown kids made it fetch {count} times in {seconds} seconds");
}

/// A database on the server behind a relay which can be cut.
#[cfg(feature = "postgresql")]
mod postgresql {
    use mythoughts_tests::{OwnDatabase, PostgresServer, Proxy, until};

    use super::*;

    struct Relayed {
        thoughts: Service,
        proxy: Proxy,
        _folder: TempDir,
        _database: OwnDatabase,
    }

    impl Relayed {
        async fn start(open: bool) -> Self {
            let server = PostgresServer::from_environment();
            let proxy = Proxy::start(format!("{}:{}", server.host, server.port), open).await;
            let folder = tempfile::tempdir().unwrap();
            let database = Database::Postgresql.create(folder.path()).await;
            let settings = database
                .settings
                .clone()
                .with("POSTGRES_HOST", proxy.address.ip())
                .with("POSTGRES_PORT", proxy.address.port());
            let (thoughts, folder) = thoughts_with_keys(settings).await;
            Self { thoughts, proxy, _folder: folder, _database: database }
        }

        async fn post(&self, text: &str) -> u16 {
            let token = Key::shared().sign(&Forgery::claims("bruce"));
            let request = client().post(self.thoughts.url("/api/me/thoughts/")).bearer_auth(token);
            send(request.form(&[("text", text)])).await.status
        }
    }

    #[tokio::test]
    async fn a_service_comes_up_when_its_database_does() {
        let mut relayed = Relayed::start(false).await;
        let address = relayed.proxy.address;
        expect_waiting(&mut relayed.thoughts, address).await;
        relayed.proxy.open();
        relayed.thoughts.wait_until_ready().await;
        assert_eq!(relayed.post("at last").await, 201);
    }

    #[tokio::test]
    async fn a_service_comes_back_when_its_database_does() {
        let mut relayed = Relayed::start(true).await;
        relayed.thoughts.wait_until_ready().await;
        assert_eq!(relayed.post("before").await, 201);
        relayed.proxy.cut();
        assert_eq!(relayed.post("lost").await, 503);
        let address = relayed.proxy.address;
        expect_waiting(&mut relayed.thoughts, address).await;
        relayed.proxy.open();
        relayed.thoughts.wait_until_ready().await;
        until("posting to work again", async || (relayed.post("after").await == 201).then_some(())).await;
        let all = get(relayed.thoughts.url("/api/thoughts/")).await.expect_status(200).json();
        let texts: Vec<&str> =
            all.as_array().unwrap().iter().map(|thought| thought["text"].as_str().unwrap()).collect();
        assert_eq!(texts, ["before", "after"]);
    }

    #[tokio::test]
    async fn nothing_acknowledged_is_lost_while_the_database_comes_and_goes() {
        let relayed = Relayed::start(true).await;
        relayed.thoughts.wait_until_ready().await;
        let mut acknowledged = Vec::new();
        for number in 0..60 {
            if number % 20 == 10 {
                relayed.proxy.cut();
            }
            let status = relayed.post(&format!("number {number}")).await;
            assert!([201, 503].contains(&status), "met {status}");
            if status == 201 {
                acknowledged.push(format!("number {number}"));
            }
            if number % 20 == 15 {
                relayed.proxy.open();
                relayed.thoughts.wait_until_ready().await;
            }
        }
        assert!(acknowledged.len() >= 30, "{acknowledged:?}");
        let all = get(relayed.thoughts.url("/api/thoughts/")).await.expect_status(200).json();
        let texts: Vec<&str> =
            all.as_array().unwrap().iter().map(|thought| thought["text"].as_str().unwrap()).collect();
        for text in acknowledged {
            assert!(texts.contains(&text.as_str()), "{text} was acknowledged and is lost");
        }
    }
}
