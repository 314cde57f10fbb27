//! Stopping: not ready at once, still serving for a while, then running requests finish, then the end.

use mythoughts_tests::{Connection, Database, Forgery, Key, Service, Settings, client, get, until};
use tempfile::TempDir;

async fn thoughts(settings: &[(&str, &str)]) -> (Service, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("public.pem");
    std::fs::write(&key, &Key::shared().public_pem).unwrap();
    let database = Database::Sqlite.create(folder.path()).await;
    let base = database.settings.clone().with("JWT_PUBLIC_KEY_FILE", key.display());
    let settings: Settings = settings.iter().fold(base, |base, (name, value)| base.with(name, value));
    (Service::ready("thoughts", &settings).await, folder)
}

/// A request whose body the service waits for: it is running for sure.
async fn half_a_post(service: &Service, body: &str) -> Connection {
    let token = Key::shared().sign(&Forgery::claims("bruce"));
    let mut connection = Connection::open(service.address).await;
    let length = body.len();
    let head = format!(
        "POST /api/me/thoughts/ HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\nexpect: 100-continue\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n"
    );
    connection.send(head).await;
    let going_on = connection.read_until("\r\n\r\n").await;
    assert!(going_on.starts_with("HTTP/1.1 100 "), "{going_on}");
    connection.send(&body[..1]).await;
    connection
}

async fn until_closed(service: &Service) {
    let url = service.url("/health");
    until("the service to take no more connections", async || client().get(&url).send().await.is_err().then_some(()))
        .await;
}

#[tokio::test]
async fn a_stopping_service_is_not_ready_but_still_serves() {
    let (mut service, _folder) = thoughts(&[("DRAIN_DELAY", "5")]).await;
    service.process.signal("TERM");
    service.wait_for_readiness(503).await;
    assert!(service.metric("service_ready", &[]).await < 0.1, "wanted 0 of a service that stops");
    get(service.url("/health")).await.expect_status(200);
    get(service.url("/api/thoughts/")).await.expect_status(200);
    get(service.operations_url("/livez")).await.expect_status(200);
    assert_eq!(service.process.exit_code().await, 0);
}

#[tokio::test]
async fn a_running_request_finishes() {
    let (mut service, _folder) = thoughts(&[("DRAIN_DELAY", "0")]).await;
    let body = "text=to+the+end";
    let mut running = half_a_post(&service, body).await;
    service.process.signal("TERM");
    until_closed(&service).await;
    assert!(service.process.ended().is_none(), "it ended before its request");
    running.send(&body[1..]).await;
    let reply = running.read_to_end().await;
    assert!(reply.starts_with("HTTP/1.1 201 "), "{reply}");
    assert!(reply.contains("to the end"), "{reply}");
    assert_eq!(service.process.exit_code().await, 0);
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_the_end_up() {
    let (mut service, _folder) = thoughts(&[("DRAIN_DELAY", "0"), ("SHUTDOWN_TIMEOUT", "1")]).await;
    let mut running = half_a_post(&service, "text=never").await;
    service.process.signal("TERM");
    service.process.exit_code().await;
    let reply = running.read_to_end().await;
    assert!(!reply.contains(" 201 "), "{reply}");
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_the_end_up() {
    let (mut service, _folder) = thoughts(&[("DRAIN_DELAY", "0"), ("SHUTDOWN_TIMEOUT", "600")]).await;
    let mut idle = Connection::open(service.address).await;
    idle.send("GET /health HTTP/1.1\r\nhost: x\r\n\r\n").await;
    idle.read_until("OK").await;
    let untouched = Connection::open(service.address).await;
    service.process.signal("TERM");
    assert_eq!(service.process.exit_code().await, 0);
    drop(untouched);
}

#[tokio::test]
async fn an_interrupt_stops_without_delay() {
    let (mut service, _folder) = thoughts(&[("DRAIN_DELAY", "600")]).await;
    service.process.signal("INT");
    assert_eq!(service.process.exit_code().await, 0);
}

#[tokio::test]
async fn every_service_ends_well() {
    let mut system = mythoughts_tests::System::builder(Database::Sqlite)
        .users("DRAIN_DELAY", 0)
        .thoughts("DRAIN_DELAY", 0)
        .frontend("DRAIN_DELAY", 0)
        .start()
        .await;
    let mut visitor = system.visitor();
    visitor.log_in("bruce", "bruce").await.expect_redirect("/");
    visitor.write("before the end").await.expect_redirect("/");
    for service in [&mut system.frontend, &mut system.thoughts, &mut system.users] {
        service.process.signal("TERM");
        assert_eq!(service.process.exit_code().await, 0);
        assert_eq!(service.process.stderr(), Vec::<String>::new());
    }
}
