//! TLS to the database: what is asked for is honoured.

use mythoughts_tests::{Database, Key, PostgresServer, Service, Settings, get};
use tempfile::TempDir;

/// An authority that signed nothing.
const ANOTHER_AUTHORITY: &str = include_str!("../fixtures/another-authority.pem");

/// Starts thoughts on a database of its own; the files and the database end after the test.
async fn thoughts(
    adjust: impl Fn(Settings, &TempDir) -> Settings,
) -> (Service, mythoughts_tests::OwnDatabase, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("public.pem");
    std::fs::write(&key, &Key::shared().public_pem).unwrap();
    let database = Database::Postgresql.create(folder.path()).await;
    let settings = adjust(database.settings.clone(), &folder).with("JWT_PUBLIC_KEY_FILE", key.display());
    (Service::listening("thoughts", &settings).await, database, folder)
}

#[tokio::test]
async fn a_server_whose_certificate_is_sound_is_used() {
    for mode in ["require", "verify-ca", "verify-full"] {
        let root = PostgresServer::root_certificate();
        let (thoughts, _database, _folder) =
            thoughts(|settings, _| settings.with("POSTGRES_SSLMODE", mode).with("POSTGRES_SSLROOTCERT", &root)).await;
        thoughts.wait_until_ready().await;
        get(thoughts.url("/api/thoughts/")).await.expect_status(200);
    }
}

#[tokio::test]
async fn a_server_of_another_authority_is_not_trusted() {
    for mode in ["verify-ca", "verify-full"] {
        let (mut thoughts, _database, _folder) = thoughts(|settings, folder| {
            let other = folder.path().join("other.pem");
            std::fs::write(&other, ANOTHER_AUTHORITY).unwrap();
            settings.with("POSTGRES_SSLMODE", mode).with("POSTGRES_SSLROOTCERT", other.display())
        })
        .await;
        thoughts
            .process
            .find("a word about the certificate", |lines| {
                lines.iter().any(|line| line.to_lowercase().contains("certificate")).then_some(())
            })
            .await;
        thoughts.wait_for_readiness(503).await;
    }
}

#[tokio::test]
async fn a_server_that_the_systems_authorities_do_not_know_is_not_trusted() {
    let (thoughts, _database, _folder) = thoughts(|settings, _| settings.with("POSTGRES_SSLMODE", "verify-full")).await;
    thoughts.wait_for_readiness(503).await;
}

#[tokio::test]
async fn without_tls_it_works_where_the_server_lets_it() {
    let (thoughts, _database, _folder) = thoughts(|settings, _| settings.with("POSTGRES_SSLMODE", "disable")).await;
    thoughts.wait_until_ready().await;
}
