//! Settings: those that make no sense stop the start with one line, and what else may be around is ignored.

use std::net::TcpListener;

use mythoughts_tests::{Key, Process, Service, Settings, get, send};
use tempfile::TempDir;

/// Settings with which the service starts, in a folder of its own.
struct Sound {
    folder: TempDir,
    service: &'static str,
    settings: Settings,
}

const SERVICES: [&str; 3] = ["thoughts", "users", "frontend"];

impl Sound {
    fn new(service: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, content: &str| {
            std::fs::write(folder.path().join(name), content).unwrap();
            folder.path().join(name).display().to_string()
        };
        let settings = Settings::new()
            .with("LISTEN", "127.0.0.1:0")
            .with("OPERATIONS_LISTEN", "127.0.0.1:0")
            .with("SQLITE_PATH", folder.path().join("database").display());
        let settings = match service {
            "thoughts" => settings.with("JWT_PUBLIC_KEY_FILE", file("public.pem", &Key::shared().public_pem)),
            "users" => settings.with("JWT_PRIVATE_KEY_FILE", file("private.pem", &Key::shared().private_pem)),
            _ => settings
                .without("SQLITE_PATH")
                .with("JWT_PUBLIC_KEY_FILE", file("public.pem", &Key::shared().public_pem))
                .with("THOUGHTS_BACKEND_URL", "http://127.0.0.1:9")
                .with("USER_BACKEND_URL", "http://127.0.0.1:9"),
        };
        Self { folder, service, settings }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    async fn expect_start(&self, settings: Settings) -> Service {
        Service::ready(self.service, &settings).await
    }

    /// Fails unless the start ends with one line that holds all of `named`, and with exit code 2.
    async fn expect_refusal(&self, settings: &Settings, named: &[&str]) {
        let (code, line) = refusal(self.service, settings).await;
        for name in named {
            assert!(line.contains(name), "{}: wanted {name} to be named, met {line}", self.service);
        }
        assert_eq!(code, 2, "{}: {line}", self.service);
    }
}

/// The exit code and the only line on standard error.
async fn refusal(service: &str, settings: &Settings) -> (i32, String) {
    let mut process = Process::start(service, settings);
    let code = process.exit_code().await;
    let lines = mythoughts_tests::until("a line on standard error", async || {
        Some(process.stderr()).filter(|lines| !lines.is_empty())
    })
    .await;
    assert_eq!(lines.len(), 1, "{service}: wanted one line, met {lines:?}");
    (code, lines[0].clone())
}

#[tokio::test]
async fn sound_settings_start_a_service() {
    for service in SERVICES {
        let sound = Sound::new(service);
        sound.expect_start(sound.settings.clone()).await;
    }
}

#[tokio::test]
async fn an_unknown_flag_is_refused() {
    for service in SERVICES {
        let sound = Sound::new(service);
        sound.expect_refusal(&sound.settings.clone().flag("--lisen=127.0.0.1:0"), &["--lisen"]).await;
        sound.expect_refusal(&sound.settings.clone().flag("surplus"), &["surplus"]).await;
    }
}

/// Only the -debug images have them.
#[tokio::test]
async fn faults_are_unknown_to_a_plain_binary() {
    for service in SERVICES {
        let sound = Sound::new(service);
        for flag in ["--fault-start-delay", "--fault-crash-after"] {
            sound.expect_refusal(&sound.settings.clone().flag(format!("{flag}=60")), &[flag]).await;
        }
    }
}

#[tokio::test]
async fn a_secret_has_no_flag() {
    for (service, flag) in
        [("thoughts", "--postgres-password"), ("users", "--postgres-password"), ("users", "--admin-password")]
    {
        let sound = Sound::new(service);
        sound.expect_refusal(&sound.settings.clone().flag(format!("{flag}=hunter2")), &[flag]).await;
    }
}

#[tokio::test]
async fn a_value_that_makes_no_sense_is_refused() {
    for (services, name, values) in [
        (SERVICES.as_slice(), "LISTEN", ["nonsense", "127.0.0.1", "127.0.0.1:99999"].as_slice()),
        (&SERVICES, "OPERATIONS_LISTEN", &["nonsense"]),
        (&SERVICES, "LOG_FORMAT", &["xml"]),
        (&SERVICES, "LOG", &["shout=loud=very"]),
        (&SERVICES, "DRAIN_DELAY", &["soon", "-1"]),
        (&SERVICES, "SHUTDOWN_TIMEOUT", &["later"]),
        (&SERVICES, "REQUEST_TIMEOUT", &["soon"]),
        (&["thoughts", "users"], "DATABASE_ENGINE", &["ORACLE"]),
        (&["thoughts", "users"], "SAMPLE_DATA", &["perhaps"]),
        (&["thoughts", "frontend"], "JWKS_URL", &["nonsense", "ftp://127.0.0.1/"]),
        (&["thoughts", "frontend"], "JWT_PUBLIC_KEY_FILE", &["/nowhere/key.pem"]),
        (&["users"], "JWT_PRIVATE_KEY_FILE", &["/nowhere/key.pem"]),
        (&["users"], "JWT_PREVIOUS_KEYS_DIR", &["/nowhere"]),
        (&["users", "frontend"], "TRUSTED_PROXIES", &["nonsense", "10.0.0.0/99"]),
        (&["frontend"], "THOUGHTS_BACKEND_URL", &["nonsense", "127.0.0.1:8000"]),
        (&["frontend"], "USER_BACKEND_URL", &["nonsense"]),
        (&["frontend"], "COOKIE_SECURE", &["perhaps"]),
        (&["frontend"], "BACKEND_TIMEOUT", &["soon"]),
    ] {
        for service in services {
            for value in values {
                let sound = Sound::new(service);
                let settings = if name == "JWKS_URL" {
                    sound.settings.clone().without("JWT_PUBLIC_KEY_FILE")
                } else {
                    sound.settings.clone()
                };
                sound.expect_refusal(&settings.with(name, value), &[name, value]).await;
            }
        }
    }
}

#[tokio::test]
async fn a_postgresql_setting_that_makes_no_sense_is_refused() {
    for (name, value) in [
        ("POSTGRES_PORT", "tcp://10.0.0.1:5432"),
        ("POSTGRES_SSLMODE", "sometimes"),
        ("POSTGRES_POOL", "0"),
        ("POSTGRES_POOL", "many"),
    ] {
        let sound = Sound::new("thoughts");
        let settings = sound
            .settings
            .clone()
            .with("DATABASE_ENGINE", "POSTGRESQL")
            .with("POSTGRES_HOST", "127.0.0.1")
            .with("POSTGRES_DB", "thoughts")
            .with("POSTGRES_USER", "thoughts")
            .with("POSTGRES_PASSWORD", "secret");
        sound.expect_refusal(&settings.with(name, value), &[name, value]).await;
    }
}

#[tokio::test]
async fn a_value_that_is_missing_is_refused() {
    for (service, name, named) in [
        ("thoughts", "JWT_PUBLIC_KEY_FILE", ["JWKS_URL", "JWT_PUBLIC_KEY_FILE"].as_slice()),
        ("frontend", "JWT_PUBLIC_KEY_FILE", &["JWKS_URL", "JWT_PUBLIC_KEY_FILE"]),
        ("frontend", "THOUGHTS_BACKEND_URL", &["THOUGHTS_BACKEND_URL"]),
        ("frontend", "USER_BACKEND_URL", &["USER_BACKEND_URL"]),
        ("users", "JWT_PRIVATE_KEY_FILE", &["JWT_PRIVATE_KEY_FILE"]),
    ] {
        let sound = Sound::new(service);
        sound.expect_refusal(&sound.settings.clone().without(name), named).await;
        // An empty variable counts as none.
        sound.expect_refusal(&sound.settings.clone().with(name, ""), named).await;
    }
    for service in ["thoughts", "users"] {
        let sound = Sound::new(service);
        sound.expect_refusal(&sound.settings.clone().with("DATABASE_ENGINE", "POSTGRESQL"), &["POSTGRES_HOST"]).await;
    }
}

#[tokio::test]
async fn the_first_administrator_is_called_admin_unless_named() {
    let sound = Sound::new("users");
    let users = sound.expect_start(sound.settings.clone().with("ADMIN_PASSWORD", "secret")).await;
    let login = mythoughts_tests::client().post(users.url("/api/login/"));
    send(login.form(&[("username", "admin"), ("password", "secret")])).await.expect_status(200);
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    for (service, name) in
        [("users", "JWT_PRIVATE_KEY_FILE"), ("thoughts", "JWT_PUBLIC_KEY_FILE"), ("frontend", "JWT_PUBLIC_KEY_FILE")]
    {
        let sound = Sound::new(service);
        let key = &Key::shared().private_pem;
        for content in
            ["", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", &key[..key.len() / 2]]
        {
            let file = sound.file("broken.pem", content);
            sound.expect_refusal(&sound.settings.clone().with(name, &file), &[name, &file]).await;
        }
    }
    let sound = Sound::new("users");
    let public = sound.file("public.pem", &Key::shared().public_pem);
    sound
        .expect_refusal(&sound.settings.clone().with("JWT_PRIVATE_KEY_FILE", &public), &["JWT_PRIVATE_KEY_FILE"])
        .await;
}

#[tokio::test]
async fn a_port_that_is_taken_is_said_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for service in SERVICES {
        for name in ["LISTEN", "OPERATIONS_LISTEN"] {
            let sound = Sound::new(service);
            let (code, line) = refusal(service, &sound.settings.clone().with(name, &address)).await;
            assert_ne!(code, 0);
            assert!(line.contains(&address), "wanted {address} to be named, met {line}");
        }
    }
}

const SHARED: &[&str] =
    &["LISTEN", "OPERATIONS_LISTEN", "LOG", "LOG_FORMAT", "DRAIN_DELAY", "SHUTDOWN_TIMEOUT", "REQUEST_TIMEOUT"];
const DATABASE: &[&str] = &[
    "DATABASE_ENGINE",
    "SQLITE_PATH",
    "POSTGRES_HOST",
    "POSTGRES_PORT",
    "POSTGRES_DB",
    "POSTGRES_USER",
    "POSTGRES_PASSWORD",
    "POSTGRES_SSLMODE",
    "POSTGRES_SSLROOTCERT",
    "POSTGRES_POOL",
    "SAMPLE_DATA",
];

#[tokio::test]
async fn help_lists_every_setting() {
    for (service, groups) in [
        ("thoughts", [SHARED, DATABASE, &["JWKS_URL", "JWT_PUBLIC_KEY_FILE"]]),
        (
            "users",
            [
                SHARED,
                DATABASE,
                &[
                    "JWT_PRIVATE_KEY_FILE",
                    "JWT_PREVIOUS_KEYS_DIR",
                    "ADMIN_USERNAME",
                    "ADMIN_PASSWORD",
                    "TRUSTED_PROXIES",
                ],
            ],
        ),
        (
            "frontend",
            [
                SHARED,
                &["JWKS_URL", "JWT_PUBLIC_KEY_FILE", "THOUGHTS_BACKEND_URL", "USER_BACKEND_URL"],
                &["COOKIE_SECURE", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "BACKEND_TIMEOUT"],
            ],
        ),
    ] {
        let mut process = Process::start(service, &Settings::new().flag("--help"));
        assert_eq!(process.exit_code().await, 0);
        let settings = groups.concat();
        mythoughts_tests::until(&format!("{service} --help to name each of {settings:?}"), async || {
            let help = process.stdout().join("\n");
            settings.iter().all(|name| help.contains(name)).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn a_flag_overrides_its_variable() {
    for service in SERVICES {
        let sound = Sound::new(service);
        let settings = sound.settings.clone().with("LISTEN", "192.0.2.1:1").with("OPERATIONS_LISTEN", "192.0.2.1:2");
        sound.expect_start(settings.flag("--listen=127.0.0.1:0").flag("--operations-listen").flag("127.0.0.1:0")).await;
    }
}

#[tokio::test]
async fn a_file_may_hold_a_value() {
    let sound = Sound::new("users");
    let settings = sound
        .settings
        .clone()
        .without("LISTEN")
        .with("ADMIN_USERNAME_FILE", sound.file("name", "root"))
        // Editors and Secrets end files with a line end.
        .with("ADMIN_PASSWORD_FILE", sound.file("password", "from a file\n"));
    let users = sound.expect_start(settings).await;
    let login = |password: &'static str| {
        mythoughts_tests::client().post(users.url("/api/login/")).form(&[("username", "root"), ("password", password)])
    };
    send(login("from a file")).await.expect_status(200);
    send(login("from a file\n")).await.expect_status(401);
}

#[tokio::test]
async fn a_file_with_a_value_that_cannot_be_read_is_refused() {
    let sound = Sound::new("users");
    let settings =
        sound.settings.clone().with("ADMIN_USERNAME", "root").with("ADMIN_PASSWORD_FILE", "/nowhere/password");
    sound.expect_refusal(&settings, &["ADMIN_PASSWORD_FILE", "/nowhere/password"]).await;
}

#[tokio::test]
async fn foreign_variables_are_ignored() {
    for service in SERVICES {
        let sound = Sound::new(service);
        let settings = sound
            .settings
            .clone()
            .with("THOUGHTS_SERVICE_PORT", "tcp://10.0.0.1:80")
            .with("POSTGRES_PORT_5432_TCP", "tcp://10.0.0.1:5432")
            .with("KUBERNETES_SERVICE_HOST", "10.0.0.1")
            .with("RUST_LOG", "nonsense=nonsense=nonsense")
            .with("RUST_BACKTRACE", "full")
            .with("HOST", "::nonsense::")
            .with("PORT", "nonsense")
            .with("listen", "nonsense");
        let service = sound.expect_start(settings).await;
        get(service.url("/health")).await.expect_status(200);
    }
}

#[tokio::test]
async fn what_people_wrote_is_for_the_services_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    for service in ["thoughts", "users"] {
        let sound = Sound::new(service);
        let _running = sound.expect_start(sound.settings.clone()).await;
        let files = std::fs::read_dir(sound.folder.path()).unwrap().map(Result::unwrap);
        let files: Vec<_> = files.filter(|file| file.file_name().to_string_lossy().starts_with("database")).collect();
        assert!(files.len() > 1, "{service}: wanted a database and its log, met {files:?}");
        for file in files {
            let mode = file.metadata().unwrap().permissions().mode() & 0o777;
            assert!(mode == 0o600 || file.file_name() == "database.lock", "{service}: {file:?} has mode {mode:o}");
        }
    }
}

#[tokio::test]
async fn text_logs_are_for_people() {
    let sound = Sound::new("frontend");
    let mut process = Process::start("frontend", &sound.settings.clone().with("LOG_FORMAT", "text"));
    let line = process
        .find("a line that it listens", |lines| lines.iter().find(|line| line.contains("listening")).cloned())
        .await;
    assert!(!line.starts_with('{'), "{line}");
}
