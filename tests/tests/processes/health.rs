//! `--health`: how an image without a shell asks its own service.

use mythoughts_tests::{Database, Fake, Process, Service, Settings, System};

async fn health(service: &str, settings: &Settings) -> (i32, Vec<String>) {
    let mut asking = Process::start(service, &settings.clone().flag("--health"));
    (asking.exit_code().await, asking.stderr())
}

fn operations_at(address: impl ToString) -> Settings {
    Settings::new().with("OPERATIONS_LISTEN", address)
}

#[tokio::test]
async fn a_ready_service_is_well() {
    let system = System::shared(Database::Sqlite).await;
    for (name, service) in [("thoughts", &system.thoughts), ("users", &system.users), ("frontend", &system.frontend)] {
        let settings = required(name, operations_at(service.operations));
        assert_eq!(health(name, &settings).await, (0, vec![]), "{name}");
    }
}

#[tokio::test]
async fn a_service_that_is_away_is_not_well() {
    let address = Fake::closing().await.stop().await;
    for name in ["thoughts", "users", "frontend"] {
        assert_eq!(health(name, &required(name, operations_at(address))).await.0, 1, "{name}");
    }
}

#[tokio::test]
async fn a_service_that_waits_is_not_well() {
    let away = Fake::closing().await.stop().await;
    let settings = required("thoughts", Settings::new())
        .with("DATABASE_ENGINE", "POSTGRESQL")
        .with("POSTGRES_HOST", away.ip())
        .with("POSTGRES_PORT", away.port());
    let thoughts = Service::listening("thoughts", &settings).await;
    let settings = settings.with("OPERATIONS_LISTEN", thoughts.operations);
    assert_eq!(health("thoughts", &settings).await.0, 1);
}

/// The health check runs with the service's own environment.
fn required(service: &str, settings: Settings) -> Settings {
    let nobody = "http://127.0.0.1:9";
    match service {
        "users" => settings.with("JWT_PRIVATE_KEY_FILE", "/nowhere/private.pem"),
        "thoughts" => settings.with("JWKS_URL", nobody),
        _ => settings.with("JWKS_URL", nobody).with("THOUGHTS_BACKEND_URL", nobody).with("USER_BACKEND_URL", nobody),
    }
}
