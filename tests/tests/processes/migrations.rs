//! Migrations: applied by `migrate` or at the start, and lived with by older versions.

use std::ffi::OsString;

use diesel_async::SimpleAsyncConnection;
use mythoughts_tests::{
    Database, Fake, Forgery, Key, OwnDatabase, Process, Service, Settings, client, get, on_each_database, send, until,
};
use shared::database::Pools;
use tempfile::TempDir;

on_each_database!(
    an_older_version_lives_with_later_migrations,
    a_service_that_does_not_migrate_waits_until_another_has,
    migrations_that_are_applied_at_once_are_applied_once,
    a_migration_that_fails_is_told_and_ends_the_command,
);

struct Ground {
    database: OwnDatabase,
    folder: TempDir,
}

impl Ground {
    async fn new(database: Database) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("public.pem"), &Key::shared().public_pem).unwrap();
        Self { database: database.create(folder.path()).await, folder }
    }

    fn thoughts(&self) -> Settings {
        self.database.settings.clone().with("JWT_PUBLIC_KEY_FILE", self.folder.path().join("public.pem").display())
    }

    /// `thoughts migrate`, with the settings of the database alone.
    fn migrate(&self) -> Process {
        Process::start("thoughts", &self.database.settings.clone().flag("migrate"))
    }

    /// What a later version, or a person, does to the database.
    async fn execute(&self, statements: &str) {
        let settings = self.thoughts();
        let variable = |name: &str| settings.variable(name).map(OsString::from);
        let Ok(config) = shared::settings::parse::<thoughts::Config>([OsString::from("thoughts")], variable) else {
            panic!("the settings of the database are refused")
        };
        let done = match &shared::database::Database::new(&config.database, "thoughts").unwrap().pools {
            Pools::Postgres(pool) => pool.get().await.unwrap().batch_execute(statements).await,
            Pools::Sqlite { write, .. } => write.get().await.unwrap().batch_execute(statements).await,
        };
        done.unwrap_or_else(|error| panic!("{statements}: {error}"));
    }
}

async fn post(service: &Service, text: &str) {
    let token = Key::shared().sign(&Forgery::claims("bruce"));
    let request = client().post(service.url("/api/me/thoughts/")).bearer_auth(token);
    send(request.form(&[("text", text)])).await.expect_status(201);
}

/// Of the thoughts that a search finds.
async fn texts(service: &Service, search: &str) -> Vec<String> {
    let list = get(service.url(&format!("/api/thoughts/?search={search}"))).await.expect_status(200).json();
    list.as_array().unwrap().iter().map(|thought| thought["text"].as_str().unwrap().to_owned()).collect()
}

/// What an upgrade does before its pods come: it adds, and says so in the table of migrations.
const LATER: &str = "ALTER TABLE thoughts ADD COLUMN language text NOT NULL DEFAULT 'en'; \
    CREATE TABLE likes (thought bigint NOT NULL, username text NOT NULL); \
    INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231235959')";

async fn an_older_version_lives_with_later_migrations(database: Database) {
    let ground = Ground::new(database).await;
    let old = Service::ready("thoughts", &ground.thoughts()).await;
    post(&old, "before").await;
    // The statements that a connection has prepared by now.
    assert_eq!(texts(&old, "before").await, ["before"]);
    ground.execute(LATER).await;
    // Pods of before the upgrade, while it runs.
    post(&old, "meanwhile").await;
    // Pods that a rollback starts, whether they migrate or wait.
    let rolled_back = Service::ready("thoughts", &ground.thoughts()).await;
    let waiting = Service::ready("thoughts", &ground.thoughts().with("MIGRATE", false)).await;
    post(&rolled_back, "after").await;
    post(&waiting, "later").await;
    for service in [&old, &rolled_back, &waiting] {
        assert_eq!(texts(service, "").await, ["before", "meanwhile", "after", "later"]);
        assert_eq!(texts(service, "after").await, ["after"]);
    }
    assert_eq!(ground.migrate().exit_code().await, 0, "the migrations of an older version");
}

async fn a_service_that_does_not_migrate_waits_until_another_has(database: Database) {
    let ground = Ground::new(database).await;
    let settings = ground.thoughts().with("MIGRATE", false).with("SAMPLE_DATA", true);
    let waiting = Service::listening("thoughts", &settings).await;
    until("a word about migrations in the log", async || {
        let told = |line: &String| line.contains("migrations, which `migrate` applies");
        waiting.process.stdout().iter().any(told).then_some(())
    })
    .await;
    let reply = client().get(waiting.operations_url("/readyz")).send().await.unwrap();
    assert_eq!(reply.status(), 503);
    assert_eq!(reply.text().await.unwrap(), "waiting for the database's migrations");
    let mut migrate = ground.migrate();
    assert_eq!(migrate.exit_code().await, 0, "{}", migrate.output());
    waiting.wait_until_ready().await;
    assert_eq!(texts(&waiting, "").await.len(), 5, "the sample data");
}

async fn migrations_that_are_applied_at_once_are_applied_once(database: Database) {
    let ground = Ground::new(database).await;
    let mut all = [ground.migrate(), ground.migrate(), ground.migrate(), ground.migrate()];
    for migrate in &mut all {
        assert_eq!(migrate.exit_code().await, 0, "{}", migrate.output());
    }
    let applied = all.iter().filter(|migrate| migrate.output().contains("\"migrated\"")).count();
    assert_eq!(applied, 1, "wanted one of four to apply them");
}

async fn a_migration_that_fails_is_told_and_ends_the_command(database: Database) {
    let ground = Ground::new(database).await;
    ground.execute("CREATE TABLE thoughts (id bigint)").await;
    let mut migrate = ground.migrate();
    assert_eq!(migrate.exit_code().await, 1, "{}", migrate.output());
    let told = migrate.stderr().join("\n");
    assert!(told.contains("a migration failed") && told.contains("thoughts"), "{told}");
}

#[tokio::test]
async fn a_database_that_is_away_is_waited_for_until_somebody_stops_it() {
    let away = Fake::closing().await.stop().await;
    let settings = Settings::new()
        .with("DATABASE_ENGINE", "POSTGRESQL")
        .with("POSTGRES_HOST", away.ip())
        .with("POSTGRES_PORT", away.port());
    let mut migrate = Process::start("thoughts", &settings.flag("migrate"));
    let waits = |lines: &[String]| lines.iter().any(|line| line.contains("trying again")).then_some(());
    migrate.find("a word that it waits", waits).await;
    migrate.signal("TERM");
    assert_eq!(migrate.exit_code().await, 1);
}

#[tokio::test]
async fn a_wrong_setting_of_the_command_is_named() {
    let mut migrate = Process::start("users", &Settings::new().flag("migrate").with("POSTGRES_PORT", "near"));
    assert_eq!(migrate.exit_code().await, 2);
    assert!(migrate.stderr().join(" ").contains("near"), "{:?}", migrate.stderr());
}
